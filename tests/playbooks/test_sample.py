"""The sample agency can play a whole response: whoever the plan names is somebody with a phone."""

import pytest

from bot.domain.people import Role
from bot.services.telling import having, operator_of
from bot.stage import ADMIN, PHONES, SAMPLE, TEAM, TEAM_UNIT
from playbooks.agency_file import load_agency
from playbooks.loader import load_plans

PLANS = load_plans()
AGENCY = load_agency(SAMPLE, PLANS)
KRONG_PAC = PLANS["krong_pac_2023"]
# Whose department has gone, and nobody has said who succeeds it: shown so on the phones.
UNDETERMINED = {("ea_mau", "focal")}
CAST = [person for person in AGENCY.people if person.id in PHONES]


def test_the_people_with_phones_fill_every_post_in_several_units() -> None:
    assert [person.id for person in CAST if person.id in TEAM] != []
    assert {person.id for person in CAST} == set(PHONES)
    assert len(CAST) >= 8
    roles = {post.role for person in CAST for post in person.roles}
    assert roles >= set(Role) - {Role.LEGAL}  # not every agency has a legal officer
    assert len({person.roles[0].unit for person in CAST}) >= 3
    posts = {person.id: {(post.role, post.unit) for post in person.roles} for person in CAST}
    assert any(role == Role.ADMIN for role, _ in posts[ADMIN])
    assert any((Role.RESPONDER, TEAM_UNIT) in posts[key] for key in TEAM)
    assert len({number for number, _ in PHONES.values()}) == len(PHONES)


@pytest.mark.parametrize("unit", [u.id for u in AGENCY.units if u.plan == KRONG_PAC.id])
def test_every_step_is_led_by_a_unit_with_people(unit: str) -> None:
    """Whatever system is hit: the one who runs it leads the first steps."""
    with_people = {post.unit for person in AGENCY.people for post in person.roles}
    reached = {post.unit for person in CAST for post in person.roles}
    missing = set()
    for system in AGENCY.systems_for(unit):
        operator = operator_of(AGENCY, system.id, unit)
        for step in KRONG_PAC.steps:
            for function in step.lead:
                found, unknown = having(AGENCY, KRONG_PAC, unit, operator, [function])
                missing |= {(unit, function)} if unknown else set()
                assert set(found) <= with_people, (step.id, function)
                assert unit == "ea_mau" or set(found) <= reached, (step.id, function)
    assert missing == {one for one in UNDETERMINED if one[0] == unit}


def test_the_plan_of_the_sample_has_four_phases_and_the_way_back() -> None:
    follows = AGENCY.plan_of(next(p for p in CAST if p.id == "lan").roles[0].unit)
    assert follows == KRONG_PAC.id
    assert [phase.id for phase in KRONG_PAC.phases] == ["i", "ii", "iii", "iv"]
    (loop,) = [step.loop for step in KRONG_PAC.steps if step.loop]
    assert tuple(loop.back_to) == ("ii", "iii")
