"""Every plan can be gone through from its start to its end, whatever is left out on the way.

Over the plans' data only; that the services really get there is told elsewhere.
"""

from collections.abc import Collection

import pytest

from bot.domain.playbook import Plan, Step
from playbooks.loader import load_plans

PLANS = load_plans()
every_plan = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)


def phases_of(plan: Plan) -> list[str]:
    """As the incident goes: the first, then always the one that follows, until there is none."""
    way: list[str] = []
    while following := plan.after(way[-1] if way else ""):
        assert following.id not in way, f"{plan.id}: {following.id} đến hai lần"
        way.append(following.id)
    return way


def waits(step: Step, plan: Plan) -> set[str]:
    """All that must be done before the step, however far back."""
    found: set[str] = set()
    ahead = list(step.after)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += plan.step(name).after
    return found


def is_always(step: Step) -> bool:
    """It is opened in every incident and keeps its phase from ending until it is done."""
    return not (step.optional or step.only_if_serious or step.confidential)


def walked(plan: Plan, done: Collection[str], wanted: Collection[str]) -> list[str]:
    """The steps wanted, in an order in which each phase is entered once and each step is free to
    be done; those that nothing lets be done are missing."""
    way = list(done)
    for phase in phases_of(plan):
        left = [s for s in plan.steps if s.phase == phase and s.id in wanted and s.id not in way]
        while ready := [s for s in left if {*s.after} & {*wanted} <= {*way}]:
            way += [s.id for s in ready]
            left = [s for s in left if s not in ready]
    return way


@every_plan
def test_the_phases_lead_from_the_first_to_the_last(plan: Plan) -> None:
    assert phases_of(plan) == [phase.id for phase in plan.phases]
    assert {step.phase for step in plan.steps} == set(phases_of(plan))


@every_plan
def test_every_phase_has_something_that_is_always_done(plan: Plan) -> None:
    for phase in plan.phases:
        assert any(is_always(s) for s in plan.steps if s.phase == phase.id), phase.id


@every_plan
def test_steps_stand_in_the_order_of_the_phases(plan: Plan) -> None:
    order = phases_of(plan)
    places = [order.index(step.phase) for step in plan.steps]
    assert places == sorted(places)


@every_plan
def test_nothing_waits_for_what_comes_later(plan: Plan) -> None:
    ids = [step.id for step in plan.steps]
    for step in plan.steps:
        late = [name for name in step.after if ids.index(name) >= ids.index(step.id)]
        assert not late, f"{plan.id} {step.number} chờ {late}"
        assert step.id not in waits(step, plan)


@every_plan
def test_a_loop_only_leads_back(plan: Plan) -> None:
    order = [place for p in plan.phases for place in (p.id, *(s.id for s in plan.steps_of(p.id)))]
    for step in plan.steps:
        for place in step.loop.back_to if step.loop else ():
            assert order.index(place) < order.index(step.id), f"{plan.id} {step.number} → {place}"


@every_plan
def test_what_may_be_left_out_keeps_nobody_from_the_end(plan: Plan) -> None:
    for step in plan.steps:
        if is_always(step):
            held = [name for name in waits(step, plan) if not is_always(plan.step(name))]
            assert not held, f"{plan.id} {step.number} chờ bước có thể không mở: {held}"


@every_plan
@pytest.mark.parametrize("also", ["none", "serious", "optional", "confidential", "all"])
def test_the_end_is_reached_whatever_is_opened(plan: Plan, also: str) -> None:
    kinds = {
        "serious": lambda step: step.only_if_serious and not step.optional,
        "optional": lambda step: step.optional,
        "confidential": lambda step: step.confidential,
    }
    opened = [
        step.id
        for step in plan.steps
        if is_always(step) or also == "all" or (also in kinds and kinds[also](step))
    ]
    assert sorted(walked(plan, [], opened)) == sorted(opened)


@every_plan
def test_after_each_loop_the_end_is_reached_again(plan: Plan) -> None:
    """What the loop opens again is done again; what lay before it stays done."""
    every = [step.id for step in plan.steps]
    for step in plan.steps:
        if step.loop is None:
            continue
        again = {s.id for place in step.loop.back_to for s in plan.steps_of(place)} | {step.id}
        stays = [name for name in every[: every.index(step.id)] if name not in again]
        assert set(walked(plan, stays, every)) == set(every)
