"""The packs of the product: whole, each item with its place, what is inherited marked as such."""

from dataclasses import fields
from pathlib import Path

import pytest

from bot.domain.playbook import STEP_KINDS, Plan
from playbooks.loader import load_plans
from playbooks.schema import plan_schema
from tests.playbooks.files import BASE, PLAN, folder, put
from tests.playbooks.sources import sources

PLANS = load_plans()
BASE_PACK = PLANS["goi_nen"]
FIVE = [plan for plan in PLANS.values() if plan.kind != "base"]


def test_the_base_and_the_five_are_there() -> None:
    assert {name: plan.kind for name, plan in PLANS.items()} == {
        "goi_nen": "base",
        "krong_pac_2023": "plan",
        "sxd_khanh_hoa_2022": "plan",
        "dong_thap_2021_2025": "plan",
        "my_hao_2025": "plan",
        "dak_lak_2022": "directive",
    }
    for plan in FIVE:
        assert plan.province
        assert plan.dated
        assert plan.issuer
        assert plan.notes
        assert len(plan.short) <= 60


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_item_says_where_it_stands(plan: Plan) -> None:
    parts = (plan.functions, plan.criteria, plan.phases, plan.steps, plan.duties, plan.causes)
    items = [
        *(item for part in parts for item in (part.values() if isinstance(part, dict) else part)),
        *(plan.rules.needs_response, plan.rules.serious_by_law, plan.rules.serious_by_plan),
        *(*plan.scenarios, *plan.special_authority, *plan.reporting, *plan.contacts, plan.paging),
    ]
    for item in items:
        found = list(sources(item))
        assert found, item
        assert all(source.document and source.section for source in found)
    assert {source.inherited_from for source in sources(plan)} <= {None, "goi_nen"}


@pytest.mark.parametrize("plan", FIVE, ids=lambda plan: plan.id)
def test_what_is_the_plans_own_has_a_line_of_its_text(plan: Plan) -> None:
    own = [source for source in sources(plan) if source.inherited_from is None]
    assert len(own) > 30
    assert [source for source in own if source.line is None] == []
    assert {source.document for source in own} == {plan.short}
    assert {source.line for source in sources(BASE_PACK)} == {None}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_plan_can_be_judged_and_paged(plan: Plan) -> None:
    assert list(plan.criteria) == ["a", "c1", "c2", "c3", "c4", "c5", "c6"]
    assert all(criterion.word for criterion in plan.criteria.values())
    assert plan.paging.lead
    assert plan.paging.decides_serious
    assert plan.having("direct_serious")
    places = {phase.id for phase in plan.phases} | {step.id for step in plan.steps}
    for step in plan.steps:
        assert plan.phase(step.phase)
        for named in (step.lead, step.actor, step.coordinating, step.reports_to, step.guidance):
            assert set(named) <= set(plan.functions)
        assert set(step.after) <= {one.id for one in plan.steps}
        assert step.loop is None or set(step.loop.back_to) <= places
    for contact in plan.contacts:
        assert set(contact.steps) <= {step.id for step in plan.steps}
        assert set(contact.duties) <= {duty.id for duty in plan.duties}
    assert len(plan.digest) == 64


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_the_machine_wakes_neither_the_province_nor_the_ministry(plan: Plan) -> None:
    woken = {*plan.paging.lead, *plan.paging.coordinating}
    assert woken.isdisjoint({"province_team", "national", "police", "others"})


def test_nothing_of_the_base_pack_is_inherited() -> None:
    assert {source.inherited_from for source in sources(BASE_PACK)} == {None}
    assert len(BASE_PACK.steps) == 11
    assert {step.kind for step in BASE_PACK.steps} == set(STEP_KINDS) - {"violation"}
    assert len(BASE_PACK.phases) == 4
    pace = BASE_PACK.paging
    figures = (pace.wait_minutes, pace.times, pace.verify_minutes, pace.decide_minutes)
    assert figures == (5, 2, 15, 15)
    assert (pace.still_minutes, pace.still_serious_minutes, pace.answer_minutes) == (120, 60, 10)
    assert BASE_PACK.having("convene_team") == ()
    assert {contact.source.status for contact in BASE_PACK.contacts} == {"unverified"}


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


def test_powers_are_laid_over_the_bases_one_by_one(tmp_path: Path) -> None:
    power = 'convene_team: {name: "Triệu tập", functions: [focal], section: "II.3"}'
    text = f"{PLAN}special_authority:\n  {power}\n"
    plan = load_plans(folder(tmp_path, thu=text))["thu"]
    assert (plan.having("convene_team"), plan.having("extend_team")) == (("focal",), ())
    assert plan.having("assign_spokesperson") == BASE_PACK.having("assign_spokesperson")


def test_the_bases_contacts_keep_only_the_steps_that_the_plan_has(tmp_path: Path) -> None:
    plan = load_plans(folder(tmp_path, thu=PLAN))["thu"]
    assert [step.id for step in plan.steps] == ["nhan"]
    assert [one.id for one in plan.contacts] == [one.id for one in BASE_PACK.contacts]
    assert {one.steps for one in plan.contacts} == {()}


def test_the_readmes_example_is_a_plan(tmp_path: Path) -> None:
    readme = Path(__file__).parents[2] / "playbooks" / "README.md"
    text = readme.read_text("utf-8").split("```yaml\n")[1].split("```")[0]
    plan = load_plans(folder(tmp_path, vi_du_2026=text))["vi_du_2026"]
    assert all(getattr(plan, field.name) for field in fields(plan))
    shown = set(text.replace("{", " ").replace(":", " : ").split())
    for shape in ("StepItem", "DutyItem", "FunctionItem", "ContactItem", "JoiningItem", "Pack"):
        said = set(plan_schema()["$defs"][shape]["properties"])
        assert said - shown == set(), shape


def test_the_schema_names_every_part_of_a_plan() -> None:
    schema = plan_schema()
    assert set(schema["$defs"]) >= {"Pack", "BasePack", "StepItem", "AllRule", "IsRule"}
    assert "is" in schema["$defs"]["IsRule"]["properties"]
    assert schema["$defs"]["Pack"]["additionalProperties"] is False
