"""A scenario inside a plan: its name, its tasks' phases, the form that chooses it, its pages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.form import SENT, SHOWN, Draft, Move
from bot.domain.playbook import STEP_KINDS, Plan
from bot.domain.playbook_pages import CONTENTS, LINES, MOST, PARTS, choices, leaves
from bot.domain.rule import Answer, Is
from bot.domain.scenario import GROUPS, Job, Proof, Question, Scenario
from bot.domain.scenario_forms import ANOTHER, SCENARIO, UNKNOWN, chosen, lists
from bot.domain.scenario_work import called, job_named, phase_of, place_of, scenario_of, wanted
from bot.domain.task import Task, progress
from playbooks.loader import load_plans
from playbooks.scenario_files import load_scenarios

PLANS, SCENARIOS = load_plans(), load_scenarios()
KRONG_PAC, MY_HAO = PLANS["krong_pac_2023"], PLANS["my_hao_2025"]
RANSOM = SCENARIOS["ma_hoa"]
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)


def job(name: str, at: str = "first", **changes: object) -> Job:
    one = Job(name, "first", f"Việc {name}", "official", 10, None, "", "Vì thế.")
    return replace(one, at=at, **changes)  # type: ignore[arg-type]


def scenario(**changes: object) -> Scenario:
    return replace(RANSOM, **changes)  # type: ignore[arg-type]


def drafted(*answers: str, groups: dict[str, list[tuple[str, str]]] | None = None) -> Draft:
    """The form, answered one after the other."""
    of = groups or {"attack": [("ma_doc", "Mã độc"), ("ma_hoa", "Mã hóa")]}
    context = lists([("ma_hoa", "Mã hóa")], of)
    draft = Draft(1, SCENARIO, 2, "likely", context=context)
    for answer in answers:
        draft = draft.moved(Move("answer", answer))
    return draft


@pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
def test_each_scenario_has_a_name_in_each_plan(plan: Plan) -> None:
    for one in SCENARIOS.values():
        name, inherited = called(plan, one)
        assert name == (plan.called_scenario(one.id) or one.name)
        own = [g for g in plan.scenarios if one.id in g.items and not g.source.inherited_from]
        assert inherited == (own == [])


def test_what_is_in_no_list_has_the_playbooks_name_and_says_so() -> None:
    assert called(replace(MY_HAO, scenarios=()), RANSOM) == (RANSOM.name, True)


@pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
def test_each_kind_of_task_has_a_phase_in_each_plan(plan: Plan) -> None:
    phases = {phase.id for phase in plan.phases}
    for kind in STEP_KINDS:
        own = plan.of_kind(kind)
        assert phase_of(plan, kind) == (own[0].phase if own else phase_of(plan, kind))
        assert phase_of(plan, kind) in phases if plan.steps else phase_of(plan, kind) == ""


def test_a_kind_that_the_plan_lacks_stands_with_the_nearest_and_of_two_the_earlier() -> None:
    without = [step for step in KRONG_PAC.steps if step.kind not in ("coordinate", "contain")]
    plan = replace(KRONG_PAC, steps=tuple(without))
    report, remove = plan.of_kind("report")[0].phase, plan.of_kind("remove")[0].phase
    assert report != remove
    assert phase_of(plan, "coordinate") == report
    assert phase_of(plan, "contain") == remove
    alone = replace(plan, steps=tuple(s for s in without if s.kind not in ("option", "direct")))
    between = replace(alone, steps=tuple(s for s in alone.steps if s.kind != "report"))
    assert phase_of(between, "coordinate") == remove  # two away; "first" is four
    assert phase_of(replace(plan, steps=()), "check") == ""


def test_a_task_is_wanted_in_its_phase_as_the_answers_are() -> None:
    asks = scenario(
        jobs=(
            job("always"),
            job("c1", when=Is("c1")),
            job("later", at="recover"),
        )
    )
    here, later = KRONG_PAC.of_kind("first")[0].phase, KRONG_PAC.of_kind("recover")[0].phase

    def names(phase: str, **answers: Answer) -> list[str]:
        return [one.id for one in wanted(asks, KRONG_PAC, phase, answers)]

    assert names(here) == ["always", "c1"]  # chưa rõ counts as yes
    assert names(here, c1=Answer.NO) == ["always"]
    assert names(later, c1=Answer.NO) == ["later"]


def test_a_task_names_its_scenario_and_its_job() -> None:
    first = RANSOM.jobs[0]
    place = place_of("ma_hoa", first.id)
    assert scenario_of(place) == "ma_hoa"
    assert job_named(SCENARIOS, place) == first
    assert job_named(SCENARIOS, "ma_hoa.gone") is None
    assert job_named(SCENARIOS, "i_1") is None


@pytest.mark.parametrize(
    ("answers", "means"),
    [
        (("ma_hoa",), "ma_hoa"),
        ((UNKNOWN,), ""),
        ((ANOTHER, "attack", "ma_doc"), "ma_doc"),
        ((ANOTHER, "attack", UNKNOWN), ""),
        ((ANOTHER, UNKNOWN), ""),
    ],
)
def test_the_last_answer_is_the_scenario(answers: tuple[str, ...], means: str) -> None:
    draft = drafted(*answers)
    assert draft.at == SENT
    assert chosen(draft) == means


def test_gone_back_and_answered_otherwise_the_new_way_counts() -> None:
    draft = drafted(ANOTHER).moved(Move("back")).moved(Move("answer", "ma_hoa"))
    assert (draft.at, chosen(draft)) == (SENT, "ma_hoa")


def test_a_group_of_one_is_that_one_and_an_empty_group_is_not_offered() -> None:
    draft = drafted(ANOTHER, groups={"disaster": [("thien_tai", "Bão")], "user": []})
    assert draft.options == ("thien_tai", UNKNOWN)
    assert chosen(draft.moved(Move("answer", "thien_tai"))) == "thien_tai"


def test_no_question_shows_more_than_six_options() -> None:
    every = {g: [(s.id, s.name) for s in SCENARIOS.values() if s.group == g] for g in GROUPS}
    draft = drafted(ANOTHER, groups=every)
    assert draft.options == ("attack", "fault", "operator", "nguoi_dung", "thien_tai", UNKNOWN)
    assert len(draft.shown) == SHOWN
    attacks = draft.moved(Move("answer", "attack"))
    assert len(attacks.shown) == SHOWN - 1
    assert attacks.has_more


@pytest.mark.parametrize("one", SCENARIOS.values(), ids=list(SCENARIOS))
def test_every_line_of_a_playbook_stands_on_one_page(one: Scenario) -> None:
    pages = leaves(one, whole=True)
    shown = [item.text for page in pages for item in page.items]
    told = [*one.first, *one.never, *one.signs, *(q.text for q in one.questions)]
    told += [*(proof.what for proof in one.evidence), *one.options, *one.contain, *one.remove]
    assert shown == [*told, *one.recover, *one.check, *one.lessons]
    assert all(len(page.items) <= LINES.get(page.part or "now", MOST) for page in pages)


@pytest.mark.parametrize("whole", [True, False])
def test_each_page_can_be_reached_and_no_page_has_more_than_six_ways(whole: bool) -> None:
    pages = leaves(RANSOM, whole)
    seen, ahead = set[int](), {0}
    while ahead:
        place = ahead.pop()
        seen.add(place)
        ways = choices(pages, place)
        assert len(ways) == len(set(ways)) <= SHOWN
        ahead |= set(ways) - seen
    assert seen == set(range(len(pages)))


def test_the_contents_lead_to_the_first_page_of_each_part_and_to_each_other() -> None:
    pages = leaves(RANSOM, whole=True)
    assert [page.part for page in pages[:2]] == [None, None]
    for place in (0, 1):
        *parts, other = choices(pages, place)
        assert [(pages[to].part, pages[to].number) for to in parts] == [
            (part, 1) for part in PARTS[place * CONTENTS : (place + 1) * CONTENTS]
        ]
        assert other == 1 - place
    assert choices(pages, len(pages) - 1) == (0,)


def test_the_reporter_is_shown_what_to_do_and_never_do_and_no_more() -> None:
    pages = leaves(RANSOM, whole=False)
    assert [page.part for page in pages] == ["now"] * len(pages)
    assert choices(pages, len(pages) - 1) == ()
    items = [item for page in pages for item in page.items]
    assert [item.text for item in items if item.beside == "never"] == list(RANSOM.never)


def test_a_question_says_which_criterion_it_settles_and_evidence_how_it_is_taken() -> None:
    asks = (Question("Mấy máy?", "c5"), Question("Từ lúc nào?", ""))
    one = scenario(questions=asks, evidence=(Proof("Ảnh", "Chụp thấy giờ"),))
    items = {page.part: page.items for page in leaves(one, whole=True)}
    assert [item.beside for item in items["questions"]] == ["c5", ""]
    assert items["evidence"][0].beside == "Chụp thấy giờ"


def test_the_words_that_suggested_something_are_gone_with_a_secret() -> None:
    known = {"because": {"ma_hoa": ["doi tien"]}, "suggested": {"c1": ["yes", ["hong"]]}}
    draft = replace(drafted(), context={**drafted().context, **known, "now": "ma_hoa"})
    kept = draft.hushed().context
    assert kept.keys() & {*known, "now", "secret"} == {"now", "secret"}


def test_a_playbooks_tasks_keep_no_phase_from_ending_and_are_named_when_stuck_or_late() -> None:
    step = Task(1, 12, 1, "step", "done", NOON, step="i_1", phase="i")
    beside = replace(step, id=2, kind="scenario", state="blocked", step="ma_hoa.rut_mang")
    late = replace(beside, id=3, state="open", due_at=NOON)
    elsewhere = replace(beside, id=4, phase="ii")
    stands = progress([step, beside, late, elsewhere], "i", NOON)
    assert (stands.done, stands.total, stands.is_finished) == (1, 1, True)
    assert stands.beside == (late, beside)
    assert (stands.blocked, stands.overdue) == ((beside,), (late,))
    assert not beside.stands_in_room
