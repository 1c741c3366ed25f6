"""Zalo under the Bot API: the allowed methods of aiogram, carried out on Zalo's wire.

No buttons, no edits, no files: an edit is a new message, what a button would do stands in the text
(bot/views/typed.py draws it so; what still comes with buttons is spelled here by its labels).
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from typing import Any, cast

import structlog
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    EditMessageText,
    GetFile,
    GetMe,
    GetUpdates,
    GetWebhookInfo,
    SendDocument,
    SendMessage,
    SetMyCommands,
    SetWebhook,
)
from aiogram.methods.base import TelegramMethod, TelegramType
from aiogram.types import (
    File,
    InlineKeyboardMarkup,
    Message,
    TelegramObject,
    Update,
    User,
    WebhookInfo,
)

from bot.platforms.bot_api import NotAllowed, Unsent
from bot.platforms.media import Pictures
from bot.platforms.pace import Closed, Pace
from bot.platforms.paced import ABOUT, URGENCY
from bot.platforms.zalo.numbers import GROUP, Numbers, digest
from bot.platforms.zalo.updates import NOT_HERE, Own, Unknown, update_of
from bot.platforms.zalo.wire import NothingNew, Wire
from bot.views.screen import plain

BASE = "https://bot-api.zaloplatforms.com"
LONGEST = 2000  # characters of a message
NO_PICTURES = Pictures(())
LEEWAY = 10.0  # seconds beyond a poll's own time


class ZaloSession(BaseSession):
    """Raises NotAllowed, aiogram's errors, QuotaExceeded, and Unsent where nothing left.

    `sent`: told of each message that has left, or may have.
    """

    def __init__(
        self,
        wire: Wire,
        pace: Pace,
        numbers: Numbers,
        sent: Callable[[], None] = lambda: None,
        pictures: Pictures = NO_PICTURES,
    ) -> None:
        base = wire.base.replace("{", "{{").replace("}", "}}")
        super().__init__(
            api=TelegramAPIServer(base=f"{base}/bot{{token}}/{{method}}", file="{path}")
        )
        self._wire, self._pace, self.sent = wire, pace, sent
        self.numbers, self.name, self._pictures = numbers, "", pictures
        self.shrugs = 0  # what came in and was no event that we know
        self._log = structlog.get_logger("wire")

    def send_no_more(self) -> None:
        self._pace.close()

    async def close(self) -> None:
        await self._wire.close()

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 (the library's signature)
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """What is sent comes from addresses that Zalo names: only some hosts are asked."""
        async with aclosing(self._pictures.stream(url, chunk_size)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (the library's signature)
    ) -> TelegramType:
        realised = REALISED.get(type(method))
        if realised is None:
            raise NotAllowed(type(method).__name__)
        result = await realised(self, bot, method)
        if isinstance(result, TelegramObject):
            result.as_(bot)
        return cast(TelegramType, result)

    async def get_me(self, bot: Bot, method: GetMe) -> User:
        told = await self._wire.call(method, "getMe", {})
        if not isinstance(told, dict):
            raise TelegramNetworkError(method, "the answer is not about a bot")
        # what people see; the account's name reads "bot.VDKyGxQvc"
        self.name = str(told.get("display_name") or told.get("account_name") or "")
        return User(id=bot.id, is_bot=True, first_name=self.name or "Zalo", username=self.name)

    async def get_updates(self, bot: Bot, method: GetUpdates) -> list[Update]:
        """At most one, and it is not brought again. What is no event that we know is counted."""
        wait = method.timeout or 0
        try:
            told = await self._wire.call(method, "getUpdates", {"timeout": wait}, wait + LEEWAY)
        except NothingNew:
            return []
        try:
            return [update_of(told, bot, self.numbers, self.name)]
        except Unknown as error:
            self.shrugs += 1
            self._log.error("zalo.unreadable", why=str(error), so_many=self.shrugs)
            return []
        except Own:
            return []

    async def send_message(self, bot: Bot, method: SendMessage) -> Message:
        """The last of the messages, where the text is too long for one."""
        text = _text(method)
        external = self._external(method.chat_id)
        told: Any = None
        for number, part in enumerate(parts(text, LONGEST)):
            try:
                told = await self._send(method, external, part)
            except Unsent as error:
                if number == 0:
                    raise
                # the beginning has left: whoever says it again says that it is a repeat
                raise TelegramNetworkError(method, error.message) from None
        return self._message(bot, external, told, text)

    async def edit_message_text(self, bot: Bot, method: EditMessageText) -> Message:
        """What cannot be changed is said anew."""
        if method.chat_id is None:
            raise TelegramBadRequest(method, "chat_id is empty")
        again = SendMessage(
            chat_id=method.chat_id,
            text=method.text or "",
            parse_mode=method.parse_mode,
            reply_markup=method.reply_markup,
        )
        return await self.send_message(bot, again)

    async def answer_callback_query(self, bot: Bot, method: AnswerCallbackQuery) -> bool:
        """Nothing is pressed here."""
        return True

    async def set_my_commands(self, bot: Bot, method: SetMyCommands) -> bool:
        """There is no list of commands: the menu is a message."""
        return True

    async def set_webhook(self, bot: Bot, method: SetWebhook) -> bool:
        body = {"url": method.url, "secret_token": method.secret_token}
        await self._wire.call(method, "setWebhook", body)
        return True

    async def delete_webhook(self, bot: Bot, method: DeleteWebhook) -> bool:
        with suppress(TelegramNotFound):  # there was none
            await self._wire.call(method, "deleteWebhook", {})
        return True

    async def get_webhook_info(self, bot: Bot, method: GetWebhookInfo) -> WebhookInfo:
        try:
            told = await self._wire.call(method, "getWebhookInfo", {})
        except TelegramNotFound:
            told = None
        url = str(told.get("url") or "") if isinstance(told, dict) else ""
        return WebhookInfo(url=url, has_custom_certificate=False, pending_update_count=0)

    async def get_file(self, bot: Bot, method: GetFile) -> File:
        """A picture's id is its address; nothing else is handed over."""
        if method.file_id == NOT_HERE:
            raise TelegramBadRequest(method, "Bad Request: file is too big")
        unique = str(digest(method.file_id))
        return File(file_id=method.file_id, file_unique_id=unique, file_path=method.file_id)

    async def send_document(self, bot: Bot, method: SendDocument) -> Message:
        """A view offers a page instead (bot/views/files.py)."""
        raise TelegramBadRequest(method, "Bad Request: files cannot be sent")

    async def _send(self, method: Any, external: str, text: str) -> Any:
        try:
            group = external.startswith(GROUP)
            await self._pace.turn(URGENCY.get(), external, group, ABOUT.get())
        except Closed:
            raise Unsent(method, "the program ends") from None
        body = {"chat_id": external.removeprefix(GROUP), "text": text}
        try:
            told = await self._wire.call(method, "sendMessage", body)
        except (Unsent, TelegramEntityTooLarge):
            raise
        except (TelegramNetworkError, TelegramServerError):  # it may have left
            self.sent()
            raise
        self.sent()
        return told

    def _external(self, chat: int | str) -> str:
        return chat if isinstance(chat, str) else self.numbers.external(chat)

    def _message(self, bot: Bot, external: str, told: Any, text: str) -> Message:
        """It was said, whatever of the answer can be read."""
        answer = told if isinstance(told, dict) else {}
        kind = "group" if external.startswith(GROUP) else "private"
        shown = {
            "message_id": digest(ascii(answer.get("message_id", ""))) >> 3,
            "date": _moment(answer.get("date")),
            "chat": {"id": self.numbers.of(external), "type": kind},
            "from": {"id": bot.id, "is_bot": True, "first_name": self.name or "Zalo"},
            "text": text,
        }
        return Message.model_validate(shown, context={"bot": bot})


