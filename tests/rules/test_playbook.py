"""A plan finds its own parts."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.playbook import (
    Authority,
    Paging,
    Period,
    Phase,
    Plan,
    RuleOf,
    Rules,
    Scenarios,
    Source,
    Step,
    Work,
)
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
    period=Period("năm 2025", date(2025, 1, 1), date(2025, 12, 31)),
    base=None,
    legal_bases=(),
    regimes=(),
    functions={},
    criteria={},
    rules=Rules(RULE, RULE, RULE),
    phases=(Phase("i", "Một", HERE), Phase("ii", "Hai", HERE)),
    steps=(step("i_1", "i"), step("ii_1", "ii"), step("ii_2", "ii")),
    work={"i": Work(60, "Xong?", HERE)},
    paging=Paging(("operator",), (), 5, 2, 15, 15, 120, 60, 10, (), HERE, HERE, HERE),
    duties=(),
    causes=(),
    scenarios=(Scenarios("tan_cong", "Tấn công", {"ma_doc": "virus"}, HERE),),
    special_authority=(Authority("convene_team", "Triệu tập Đội", ("steering",), HERE),),
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


@pytest.mark.parametrize(
    ("actor", "lead", "two"),
    [((), ("a",), False), (("b", "a"), ("a", "b"), False), (("b",), ("a",), True)],
)
def test_text_and_table_may_name_two_leads(
    actor: tuple[str, ...], lead: tuple[str, ...], two: bool
) -> None:
    assert replace(PLAN.steps[0], actor=actor, lead=lead).two_leads == two


def test_a_loop_goes_back_to_a_phase_or_a_step() -> None:
    assert PLAN.steps_of("ii") == PLAN.steps[1:]
    assert PLAN.steps_of("ii_2") == PLAN.steps[2:]
    assert PLAN.steps_of("iv") == ()


def test_a_step_is_found_by_what_it_is_for() -> None:
    check = replace(PLAN.steps[1], kind="check")
    plan = replace(PLAN, steps=(PLAN.steps[0], check, PLAN.steps[2]))
    assert plan.of_kind("check") == (check,)
    assert plan.of_kind("violation") == ()


def test_a_power_is_with_whom_the_plan_names_and_else_with_nobody() -> None:
    assert PLAN.having("convene_team") == ("steering",)
    assert PLAN.having("extend_team") == ()


def test_a_scenario_is_called_as_the_plan_calls_it() -> None:
    assert PLAN.called_scenario("ma_doc") == "virus"
    assert PLAN.called_scenario("mat_dien") is None


def test_a_period_is_over_the_day_after_its_last_unless_it_was_extended() -> None:
    period = PLAN.period
    assert not period.is_over(date(2025, 12, 31))
    assert period.is_over(date(2026, 1, 1))
    assert not replace(period, extended="Công văn số 1").is_over(date(2026, 1, 1))
    assert not Period("không nêu").is_over(date(2026, 1, 1))
