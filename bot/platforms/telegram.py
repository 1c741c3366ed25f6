"""Telegram's wire, and the sandbox's: the paced session and the bot.

The token stands in every address of the Bot API; nothing here lets it into a log or an error.
"""

from collections.abc import Awaitable, Callable
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
    TelegramRetryAfter,
)
from aiogram.methods import (
    EditMessageText,
    GetUpdates,
    Response,
    SendDocument,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import Update
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
from bot.platforms.door import Door
from bot.platforms.pace import Closed, Pace
from bot.platforms.paced import ABOUT, ONCE, URGENCY, PacedBot
from bot.platforms.polling import Poller
from bot.platforms.redaction import Redaction
from bot.platforms.troubles import CannotReach, WrongToken

RETRIES = 5  # after a 429
WAYS = 4  # in which a message that is refused as it is may be said
UNTOLD = 2  # seconds to wait when a 429 does not say how long
CONNECT, ANSWER, CARRIED = 5, 15, 120  # seconds; the last with a file
NOT_SENT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)
# The library asks pydantic for these at each answer. Unless somebody holds them they are thrown
# away with the garbage and built anew, which takes milliseconds each time.
SHAPES = [Response.__class_getitem__(cast(Any, method).__returning__) for method in ALLOWED]


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
        self._redaction = Redaction(token)
        self._log = structlog.get_logger("wire")

    def send_no_more(self) -> None:
        """What waits for its turn is Unsent; what has left is still answered."""
        self._pace.close()

    async def create_session(self) -> ClientSession:
        session = await super().create_session()
        self._redaction.begin()
        return session

    async def close(self) -> None:
        self._redaction.end()
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
        if isinstance(method, SendMessage | EditMessageText | SendDocument):
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
                if attempt == RETRIES or ONCE.get():
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
        elif isinstance(method, SendDocument):
            total = CARRIED
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


class TelegramBot(PacedBot):
    platform = "telegram"
    secret_header = "X-Telegram-Bot-Api-Secret-Token"

    def door(self, feed: Callable[[Update], Awaitable[None]], timeout: int) -> Door:
        return Poller(self, feed, timeout=timeout)

    def read(self, body: bytes) -> Update | None:
        return Update.model_validate_json(body, context={"bot": self})


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
    return TelegramBot(
        token,
        session=PacedSession(pace, token, server),
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True),
    )
