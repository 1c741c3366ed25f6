"""Every plan's three verdicts on every set of answers: monotone, explained, stable.

Answers are ordered không < chưa rõ < có: to every question "có" is the worse side. Any takes the
worst of its parts, All the best, and `unknown_as` puts "chưa rõ" beside "không" or beside "có":
none of them ever turns the order round. The verdicts are ordered as they wake people: cần ứng phó
không < chưa xác minh < có; nghiêm trọng không < chưa xác định < có; theo Kế hoạch không < đề xuất.
So no worse answer may lower a verdict, whatever the level and the plan, unless a rule's data breaks
what is said here; that is looked for in all 3^6 answers times seven levels times every plan.

An explanation is true when the answers that it names force the verdict alone. With a monotone
verdict it is enough to let all other answers be best, then worst, at once.
"""

from collections.abc import Mapping
from functools import cache
from itertools import product
from typing import Any

import pytest

from bot.domain.playbook import RuleOf, Rules, Source
from bot.domain.rule import Answer, criteria_of
from bot.domain.severity import (
    Needs,
    Pivot,
    Serious,
    SeriousByPlan,
    Verdict,
    Verdicts,
    level_answer,
    verdicts,
)
from playbooks.loader import load_plans

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
WORSE = (NO, UNKNOWN, YES)
PLANS = load_plans()
SIX = ("c1", "c2", "c3", "c4", "c5", "c6")
NAMES = ("a", *SIX)
LEVELS = [*((level, False) for level in (None, 1, 2, 3, 4, 5)), (None, True)]
ORDERS = {  # of each verdict its values, from what lets people sleep to what wakes them
    "needs_response": (Needs.NO, Needs.UNVERIFIED, Needs.YES),
    "serious_by_law": (Serious.NO, Serious.UNDETERMINED, Serious.YES),
    "serious_by_plan": (SeriousByPlan.NO, SeriousByPlan.PROPOSED),
}
Given = tuple[Answer, ...]  # in the order of NAMES

every_plan = pytest.mark.parametrize("plan_id", sorted(PLANS))


@cache
def table(rules: Rules) -> Mapping[Given, Verdicts]:
    """Of all 3^7 answers, condition A among them, the three verdicts."""
    return {
        given: verdicts(rules, dict(zip(NAMES, given, strict=True)))
        for given in product(Answer, repeat=len(NAMES))
    }


def rules_of(plan_id: str) -> Rules:
    """The plan's rules without their sources, so that plans of the same rules share the work."""
    rules, nowhere = PLANS[plan_id].rules, Source("", "")
    return Rules(
        RuleOf(rules.needs_response.rule, nowhere),
        RuleOf(rules.serious_by_law.rule, nowhere),
        RuleOf(rules.serious_by_plan.rule, nowhere),
    )


def every_case() -> list[Given]:
    """All answers at all levels: condition A as the level and the national list answer it."""
    return [
        (level_answer(level, listed), *six)
        for level, listed in LEVELS
        for six in product(Answer, repeat=len(SIX))
    ]


CASES = tuple(dict.fromkeys(every_case()))  # several levels give condition A one answer


def with_(given: Given, name: str, answer: Answer) -> Given:
    place = NAMES.index(name)
    return (*given[:place], answer, *given[place + 1 :])


def told(given: Given) -> str:
    return " ".join(f"{name}={answer}" for name, answer in zip(NAMES, given, strict=True))


def of(three: Verdicts, which: str) -> Verdict[Any]:
    found: Verdict[Any] = getattr(three, which)
    return found


def test_there_is_a_case_for_every_answer_level_and_plan() -> None:
    assert len(PLANS) == 6
    assert len(every_case()) == 3**6 * 7
    assert set(CASES) == set(product(Answer, repeat=len(NAMES)))


@every_plan
def test_the_rules_ask_only_for_the_six_criteria_and_the_level(plan_id: str) -> None:
    rules = PLANS[plan_id].rules
    asked = {
        name
        for one in (rules.needs_response, rules.serious_by_law, rules.serious_by_plan)
        for name in criteria_of(one.rule)
    }
    assert asked <= set(NAMES)  # else the table here is not all there is


