"""The monthly table of duty for payroll (bảng kê trực): hours that were held, by what day they are.

Hours are counted and nothing is paid here: rates are the finance officer's. The night is from
22:00 to 06:00 (Bộ luật Lao động 2019, Điều 106: unverified, a lawyer has to confirm it).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Literal

from bot.domain.duty import DAY, HERE, Calendar, Span

NIGHT_ENDS, NIGHT_BEGINS = time(6), time(22)
Kind = Literal["workday", "weekend", "holiday"]
Of = tuple[Kind, bool]  # what day it is, whether it is night


@dataclass(frozen=True, slots=True)
class Row:
    """One person's month. shifts: ca trực, each of 24 hours at most; time: by day and night."""

    person_id: int
    shifts: int
    time: Mapping[Of, timedelta]

    def of(self, kind: Kind, night: bool | None = None) -> timedelta:
        """night: None for both."""
        nights = (True, False) if night is None else (night,)
        return sum((self.time.get((kind, one), timedelta()) for one in nights), timedelta())

    @property
    def whole(self) -> timedelta:
        return sum(self.time.values(), timedelta())


@dataclass(frozen=True, slots=True)
class StoodIn:
    """Who stood in for whom, and when."""

    person_id: int
    instead_of: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]  # in the order in which each first had the duty
    stood_in: tuple[StoodIn, ...]
    nobody: timedelta  # how long nobody had it


def month_of(first: date) -> tuple[datetime, datetime]:
    """The first and the last moment of the month that this day begins, in Vietnam."""
    after = (first.replace(day=28) + 4 * DAY).replace(day=1)
    return datetime.combine(first, time(), HERE), datetime.combine(after, time(), HERE)


def table(spans: Iterable[Span], calendar: Calendar) -> Table:
    """Of the spans of one roster in one month, which follow each other without a hole. What one
    person holds without a break is counted as one stretch, whoever part of it was for."""
    line = list(spans)
    shifts: dict[int, int] = {}
    for who, stretch in groupby(line, attrgetter("person_id")):
        parts = list(stretch)
        count = -((parts[0].begins - parts[-1].ends) // DAY)  # rounded up
        shifts[who] = shifts.get(who, 0) + count
    times: dict[int, dict[Of, timedelta]] = {}
    stood_in: list[StoodIn] = []
    nobody = timedelta()
    for span in line:
        who = span.person_id
        if not who:
            nobody += span.ends - span.begins
            continue
        time_of = times.setdefault(who, {})
        for of, length in _parts(span, calendar):
            time_of[of] = time_of.get(of, timedelta()) + length
        if span.instead_of:
            stood_in.append(StoodIn(who, span.instead_of, span.begins, span.ends))
    rows = tuple(Row(who, shifts[who], time_of) for who, time_of in times.items())
    return Table(rows, tuple(stood_in), nobody)


def _parts(span: Span, calendar: Calendar) -> Iterator[tuple[Of, timedelta]]:
    """The span cut at midnight, at the night's end and at its beginning."""
    begins, ends = span.begins.astimezone(HERE), span.ends.astimezone(HERE)
    cuts = [begins, ends]
    day = begins.date()
    while day <= ends.date():
        at = (datetime.combine(day, one, HERE) for one in (time(), NIGHT_ENDS, NIGHT_BEGINS))
        cuts += [one for one in at if begins < one < ends]
        day += DAY
    for one, next_ in pairwise(sorted(cuts)):
        night = not NIGHT_ENDS <= one.timetz().replace(tzinfo=None) < NIGHT_BEGINS
        yield (_kind(one.date(), calendar), night), next_ - one


def _kind(day: date, calendar: Calendar) -> Kind:
    if calendar.is_holiday(day):
        return "holiday"
    return "weekend" if calendar.is_off(day) else "workday"
