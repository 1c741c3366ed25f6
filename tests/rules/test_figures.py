"""Figures: what is counted, what is said of it, and that nobody slow falls out of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import StatisticsError

import pytest

from bot.domain.figures import (
    LAST_MONTH,
    THIS_MONTH,
    THIS_QUARTER,
    THIS_YEAR,
    Course,
    Spread,
    months_of,
    period,
    spread,
    tally,
)
from bot.domain.incident import Standing
from bot.domain.severity import Needs, Serious, SeriousByPlan

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
RESPOND = Standing(Needs.YES)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def course(taken: float | None = None, ago: float = 600, **changes: object) -> Course:
    """Reported so many minutes ago, acknowledged so many minutes after that."""
    began = NOON - minutes(ago)
    taken_at = None if taken is None else began + minutes(taken)
    return replace(Course("tan_lap", RESPOND, began, taken_at), **changes)  # type: ignore[arg-type]


def of(times: Sequence[float]) -> Spread:
    return spread([course(one) for one in times], "taken", NOON)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        (0, date(2025, 12, 1), TODAY),
        (THIS_MONTH, date(2026, 11, 1), TODAY),
        (LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        (THIS_QUARTER, date(2026, 10, 1), TODAY),
        (THIS_YEAR, date(2026, 1, 1), TODAY),
        (11, date(2026, 11, 1), TODAY),
        (2, date(2026, 2, 1), date(2026, 2, 28)),
        (12, date(2025, 12, 1), date(2025, 12, 31)),  # it is still to come this year
        (2025, date(2025, 1, 1), date(2025, 12, 31)),
        (2026, date(2026, 1, 1), TODAY),
        (2027, date(2025, 12, 1), TODAY),  # no such year yet
        (55, date(2025, 12, 1), TODAY),
    ],
)
def test_a_period_by_its_number(code: int, first: date, last: date) -> None:
    assert period(code, TODAY)[:2] == (first, last)


def test_the_month_before_the_first_of_january_is_last_years() -> None:
    found = period(LAST_MONTH, date(2027, 1, 1))
    assert found == (date(2026, 12, 1), date(2026, 12, 31), LAST_MONTH)


def test_days_and_months_are_vietnamese() -> None:
    of_november = period(11, TODAY)
    assert of_november.begins == datetime(2026, 10, 31, 17, tzinfo=UTC)
    assert of_november.ends == datetime(2026, 11, 21, 17, tzinfo=UTC)
    late = course(reported_at=datetime(2026, 10, 31, 18, tzinfo=UTC))
    assert late.month == date(2026, 11, 1)
    assert months_of(period(THIS_QUARTER, TODAY)) == [date(2026, 10, 1), date(2026, 11, 1)]


def test_half_and_nine_tenths_and_never_a_mean() -> None:
    """One that took two days does not spoil what half of them took."""
    found = of([5, 3, 4, 6, 7, 8, 9, 10, 11, 2880])
    assert (found.half, found.most, found.longest) == (minutes(7.5), minutes(11), minutes(2880))
    assert not found.is_few
    assert of([4, 9]).is_few
    with pytest.raises(StatisticsError):
        _ = of([]).half


def test_what_is_open_is_counted_with_its_time_so_far_and_not_among_the_times() -> None:
    """Survivors' bias: the slowest is the one that has not ended yet."""
    waits = course(None, ago=4320)
    found = spread([course(5), course(6), course(7), waits], "taken", NOON)
    assert found.longest == minutes(7)
    assert found.waiting == (minutes(4320),)
    closing = spread([waits, course(5, is_open=False, closed_at=NOON)], "closed", NOON)
    assert (closing.times, closing.waiting) == ((minutes(600),), (minutes(4320),))


def test_a_moment_that_nobody_wrote_down_is_said_and_is_no_waiting() -> None:
    """Acknowledged before moments were kept, or ended without: neither quick nor slow."""
    led, ended = course(None, led=True), course(None, is_open=False)
    found = spread([led, ended, course(5)], "taken", NOON)
    assert (found.times, found.waiting, found.unknown) == ((minutes(5),), (), 2)
    assert led.waits("first")


def test_what_is_only_recorded_waits_for_nobody() -> None:
    recorded = course(None, standing=Standing(Needs.NO))
    for measure in ("taken", "first"):
        assert spread([recorded], measure, NOON) == Spread()  # type: ignore[arg-type]
    assert spread([recorded], "closed", NOON).waiting == (minutes(600),)


def test_a_clock_that_jumped_back_makes_nothing_negative() -> None:
    assert of([-30]).times == (timedelta(),)
    assert spread([course(None, ago=-5)], "taken", NOON).waiting == (timedelta(),)


@pytest.mark.parametrize(
    ("standing", "level"),
    [
        (Standing(Needs.NO), "recorded"),
        (Standing(Needs.UNVERIFIED, Serious.YES), "unverified"),
        (RESPOND, "respond"),
        (Standing(Needs.YES, Serious.NO, SeriousByPlan.PROPOSED), "respond"),
        (Standing(Needs.YES, Serious.NO, SeriousByPlan.CONFIRMED), "serious_plan"),
        (Standing(Needs.YES, Serious.YES, SeriousByPlan.CONFIRMED), "serious_law"),
    ],
)
def test_each_is_counted_once_at_its_gravest(standing: Standing, level: str) -> None:
    assert course(standing=standing).level == level


def test_drills_stand_apart_and_of_secrets_only_the_number() -> None:
    drill = course(1, is_drill=True)
    secret = course(99, is_secret=True, unit="ea_mau")
    hidden = replace(drill, is_secret=True)
    counted = tally(
        [course(5), course(7, unit="ea_mau"), course(9), drill, secret, hidden],
        period(0, TODAY),
        NOON,
    )
    assert counted.whole.count == 3
    assert counted.whole.spreads["taken"].times == (minutes(5), minutes(7), minutes(9))
    assert counted.drills.count == 1
    assert counted.drills.spreads["taken"].times == (minutes(1),)
    assert (counted.secret, counted.secret_open) == (1, 1)
    assert list(counted.units) == ["tan_lap", "ea_mau"]  # the busiest first
    assert list(counted.levels) == ["respond"]
    assert len(counted.months) == 12
    assert [found.count for found in counted.months.values()] == [0] * 11 + [3]
