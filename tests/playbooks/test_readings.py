"""Every pack against an independent reading of its text, item by item.

The readings (`readings/*.yaml`) were made from the plans' texts alone, by somebody else than who
wrote the packs. Steps, duties, criteria, causes and scenarios must agree in number, order, name,
units, flags and loops; what is quoted with a line of `playbooks/documents` is looked up there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.domain.playbook import Function, Plan, Source
from playbooks.loader import load_plans
from tests.playbooks.wording import LINES, bare, fold, pieces, stands, words

HERE = Path(__file__).parent / "readings"
PACKS = {plan_id: plan for plan_id, plan in load_plans().items() if plan.kind != "base"}
Reading = dict[str, Any]
READINGS: dict[str, Reading] = {
    path.stem: YAML(typ="safe").load(path) for path in sorted(HERE.glob("*.yaml"))
}

# Where a pack's function says other words than the text does in that place, and why it may.
_LISTED = "the same bodies: the text lists its own departments in three ways"
_RUN = "I.5, I.6, III and IV.1 call the operator so; the function's note says it"
OTHERWISE = {
    ("các đơn vị có liên quan", "các đơn vị liên quan khác"): "nobody by name either way",
    (
        "các phòng chuyên môn, trung tâm thuộc Sở",
        "Các phòng, Thanh tra, đơn vị trực thuộc Sở",
    ): _LISTED,
    (
        "Các phòng chuyên môn, đơn vị trực thuộc Sở",
        "Các phòng, Thanh tra, đơn vị trực thuộc Sở",
    ): _LISTED,
    (
        "Đơn vị quản lý, vận hành hệ thống thông tin",
        "Đơn vị sử dụng, vận hành hệ thống thông tin (Các cơ quan chuyên môn, đơn vị sự nghiệp "
        "thuộc huyện; UBND các xã, thị trấn)",
    ): _RUN,
    (
        "Đơn vị quản lý, vận hành hệ thống thông tin bị sự cố",
        "Đơn vị sử dụng, vận hành hệ thống thông tin (Các cơ quan chuyên môn, đơn vị sự nghiệp "
        "thuộc huyện; UBND các xã, thị trấn)",
    ): _RUN,
    (
        "cơ quan chuyên trách ứng cứu sự cố an toàn thông tin mạng trên địa bàn tỉnh",
        "Sở Thông tin và Truyền thông",
    ): "Đồng Tháp IV.2: the Sở is this body",
    ("cơ quan điều phối quốc gia", "VNCERT"): "Đồng Tháp names it only so elsewhere",
    (
        "Các cơ quan, đơn vị, địa phương trên địa bàn thị xã",
        "Các cơ quan, đơn vị, UBND các xã, phường",
    ): "Mỹ Hào: địa phương are its xã, phường",
}
# A blank cell of a table stands for the cell above it; the packs say so in the step's note.
BLANK = "the cell is empty in the text: the pack takes the one above and says so in a note"


def same_unit(told: str, function: Function) -> bool:
    """The function is the seed's unit: one says all words of the other, or a reason is given."""
    a, b = words(told), words(function.name)
    return a <= b or b <= a or (told, function.name) in OTHERWISE


def same_units(plan: Plan, told: Iterable[str], ids: Iterable[str]) -> str:
    """What differs, in words; empty: nothing does."""
    expected, found = list(told), [plan.functions[name] for name in ids]
    fits = len(expected) == len(found) and all(
        same_unit(one, other) for one, other in zip(expected, found, strict=True)
    )
    return "" if fits else f"text: {expected}\npack: {[one.name for one in found]}"


def begins_alike(one: str, other: str) -> bool:
    a, b = fold(one), fold(other)
    return a.startswith(b) or b.startswith(a)


def own(source: Source) -> bool:
    return source.inherited_from is None


