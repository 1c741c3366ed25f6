"""A session that nothing leaves: it keeps what was asked, answers as a platform would, and refuses
every method outside the list."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import (
    EditMessageText,
    GetFile,
    GetMe,
    GetUpdates,
    GetWebhookInfo,
    SendDocument,
    SendMessage,
)
from aiogram.methods.base import TelegramMethod, TelegramType
from aiogram.types import Chat, File, Message, TelegramObject, User, WebhookInfo

from bot.platforms.bot_api import ALLOWED, NotAllowed

WHEN = datetime(2025, 6, 19, 7, tzinfo=UTC)


class Recording(BaseSession):
    """`asked`: every method, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[TelegramMethod[Any]] = []

    def texts(self) -> list[str]:
        return [
            str(one.text) for one in self.asked if isinstance(one, SendMessage | EditMessageText)
        ]

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        if type(method) not in ALLOWED:
            raise NotAllowed(type(method).__name__)
        self.asked.append(method)
        result = self._result(bot, method)
        if isinstance(result, TelegramObject):
            result.as_(bot)
        return cast(TelegramType, result)

    def _result(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        match method:
            case GetMe():
                return _me(bot)
            case GetUpdates():
                return []
            case GetWebhookInfo():
                return WebhookInfo(url="", has_custom_certificate=False, pending_update_count=0)
            case GetFile(file_id=one):
                return File(file_id=one, file_unique_id=one, file_path=one)
            case SendMessage(text=said) | SendDocument(caption=said):
                return self._message(bot, len(self.asked), int(method.chat_id), said)
            case EditMessageText(message_id=number, text=said):
                return self._message(bot, number or 0, int(method.chat_id or 0), said)
        return True

    def _message(self, bot: Bot, number: int, chat: int, said: str | None) -> Message:
        where = Chat(id=chat, type="private" if chat > 0 else "group")
        return Message(message_id=number, date=WHEN, chat=where, from_user=_me(bot), text=said)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        yield b""

    async def close(self) -> None:
        """Nothing is open."""

    def send_no_more(self) -> None:
        """Nothing waits."""


def _me(bot: Bot) -> User:
    return User(id=bot.id, is_bot=True, first_name="Trực Ban", username="trucban_bot")
