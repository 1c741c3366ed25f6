"""What is wrong with a roster (lịch trực) in some time to come, and what of it is still to be told.

A hole in office hours of a working day that no layer and no shift was ever to cover is none: the
office is there, and whoever holds the role hears of everything (telling.py).

Overload has two marks of ours, both UNVERIFIED as limits for trực ban: 12 hours of rest between
two shifts (Bộ luật Lao động 2019, Điều 110, which speaks of workers in shifts; whether it holds for
officials who are on call at home is for a lawyer), and one day as the least that is too long. A
turn that the roster itself plans (a week each) is the agency's own decision and no overload;
somebody who stands in twice running is.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import combinations
from typing import Literal, get_args

from bot.domain.duty import DAY, HERE, Book, Calendar, Roster, Span, spans

Kind = Literal[
    "gap",  # nobody was ever to be there
    "left",  # whose turn it is, or who was to stand in, is in the agency's file no more
    "away",  # whose turn it is is away, and nobody acts for them
    "overlap",  # two persons planned at once
    "double",  # one person in two rosters at once
    "long",  # too long without a break
    "unreachable",  # on duty, and no message gets there
]
KINDS: tuple[Kind, ...] = get_args(Kind)
VACANT = ("gap", "left", "away")  # nobody is on duty
REST = timedelta(hours=12)  # unverified, see above
LONGEST = DAY  # unverified, see above
LOOK_BACK = timedelta(days=31)  # how far back a stretch of duty is followed
OFFICE = (time(7), time(18))
NEAR = DAY  # what is still there then is told once more


@dataclass(frozen=True, slots=True)
class Finding:
    """other: the second roster of "double". people: whom it is about, in the order of their duty"""

    kind: Kind
    roster: str
    begins: datetime
    ends: datetime
    people: tuple[int, ...] = ()
    other: str = ""

    def is_of(self, known: "Finding") -> bool:
        """The same thing, perhaps seen further now, or begun meanwhile."""
        about = (self.kind, self.roster, self.people, self.other)
        same = about == (known.kind, known.roster, known.people, known.other)
        return same and self.begins <= known.ends and known.begins <= self.ends


@dataclass(frozen=True, slots=True)
class Told:
    """near: told within a day of its beginning, and not again."""

    what: Finding
    near: bool


def findings(
    book: Book,
    roster: Roster,
    begins: datetime,
    ends: datetime,
    unreachable: Collection[int] = (),
) -> tuple[Finding, ...]:
    """Of one roster between two moments, by when it begins. What concerns two rosters is said of
    the one that stands first. unreachable: who gets no message now."""
    line = spans(book, roster, begins, ends)
    found = [*_vacant(book.calendar, roster, line), *_overlaps(book, roster, begins, ends)]
    found += _doubles(book, roster, line, begins, ends)
    found += _long(book, roster, begins, ends)
    found += [
        Finding("unreachable", roster.id, one.begins, one.ends, (one.person_id,))
        for one in line
        if one.person_id in unreachable
    ]
    return tuple(sorted(found, key=lambda one: (one.begins, KINDS.index(one.kind))))


def is_hole(span: Span, calendar: Calendar) -> bool:
    """Nobody is on duty, and somebody should be."""
    if span.person_id:
        return False
    return span.how != "nobody" or bool(span.instead_of) or not _office_is_open(span, calendar)


def to_tell(
    found: Sequence[Finding], told: Sequence[Told], now: datetime
) -> tuple[tuple[Finding, ...], tuple[Told, ...]]:
    """What is new, or a day away and still there; and what is told then. A roster that is edited
    again and again tells nothing twice (Grafana OnCall#1553)."""
    said, after = [], []
    for one in found:
        near = one.begins - now <= NEAR
        known = [before for before in told if one.is_of(before.what)]
        if not known or (near and not any(before.near for before in known)):
            said.append(one)
        else:
            near = any(before.near for before in known)
        after.append(Told(one, near))
    gone = [  # put right, or not seen just now: it comes back unchanged if the edit is undone
        before
        for before in told
        if before.what.ends > now and not any(one.is_of(before.what) for one in found)
    ]
    return tuple(said), (*after, *gone)


def _vacant(calendar: Calendar, roster: Roster, line: Iterable[Span]) -> Iterator[Finding]:
    for span in line:
        if not is_hole(span, calendar):
            continue
        if span.how != "nobody":
            yield Finding("left", roster.id, span.begins, span.ends)
        elif span.instead_of:
            yield Finding("away", roster.id, span.begins, span.ends, (span.instead_of,))
        else:
            yield Finding("gap", roster.id, span.begins, span.ends)


def _office_is_open(span: Span, calendar: Calendar) -> bool:
    begins, ends = span.begins.astimezone(HERE), span.ends.astimezone(HERE)
    open_day = begins.date() == ends.date() and not calendar.is_off(begins.date())
    return open_day and OFFICE[0] <= begins.time() and ends.time() <= OFFICE[1]


def _overlaps(book: Book, roster: Roster, begins: datetime, ends: datetime) -> Iterator[Finding]:
    planned = [one for one in book.shifts if one.roster == roster.id and one.kind == "planned"]
    for one, other in combinations(planned, 2):
        first, last = max(one.begins, other.begins, begins), min(one.ends, other.ends, ends)
        if first < last and one.person_id != other.person_id:
            people = (one.person_id, other.person_id)
            yield Finding("overlap", roster.id, first, last, people)


def _doubles(
    book: Book, roster: Roster, line: Sequence[Span], begins: datetime, ends: datetime
) -> Iterator[Finding]:
    place = book.rosters.index(roster)
    for other in book.rosters[place + 1 :]:
        for theirs in spans(book, other, begins, ends):
            for mine in line:
                first, last = max(mine.begins, theirs.begins), min(mine.ends, theirs.ends)
                if first < last and mine.person_id and mine.person_id == theirs.person_id:
                    who = (mine.person_id,)
                    yield Finding("double", roster.id, first, last, who, other.id)


def _long(book: Book, roster: Roster, begins: datetime, ends: datetime) -> Iterator[Finding]:
    limit = _longest_turn(roster)
    if limit is None:
        return
    line = spans(book, roster, begins - LOOK_BACK, ends)
    running: dict[int, Span] = {}
    for span in (one for one in line if one.person_id):
        before = running.get(span.person_id)
        if before is not None and span.begins - before.ends < REST:
            span = replace(span, begins=before.begins)
        elif before is not None:
            yield from _too_long(roster, before, limit, begins)
        running[span.person_id] = span
    for span in running.values():
        yield from _too_long(roster, span, limit, begins)


def _too_long(roster: Roster, span: Span, limit: timedelta, begins: datetime) -> Iterator[Finding]:
    if span.ends > begins and span.ends - span.begins > limit:
        yield Finding("long", roster.id, span.begins, span.ends, (span.person_id,))


def _longest_turn(roster: Roster) -> timedelta | None:
    """None: the roster has one person by its own plan, and nobody to relieve them."""
    layers = [layer for layer in roster.layers if layer.people]
    if any(len(set(layer.people)) == 1 for layer in layers):
        return None
    turns = (timedelta(days=layer.every_days) for layer in layers)
    return max(turns, default=LONGEST)