Realised = Callable[[ZaloSession, Bot, Any], Awaitable[Any]]
REALISED: Mapping[type, Realised] = {
    GetMe: ZaloSession.get_me,
    GetUpdates: ZaloSession.get_updates,
    SendMessage: ZaloSession.send_message,
    EditMessageText: ZaloSession.edit_message_text,
    AnswerCallbackQuery: ZaloSession.answer_callback_query,
    SetMyCommands: ZaloSession.set_my_commands,
    SetWebhook: ZaloSession.set_webhook,
    DeleteWebhook: ZaloSession.delete_webhook,
    GetWebhookInfo: ZaloSession.get_webhook_info,
    GetFile: ZaloSession.get_file,
    SendDocument: ZaloSession.send_document,
}


def _text(method: SendMessage) -> str:
    """Plain: Zalo's own marks can make a message fail on a stray brace."""
    said = plain(method.text) if method.parse_mode is not None else method.text
    markup = method.reply_markup
    if isinstance(markup, InlineKeyboardMarkup):
        said = "\n".join([said, *_labels(markup)])
    return said


def _moment(milliseconds: object) -> datetime:
    try:
        return datetime.fromtimestamp(int(str(milliseconds)) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _labels(markup: InlineKeyboardMarkup) -> Iterator[str]:
    for row in markup.inline_keyboard:
        for button in row:
            yield f"{button.text}: {button.url}" if button.url else button.text


def parts(text: str, longest: int) -> list[str]:
    """Whole lines where it can be; the last part is the fullest, since the choices stand there."""
    pieces: list[str] = []
    for line in text.split("\n"):
        step = longest if width(line) <= longest else longest // 2  # at worst each counts as two
        pieces += [line[at : at + step] for at in range(0, len(line), step)] or [""]
    said: list[str] = []
    for piece in reversed(pieces):
        if said and width(piece) + 1 + width(said[0]) <= longest:
            said[0] = f"{piece}\n{said[0]}"
        else:
            said.insert(0, piece)
    return [part.strip("\n") for part in said if part.strip()] or [text]


def width(text: str) -> int:
    """In UTF-16 units: an emoji may count as two where they are counted."""
    return len(text) + sum(letter > "\uffff" for letter in text)
