"""What a step may touch, and the store that runs it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from bot.domain.law import Regime
from bot.domain.lexicon import Lexicon
from bot.domain.scenario import Scenario
from bot.domain.timeline import Event
from bot.services.ports.books import Plans
from bot.services.ports.dialogs import Drafts, Prompts
from bot.services.ports.duty import Handovers, Marks, QuietHours, Rosters, Swaps
from bot.services.ports.figures import Figures
from bot.services.ports.files import Files, Passes
from bot.services.ports.incidents import Clocks, Consultations, Directions, Incidents, Pages
from bot.services.ports.log import Events, UpdateKeys
from bot.services.ports.messages import Cards, Channels, Chats, Notices, Quotas
from bot.services.ports.people import (
    Accounts,
    Agencies,
    ContactChecks,
    Holders,
    Invitations,
    People,
)
from bot.services.ports.rounds import Rounds
from bot.services.ports.supports import Supports
from bot.services.ports.tasks import Tasks

T = TypeVar("T")


class StoreDown(Exception):
    """The database is locked, full or gone: nothing was done, and it can be tried again."""


class Transaction(Protocol):
    at: datetime  # the moment of the step, as its act says
    plans: Plans
    scenarios: Mapping[str, Scenario]
    regimes: Mapping[str, Regime]
    lexicon: Lexicon | None
    language: str  # of this deployment: for groups, and for people until they choose
    public_url: str  # where people open this program's pages; "": nowhere
    people: People
    accounts: Accounts
    agencies: Agencies
    contact_checks: ContactChecks
    invitations: Invitations
    holders: Holders
    rosters: Rosters
    swaps: Swaps
    handovers: Handovers
    marks: Marks
    quiet_hours: QuietHours
    rounds: Rounds
    drafts: Drafts
    prompts: Prompts
    incidents: Incidents
    pages: Pages
    consultations: Consultations
    directions: Directions
    tasks: Tasks
    clocks: Clocks
    supports: Supports
    figures: Figures
    files: Files
    passes: Passes
    chats: Chats
    channels: Channels
    quotas: Quotas
    notices: Notices
    cards: Cards
    events: Events
    update_keys: UpdateKeys
    recorded: list[Event]  # what the use case says happened; the desk appends it

    def record(self, chain: str, kind: str, /, **facts: object) -> None: ...
    def erased(self) -> None:
        """Words were erased: after the commit nothing of them may be left in the files."""


class Store(Protocol):
    async def run(self, step: Callable[[Transaction], T]) -> T:
        """One atomic step. Returns only once it is on disk."""

    async def look(self, query: Callable[[Transaction], T]) -> T:
        """A read that goes round the writer; writing in it fails."""
