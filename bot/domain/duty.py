"""Who is on duty (trực) when: rosters of layers, who stands in, who is away, days off.

Moments are aware; days and hours are those of `Asia/Ho_Chi_Minh`, which keeps no summer time. A
span begins at `begins` and ends just before `ends`. What stands later covers what stands earlier:
layers in their order, then planned shifts, then stand-ins (trực thay), then who acts for whoever
is away; who acts and is away as well hands it on to nobody. Whoever has left the agency leaves a
hole and nobody else in their place. People are ids; 0 is nobody (không có người trực).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
Days = Literal["all", "workdays", "days_off"]
Kind = Literal["planned", "cover"]
How = Literal["nobody", "layer", "planned", "cover", "acting"]
DUTY_ROLES = ("duty", "leader", "responder")  # trực ban, lãnh đạo trực, kỹ thuật trực


@dataclass(frozen=True, slots=True)
class Layer:
    """People in turn (luân phiên): each for `every_days`, the first from `starts` on.

    days: only these, by the local day on which the hours begin. hours: only between these, past
    midnight where the second is not later than the first, and all of them are theirs whose turn it
    is when they begin; None: the whole day. ValueError: a naive
    moment, a turn of less than a day.
    """

    people: tuple[int, ...]
    starts: datetime
    every_days: int = 1
    days: Days = "all"
    hours: tuple[time, time] | None = None

    def __post_init__(self) -> None:
        aware(self.starts)
        if self.every_days < 1:
            raise ValueError("a turn of less than a day")


@dataclass(frozen=True, slots=True)
class Roster:
    """lịch trực of a unit. role: of DUTY_ROLES."""

    id: str
    unit: str
    role: str
    name: str
    layers: tuple[Layer, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """ca trực, written down by itself: imported or planned, or somebody stands in (trực thay)."""

    id: int
    roster: str
    person_id: int
    begins: datetime
    ends: datetime
    kind: Kind = "planned"
    instead_of: int = 0
    why: str = ""

    def __post_init__(self) -> None:
        aware(self.begins, self.ends)


@dataclass(frozen=True, slots=True)
class Absence:
    """Away (nghỉ, đi vắng); acting_id: người thay khi vắng mặt, 0: nobody; paper: its căn cứ."""

    id: int
    person_id: int
    begins: datetime
    ends: datetime
    why: str = ""
    acting_id: int = 0
    paper: str = ""

    def __post_init__(self) -> None:
        aware(self.begins, self.ends)

    def holds_at(self, at: datetime) -> bool:
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True)
class Calendar:
    """off: public holidays and decreed days off; working: weekend days decreed to be worked
    (làm bù); names: of the former."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict)

    def is_off(self, day: date) -> bool:
        """A weekend day, a holiday, a decreed day off (Bộ luật Lao động 2019, Điều 111, 112)."""
        if day in self.working:
            return False
        return day in self.off or day.weekday() >= 5

    def is_holiday(self, day: date) -> bool:
        """More than a weekend: nghỉ lễ, Tết."""
        return day in self.off and day not in self.working


@dataclass(frozen=True, slots=True)
class Book:
    """All that decides who is on duty in some time: rosters and the rows that touch it."""

    rosters: tuple[Roster, ...] = ()
    shifts: tuple[Shift, ...] = ()  # the oldest row first
    absences: tuple[Absence, ...] = ()
    calendar: Calendar = Calendar()
    left: Mapping[int, datetime] = field(default_factory=dict)  # who has left, and since when

    def roster(self, roster_id: str) -> Roster | None:
        return next((one for one in self.rosters if one.id == roster_id), None)

    def away(self, at: datetime) -> dict[int, Absence]:
        """Who is away then; of two rows the newer holds."""
        return {one.person_id: one for one in self.absences if one.holds_at(at)}


@dataclass(frozen=True, slots=True)
class Span:
    """One person, or nobody, without a break. instead_of: whom the person stands in for."""

    begins: datetime
    ends: datetime
    person_id: int = 0
    how: How = "nobody"
    instead_of: int = 0


def spans(book: Book, roster: Roster, begins: datetime, ends: datetime) -> tuple[Span, ...]:
    """Who has the duty between two moments, without a hole: person_id 0 where nobody has it.

    ValueError: a naive moment.
    """
    aware(begins, ends)
    line = [Span(begins, ends)] if begins < ends else []
    for layer in roster.layers:
        for span in turns(layer, book.calendar, begins, ends):
            line = _painted(line, span)
    of_this = [shift for shift in book.shifts if shift.roster == roster.id]
    for kind in ("planned", "cover"):
        for shift in (one for one in of_this if one.kind == kind):
            line = _painted(line, Span(shift.begins, shift.ends, shift.person_id, shift.kind))
    newest_first = sorted(book.absences, key=lambda one: -one.id)
    here = [part for span in line for part in _employed(span, book.left)]
    return tuple(_joined(part for span in here for part in _present(span, newest_first, book.left)))


def on_duty(book: Book, roster: Roster, at: datetime) -> Span:
    """The span that holds at this moment; person_id 0: nobody is on duty."""
    found = spans(book, roster, at, at + timedelta(seconds=1))
    return found[0]


