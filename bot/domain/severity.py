"""How grave an incident is: the three verdicts, never mixed.

What a verdict rests on, and which single answer would change it. The rule of "nghiêm trọng" is
Quyết định 05/2017/QĐ-TTg, Điều 9: A and any B and C, all at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from bot.domain.playbook import RuleOf, Rules, Source
from bot.domain.rule import Answer, Rule, criteria_of, given, ground, judge


@dataclass(frozen=True, slots=True)
class Pivot:
    """The one answer that, changed, changes the verdict, and the verdict's value then."""

    criterion: str
    answer: Answer
    becomes: str


class Needs(StrEnum):
    """cần ứng phó"""

    YES = "yes"
    UNVERIFIED = "unverified"
    NO = "no"


class Serious(StrEnum):
    """nghiêm trọng theo Quyết định 05/2017"""

    YES = "yes"
    NO = "no"
    UNDETERMINED = "undetermined"


class SeriousByPlan(StrEnum):
    """nghiêm trọng theo Kế hoạch: the rule proposes, a named leader confirms or rejects."""

    NO = "no"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Verdict(Generic[T]):
    """A value and what it rests on.

    because: the known answers that decide it, in the rule's order. unknown: the answers still
    missing on which it rests too: counted as the worse side, or leaving it open.
    """

    value: T
    because: tuple[str, ...]
    unknown: tuple[str, ...]
    pivot: Pivot | None
    clause: Source


@dataclass(frozen=True, slots=True)
class Verdicts:
    needs_response: Verdict[Needs]
    serious_by_law: Verdict[Serious]
    serious_by_plan: Verdict[SeriousByPlan]


_NEEDS = {Answer.YES: Needs.YES, Answer.UNKNOWN: Needs.UNVERIFIED, Answer.NO: Needs.NO}
_SERIOUS = {
    Answer.YES: Serious.YES,
    Answer.UNKNOWN: Serious.UNDETERMINED,
    Answer.NO: Serious.NO,
}
_BY_PLAN = {  # "chưa rõ" proposes nothing: it wakes no leader by itself
    Answer.YES: SeriousByPlan.PROPOSED,
    Answer.UNKNOWN: SeriousByPlan.NO,
    Answer.NO: SeriousByPlan.NO,
}
_DECIDED = (SeriousByPlan.CONFIRMED, SeriousByPlan.REJECTED)


def level_answer(level: int | None, national_list: bool = False) -> Answer:
    """Condition A: cấp độ 4 or 5, or on the national list of important systems."""
    if national_list:
        return Answer.YES
    if level is None:
        return Answer.UNKNOWN
    return Answer.YES if level >= 4 else Answer.NO


def pivot(
    rule: Rule,
    answers: Mapping[str, Answer],
    order: Sequence[str] = (),
    names: Mapping[Answer, str] | None = None,
) -> Pivot | None:
    """The single answer that would change the verdict; None where no single one would.

    An answer still missing comes before a known one, "có" before "không"; among equals the
    first in `order` (the rule's own when empty). `names` gives the verdict's value for each
    answer of the rule; two answers with one name are one verdict.
    """
    value_of = names or {answer: answer.value for answer in Answer}
    now = value_of[judge(rule, answers)]
    asked = tuple(order) or criteria_of(rule)
    missing = [name for name in asked if given(answers, name) is Answer.UNKNOWN]
    tries = [(name, answer) for answer in (Answer.YES, Answer.NO) for name in missing]
    tries += [(name, _flipped(answers[name])) for name in asked if name not in missing]
    for name, answer in tries:
        then = value_of[judge(rule, {**answers, name: answer})]
        if then != now:
            return Pivot(name, answer, str(then))
    return None


def verdicts(
    rules: Rules,
    answers: Mapping[str, Answer],
    decided: SeriousByPlan | None = None,
) -> Verdicts:
    """The three verdicts on these answers (condition A among them, under "a").

    A leader's decision (`decided` CONFIRMED or REJECTED) stands whatever the answers say later;
    its `because` still says what the rule rests on now.
    """
    by_plan = _verdict(rules.serious_by_plan, answers, _BY_PLAN)
    if decided in _DECIDED:
        by_plan = Verdict(decided, by_plan.because, by_plan.unknown, None, by_plan.clause)
    return Verdicts(
        _verdict(rules.needs_response, answers, _NEEDS),
        _verdict(rules.serious_by_law, answers, _SERIOUS),
        by_plan,
    )


def changes(before: Verdicts, after: Verdicts) -> tuple[tuple[str, str, str], ...]:
    """(which verdict, its value before, its value after), only where the value differs."""
    pairs: tuple[tuple[str, StrEnum, StrEnum], ...] = (
        ("needs_response", before.needs_response.value, after.needs_response.value),
        ("serious_by_law", before.serious_by_law.value, after.serious_by_law.value),
        ("serious_by_plan", before.serious_by_plan.value, after.serious_by_plan.value),
    )
    return tuple((which, str(was), str(now)) for which, was, now in pairs if was != now)


def _verdict(of: RuleOf, answers: Mapping[str, Answer], names: Mapping[Answer, T]) -> Verdict[T]:
    answer, rests_on = ground(of.rule, answers)
    known = tuple(name for name in rests_on if given(answers, name) is not Answer.UNKNOWN)
    unknown = tuple(name for name in rests_on if name not in known)
    turning = pivot(of.rule, answers, names=names)
    return Verdict(names[answer], known, unknown, turning, of.source)


def _flipped(answer: Answer) -> Answer:
    return Answer.NO if answer is Answer.YES else Answer.YES