def rows(part: str) -> Iterator[Any]:
    for plan_id, reading in READINGS.items():
        for index, item in enumerate(reading.get(part) or []):
            called = item.get("number") or item["name"][:24]
            yield pytest.param(plan_id, index, item, id=f"{plan_id}-{called}-{item['line']}")


def table(part: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("plan_id", "index", "item"), list(rows(part)))


every_plan = pytest.mark.parametrize("plan_id", sorted(READINGS))


def quoted(plan: Plan) -> Iterator[tuple[str, str, Source]]:
    """Of the pack's own items: what it is, the words to be found, and where."""
    for phase in plan.phases:
        yield f"phase {phase.id}", phase.name, phase.source
    for step in plan.steps:
        yield f"step {step.number}", bare(step.name), step.source
    for duty in plan.duties:
        yield f"duty {duty.id}", duty.name, duty.source
    for criterion in plan.criteria.values():
        yield f"criterion {criterion.id}", criterion.text, criterion.source
    for cause in plan.causes:
        yield f"cause {cause.id}", cause.name, cause.source
    for group in plan.scenarios:
        yield f"scenarios {group.id}", group.name, group.source
    for one in plan.special_authority:
        yield f"authority {one.id}", one.name, one.source
    for report in plan.reporting:
        yield f"reporting {report.id}", report.name, report.source
    for function in plan.functions.values():
        yield f"function {function.id}", function.name, function.source


