"""The store and its door, without any platform: what the program and the command line stand on.

Imports no platform's library: a command that reads rows answers at once.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.config import Settings
from bot.domain.people import CONSOLE_IDENTITY, Act
from bot.domain.playbook import Plan
from bot.platforms.clock import SystemClock
from bot.services.desk import Desk
from bot.services.ports.clock import Clock
from playbooks.books import load_books
from storage.store import SqlStore


class Office:
    """`plans_only`: for the command line, which needs no scenarios, no law, no lexicon."""

    def __init__(self, settings: Settings, clock: Clock, plans_only: bool = False) -> None:
        self.books = load_books(plans_only)
        self.plans: Mapping[str, Plan] = self.books.plans
        self.clock = clock
        self.language = settings.language
        self.store = SqlStore(settings.database, self.books, settings.language, settings.pages)
        self.desk = Desk(self.store)

    def console(self) -> Act:
        """An act of whoever sits at the server."""
        return Act(CONSOLE_IDENTITY, self.clock.now())


@asynccontextmanager
async def opened(
    settings: Settings, clock: Clock | None = None, plans_only: bool = False
) -> AsyncIterator[Office]:
    """`plans_only`: as of an Office."""
    office = Office(settings, clock or SystemClock(), plans_only)
    try:
        yield office
    finally:
        await office.store.close()
