"""A bot whose messages wait their turn, whatever the platform; and what a message is about."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Protocol, cast

from aiogram import Bot
from aiogram.types import Update, User

from bot.domain.quota import Limit
from bot.platforms.door import Door
from bot.platforms.pace import Urgency

URGENCY: ContextVar[Urgency] = ContextVar("URGENCY", default=Urgency.ANSWER)
ABOUT: ContextVar[str] = ContextVar("ABOUT", default="")
ONCE: ContextVar[bool] = ContextVar("ONCE", default=False)  # refused by a 429 it is not tried again


class Paced(Protocol):
    """What a session does beside carrying out methods."""

    def send_no_more(self) -> None: ...


class PacedBot(Bot):
    """One account of the program. Rows hold the platform's own ids, as text."""

    platform = ""
    secret_header = ""  # what proves that a post is the platform's
    brings_again = True  # whether the platform brings what was not taken, until it is
    limit: Limit | None = None  # what it may send in a month

    @property
    def account(self) -> str:
        """ "telegram:424242": what the addresses of its chats begin with."""
        return f"{self.platform}:{self.id}"

    def called(self, me: User) -> str:
        """How people find it there."""
        return f"@{me.username}"

    def external(self, number: int) -> str:
        """The platform's own id of a person or a chat that an update has named."""
        return str(number)

    def chat_id(self, external: str) -> int | str:
        """What a method takes for it."""
        return int(external)

    def door(self, feed: Callable[[Update], Awaitable[None]], timeout: int) -> Door:
        """Asks for updates, one question open for `timeout` seconds."""
        raise NotImplementedError

    def read(self, body: bytes) -> Update | None:
        """What was posted. None: nothing is to be done. ValueError: it cannot be read."""
        raise NotImplementedError

    def counted_by(self, sent: Callable[[], None]) -> None:
        """`sent`: told of each message that leaves, or may have left, where there is a limit."""

    def send_no_more(self) -> None:
        """The program ends: what waits for its turn never leaves."""
        cast(Paced, self.session).send_no_more()
