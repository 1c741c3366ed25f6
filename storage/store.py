"""The store: the file, its writer, its reads, and what a step may touch."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.domain.timeline import Event
from bot.services.ports import (
    books,
    dialogs,
    duty,
    figures,
    files,
    incidents,
    log,
    messages,
    people,
    rounds,
    supports,
    tasks,
)
from bot.services.ports import store as ports
from bot.services.ports.books import Books
from storage.accounts import SqlAccounts
from storage.agencies import AgencyCache, SqlAgencies
from storage.cards import SqlCards
from storage.channels import SqlChannels
from storage.chats import SqlChats
from storage.clocks import SqlClocks
from storage.contacts import SqlContactChecks
from storage.directions import SqlDirections
from storage.events import SqlEvents, SqlUpdateKeys
from storage.figures import SqlFigures
from storage.files import SqlFiles, SqlPasses
from storage.forms import SqlDrafts, SqlPrompts
from storage.handovers import SqlHandovers
from storage.holders import SqlHolders
from storage.incidents import SqlConsultations, SqlIncidents
from storage.invitations import SqlInvitations
from storage.marks import SqlMarks
from storage.migrate import migrate
from storage.notices import SqlNotices
from storage.pages import SqlPages
from storage.people import SqlPeople
from storage.plans import PlanCache, SqlPlans
from storage.quiet_hours import SqlQuietHours
from storage.quotas import SqlQuotas
from storage.rosters import SqlRosters
from storage.rounds import SqlRounds
from storage.supports import SqlSupports
from storage.swaps import SqlSwaps
from storage.tasks import SqlTasks
from storage.writer import Writer

T = TypeVar("T")
READERS = 4  # threads, each with a connection of its own
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "busy_timeout = 5000",
)


class CannotOpen(Exception):
    """The database cannot be opened, written or brought up to date; the text says why."""


class SqlTransaction:
    """One step's view of the rows. It never commits; the writer does."""

    def __init__(
        self,
        rows: Connection,
        plans: PlanCache,
        cache: AgencyCache,
        language: str,
        public_url: str,
    ) -> None:
        self.at = datetime.min.replace(tzinfo=UTC)  # the desk says
        self.stirred: list[bool] = []
        self.has_erased = False
        self.plans: books.Plans = SqlPlans(rows, plans)
        self.scenarios, self.regimes = plans.books.scenarios, plans.books.regimes
        self.lexicon = plans.books.lexicon
        self.language, self.public_url = language, public_url
        self.people: people.People = SqlPeople(rows)
        self.accounts: people.Accounts = SqlAccounts(rows)
        self.agencies: people.Agencies = SqlAgencies(rows, cache, language)
        self.contact_checks: people.ContactChecks = SqlContactChecks(rows)
        self.invitations: people.Invitations = SqlInvitations(rows)
        self.holders: people.Holders = SqlHolders(rows)
        self.rosters: duty.Rosters = SqlRosters(rows, plans.books.holidays)
        self.swaps: duty.Swaps = SqlSwaps(rows)
        self.handovers: duty.Handovers = SqlHandovers(rows)
        self.marks: duty.Marks = SqlMarks(rows)
        self.quiet_hours: duty.QuietHours = SqlQuietHours(rows)
        self.rounds: rounds.Rounds = SqlRounds(rows)
        self.drafts: dialogs.Drafts = SqlDrafts(rows)
        self.prompts: dialogs.Prompts = SqlPrompts(rows)
        self.incidents: incidents.Incidents = SqlIncidents(rows)
        self.pages: incidents.Pages = SqlPages(rows)
        self.consultations: incidents.Consultations = SqlConsultations(rows)
        self.directions: incidents.Directions = SqlDirections(rows)
        self.tasks: tasks.Tasks = SqlTasks(rows)
        self.clocks: incidents.Clocks = SqlClocks(rows)
        self.supports: supports.Supports = SqlSupports(rows)
        self.figures: figures.Figures = SqlFigures(rows)
        self.files: files.Files = SqlFiles(rows)
        self.passes: files.Passes = SqlPasses(rows)
        self.chats: messages.Chats = SqlChats(rows)
        self.channels: messages.Channels = SqlChannels(rows)
        self.quotas: messages.Quotas = SqlQuotas(rows)
        self.notices: messages.Notices = SqlNotices(rows, self.stirred)
        self.cards: messages.Cards = SqlCards(rows, self.stirred, language)
        self.events: log.Events = SqlEvents(rows)
        self.update_keys: log.UpdateKeys = SqlUpdateKeys(rows)
        self.recorded: list[Event] = []

    def record(self, chain: str, kind: str, /, **facts: object) -> None:
        self.recorded.append(Event(chain, kind, facts))

    def erased(self) -> None:
        self.has_erased = True


