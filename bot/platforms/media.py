"""Brings what people send: the bytes of one picture or file, no more than so many, in the turn.

Nothing here says a file's address: Telegram's holds the bot's token.
"""

import asyncio
import socket
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from ipaddress import ip_address
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import structlog
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import Message
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from bot.domain.evidence import Given, media_of

PATIENCE = 40  # seconds for the whole; a posted update is answered after 45
SILENCE = 10  # seconds without a byte
CONNECT = 5  # seconds
CHUNK = 65536  # bytes


class MediaRefused(Exception):
    """An address that nothing is fetched from, or what came is no picture; why, in two words."""


class Wanted(NamedTuple):
    file_id: str
    size: int  # 0: the platform does not say
    name: str
    photo: bool


class Incoming:
    """`most`: bytes. What comes of it is never an exception of a library, which knows addresses."""

    def __init__(self, most: int, patience: float = PATIENCE) -> None:
        self._most, self._patience = most, patience
        self._log = structlog.get_logger("media")

    async def fetch(self, message: Message) -> Given | Literal["not_here", "unreachable"]:
        """ "not_here": the platform does not hand it over, or it is too big."""
        wanted = _wanted(message)
        if wanted.size > self._most:
            return "not_here"
        try:
            async with asyncio.timeout(self._patience):
                content = await self._content(message, wanted)
        except TelegramBadRequest as error:
            self._log.info("media.not_here", said=error.message)
            return "not_here"
        except (AiogramError, ClientError, MediaRefused, OSError) as error:  # TimeoutError, too
            self._log.warning("media.unreachable", why=_said(error))
            return "unreachable"
        return Given(wanted.name, content, wanted.photo) if content else "not_here"

    async def _content(self, message: Message, wanted: Wanted) -> bytes:
        """Empty: it is too big."""
        bot = message.bot
        assert bot is not None
        file = await bot.get_file(wanted.file_id)
        if not file.file_path or (file.file_size or 0) > self._most:
            return b""
        url = bot.session.api.file_url(bot.token, file.file_path)
        content = bytearray()
        stream = bot.session.stream_content(url, timeout=PATIENCE, chunk_size=CHUNK)
        async with aclosing(stream) as chunks:
            async for chunk in chunks:
                content += chunk
                if len(content) > self._most:
                    return b""
        return bytes(content)


class Pictures:
    """Fetches from an allow-list of hosts and what is below them; no redirect is followed.

    `at_home`: the platform's API is on this machine's loopback, and so may its pictures be.
    """

    def __init__(self, hosts: Iterable[str], at_home: bool = False) -> None:
        self._hosts = tuple(host.lower() for host in hosts)
        self._at_home = at_home

    async def stream(self, url: str, chunk_size: int = CHUNK) -> AsyncGenerator[bytes, None]:
        """MediaRefused; aiohttp's errors; TimeoutError."""
        self._admit(url)
        limits = ClientTimeout(total=PATIENCE, sock_connect=CONNECT, sock_read=SILENCE)
        connector = TCPConnector(resolver=PublicOnly(self._at_home))
        async with (
            ClientSession(connector=connector, timeout=limits) as http,
            http.get(url, allow_redirects=False) as answer,
        ):
            if answer.status != 200:
                raise MediaRefused(f"status {answer.status}")
            first = True
            async for chunk in answer.content.iter_chunked(chunk_size):
                if first and not media_of(chunk).startswith("image/"):
                    raise MediaRefused("no picture")
                first = False
                yield chunk

    def _admit(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
            own = parts.port is None or parts.port == 443
        except ValueError:
            raise MediaRefused("no address") from None
        if self._at_home and is_loopback(host):
            return
        listed = any(host == one or host.endswith(f".{one}") for one in self._hosts)
        if not listed or parts.scheme != "https" or not own or "@" in parts.netloc:
            raise MediaRefused(f"host {host}")


class PublicOnly(AbstractResolver):
    """A name that leads into the agency's own network leads nowhere."""

    def __init__(self, at_home: bool) -> None:
        self._names, self._at_home = ThreadedResolver(), at_home

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._names.resolve(host, port, family)
        public = [one for one in found if self._may(one["host"])]
        if not public:
            raise MediaRefused("private address")
        return public

    async def close(self) -> None:
        await self._names.close()

    def _may(self, address: str) -> bool:
        number = ip_address(address)
        return number.is_global or (self._at_home and number.is_loopback)


def _wanted(message: Message) -> Wanted:
    if message.photo:
        best = message.photo[-1]
        return Wanted(best.file_id, best.file_size or 0, "", photo=True)
    assert message.document is not None
    sent = message.document
    return Wanted(sent.file_id, sent.file_size or 0, sent.file_name or "", photo=False)


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, MediaRefused) else type(error).__name__
