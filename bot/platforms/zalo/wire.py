"""Zalo's HTTP: one call, its envelope, and what its refusals mean.

The status of the answer says little there (a wrong token comes with 200, an empty poll with 408):
the body is read first. Nothing that is raised holds the token, which stands in the address.
"""

import json
import re
from typing import Any

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods.base import TelegramMethod
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    InvalidURL,
)

from bot.platforms.bot_api import QuotaExceeded, Unsent
from bot.platforms.redaction import Redaction

CONNECT, ANSWER = 5, 15  # seconds
LARGEST = 2**20  # bytes of an answer
CODE = re.compile(r"[1-9]\d{2}", re.ASCII)
NOT_SENT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)
Method = TelegramMethod[Any]


class NothingNew(TelegramNetworkError):
    """408: the poll ended and nothing had come; of any other call nobody knows what became."""


class Wire:
    """`base`: the address before /bot<token>/<method>."""

    def __init__(self, base: str, token: str) -> None:
        self.base, self._token = base, token
        self._redaction = Redaction(token)
        self._http: ClientSession | None = None

    async def call(
        self, method: Method, name: str, body: dict[str, Any], seconds: float = ANSWER
    ) -> Any:
        """The result. Raises aiogram's errors; NothingNew, QuotaExceeded, Unsent are among them.

        `method`: what is carried out by it, for the error.
        """
        status, text = await self._post(method, name, body, seconds)
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict) or "ok" not in told:
            raise TelegramNetworkError(method, f"HTTP {status} and no answer of the platform's")
        if told["ok"]:
            return told.get("result")
        code = str(told.get("error_code"))
        known = int(code) if CODE.fullmatch(code) else status
        raise refusal(method, known, str(told.get("description", "")))

    async def close(self) -> None:
        self._redaction.end()
        if self._http is not None:
            await self._http.close()
            self._http = None

    async def _post(
        self, method: Method, name: str, body: dict[str, Any], seconds: float
    ) -> tuple[int, str]:
        if self._http is None or self._http.closed:
            self._http = ClientSession()
            self._redaction.begin()
        limits = ClientTimeout(total=seconds, connect=CONNECT, sock_connect=CONNECT)
        try:
            async with self._http.post(
                f"{self.base}/bot{self._token}/{name}",
                json=body,
                timeout=limits,
                allow_redirects=False,
            ) as answer:
                read = (await _whole(answer)).decode("utf-8", "replace")
                return answer.status, read.replace(self._token, "***")
        except (ClientError, TimeoutError, OSError) as error:
            not_sent, kind = isinstance(error, NOT_SENT), type(error).__name__
        # raised out here, so that no error of the library, which knows the address, hangs on it
        raise (Unsent if not_sent else TelegramNetworkError)(method, kind)


async def _whole(answer: ClientResponse) -> bytes:
    """As much of the answer as may be read of it, which is all of any true one."""
    read = bytearray()
    async for piece in answer.content.iter_any():
        read += piece
        if len(read) > LARGEST:
            break
    return bytes(read)


def refusal(method: Method, code: int, said: str) -> TelegramAPIError:
    """403 is a fault of the server's there, and 429 the end of the month's messages."""
    match code:
        case 401:
            return TelegramUnauthorizedError(method, said)
        case 404:
            return TelegramNotFound(method, said)
        case 408:
            return NothingNew(method, said)
        case 413:
            return TelegramEntityTooLarge(method, said)
        case 429:
            return QuotaExceeded(method, said)
        case 403:
            return TelegramServerError(method, said)
    if code >= 500:
        return TelegramServerError(method, said)
    return TelegramBadRequest(method, said)
