"""Legal clocks: what starts them, which run on which day, and when somebody is reminded."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.law import (
    NOT_SAID,
    Clock,
    Deadline,
    Personal,
    Regime,
    first_reminder,
    next_reminder,
    triggers,
    wanted,
)
from bot.domain.playbook import Source
from bot.domain.rule import Answer
from bot.domain.severity import Needs, Serious, SeriousByPlan

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HERE = Source("Luật", "Điều 1", "secondary")
DAY = Deadline("ban_dau", "initial", "báo cáo ban đầu", "response", 24, ("A05",), HERE)
NOW = replace(DAY, id="ngay", kind="urgent", trigger="beyond", hours=0)
NEVER = replace(DAY, id="ket_thuc", kind="closing", hours=None)
PEOPLE = replace(DAY, id="nguoi_dan", kind="persons", trigger="sensitive", hours=72)
LAW = Regime(
    "luat", "Luật", date(2026, 1, 1), date(2026, 6, 30), True, (DAY, NOW, NEVER, PEOPLE), (), HERE
)
CLOCK = Clock(1, 12, "luat", "ban_dau", NOON, NOON + timedelta(hours=24))


@pytest.mark.parametrize(
    ("day", "sure", "holds"),
    [
        (date(2025, 12, 31), True, False),
        (date(2026, 1, 1), True, True),
        (date(2026, 6, 30), True, True),
        (date(2026, 7, 1), True, False),
        (date(2026, 7, 1), False, True),  # nobody knows: it runs, and the mark says so
    ],
)
def test_a_law_holds_from_its_first_to_its_last_day(day: date, sure: bool, holds: bool) -> None:
    assert replace(LAW, ends_for_sure=sure).holds(day) is holds


def test_after_its_last_sure_day_it_is_doubtful() -> None:
    open_ended = replace(LAW, ends_for_sure=False)
    assert open_ended.is_doubtful(date(2026, 7, 1))
    assert not open_ended.is_doubtful(date(2026, 6, 30))
    assert not LAW.is_doubtful(date(2026, 7, 1))
    assert not replace(LAW, ends=None).is_doubtful(date(2026, 7, 1))


def test_a_law_without_days_holds_always() -> None:
    assert replace(LAW, begins=None, ends=None).holds(date(1999, 1, 1))


def test_the_clock_runs_from_detection() -> None:
    assert DAY.due(NOON) == NOON + timedelta(hours=24)
    assert NOW.due(NOON) == NOON
    assert NEVER.due(NOON) is None
    assert LAW.deadline("ngay") == NOW
    assert LAW.deadline("khac") is None


def started(
    needs: Needs = Needs.YES,
    law: Serious = Serious.NO,
    plan: SeriousByPlan = SeriousByPlan.NO,
    c6: Answer = Answer.NO,
    personal: Personal = NOT_SAID,
) -> set[str]:
    return set(triggers(needs, law, plan, {"c6": c6}, personal))


def test_what_starts_the_clocks() -> None:
    assert started() == {"response"}
    assert started(needs=Needs.UNVERIFIED, law=Serious.YES, c6=Answer.YES) == set()
    assert started(law=Serious.YES) == {"response", "serious"}
    assert started(law=Serious.UNDETERMINED) == {"response"}
    assert started(plan=SeriousByPlan.CONFIRMED) == {"response", "serious"}
    assert started(plan=SeriousByPlan.PROPOSED) == {"response"}
    assert started(c6=Answer.YES) == {"response", "beyond"}
    assert started(c6=Answer.UNKNOWN) == {"response"}
    lost = Personal(Answer.YES, "tens", ("contact",))
    assert started(needs=Needs.NO, personal=lost) == {"personal"}
    bank = replace(lost, kinds=("finance",))
    assert started(needs=Needs.NO, personal=bank) == {"personal", "sensitive"}
    assert started(needs=Needs.NO, personal=replace(bank, exposed=Answer.UNKNOWN)) == set()


def test_the_strictest_stands_first_and_what_has_no_figure_does_not_run() -> None:
    found = wanted([LAW], {"response", "beyond"}, date(2026, 3, 1))
    assert [one.id for _, one in found] == ["ngay", "ban_dau"]
    assert wanted([LAW], {"response"}, date(2027, 1, 1)) == ()
    assert wanted([LAW], (), date(2026, 3, 1)) == ()


def test_somebody_is_reminded_at_half_time_an_hour_before_when_due_and_hourly() -> None:
    moments, at = [], NOON
    for _ in range(5):
        found = next_reminder(CLOCK, at)
        assert found is not None
        moments.append((found - NOON) / timedelta(hours=1))
        at = found
    assert moments == [12, 23, 24, 25, 26]


def test_what_is_due_at_once_leaves_time_to_begin() -> None:
    at_once = replace(CLOCK, due_at=NOON)
    assert first_reminder(at_once, NOON) == NOON + timedelta(minutes=15)
    assert first_reminder(CLOCK, NOON) == NOON + timedelta(hours=12)
    assert first_reminder(replace(CLOCK, due_at=None), NOON) is None


def test_what_is_settled_or_never_due_reminds_nobody() -> None:
    assert next_reminder(replace(CLOCK, state="sent"), NOON) is None
    assert next_reminder(replace(CLOCK, due_at=None), NOON) is None
    assert not replace(CLOCK, state="dropped").runs
