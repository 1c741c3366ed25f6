"""The auditor's rules: what of an open incident could stay silent, and when it is said again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.audit import AHEAD, GRACE, Found, Why, is_to_be_told, judge, wanted
from bot.domain.escalation import PATIENCE, Kind, Page, Rung
from bot.domain.incident import Incident, Standing
from bot.domain.severity import Needs

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WAIT = 10 * MINUTE
YES, UNVERIFIED = Standing(Needs.YES), Standing(Needs.UNVERIFIED)
OPEN = Incident(1, "xa", "", 9, "plan", "", NOW, standing=YES)
PAGE = Page(1, 1, "respond", (Rung((2, 3), 5 * MINUTE), Rung((4,), WAIT)), NOW, NOW + MINUTE)
TAKEN = replace(PAGE, due_at=None, acknowledged=(2,))


def test_who_waits_for_the_next_telling_is_well() -> None:
    assert judge(OPEN, PAGE, NOW) is None
    assert judge(OPEN, replace(PAGE, due_at=NOW - GRACE), NOW) is None
    assert judge(OPEN, replace(PAGE, due_at=NOW + WAIT + GRACE), NOW) is None


@pytest.mark.parametrize(
    ("late", "why"),
    [
        (-GRACE - MINUTE, "overdue"),
        (timedelta(hours=-5.5), "overdue"),
        (WAIT + GRACE + MINUTE, "far"),
        (timedelta(days=3650), "far"),
    ],
)
def test_a_page_that_is_due_at_a_wrong_time(late: timedelta, why: Why) -> None:
    assert judge(OPEN, replace(PAGE, due_at=NOW + late), NOW) == why


def test_a_page_without_an_order_of_telling_waits_as_long_as_its_cry() -> None:
    empty = replace(PAGE, ladder=(), due_at=NOW + PATIENCE + GRACE + MINUTE)
    assert judge(OPEN, empty, NOW) == "far"
    assert judge(OPEN, replace(empty, due_at=NOW), NOW) == "deserted"


def test_an_order_of_telling_lives_while_one_in_it_can_be_told() -> None:
    assert judge(OPEN, PAGE, NOW, absent={2, 3}) is None
    assert judge(OPEN, PAGE, NOW, absent={2, 3, 4}) == "deserted"


def test_somebody_who_leads_it_has_it_until_they_are_gone() -> None:
    led = replace(OPEN, lead_id=2)
    assert judge(led, TAKEN, NOW, absent={2}) is None
    assert judge(led, None, NOW) is None
    assert judge(led, TAKEN, NOW, gone={2}) == "holder_left"
    assert judge(led, PAGE, NOW, gone={2}) is None  # somebody is being told


def test_nobody_has_it_and_nobody_is_told() -> None:
    assert judge(OPEN, None, NOW) == "no_page"
    assert judge(OPEN, TAKEN, NOW) == "no_page"  # it is said that 2 took it, and nobody leads
    assert judge(OPEN, PAGE.close(), NOW) == "no_page"
    verify = replace(PAGE, kind="verify")
    assert judge(OPEN, verify, NOW) == "no_page"  # to verify is not to respond


def test_what_is_to_be_verified_is_held_by_who_took_it_to_verify() -> None:
    doubtful = replace(OPEN, standing=UNVERIFIED)
    verify = replace(PAGE, kind="verify")
    assert judge(doubtful, verify, NOW) is None
    assert judge(doubtful, PAGE, NOW) is None  # called to respond: more than to verify
    assert judge(doubtful, replace(TAKEN, kind="verify"), NOW) is None
    assert judge(doubtful, replace(TAKEN, kind="verify"), NOW, gone={2}) == "holder_left"
    assert judge(doubtful, replace(TAKEN, closed=True), NOW) == "no_page"
    assert judge(doubtful, None, NOW) == "no_page"
    assert judge(replace(doubtful, lead_id=4), None, NOW) is None


@pytest.mark.parametrize(
    ("incident", "kind"),
    [
        (OPEN, "respond"),
        (replace(OPEN, state="closed"), None),
        (replace(OPEN, standing=Standing(Needs.NO)), None),
        (replace(OPEN, standing=UNVERIFIED), "verify"),
        (replace(OPEN, standing=UNVERIFIED, verified_at=NOW), None),
    ],
)
def test_whom_it_has_to_call(incident: Incident, kind: Kind | None) -> None:
    assert wanted(incident) == kind
    assert (judge(incident, None, NOW) is None) == (kind is None)


def test_the_same_is_told_once_an_hour() -> None:
    assert is_to_be_told(None, NOW)
    assert not is_to_be_told(NOW, NOW)
    assert not is_to_be_told(NOW - 59 * MINUTE, NOW)
    assert is_to_be_told(NOW - 60 * MINUTE, NOW)
    assert is_to_be_told(NOW + AHEAD, NOW), "the clock was set back"


def test_each_finding_has_a_mark_of_its_own() -> None:
    several = (Found("far", 1), Found("far", 2), Found("overdue", 1), Found("unmoved", 1))
    assert len({one.mark for one in several}) == len(several)
