"""Support beyond the agency: who can be asked, in which order, and what becomes of an answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.contact import Outside
from bot.domain.errors import Outdated
from bot.domain.support import Support, bodies, in_order, next_of, patience
from playbooks.loader import load_plans

PLANS = load_plans()
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
TEAM = Outside("doi", "province", "Đội của tỉnh", "114", functions=("province_team",))
DEPT = Outside("so", "province", "Sở", "115", functions=("province_dept", "specialized"))
NATIONAL = Outside("dp", "national", "Trực ban điều phối", "101", functions=("national",))
VENDOR = Outside("cty", "vendor", "Nhà cung cấp", "909")
POWER = Outside("dl", "power", "Điện lực", "1900")
ALL = (VENDOR, POWER, NATIONAL, DEPT, TEAM)
MINUTE = timedelta(minutes=1)


def asked(contact: str, **changes: object) -> Support:
    first = Support(1, 12, contact, "Đội", "waiting", "send_people", "by_phone", 4, NOON)
    return replace(first, **changes)  # type: ignore[arg-type]


def test_along_the_chain_from_the_province_to_the_nation_then_who_else_can_help() -> None:
    found = bodies(PLANS["sxd_khanh_hoa_2022"], ALL, (), False)
    assert [one.id for one in found] == ["doi", "so", "dp", "vendors", "cty"]
    assert [one.power for one in found] == ["convene_team", None, "ask_national", None, None]
    assert found[0].as_named.startswith("Đội Ứng cứu khẩn cấp")
    assert found[0].name == "Đội của tỉnh"
    unlisted = found[3]  # the plan names it, and the list has no number
    assert (unlisted.contact, unlisted.name) == (None, unlisted.as_named)
    assert found[4].as_named == ""


def test_who_is_listed_under_a_function_and_helps_nobody_in_an_incident_is_not_asked() -> None:
    odd = replace(POWER, functions=("national",))
    found = bodies(PLANS["sxd_khanh_hoa_2022"], (odd, NATIONAL), (), False)
    assert "dl" not in [one.id for one in found]


def test_a_team_that_is_convened_is_spoken_with_by_anybody() -> None:
    found = bodies(PLANS["sxd_khanh_hoa_2022"], (TEAM,), (), True)
    assert found[0].power is None


def test_where_the_plan_gives_the_power_to_nobody_it_is_reserved_for_nobody() -> None:
    """Krông Pắc does not say who convenes the team, nor who asks the national coordinator."""
    found = bodies(PLANS["krong_pac_2023"], ALL, (), False)
    assert {one.power for one in found} == {None}


def test_what_a_unit_of_the_agency_does_is_paged_and_not_asked() -> None:
    inside = ("province_team", "province_dept", "national")
    found = bodies(PLANS["sxd_khanh_hoa_2022"], ALL, inside, False)
    assert [one.id for one in found] == ["so", "vendors", "cty"]  # cơ quan chuyên trách is left
    assert bodies(PLANS["my_hao_2025"], (TEAM,), ("province_team",), False)[0].id == "national"


def test_who_was_asked_comes_last() -> None:
    found = bodies(PLANS["my_hao_2025"], (TEAM, NATIONAL), (), False)
    ids = [one.id for one in in_order(found, [asked("doi")])]
    assert (ids[0], ids[-1]) == ("dp", "doi")


def test_a_refusal_leads_to_the_next_of_the_chain() -> None:
    found = bodies(PLANS["my_hao_2025"], (TEAM, NATIONAL), (), False)
    assert [one.id for one in found] == ["doi", "dp", "police", "vendors", "telecoms"]
    refused = asked("doi")
    following = next_of(found, refused, [refused])
    assert following
    assert following.id == "dp"
    last = asked("telecoms")
    before = next_of(found, last, [last, asked("doi")])
    assert before  # beyond the end of the chain: who stands before it, and was not asked
    assert before.id == "dp"
    gone = asked("khac")  # the file has lost it
    assert next_of(found, gone, [gone]) == found[0]
    assert next_of(found, last, [asked(one.id) for one in found]) is None


def test_an_answer_stands_and_ends_the_reminders() -> None:
    waits = asked("doi", remind_at=NOON + patience(False))
    assert waits.answered("waiting", "", "", NOON) == waits
    said = waits.answered("accepted", "anh Tuấn", "đến lúc 14:00", NOON)
    assert (said.state, said.who, said.words) == ("accepted", "anh Tuấn", "đến lúc 14:00")
    assert (said.settled_at, said.remind_at) == (NOON, None)
    with pytest.raises(Outdated):
        said.answered("refused", "", "", NOON)


def test_whoever_waits_is_reminded_ever_more_rarely_and_sooner_when_serious() -> None:
    assert (patience(False), patience(True)) == (30 * MINUTE, 15 * MINUTE)
    waits = asked("doi", remind_at=NOON + 30 * MINUTE)
    half = waits.reminded(NOON + 30 * MINUTE)
    assert half.remind_at == NOON + 60 * MINUTE
    assert half.reminded(NOON + 60 * MINUTE).remind_at == NOON + 120 * MINUTE
    assert waits.reminded(NOON).remind_at == NOON + 15 * MINUTE  # a clock that was set back