def turns(layer: Layer, calendar: Calendar, begins: datetime, ends: datetime) -> Iterator[Span]:
    """The spans of one layer that touch this time, in order. Hours are one person's from their
    beginning to their end: a night is not shared because turns are counted from midnight."""
    if not layer.people:
        return
    first = layer.starts.astimezone(HERE)
    turn = timedelta(days=layer.every_days)
    for opens, window_begins, window_ends in _windows(layer, calendar, begins, ends):
        at = max(window_begins, first)
        while at < window_ends:
            number = (max(opens, first) - first if layer.hours else at - first) // turn
            until = window_ends if layer.hours else min(window_ends, first + (number + 1) * turn)
            yield Span(at, until, layer.people[number % len(layer.people)], "layer")
            at = until


def _windows(
    layer: Layer, calendar: Calendar, begins: datetime, ends: datetime
) -> Iterator[tuple[datetime, datetime, datetime]]:
    """When the layer works at all, cut to this time; before it, when those hours began."""
    if layer.hours is None and layer.days == "all":
        yield begins, begins, ends
        return
    opens, shuts = layer.hours or (time(0), time(0))
    day = begins.astimezone(HERE).date() - DAY  # a night that began the day before
    while datetime.combine(day, time(0), HERE) < ends:
        if layer.days == "all" or calendar.is_off(day) == (layer.days == "days_off"):
            starts = datetime.combine(day, opens, HERE)
            over = datetime.combine(day if shuts > opens else day + DAY, shuts, HERE)
            if max(starts, begins) < min(over, ends):
                yield starts, max(starts, begins), min(over, ends)
        day += DAY


def _painted(line: Sequence[Span], over: Span) -> list[Span]:
    """The line with one span laid over it, cut to the line's own ends. Whoever stands in does so
    for each of those whose duty it covers, and for nobody where it is their own."""
    found: list[Span] = []
    for span in line:
        begins, ends = max(span.begins, over.begins), min(span.ends, over.ends)
        if begins >= ends:
            found.append(span)
            continue
        if span.begins < begins:
            found.append(replace(span, ends=begins))
        whose = span.person_id if over.how == "cover" else 0
        whose = 0 if whose == over.person_id else whose
        found.append(replace(over, begins=begins, ends=ends, instead_of=whose))
        if ends < span.ends:
            found.append(replace(span, begins=ends))
    return found


def _employed(span: Span, left: Mapping[int, datetime]) -> Iterator[Span]:
    """Theirs until they left; then nobody's, and how it was theirs is still said."""
    gone = left.get(span.person_id)
    if gone is None or span.ends <= gone:
        yield span
        return
    if span.begins < gone:
        yield replace(span, ends=gone)
    yield replace(span, begins=max(span.begins, gone), person_id=0)


def _present(
    span: Span, newest_first: Sequence[Absence], left: Mapping[int, datetime]
) -> Iterator[Span]:
    """Whoever is away has no duty; who acts for them has it, or nobody: what was handed to
    somebody for another is not handed on (of two rows the newer holds)."""
    for absence in newest_first if span.person_id else ():
        begins, ends = max(span.begins, absence.begins), min(span.ends, absence.ends)
        if span.person_id != absence.person_id or begins >= ends:
            continue
        if span.begins < begins:
            yield from _present(replace(span, ends=begins), newest_first, left)
        if span.how == "acting" or not absence.acting_id:
            whose = span.instead_of if span.how == "acting" else span.person_id
            yield Span(begins, ends, 0, "nobody", whose)
        else:
            acting = Span(begins, ends, absence.acting_id, "acting", span.person_id)
            for part in _employed(acting, left):
                if part.person_id:
                    yield from _present(part, newest_first, left)
                else:
                    yield replace(part, how="nobody")
        if ends < span.ends:
            yield from _present(replace(span, begins=ends), newest_first, left)
        return
    yield span


def _joined(line: Iterable[Span]) -> list[Span]:
    """What goes on with the same person is one span."""
    found: list[Span] = []
    for span in line:
        if found and replace(found[-1], begins=span.begins, ends=span.ends) == span:
            found[-1] = replace(found[-1], ends=span.ends)
        else:
            found.append(span)
    return found


def away_between(book: Book, begins: datetime, ends: datetime) -> frozenset[int]:
    """Who is away in any part of this time."""
    return frozenset(
        one.person_id for one in book.absences if one.begins < ends and begins < one.ends
    )


def present(people: Collection[int], away: Mapping[int, Absence]) -> tuple[int, ...]:
    """In the same order: whoever is away gives way to who acts for them, or is left out."""
    here: list[int] = []
    for who in people:
        one = away.get(who)
        stand_in = one.acting_id if one else who
        if stand_in and stand_in not in here and (one is None or stand_in not in away):
            here.append(stand_in)
    return tuple(here)


def aware(*moments: datetime) -> None:
    """ValueError: a moment that does not say where; it would be read in the machine's own zone."""
    if any(moment.tzinfo is None for moment in moments):
        raise ValueError("naive datetime")
