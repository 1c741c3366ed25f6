"""Telegram's wire, and the sandbox's: the paced session, the bot, and the first handshake.

The token stands in every address of the Bot API; nothing here lets it into a log or an error.
"""

import logging
from contextvars import ContextVar
from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import EditMessageText, GetUpdates, Response, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import User
from aiogram.utils.token import TokenValidationError, validate_token
from aiohttp import (
    ClientConnectorError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    InvalidURL,
)
from pydantic import ValidationError

from bot.platforms.another_way import another_way
from bot.platforms.bot_api import ALLOWED, NotAllowed, Unsent, explain
from bot.platforms.pace import Closed, Pace, Urgency
from bot.platforms.way_in import POLLED, WayIn, open_way_in

URGENCY: ContextVar[Urgency] = ContextVar("URGENCY", default=Urgency.ANSWER)
ABOUT: ContextVar[str] = ContextVar("ABOUT", default="")

RETRIES = 5  # after a 429
WAYS = 4  # in which a message that is refused as it is may be said
UNTOLD = 2  # seconds to wait when a 429 does not say how long
CONNECT, ANSWER = 5, 15  # seconds
LOGGERS = (
    *("aiogram", "aiogram.dispatcher", "aiogram.event", "aiogram.middlewares"),
    *("aiohttp.access", "aiohttp.client", "aiohttp.internal", "asyncio"),
)
NOT_SENT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)
# The library asks pydantic for these at each answer. Unless somebody holds them they are thrown
# away with the garbage and built anew, which takes milliseconds each time.
SHAPES = [Response.__class_getitem__(cast(Any, method).__returning__) for method in ALLOWED]


class WrongToken(Exception):
    """The platform does not know this token, or it has no token's form. Never holds the token.

    `number`: the part of it that is no secret, the bot's id.
    """

    def __init__(self, why: str, number: str = "") -> None:
        super().__init__(why)
        self.number = number


class BadWebhook(Exception):
    """The platform does not want to deliver to `url`; `reason` is what it says."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"no webhook at {url}: {reason}")
        self.url = url
        self.reason = reason


class CannotReach(Exception):
    """No Bot API answers at `address`; `reason` says what happened instead."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"no Bot API at {address}: {reason}")
        self.address = address
        self.reason = reason