class SqlStore:
    """CannotOpen when the file can't be made, written or migrated. `language`: vi, en.

    `public_url`: where people open the program's pages.
    """

    def __init__(self, url: str, books: Books, language: str = "vi", public_url: str = "") -> None:
        address = make_url(url)
        _make_folder(address)
        self._plans, self._cache = PlanCache(books), AgencyCache()
        self._language = language
        self._public_url = public_url
        self._to_empty = False  # erased words stand in the write-ahead log
        self.stirred = asyncio.Event()  # set after a commit that leaves something to be said
        # what people wrote stands in the parameters, and a failed statement is logged
        self.engine = create_engine(address, hide_parameters=True)
        event.listen(self.engine, "connect", _set_up)
        event.listen(self.engine, "begin", _begin_immediate)
        try:
            migrate(self.engine)
        except (DBAPIError, sqlite3.Error, OSError) as error:
            self.engine.dispose()
            raise CannotOpen(_why(error)) from error
        self._reads = create_engine(address, hide_parameters=True)
        event.listen(self._reads, "connect", _read_only)
        event.listen(self._reads, "begin", _begin_snapshot)
        # A whole look in one thread: handing over each statement costs more than the statement.
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._loop = asyncio.get_running_loop()
        self._writer: Writer[SqlTransaction] = Writer(
            self.engine, self._transaction, self._committed
        )

    async def run(self, step: Callable[[ports.Transaction], T]) -> T:
        try:
            return await self._writer.run(step)
        except (DBAPIError, sqlite3.Error) as error:
            if isinstance(error, IntegrityError):
                raise  # a rule of the tables broken: our fault, and trying again is no cure
            raise ports.StoreDown(_why(error)) from error

    async def look(self, query: Callable[[ports.Transaction], T]) -> T:
        def read() -> T:
            with self._reads.connect() as rows:
                return query(self._looking(rows))

        try:
            return await self._loop.run_in_executor(self._readers, read)
        except (DBAPIError, sqlite3.Error) as error:
            raise ports.StoreDown(_why(error)) from error

    @property
    def folder(self) -> Path | None:
        """Where the database's file lies; None: it has none."""
        file = self.engine.url.database
        return Path(file).parent if file and file != ":memory:" else None

    async def close(self) -> None:
        """Takes nothing more, finishes what waits, leaves one file behind."""
        await self._writer.close()
        await asyncio.to_thread(self._readers.shutdown)
        self._reads.dispose()
        self.engine.dispose()

    def _committed(self, steps: Sequence[SqlTransaction]) -> None:
        """In the writer's thread. What a long read keeps in the log is tried again next time."""
        self._to_empty |= any(tx.has_erased for tx in steps)
        if self._to_empty:
            self._to_empty = not self._emptied()
        if any(tx.stirred for tx in steps):
            self._loop.call_soon_threadsafe(self.stirred.set)

    def _emptied(self) -> bool:
        """Whether nothing is left in the write-ahead log."""
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()
            return busy is not None and busy[0] == 0
        except sqlite3.OperationalError:
            return False
        finally:
            connection.close()

    def _transaction(self, rows: Connection) -> SqlTransaction:
        of_all = (self._plans, self._cache, self._language, self._public_url)
        return SqlTransaction(rows, *of_all)

    def _looking(self, rows: Connection) -> SqlTransaction:
        tx = self._transaction(rows)
        tx.people = SqlPeople(rows, kept={})  # a board asks the same of every incident
        return tx


def _make_folder(address: URL) -> None:
    if address.database:
        try:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotOpen(_why(error)) from error


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN loses updates
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _read_only(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.execute("PRAGMA query_only = ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_snapshot(connection: Connection) -> None:
    """All that one look reads is of one moment: the log is proved while it is written to."""
    connection.exec_driver_sql("BEGIN")


def _why(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error)