@every_plan
def test_a_worse_answer_never_lowers_a_verdict(plan_id: str) -> None:
    known = table(rules_of(plan_id))
    for given in CASES:
        for name, answer in zip(NAMES, given, strict=True):
            if answer is YES:
                continue
            worse = with_(given, name, WORSE[WORSE.index(answer) + 1])
            for which, order in ORDERS.items():
                before, after = of(known[given], which), of(known[worse], which)
                assert order.index(before.value) <= order.index(after.value), (
                    f"{which}: {told(given)}, {name} xấu đi: {before.value} → {after.value}"
                )


@every_plan
@pytest.mark.parametrize("which", ORDERS)
def test_what_an_explanation_names_forces_the_verdict(plan_id: str, which: str) -> None:
    known = table(rules_of(plan_id))
    for given in CASES:
        verdict = of(known[given], which)
        named = {*verdict.because, *verdict.unknown}
        assert named, told(given)
        answers = dict(zip(NAMES, given, strict=True))
        assert all(answers[name] is not UNKNOWN for name in verdict.because), told(given)
        assert all(answers[name] is UNKNOWN for name in verdict.unknown), told(given)
        for rest in (NO, YES):
            forced = tuple(answers[name] if name in named else rest for name in NAMES)
            assert of(known[forced], which).value == verdict.value, (
                f"{which}: {told(given)} vì {sorted(named)}, mà {told(forced)} lại khác"
            )


@every_plan
@pytest.mark.parametrize("which", ORDERS)
def test_the_pivot_changes_the_verdict_to_what_it_says(plan_id: str, which: str) -> None:
    known = table(rules_of(plan_id))
    for given in CASES:
        verdict = of(known[given], which)
        turned = {
            Pivot(name, answer, str(of(known[with_(given, name, answer)], which).value))
            for name, now in zip(NAMES, given, strict=True)
            for answer in (YES, NO)
            if answer is not now
        }
        real = {one for one in turned if one.becomes != verdict.value}
        if verdict.pivot is None:
            assert not real, f"{which}: {told(given)}: {real} không được nói ra"
        else:
            assert verdict.pivot in real, f"{which}: {told(given)}: {verdict.pivot}"


@every_plan
def test_the_order_of_answering_and_asking_again_change_nothing(plan_id: str) -> None:
    assert not _unstable(rules_of(plan_id))


@cache
def _unstable(rules: Rules) -> list[str]:
    """Where the same answers, told backwards and without the unknown ones, say something else."""
    wrong = []
    for given, first in table(rules).items():
        pairs = reversed(list(zip(NAMES, given, strict=True)))
        unsaid = {name: answer for name, answer in pairs if answer is not UNKNOWN}
        if verdicts(rules, unsaid) != first:
            wrong.append(told(given))
    return wrong


@every_plan
@pytest.mark.parametrize("decided", [SeriousByPlan.CONFIRMED, SeriousByPlan.REJECTED])
def test_a_leaders_decision_stands_on_every_answer(plan_id: str, decided: SeriousByPlan) -> None:
    assert not _overturned(rules_of(plan_id), decided)


@cache
def _overturned(rules: Rules, decided: SeriousByPlan) -> list[str]:
    """Where the decision does not stand, or changes what it is not about."""
    wrong = []
    for given, free in table(rules).items():
        bound = verdicts(rules, dict(zip(NAMES, given, strict=True)), decided)
        stands = bound.serious_by_plan.value is decided
        same = (bound.needs_response, bound.serious_by_law, bound.serious_by_plan.because) == (
            free.needs_response,
            free.serious_by_law,
            free.serious_by_plan.because,
        )
        if not (stands and same):
            wrong.append(told(given))
    return wrong


@every_plan
def test_the_law_says_the_same_in_every_plan(plan_id: str) -> None:
    """Mỹ Hào II.1.c: one of six. Quyết định 05/2017, Điều 9: A, one of five, and C, all at once;
    "chưa rõ" counts as the worse side, but not for A."""
    for given, found in table(rules_of(plan_id)).items():
        a, six = given[0], given[1:]
        needs = Needs.YES if YES in six else Needs.UNVERIFIED if UNKNOWN in six else Needs.NO
        possible = any(answer is not NO for answer in six[:5]) and six[5] is not NO
        if a is NO or not possible:
            serious = Serious.NO
        else:
            serious = Serious.YES if a is YES else Serious.UNDETERMINED
        assert (found.needs_response.value, found.serious_by_law.value) == (needs, serious), told(
            given
        )
