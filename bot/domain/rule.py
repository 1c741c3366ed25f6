"""Rules over three-valued answers: any and all, judged by Kleene's logic.

The rules themselves are data of a plan (`bot.domain.playbook.Rules`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """có · không · chưa rõ. To every question of the report, "có" is the worse side."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Is:
    """This criterion holds. `unknown_as`: what "chưa rõ" counts as in this one place."""

    criterion: str
    unknown_as: Answer | None = None


@dataclass(frozen=True, slots=True)
class All:
    rules: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class Any:
    rules: tuple["Rule", ...]


Rule = Is | All | Any


def judge(rule: Rule, answers: Mapping[str, Answer]) -> Answer:
    """The rule's answer; what nobody answered is "chưa rõ"."""
    return ground(rule, answers)[0]


def criteria_of(rule: Rule) -> tuple[str, ...]:
    """Every criterion that the rule asks for, once, in the rule's order."""
    if isinstance(rule, Is):
        return (rule.criterion,)
    return tuple(dict.fromkeys(name for part in rule.rules for name in criteria_of(part)))


def ground(rule: Rule, answers: Mapping[str, Answer]) -> tuple[Answer, tuple[str, ...]]:
    """The rule's answer and the criteria that force it, whatever the others are.

    One "yes" is enough for Any, one "no" for All: of several the known ones are given, those
    that only count as such when nothing is known. Otherwise every part has its share.
    """
    if isinstance(rule, Is):
        answer = given(answers, rule.criterion)
        if answer is Answer.UNKNOWN and rule.unknown_as is not None:
            answer = rule.unknown_as
        return answer, (rule.criterion,)
    enough, otherwise = Answer.YES, Answer.NO
    if isinstance(rule, All):
        enough, otherwise = Answer.NO, Answer.YES
    parts = [ground(part, answers) for part in rule.rules]
    deciding = [names for answer, names in parts if answer is enough]
    if deciding:
        known = [g for g in deciding if all(given(answers, n) is not Answer.UNKNOWN for n in g)]
        return enough, _once(known or deciding)
    left_open = any(answer is Answer.UNKNOWN for answer, _ in parts)
    answer = Answer.UNKNOWN if left_open else otherwise
    return answer, _once([names for _, names in parts])


def given(answers: Mapping[str, Answer], name: str) -> Answer:
    """What nobody answered is "chưa rõ"."""
    return answers.get(name, Answer.UNKNOWN)


def _once(grounds: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in grounds for name in names))
