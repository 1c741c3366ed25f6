"""The packs of the product: whole, each item with its place, what is inherited marked as such."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from bot.domain.playbook import Plan, Source
from playbooks.loader import load_plans
from playbooks.schema import plan_schema
from tests.playbooks.files import BASE, PLAN, folder, put

PLANS = load_plans()
BASE_PACK, MY_HAO, KRONG_PAC = PLANS["goi_nen"], PLANS["my_hao_2025"], PLANS["krong_pac_2023"]


def sources(value: object) -> Iterator[Source]:
    if isinstance(value, Source):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from sources(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from sources(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from sources(getattr(value, field.name))


def test_the_three_packs_are_there() -> None:
    assert sorted(PLANS) == ["goi_nen", "krong_pac_2023", "my_hao_2025"]


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_item_says_where_it_stands(plan: Plan) -> None:
    parts = (plan.functions, plan.criteria, plan.phases, plan.steps, plan.duties, plan.causes)
    items = [
        *(item for part in parts for item in (part.values() if isinstance(part, dict) else part)),
        *(plan.rules.needs_response, plan.rules.serious_by_law, plan.rules.serious_by_plan),
        *(*plan.scenarios, *plan.special_authority, *plan.reporting, plan.paging),
    ]
    for item in items:
        found = list(sources(item))
        assert found, item
        assert all(source.document and source.section for source in found)
    own = [source for source in sources(plan) if source.inherited_from is None]
    assert own
    assert {source.inherited_from for source in sources(plan)} <= {None, "goi_nen"}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_plan_can_be_judged_and_paged(plan: Plan) -> None:
    assert list(plan.criteria) == ["a", "c1", "c2", "c3", "c4", "c5", "c6"]
    assert all(criterion.word for criterion in plan.criteria.values())
    assert plan.paging.lead
    assert plan.paging.decides_serious
    places = {phase.id for phase in plan.phases} | {step.id for step in plan.steps}
    for step in plan.steps:
        assert plan.phase(step.phase)
        assert {*step.lead, *step.coordinating, *step.reports_to} <= set(plan.functions)
        assert step.loop is None or set(step.loop.back_to) <= places
    assert len(plan.digest) == 64


def test_nothing_of_the_base_pack_is_inherited() -> None:
    assert {source.inherited_from for source in sources(BASE_PACK)} == {None}
    assert len(BASE_PACK.steps) == 11
    assert len(BASE_PACK.phases) == 4
    pace = BASE_PACK.paging
    assert (pace.wait_minutes, pace.times, pace.verify_minutes, pace.decide_minutes) == (
        5,
        2,
        15,
        15,
    )


def test_my_hao_states_the_criteria_and_has_no_steps() -> None:
    needs = MY_HAO.rules.needs_response.source
    assert (needs.document, needs.section) == ("Kế hoạch Mỹ Hào 2025", "II.1.c")
    assert needs.inherited_from is None
    assert MY_HAO.criteria["c6"].source.inherited_from is None
    assert MY_HAO.criteria["a"].source.inherited_from == "goi_nen"
    assert MY_HAO.rules.serious_by_law.source.inherited_from == "goi_nen"
    assert {step.source.inherited_from for step in MY_HAO.steps} == {"goi_nen"}
    assert [step.id for step in MY_HAO.steps] == [step.id for step in BASE_PACK.steps]
    paging = MY_HAO.paging
    assert (paging.lead, paging.coordinating) == (("focal",), ("members",))
    assert paging.source.section == "II.1.d"
    assert paging.pace_source.inherited_from == paging.decides_source.inherited_from == "goi_nen"
    assert [len(group.items) for group in MY_HAO.scenarios] == [10, 1, 5, 5]


def test_krong_pac_states_the_steps_and_has_no_criteria() -> None:
    assert KRONG_PAC.rules.needs_response.source.inherited_from == "goi_nen"
    assert KRONG_PAC.criteria["c1"].source.inherited_from == "goi_nen"
    assert KRONG_PAC.rules.serious_by_plan.source == Source(
        "Kế hoạch Krông Pắc 2023", "Phụ lục I.4", "unverified"
    )
    numbers = " ".join(step.number for step in KRONG_PAC.steps)
    assert numbers == "I.1 I.2 I.3 I.4 I.5 I.6 II.1 III.1 III.2 III.3 III.4 IV.1"
    assert [s.number for s in KRONG_PAC.steps if s.only_if_serious] == ["I.4"]
    assert [s.number for s in KRONG_PAC.steps if s.confidential] == ["III.4"]
    first, check = KRONG_PAC.step("i_1"), KRONG_PAC.step("iii_3")
    assert (first.lead, first.coordinating) == (("operator",), ("focal", "office", "others"))
    assert check.loop is not None
    again = [step.number for place in check.loop.back_to for step in KRONG_PAC.steps_of(place)]
    assert again == ["II.1", "III.1", "III.2", "III.3", "III.4"]
    assert KRONG_PAC.paging.coordinating == ("focal", "office")
    assert KRONG_PAC.functions["focal"].name == "Phòng Văn hóa và Thông tin huyện"
    assert KRONG_PAC.functions["focal"].successor is None


def test_the_digest_pins_the_pack_and_its_base(tmp_path: Path) -> None:
    first = load_plans(folder(tmp_path, thu=PLAN))["thu"].digest
    assert load_plans(folder(tmp_path, thu=PLAN.replace("\n", "\r\n")))["thu"].digest == first
    other = put(PLAN, "năm 2026", "năm 2027")
    assert load_plans(folder(tmp_path, thu=other))["thu"].digest != first
    base = put(BASE, "times: 2", "times: 3")
    assert load_plans(folder(tmp_path, thu=PLAN, goi_nen=base))["thu"].digest != first


def test_a_part_said_to_be_empty_is_not_inherited(tmp_path: Path) -> None:
    base = BASE + "duties:\n  tap: {name: Tập, section: '1'}\n"
    silent = load_plans(folder(tmp_path, thu=PLAN, goi_nen=base))["thu"]
    assert [duty.source.inherited_from for duty in silent.duties] == ["goi_nen"]
    none = load_plans(folder(tmp_path, thu=PLAN + "duties: {}\n", goi_nen=base))["thu"]
    assert none.duties == ()


def test_the_readmes_example_is_a_plan(tmp_path: Path) -> None:
    readme = Path(__file__).parents[2] / "playbooks" / "README.md"
    text = readme.read_text("utf-8").split("```yaml\n")[1].split("```")[0]
    plan = load_plans(folder(tmp_path, vi_du_2026=text))["vi_du_2026"]
    assert all(getattr(plan, field.name) for field in fields(plan))
    said = set(plan_schema()["$defs"]["StepItem"]["properties"])
    example = text.split("steps:\n")[1].split("\npaging:")[0]
    assert said - {"document", "status"} == {name for name in said if f" {name}:" in example}


def test_the_schema_names_every_part_of_a_plan() -> None:
    schema = plan_schema()
    assert set(schema["$defs"]) >= {"Pack", "BasePack", "StepItem", "AllRule", "IsRule"}
    assert "is" in schema["$defs"]["IsRule"]["properties"]
    assert schema["$defs"]["Pack"]["additionalProperties"] is False