def named_lines(reading: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for part in ("phases", "steps", "duties", "standing", "criteria", "causes", "reporting"):
        for item in reading.get(part) or []:
            yield item["line"], item["name"]
            yield from ((part["line"], part["name"]) for part in item.get("parts", []))
            if "loop" in item:
                yield item["loop"]["line"], item["loop"]["words"]
            if "row_line" in item:
                yield item["row_line"], item["row_words"]
    for group in reading.get("scenarios") or []:
        yield group["line"], group["name"]
        for item in group["items"]:
            yield item["line"], item["name"]


def test_there_is_a_reading_and_a_text_for_every_pack() -> None:
    assert sorted(PACKS) == sorted(READINGS) == sorted(LINES)
    assert len(PACKS) == 5


@every_plan
def test_the_reading_itself_stands_in_the_text(plan_id: str) -> None:
    wrong = [one for one in named_lines(READINGS[plan_id]) if not stands(plan_id, *one)]
    assert not wrong


@every_plan
def test_what_the_pack_quotes_stands_on_its_line(plan_id: str) -> None:
    wrong = [
        f"{what}, dòng {source.line}: {name}"
        for what, name, source in quoted(PACKS[plan_id])
        if own(source) and source.document == PACKS[plan_id].short
        if source.line is None or not stands(plan_id, source.line, name)
    ]
    assert not wrong, "\n".join(wrong)


@every_plan
def test_what_the_pack_has_anybody_do_is_the_texts_own_wording(plan_id: str) -> None:
    """Whole, or in two pieces where a table or a page cuts it."""
    text = " ".join(LINES[plan_id])
    whole = re.sub(r"-\s+", "-", fold(text))
    wrong = [
        f"{item.id}: {cut}"
        for item in (*PACKS[plan_id].steps, *PACKS[plan_id].duties)
        if own(item.source) and item.content
        for cut in [pieces(re.sub(r"-\s+", "-", fold(item.content)), whole)]
        if len(cut) > 2 or any(len(piece.split()) < 4 for piece in cut if len(cut) > 1)
    ]
    assert not wrong, "\n".join(wrong)


@every_plan
@pytest.mark.parametrize("part", ["phases", "steps", "causes"])
def test_as_many_in_the_same_order(plan_id: str, part: str) -> None:
    """What the text has not is the base's, and says so."""
    told = READINGS[plan_id].get(part) or []
    items = getattr(PACKS[plan_id], part)
    if not told:
        assert not any(own(item.source) for item in items)
        return
    assert [bare(item.name) for item in items] == [bare(item["name"]) for item in told]
    assert [item.source.line for item in items] == [item["line"] for item in told]


@table("steps")
def test_a_step(plan_id: str, index: int, item: Reading) -> None:
    plan = PACKS[plan_id]
    step = plan.steps[index]
    assert step.number == (item["number"] or str(index + 1))  # the row without one is counted on
    assert bare(step.name) == bare(item["name"])
    assert step.source.line == item["line"]
    assert not (wrong := same_units(plan, item["lead"], step.lead)), f"lead\n{wrong}"
    assert not (wrong := same_units(plan, item["coordinating"], step.coordinating)), wrong
    assert step.only_if_serious == item.get("serious", False)
    assert step.optional == item.get("if_needed", False)
    if "same_as_row" in item:
        assert step.note or step.source.status != "confirmed", BLANK
    assert bool(step.evidence) == ("evidence" in item)
    if "evidence" in item:
        a, b = fold(step.evidence), fold(item["evidence"])
        assert a in b or b in a


@table("steps")
def test_the_way_of_a_step(plan_id: str, index: int, item: Reading) -> None:
    """What it follows and goes back to, and whom the text names for what in its words."""
    plan = PACKS[plan_id]
    step = plan.steps[index]
    before = [plan.step(name).number for name in step.after]
    assert before == item.get("follows", [])
    assert (step.loop is None) == ("loop" not in item)
    if step.loop:
        phases = [phase["number"] for phase in READINGS[plan_id]["phases"]]
        assert [
            phases[[phase.id for phase in plan.phases].index(place)] for place in step.loop.back_to
        ] == item["loop"]["leads"]
        assert stands(plan_id, item["loop"]["line"], item["loop"]["words"])
        assert fold(step.loop.when) in fold(item["loop"]["words"])
    for part, ids in (
        ("asks", step.asks),
        ("consults", step.consults),
        ("reports_to", step.reports_to),
        ("actor", step.actor),
        ("beside", step.beside),
        ("guidance", step.guidance),
    ):
        assert not (wrong := same_units(plan, item.get(part, []), ids)), f"{part}\n{wrong}"


@table("steps")
def test_the_powers_of_a_step(plan_id: str, index: int, item: Reading) -> None:
    """A power that the text gives in a step is given to those who lead it, with its line."""
    plan = PACKS[plan_id]
    step = plan.steps[index]
    given = {one.id: one for one in plan.special_authority if own(one.source)}
    told = item.get("powers", {})
    assert set(step.powers) - {"direct_serious"} == set(told)
    for power, line in told.items():
        assert given[power].functions == step.lead
        assert given[power].source.line == line


@table("duties")
def test_a_duty(plan_id: str, index: int, item: Reading) -> None:
    plan = PACKS[plan_id]
    at = [one for one in plan.duties if own(one.source) and one.source.line == item["line"]]
    found = [one for one in at if begins_alike(one.name, item["name"])]
    assert len(found) == 1, f"at this line: {[one.name for one in at]}"
    (duty,) = found
    if item.get("blank") != "both":
        assert not (wrong := same_units(plan, item.get("lead", []), duty.lead)), wrong
    if "blank" not in item:
        wrong = same_units(plan, item.get("coordinating", []), duty.coordinating)
        assert not wrong, wrong
    for part in ("cadence", "deadline"):
        assert fold(getattr(duty, part) or "") == fold(item.get(part, "")), part
    for part in item.get("parts", []):
        assert fold(part["name"]) in fold(duty.content), part
    if "every_months" in item:
        assert duty.every_months == item["every_months"]


@every_plan
def test_the_duties_stand_in_the_order_of_the_text(plan_id: str) -> None:
    told = {item["line"] for item in READINGS[plan_id]["duties"]}
    found = [one.source.line for one in PACKS[plan_id].duties if one.source.line in told]
    assert found == sorted(found, key=lambda line: line or 0)


@every_plan
def test_the_pack_lays_on_nobody_what_the_text_does_not(plan_id: str) -> None:
    """Every duty of the pack is one of the reading's, or stands within what it calls standing."""
    told = READINGS[plan_id]
    places = {item["line"] for item in told["duties"]}
    for item in told.get("standing") or []:
        places |= set(range(item["line"], item["ends"] + 1))
    for item in told.get("reporting") or []:
        places |= set(range(item["line"], item["ends"] + 1))
    wrong = [
        f"{duty.source.line}: {duty.name}"
        for duty in PACKS[plan_id].duties
        if own(duty.source) and duty.source.line not in places
    ]
    assert not wrong, "\n".join(wrong)


@table("standing")
def test_what_the_organisation_lays_on_somebody(plan_id: str, index: int, item: Reading) -> None:
    plan = PACKS[plan_id]
    found = [
        duty
        for duty in plan.duties
        if own(duty.source) and item["line"] <= (duty.source.line or 0) <= item["ends"]
    ]
    assert found
    if "lead" in item:
        assert not (wrong := same_units(plan, item["lead"], found[0].lead)), wrong
    if "cadence" in item:
        assert fold(found[0].cadence or "") == fold(item["cadence"])


@table("reporting")
def test_a_rule_of_reporting(plan_id: str, index: int, item: Reading) -> None:
    plan = PACKS[plan_id]
    found = [
        one
        for one in plan.reporting
        if own(one.source) and item["line"] <= (one.source.line or 0) <= item["ends"]
    ]
    assert found
    if "who" in item:
        assert not (wrong := same_units(plan, item["who"], found[0].who)), wrong
    assert words(item["to"]) <= words(" ".join(one.to or "" for one in found))


@table("criteria")
def test_a_criterion(plan_id: str, index: int, item: Reading) -> None:
    criteria = [one for one in PACKS[plan_id].criteria.values() if own(one.source)]
    assert len(criteria) == len(READINGS[plan_id]["criteria"])
    assert fold(criteria[index].text) == fold(item["name"])
    assert criteria[index].source.line == item["line"]


@table("scenarios")
def test_a_group_of_scenarios(plan_id: str, index: int, item: Reading) -> None:
    groups = [one for one in PACKS[plan_id].scenarios if own(one.source)]
    assert len(groups) == len(READINGS[plan_id]["scenarios"])
    group = groups[index]
    assert group.source.line == item["line"]
    assert begins_alike(group.name, item["name"])
    told = [(one["id"], fold(one["name"])) for one in item["items"]]
    assert [(name, fold(text)) for name, text in group.items.items()] == told


@pytest.mark.parametrize("plan_id", [one for one in READINGS if "scenarios" not in READINGS[one]])
def test_a_plan_without_a_list_has_the_bases(plan_id: str) -> None:
    assert not any(own(group.source) for group in PACKS[plan_id].scenarios)
    assert not any(own(one.source) for one in PACKS[plan_id].criteria.values())


def test_how_units_join_in_my_hao() -> None:
    plan, told = PACKS["my_hao_2025"], READINGS["my_hao_2025"]["joining"]
    assert plan.joining is not None
    assert plan.joining.source.line in (told["on_request"]["line"], told["nominates"]["line"])
    for part in ("on_request", "nominates"):
        assert stands(plan.id, told[part]["line"], told[part]["name"])
        ids = getattr(plan.joining, part)
        assert not (wrong := same_units(plan, [told[part]["name"]], ids)), wrong
    assert all(PACKS[one].joining is None for one in PACKS if one != plan.id)


def test_no_reason_is_kept_that_nothing_needs() -> None:
    names = {function.name for plan in PACKS.values() for function in plan.functions.values()}
    told = "".join(path.read_text("utf-8") for path in HERE.glob("*.yaml"))
    assert not [(unit, name) for unit, name in OTHERWISE if unit not in told or name not in names]