class _Redaction(logging.Filter):
    """Takes the token out of what the libraries below log."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if self._token in said:
            record.msg, record.args = said.replace(self._token, "***"), None
        return True


class PacedSession(AiohttpSession):
    """Only the allowed methods; what people read waits its turn; 429 is obeyed.

    A message that the chat refuses as it is goes out another way. The turn is asked for with the
    URGENCY and ABOUT of the sending task. Raises NotAllowed, aiogram's errors, and Unsent where no
    connection could be made.
    """

    def __init__(self, pace: Pace, token: str, api: TelegramAPIServer = PRODUCTION) -> None:
        super().__init__(api=api)
        self._pace = pace
        self._flooded: set[str] = set()  # people's chats refused by a 429 since anything was sent
        self._redaction = _Redaction(token)
        self._log = structlog.get_logger("wire")

    def send_no_more(self) -> None:
        """What waits for its turn is Unsent; what has left is still answered."""
        self._pace.close()

    async def create_session(self) -> ClientSession:
        session = await super().create_session()
        for name in LOGGERS:
            logging.getLogger(name).addFilter(self._redaction)  # once, however often it is asked
        return session

    async def close(self) -> None:
        for name in LOGGERS:
            logging.getLogger(name).removeFilter(self._redaction)
        if self.api.base.startswith("https:"):
            await super().close()  # lets TLS say goodbye for a quarter of a second
        elif self._session is not None:
            await self._session.close()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (the library's signature; ours are below)
    ) -> TelegramType:
        if type(method) not in ALLOWED:
            raise NotAllowed(type(method).__name__)
        for _ in range(WAYS):
            try:
                return await self._in_turn(bot, method)
            except (TelegramBadRequest, TelegramMigrateToChat) as error:
                if not isinstance(method, SendMessage | EditMessageText):
                    raise
                other = another_way(method, error)
                if other is None:
                    raise
                why = explain(error).reason
                self._log.warning("wire.another_way", why=why, said=error.message)
                method = cast(Any, other)
        return await self._in_turn(bot, method)

    async def _in_turn(self, bot: Bot, method: TelegramMethod[TelegramType]) -> TelegramType:
        chat = ""
        if isinstance(method, SendMessage | EditMessageText):
            chat = str(method.chat_id)
        for attempt in range(RETRIES + 1):
            if chat:
                try:
                    await self._pace.turn(URGENCY.get(), chat, is_group(chat), ABOUT.get())
                except Closed:
                    raise Unsent(method, "the program ends") from None
            try:
                return await self._ask(bot, method)
            except TelegramRetryAfter as error:
                if chat:
                    self._hold(chat, error.retry_after)
                if attempt == RETRIES:
                    raise
                seconds = error.retry_after
            if not chat:
                await self._pace.pause(seconds)
        raise AssertionError("the last attempt returns or raises")

    def _hold(self, chat: str, seconds: float) -> None:
        """A 429 does not say whether it is the chat's or the bot's: two people's are the bot's."""
        self._pace.hold(chat, seconds)
        if not is_group(chat):
            self._flooded.add(chat)
            if len(self._flooded) > 1:
                self._pace.hold(None, seconds)

    async def _ask(self, bot: Bot, method: TelegramMethod[TelegramType]) -> TelegramType:
        total = ANSWER
        if isinstance(method, GetUpdates):
            total = (method.timeout or 0) + 10
        limits = ClientTimeout(total=total, connect=CONNECT, sock_connect=CONNECT)
        try:
            answer = await super().make_request(bot, method, timeout=cast(Any, limits))
        except TelegramEntityTooLarge:
            raise
        except TelegramNetworkError as error:
            kind = Unsent if isinstance(error.__cause__, NOT_SENT) else TelegramNetworkError
            failure = kind(method, error.message.replace(bot.token, "***"))
        except UnicodeDecodeError:
            failure = TelegramNetworkError(method, "the answer is not text")
        else:
            if isinstance(method, SendMessage | EditMessageText):
                self._flooded.clear()
            return answer
        # raised out here, so that no error of the library, which knows the address, hangs on it
        raise failure

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        content = content.replace(bot.token, "***")
        try:
            return super().check_response(bot, method, status_code, content)
        except TelegramRetryAfter:
            raise
        except ClientDecodeError as error:
            if isinstance(error.original, ValidationError):
                raise  # JSON, but not what the method returns: the caller may look into it
            kind = TelegramEntityTooLarge if status_code == 413 else TelegramNetworkError
            failure: TelegramAPIError = kind(
                method, f"HTTP {status_code} and {len(content)} characters that are not JSON"
            )
        except TelegramAPIError as error:
            failure = error
        if status_code == 429:
            failure = TelegramRetryAfter(method, failure.message, UNTOLD)
        raise failure


def is_group(chat_id: int | str) -> bool:
    """Groups, supergroups and channels have negative ids or a public @name."""
    return str(chat_id).startswith(("-", "@"))


class PacedBot(Bot):
    """A bot whose wire is a PacedSession."""

    def send_no_more(self) -> None:
        """The program ends: what waits for its turn never leaves."""
        cast(PacedSession, self.session).send_no_more()


def make_bot(token: str, api: str | None, pace: Pace) -> PacedBot:
    """The bot at Telegram, or at another Bot API address. Raises WrongToken, CannotReach."""
    server = PRODUCTION
    if api is not None:
        if urlsplit(api).scheme not in ("http", "https") or not urlsplit(api).hostname:
            raise CannotReach(api, "an address begins with http:// or https:// and names a host")
        server = TelegramAPIServer.from_base(api.replace("{", "{{").replace("}", "}}"))
    try:
        validate_token(token)
    except TokenValidationError:
        number = token.partition(":")[0]
        raise WrongToken("a token reads 123456789:letters-and-digits", number) from None
    return PacedBot(
        token,
        session=PacedSession(pace, token, server),
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True),
    )


async def introduce(bot: Bot, way_in: WayIn = POLLED) -> User:
    """Who the bot is, with its way in set. Raises WrongToken, CannotReach, BadWebhook."""
    number = str(bot.id)
    address = bot.session.api.base.partition("/bot{")[0]
    try:
        me = await bot.get_me()
        await open_way_in(bot, way_in)
    except TelegramUnauthorizedError:
        raise WrongToken("the platform does not know this token", number) from None
    except TelegramBadRequest as error:
        raise BadWebhook(way_in.url, error.message) from None
    except TelegramNotFound as error:  # what Telegram says to a token of a strange form
        if bot.session.api is PRODUCTION:
            raise WrongToken("the platform does not know this token", number) from None
        raise CannotReach(address, error.message) from None
    except TelegramAPIError as error:
        raise CannotReach(address, error.message) from None
    except ClientDecodeError:
        raise CannotReach(address, "the answer is not the Bot API's") from None
    return me
