"""Use cases of rosters (lịch trực): who is on duty now, who comes next, the week."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.agency import Agency
from bot.domain.duty import DAY, HERE, Book, Roster, Span, spans
from bot.domain.handover import Handover, kept
from bot.domain.people import WATCHERS, Act, Person, Role, Verb
from bot.domain.roster_findings import is_hole
from bot.services.ports.store import Transaction
from bot.services.roster_outcomes import DutyDay, DutyWeek, RosterShown, Turn
from bot.services.telling import agency_of

AHEAD = 15 * DAY  # so far is looked for whoever comes next
WEEK = 7 * DAY
NEXT, LAST = "next", "last"
MOST_WEEKS = 6  # rosters of which the week is shown; of the others what holds now
MOST = 30  # rosters in one message


def shown(tx: Transaction, act: Act, week: int | str | None = None) -> DutyWeek:
    """/lichtruc, /lichtruc 48: an ISO week, the nearest of that number; another number is this one.

    The rosters of one's own units, of those above and below; an official sees what holds now.
    """
    act.require(Verb.SEE_ROSTER)
    agency, today = agency_of(tx), act.at.astimezone(HERE).date()
    monday = _monday(today, week)
    book = _book(tx, act.at, monday)
    theirs = _in_reach(agency, act.person, book.rosters)
    whole = act.person.holds(WATCHERS)
    handed = pending(tx)
    people = tx.people.named(named_in(book, handed.values()))
    firsts = (monday if whole and at < MOST_WEEKS else None for at in range(MOST))
    rosters = [
        roster_shown(book, one, act.at, first, people, handed.get(one.id))
        for one, first in zip(theirs[:MOST], firsts, strict=False)
    ]
    this = today - timedelta(days=today.weekday())
    return DutyWeek(
        rosters,
        monday,
        _numbers(monday),
        (monday - this) // WEEK,
        whole,
        act.person.holds((Role.ADMIN,)),
        act.private,
        act.person,
        len(theirs[MOST:]),
    )


def roster_shown(
    book: Book,
    roster: Roster,
    at: datetime,
    first: date | None,
    people: dict[int, Person],
    handed: Handover | None = None,
) -> RosterShown:
    """Now, next, and seven days from the first on. handed: while it waits the giver has the duty,
    whatever the roster says, and no end of it is known."""
    until = at + AHEAD
    line = spans(book, roster, at, until)
    now, *later = [_turn(book, span, people, until) for span in line]
    after = next((one for one in later if one.who or one.hole), None)
    days = _days(book, roster, first, people) if first else ()
    if handed is None or not handed.holds_at(at):
        return RosterShown(roster.name, now, after, days)
    keeps = kept(line[0], handed, at)
    if keeps != line[0]:
        now = replace(_turn(book, keeps, people, until), ends=None)
    return RosterShown(roster.name, now, after, days, people.get(handed.to_id))


def pending(tx: Transaction) -> Mapping[str, Handover]:
    """What is being handed over, by roster."""
    return {one.roster: one for one in tx.handovers.waiting() if one.roster}


def midnight(day: date) -> datetime:
    """The beginning of a local day."""
    return datetime.combine(day, time(0), HERE)


def _days(book: Book, roster: Roster, first: date, people: dict[int, Person]) -> Sequence[DutyDay]:
    ends = midnight(first) + WEEK
    line = [
        one
        for one in spans(book, roster, midnight(first) - DAY, ends)
        if one.person_id or is_hole(one, book.calendar)
    ]
    found = []
    for day in (first + timedelta(days=number) for number in range(7)):
        opens = midnight(day)
        begun = [one for one in line if one.begins.astimezone(HERE).date() == day]
        going_on = [one for one in line if one.begins < opens < one.ends]
        turns = [_turn(book, one, people, ends) for one in begun or going_on]
        name = book.calendar.names.get(day, "")
        found.append(DutyDay(day, turns, name, book.calendar.is_off(day)))
    return found


def _turn(book: Book, span: Span, people: dict[int, Person], horizon: datetime) -> Turn:
    return Turn(
        span.begins,
        span.ends if span.ends < horizon else None,
        people.get(span.person_id),
        people.get(span.instead_of),
        is_hole(span, book.calendar),
    )


def _book(tx: Transaction, at: datetime, monday: date) -> Book:
    begins, ends = midnight(monday) - DAY, midnight(monday) + WEEK
    return tx.rosters.book(min(begins, at), max(ends, at + AHEAD))


def named_in(book: Book, handed: Iterable[Handover] = ()) -> set[int]:
    """Everybody who may stand in it, and who hands over to whom."""
    found = {who for one in book.rosters for layer in one.layers for who in layer.people}
    found |= {who for one in book.shifts for who in (one.person_id, one.instead_of)}
    found |= {who for one in book.absences for who in (one.person_id, one.acting_id)}
    found |= {who for one in handed for who in (one.from_id, one.to_id)}
    return found - {0}


def _in_reach(agency: Agency, person: Person, rosters: Iterable[Roster]) -> list[Roster]:
    """Of the units above; for whoever is more than an official, those below too. Own ones first,
    in the file's order."""
    known = {unit.id for unit in agency.units}
    own = {post.unit for post in person.posts} & known
    above = {unit.id for one in own for unit in agency.line(one)}
    watched = {post.unit for post in person.posts_of(WATCHERS)} & known

    def is_seen(roster: Roster) -> bool:
        if roster.unit in above:
            return True
        line = agency.line(roster.unit) if roster.unit in known else ()
        return any(unit.id in watched for unit in line)

    return sorted(filter(is_seen, rosters), key=lambda one: one.unit not in above)


def _monday(today: date, week: int | str | None) -> date:
    this = today - timedelta(days=today.weekday())
    if week in (NEXT, LAST):
        return this + WEEK if week == NEXT else this - WEEK
    mondays = (this + number * WEEK for number in range(-26, 27))
    of_number = [one for one in mondays if one.isocalendar().week == week]
    return min(of_number, key=lambda one: abs(one - this), default=this)


def _numbers(monday: date) -> tuple[int, int, int]:
    before, here, after = ((monday + number * WEEK).isocalendar().week for number in (-1, 0, 1))
    return before, here, after
