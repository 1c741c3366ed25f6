"""Turns an update into an act: who, from where, when, and the key that makes it once."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatType
from aiogram.types import Chat, TelegramObject, Update, User

from bot.domain.people import WATCHDOG_IDENTITY, Act, Identity
from handlers.filters import TEST_PAGE


class Account(Protocol):
    """A bot, as updates come by it. `external`: the platform's own id of a person or a chat."""

    platform: str

    @property
    def id(self) -> int: ...
    def external(self, number: int) -> str: ...


class WhoActs(BaseMiddleware):
    """`accounts`: the program's bots. An update of nobody is dropped, and one of another bot:
    `watch_bot` alone is heard, when it asks for a test page and for nothing else.
    """

    def __init__(
        self,
        accounts: Iterable[Account],
        now: Callable[[], datetime],
        watch_bot: int | None = None,
    ) -> None:
        self._accounts = {one.id: one for one in accounts}
        self._now, self._watch_bot = now, watch_bot

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        context = data["event_context"]
        if not isinstance(event, Update) or context.user is None or context.chat is None:
            return None
        act = self._act(data["bot"], context.user, context.chat, event.update_id)
        if context.user.is_bot:
            if context.user.id != self._watch_bot or not _asks_for_a_test(event):
                return None
            act = replace(act, identity=WATCHDOG_IDENTITY)
        data["act"] = _with_words(act, event)
        return await handler(event, data)

    def _act(self, bot: Bot, user: User, chat: Chat, update_id: int) -> Act:
        account = self._accounts[bot.id]
        here = f"{account.platform}:{bot.id}"
        return Act(
            identity=Identity(account.platform, str(bot.id), account.external(user.id)),
            at=self._now(),
            chat=f"{here}:{account.external(chat.id)}",
            private=chat.type == ChatType.PRIVATE,
            called=user.full_name,
            update_key=f"{here}:{update_id}",
        )


def _asks_for_a_test(update: Update) -> bool:
    said = update.message.text if update.message is not None else None
    return bool(said and TEST_PAGE.fullmatch(said))


def _with_words(act: Act, update: Update) -> Act:
    """What was pressed or typed, as it came."""
    if update.callback_query is not None:
        return replace(act, said=update.callback_query.data or "", is_press=True)
    return replace(act, said=update.message.text or "") if update.message is not None else act
