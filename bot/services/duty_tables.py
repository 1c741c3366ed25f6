"""The monthly table of duty (bảng kê trực): read off the spans that held."""

from datetime import date

from bot.domain.duty import DAY, HERE, Book, Roster, spans
from bot.domain.duty_table import month_of, table
from bot.domain.errors import NotFound, NotHere
from bot.domain.people import Act, Verb, may
from bot.domain.platform import can
from bot.services.import_outcomes import DutyTable, DutyTables
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of


def shown(tx: Transaction, act: Act, number: int | None = None) -> DutyTables:
    """/bangtruc: of the month that is over; /bangtruc 10: of the last October. NotHere: a group."""
    act.require(Verb.KEEP_ROSTER)
    if not act.private:
        raise NotHere("duty_table")
    this = act.at.astimezone(HERE).date().replace(day=1)
    month = (this - DAY).replace(day=1)
    if number is not None and 1 <= number <= 12:
        month = this.replace(year=this.year - (number > this.month), month=number)
    return of_month(tx, act, month)


def of_month(tx: Transaction, act: Act, month: date, roster_id: str = "") -> DutyTables:
    """month: its first day; one that is not over is counted up to now. NotFound: no such roster."""
    act.require(Verb.KEEP_ROSTER)
    begins, ends = month_of(month)
    book = tx.rosters.book(begins, ends)
    kept = [one for one in book.rosters if may(act.person, Verb.KEEP_ROSTER, one)]
    wanted = [one for one in kept if roster_id in ("", one.id)]
    if roster_id and not wanted:
        raise NotFound(roster_id, name=roster_id)
    tables = [_of(tx, act, book, one, month) for one in wanted]
    return DutyTables(month, agency_of(tx).name, tables, act.private and can(act.chat).files)


def _of(tx: Transaction, act: Act, book: Book, roster: Roster, month: date) -> DutyTable:
    begins, ends = month_of(month)
    now = act.at.replace(second=0, microsecond=0)
    until = min(max(now, begins), ends)
    counted = table(spans(book, roster, begins, until), book.calendar)
    ids = {row.person_id for row in counted.rows} | {one.instead_of for one in counted.stood_in}
    agency, people = agency_of(tx), tx.people.named(ids)
    unit = next((one.name for one in agency.units if one.id == roster.unit), roster.unit)
    full = {one.id: one.name for one in agency.people}
    names = {who: full.get(one.key, one.name) for who, one in people.items()}
    positions = {who: one.position for who, one in people.items()}
    over = None if until == ends else until
    return DutyTable(roster, unit, month, over, counted, names, positions)
