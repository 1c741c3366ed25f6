"""Contacts beyond the agency: when a number has to be tried again, and who is telephoned where."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.contact import (
    Call,
    Check,
    Outside,
    Standing,
    asked_by,
    needed_in,
    standing,
    to_call,
    to_remind,
)
from playbooks.loader import load_plans

TODAY = date(2026, 11, 21)
YEAR_AGO, LONG_AGO, LATELY = date(2025, 11, 21), date(2025, 11, 20), date(2026, 10, 1)
PLAN = load_plans()["krong_pac_2023"]
POLICE = Outside("ca", "police", "Công an tỉnh", "113", functions=("police",))
NATIONAL = Outside("dp", "national", "Cơ quan điều phối", "0101", functions=("national",))
POWER = Outside("dl", "power", "Điện lực", "1900 0000")
OTHER = Outside("bo", "national", "Bộ", "0102", functions=("ministry", "finance"))
ALL = (POWER, NATIONAL, POLICE, OTHER)


def tried(day: date | None, is_right: bool = True, phone: str = "113") -> Check:
    return Check("ca", phone, is_right, day, 4)


@pytest.mark.parametrize(
    ("listed", "check", "last", "is_wrong", "is_due"),
    [
        (None, None, None, False, True),  # nobody has ever tried it
        (YEAR_AGO, None, YEAR_AGO, False, False),  # a year to the day
        (LONG_AGO, None, LONG_AGO, False, True),
        (None, tried(LATELY), LATELY, False, False),
        (LONG_AGO, tried(LATELY), LATELY, False, False),
        (LATELY, tried(LONG_AGO), LATELY, False, False),
        (None, tried(LONG_AGO), LONG_AGO, False, True),
        (None, tried(LATELY, phone="114"), None, False, True),  # that was another number
        (None, tried(None), None, False, True),  # reminded of it only
        (LATELY, tried(TODAY, is_right=False), LATELY, True, True),
        (LATELY, tried(LATELY, is_right=False), LATELY, True, True),
        (None, tried(LATELY, is_right=False), None, True, True),
        (TODAY, tried(LATELY, is_right=False), TODAY, False, False),  # mended since
    ],
)
def test_how_a_number_stands(
    listed: date | None, check: Check | None, last: date | None, is_wrong: bool, is_due: bool
) -> None:
    contact = replace(POLICE, checked=listed)
    assert standing(contact, check, TODAY) == Standing(contact, last, is_wrong, is_due)


def test_the_day_after_the_29th_of_february_is_a_year_later() -> None:
    leap = replace(POLICE, checked=date(2024, 2, 29))
    assert not standing(leap, None, date(2025, 2, 28)).is_due
    assert standing(leap, None, date(2025, 3, 1)).is_due


@pytest.mark.parametrize(
    ("listed", "reminded", "said"),
    [
        (None, None, True),
        (None, LATELY, False),
        (None, YEAR_AGO, False),
        (None, LONG_AGO, True),
        (LATELY, None, False),
    ],
)
def test_administrators_hear_of_it_once_a_year(
    listed: date | None, reminded: date | None, said: bool
) -> None:
    now = standing(replace(POLICE, checked=listed), None, TODAY)
    assert to_remind(now, Check("ca", reminded=reminded), TODAY) is said
    assert to_remind(now, None, TODAY) is (listed is None)


def test_where_the_plan_needs_them() -> None:
    assert needed_in(PLAN, POLICE).steps == ("iii_4",)
    national = needed_in(PLAN, NATIONAL)
    assert national.steps[:2] == ("i_2", "i_3")
    assert national.duties == ("ii_1_6",)
    assert needed_in(PLAN, POWER) == ((), ())
    both = needed_in(PLAN, replace(NATIONAL, functions=("police", "national")))
    assert both.steps == tuple(one.id for one in PLAN.steps if one.id in both.steps)
    assert set(both.steps) == {*national.steps, "iii_4"}


def test_who_stands_for_a_body_that_is_not_here_is_telephoned() -> None:
    step = PLAN.step("iii_4")
    named = PLAN.functions
    assert to_call(PLAN, step, ["ministry"], (), ALL) == (Call(OTHER, named["ministry"].name),)
    assert to_call(PLAN, step, ["ministry", "finance"], (), ALL) == (
        Call(OTHER, named["ministry"].name),  # once
    )
    assert to_call(PLAN, step, (), (), ALL) == ()


def test_whom_the_scenario_asks_for_is_telephoned_where_the_plan_needs_them() -> None:
    step, named = PLAN.step("iii_4"), PLAN.functions
    police, ministry = Call(POLICE, named["police"].name), Call(OTHER, named["ministry"].name)
    assert to_call(PLAN, step, (), ("police", "power"), ALL) == (police,)
    assert to_call(PLAN, step, ["ministry"], ("police",), ALL) == (ministry, police)
    assert to_call(PLAN, PLAN.step("i_1"), (), ("police",), ALL) == ()


def test_a_task_of_the_scenario_names_its_kinds_in_its_own_order() -> None:
    assert asked_by(("power", "national"), ALL) == (
        Call(POWER, ""),
        Call(NATIONAL, ""),
        Call(OTHER, ""),
    )
    assert asked_by((), ALL) == ()
