"""A plan finds its own parts."""

from dataclasses import replace

import pytest

from bot.domain.playbook import Paging, Phase, Plan, RuleOf, Rules, Source, Step, Work
from bot.domain.rule import Is

HERE = Source("Kế hoạch Thử", "II")
RULE = RuleOf(Is("c1"), HERE)


def step(id_: str, phase: str) -> Step:
    return Step(
        id=id_,
        phase=phase,
        name=id_,
        number="",
        lead=("operator",),
        coordinating=(),
        only_if_serious=False,
        optional=False,
        confidential=False,
        loop=None,
        asks=(),
        consults=(),
        reports_to=(),
        powers=(),
        content="",
        note=None,
        source=HERE,
    )


PLAN = Plan(
    id="thu",
    kind="plan",
    title="Kế hoạch Thử",
    short="Kế hoạch Thử",
    issuer="",
    period="",
    base=None,
    legal_bases=(),
    regimes=(),
    functions={},
    criteria={},
    rules=Rules(RULE, RULE, RULE),
    phases=(Phase("i", "Một", HERE), Phase("ii", "Hai", HERE)),
    steps=(step("i_1", "i"), step("ii_1", "ii"), step("ii_2", "ii")),
    work={"i": Work(60, "Xong?", HERE)},
    paging=Paging(("operator",), (), 5, 2, 15, 15, (), HERE, HERE, HERE),
    duties=(),
    causes=(),
    scenarios=(),
    special_authority=(),
    reporting=(),
    notes=(),
    digest="",
)


def test_a_step_and_a_phase_by_id() -> None:
    assert PLAN.step("ii_1") is PLAN.steps[1]
    assert PLAN.phase("ii") is PLAN.phases[1]
    for missing in (PLAN.step, PLAN.phase):
        with pytest.raises(KeyError):
            missing("iii")


def test_phases_follow_each_other() -> None:
    first, second = PLAN.phases
    assert PLAN.after("") is first
    assert PLAN.after("i") is second
    assert PLAN.after("ii") is None
    assert [PLAN.called(phase.id) for phase in PLAN.phases] == ["I. Một", "II. Hai"]
    with pytest.raises(KeyError):
        PLAN.called("iii")


def test_a_step_is_called_by_its_number_and_name() -> None:
    assert replace(PLAN.steps[0], number="I.1", name="Tiếp nhận").label == "I.1 Tiếp nhận"


def test_a_loop_goes_back_to_a_phase_or_a_step() -> None:
    assert PLAN.steps_of("ii") == PLAN.steps[1:]
    assert PLAN.steps_of("ii_2") == PLAN.steps[2:]
    assert PLAN.steps_of("iv") == ()
