"""Figures (thống kê): how long it took to acknowledge, to finish a first task, to close.

An incident that is still open and waits is counted with its time so far, apart: were it left out,
the slowest would be missing (survivors' bias). A mean is never taken. Months are Vietnamese.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from statistics import median
from typing import Literal, NamedTuple, get_args

from bot.domain.duty import HERE
from bot.domain.incident import Standing
from bot.domain.severity import Needs, Serious, SeriousByPlan

Level = Literal["serious_law", "serious_plan", "respond", "unverified", "recorded"]
LEVELS: tuple[Level, ...] = get_args(Level)
Measure = Literal["taken", "first", "closed"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
FEW = 3  # fewer times than this are said one by one
MONTHS = 12  # of the period that is shown unless another is asked for
# A period by a number, as it is asked for: 1–12 a month, 2000 and above a year, and these.
THIS_MONTH, THIS_QUARTER, THIS_YEAR, LAST_MONTH = 101, 102, 103, 104
FIRST_YEAR = 2000


class Period(NamedTuple):
    """From the first day on, the last one included; Vietnamese days. code: how it is asked for
    again."""

    first: date
    last: date
    code: int = 0

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time(0), HERE)

    @property
    def ends(self) -> datetime:
        """The moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(0), HERE)


@dataclass(frozen=True, slots=True)
class Course:
    """How one incident went, as moments; None: not yet, or nobody has written it down.

    led: somebody leads it, so that it was acknowledged, whether or not the moment is known.
    """

    unit: str
    standing: Standing
    reported_at: datetime
    taken_at: datetime | None = None
    first_at: datetime | None = None  # the first task of the plan's steps was finished
    closed_at: datetime | None = None
    is_open: bool = True
    led: bool = False
    is_drill: bool = False
    is_secret: bool = False
    scope: tuple[str, ...] = ()  # units whose people may see it

    @property
    def level(self) -> Level:
        """The gravest of its verdicts; what a leader has not decided is not serious yet."""
        now = self.standing
        if now.needs_response is not Needs.YES:
            return "recorded" if now.needs_response is Needs.NO else "unverified"
        if now.serious_by_law is Serious.YES:
            return "serious_law"
        decided = now.serious_by_plan is SeriousByPlan.CONFIRMED
        return "serious_plan" if decided else "respond"

    @property
    def month(self) -> date:
        """The first day of the month in which it was reported."""
        return self.reported_at.astimezone(HERE).date().replace(day=1)

    def took(self, measure: Measure) -> timedelta | None:
        """From the report on; None: not known. With a clock that was set back it is 0."""
        moments = {"taken": self.taken_at, "first": self.first_at, "closed": self.closed_at}
        until = moments[measure]
        return None if until is None else max(until - self.reported_at, timedelta())

    def waits(self, measure: Measure) -> bool:
        """It is still to come. What is only recorded calls nobody and has no tasks to wait for."""
        if not self.is_open or self.took(measure) is not None:
            return False
        if measure == "closed":
            return True
        return self.level != "recorded" and not (measure == "taken" and self.led)


@dataclass(frozen=True, slots=True)
class Spread:
    """Times in order; waiting: of those still open, so far; unknown: ended, or acknowledged, and
    nobody knows when (before this was written down), or it never came to that."""

    times: tuple[timedelta, ...] = ()
    waiting: tuple[timedelta, ...] = ()
    unknown: int = 0

    @property
    def is_few(self) -> bool:
        return len(self.times) < FEW

    @property
    def half(self) -> timedelta:
        """The median. Raises StatisticsError: there are none."""
        return timedelta(seconds=median(one.total_seconds() for one in self.times))

    @property
    def most(self) -> timedelta:
        """90 in a hundred took no longer: a time that was really measured. IndexError: none."""
        return self.times[ceil(0.9 * len(self.times)) - 1]

    @property
    def longest(self) -> timedelta:
        """IndexError: there are none."""
        return self.times[-1]


@dataclass(frozen=True, slots=True)
class Group:
    """Incidents of one level, unit or month: how many, how many of them open, and their times."""

    count: int
    open: int
    spreads: Mapping[Measure, Spread]


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything of one period. Drills stand apart; of state secrets only the number is known."""

    whole: Group
    levels: Mapping[Level, Group]
    units: Mapping[str, Group]  # by id, the busiest first
    months: Mapping[date, Group]  # every month of the period, by its first day
    drills: Group
    secret: int  # not in the groups
    secret_open: int


def period(code: int, today: date) -> Period:
    """By its number (0: the last twelve months). A month that is still to come is last year's."""
    month, year = today.month, today.year
    match code:
        case _ if code == THIS_MONTH:
            return Period(today.replace(day=1), today, code)
        case _ if code == LAST_MONTH:
            return Period(_back(today.replace(day=1), 1), today - timedelta(days=today.day), code)
        case _ if code == THIS_QUARTER:
            return Period(date(year, 3 * ((month - 1) // 3) + 1, 1), today, code)
        case _ if code == THIS_YEAR:
            return Period(date(year, 1, 1), today, code)
        case _ if 1 <= code <= MONTHS:
            first = date(year if code <= month else year - 1, code, 1)
            return Period(first, min(_after(first) - timedelta(days=1), today), code)
        case _ if FIRST_YEAR <= code <= year:
            return Period(date(code, 1, 1), min(date(code, 12, 31), today), code)
    return Period(_back(today.replace(day=1), MONTHS - 1), today)


def tally(courses: Iterable[Course], of: Period, now: datetime) -> Tally:
    every = tuple(courses)
    real = [one for one in every if not one.is_drill]
    known = [one for one in real if not one.is_secret]
    secret = [one for one in real if one.is_secret]
    return Tally(
        group(known, now),
        {level: group(found, now) for level in LEVELS if (found := _at(known, level))},
        _by(known, lambda one: one.unit, now),
        {
            month: group([one for one in known if one.month == month], now)
            for month in months_of(of)
        },
        group([one for one in every if one.is_drill and not one.is_secret], now),
        len(secret),
        sum(one.is_open for one in secret),
    )


def group(courses: Sequence[Course], now: datetime) -> Group:
    spreads = {measure: spread(courses, measure, now) for measure in MEASURES}
    return Group(len(courses), sum(one.is_open for one in courses), spreads)


def spread(courses: Sequence[Course], measure: Measure, now: datetime) -> Spread:
    times = sorted(took for one in courses if (took := one.took(measure)) is not None)
    waiting = [max(now - one.reported_at, timedelta()) for one in courses if one.waits(measure)]
    # that one is open, and another one only recorded, is no gap in what is known
    counted = [one for one in courses if not (measure != "closed" and one.level == "recorded")]
    missing = [one for one in counted if one.took(measure) is None and not one.waits(measure)]
    return Spread(tuple(times), tuple(sorted(waiting)), len(missing))


def months_of(of: Period) -> list[date]:
    """The first day of each month, also of those in which nothing was reported."""
    found = [of.first.replace(day=1)]
    while (following := _after(found[-1])) <= of.last:
        found.append(following)
    return found


def _at(courses: Sequence[Course], level: Level) -> list[Course]:
    return [one for one in courses if one.level == level]


def _by(courses: Sequence[Course], key: Callable[[Course], str], now: datetime) -> dict[str, Group]:
    found: dict[str, list[Course]] = {}
    for one in courses:
        found.setdefault(key(one), []).append(one)
    busiest = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return {name: group(those, now) for name, those in busiest}


def _after(first: date) -> date:
    return _back(first, -1)


def _back(first: date, months: int) -> date:
    """So many months before the first day of a month."""
    years, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(years, month + 1, 1)
