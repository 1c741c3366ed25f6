"""The three verdicts: what each says, what it rests on, and what would change it."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.playbook import RuleOf, Rules, Source
from bot.domain.rule import All, Answer, Any, Is, Rule, criteria_of, judge
from bot.domain.severity import (
    Needs,
    Pivot,
    Serious,
    SeriousByPlan,
    changes,
    level_answer,
    pivot,
    verdicts,
)

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
SIX = ("c1", "c2", "c3", "c4", "c5", "c6")
ALL = ("a", *SIX)
MH, QD05, DEFAULT = Source("MH", "II.1.c"), Source("QĐ05", "Điều 9"), Source("nền", "mặc định")
RULES = Rules(
    RuleOf(Any(tuple(Is(name) for name in SIX)), MH),
    RuleOf(
        All((Is("a"), Any(tuple(Is(name, YES) for name in SIX[:5])), Is("c6", YES))),
        QD05,
    ),
    RuleOf(Any((Is("c2"), Is("c5"), Is("c6"))), DEFAULT),
)

answer = st.sampled_from(Answer)
answers = st.dictionaries(st.sampled_from(ALL), answer)
leaves = st.builds(Is, st.sampled_from(ALL), st.sampled_from([None, YES, NO]))
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: Any(tuple(parts))),
    ),
    max_leaves=8,
)


def told(word: str) -> dict[str, Answer]:
    """Seven letters, A first: y, n, ?."""
    return {name: {"y": YES, "n": NO, "?": UNKNOWN}[c] for name, c in zip(ALL, word, strict=True)}


@pytest.mark.parametrize(("one", "two"), list(product(Answer, repeat=2)))
def test_kleene(one: Answer, two: Answer) -> None:
    given_ = {"c1": one, "c2": two}
    order = (NO, UNKNOWN, YES)
    worst, best = max(one, two, key=order.index), min(one, two, key=order.index)
    assert judge(Any((Is("c1"), Is("c2"))), given_) is worst
    assert judge(All((Is("c1"), Is("c2"))), given_) is best


def test_what_nobody_answered_is_unknown() -> None:
    assert judge(Is("c1"), {}) is UNKNOWN
    assert judge(Is("c1", NO), {}) is NO
    assert judge(Is("c1", NO), {"c1": YES}) is YES
    assert judge(Is("c1", YES), {"c1": NO}) is NO


@pytest.mark.parametrize(
    ("level", "listed", "expected"),
    [
        (None, False, UNKNOWN),
        (1, False, NO),
        (3, False, NO),
        (4, False, YES),
        (5, False, YES),
        (None, True, YES),
        (2, True, YES),
    ],
)
def test_condition_a(level: int | None, listed: bool, expected: Answer) -> None:
    assert level_answer(level, listed) is expected


@pytest.mark.parametrize(
    ("word", "needs", "serious", "by_plan"),
    [
        ("nnnnnnn", Needs.NO, Serious.NO, SeriousByPlan.NO),
        ("?nnnnnn", Needs.NO, Serious.NO, SeriousByPlan.NO),  # no B is possible
        ("?nnnnn?", Needs.UNVERIFIED, Serious.NO, SeriousByPlan.NO),
        ("?ynnnnn", Needs.YES, Serious.NO, SeriousByPlan.NO),  # C is no
        ("?ynnnn?", Needs.YES, Serious.UNDETERMINED, SeriousByPlan.NO),
        ("nyyyyyy", Needs.YES, Serious.NO, SeriousByPlan.PROPOSED),  # a commune's system
        ("yynnnny", Needs.YES, Serious.YES, SeriousByPlan.PROPOSED),
        ("y?????" + "?", Needs.UNVERIFIED, Serious.YES, SeriousByPlan.NO),
        ("???????", Needs.UNVERIFIED, Serious.UNDETERMINED, SeriousByPlan.NO),
        ("ynnnnny", Needs.YES, Serious.NO, SeriousByPlan.PROPOSED),  # C alone is not serious
        ("nnynnnn", Needs.YES, Serious.NO, SeriousByPlan.PROPOSED),
        ("nnnnnyn", Needs.YES, Serious.NO, SeriousByPlan.PROPOSED),
        ("nnnyynn", Needs.YES, Serious.NO, SeriousByPlan.NO),
    ],
)
def test_the_three_verdicts(
    word: str, needs: Needs, serious: Serious, by_plan: SeriousByPlan
) -> None:
    found = verdicts(RULES, told(word))
    assert found.needs_response.value is needs
    assert found.serious_by_law.value is serious
    assert found.serious_by_plan.value is by_plan


def test_a_verdict_says_what_it_rests_on_and_where_it_stands() -> None:
    found = verdicts(RULES, told("yynnny?"))  # level 4: outage, widespread, coping unknown
    assert found.needs_response.because == ("c1", "c5")
    assert found.needs_response.unknown == ()
    assert found.needs_response.clause is MH
    assert found.serious_by_law.because == ("a", "c1", "c5")
    assert found.serious_by_law.unknown == ("c6",)  # counted as the worse side
    assert found.serious_by_law.pivot == Pivot("c6", NO, "no")
    assert found.serious_by_law.clause is QD05
    assert found.serious_by_plan.because == ("c5",)
    assert found.serious_by_plan.clause is DEFAULT


def test_what_is_only_counted_as_yes_is_named_when_nothing_is_known() -> None:
    found = verdicts(RULES, told("y??nnny")).serious_by_law
    assert (found.because, found.unknown) == (("a", "c6"), ("c1", "c2"))
    known = verdicts(RULES, told("yy?nnny")).serious_by_law
    assert (known.because, known.unknown) == (("a", "c1", "c6"), ())


def test_an_open_verdict_names_what_is_missing() -> None:
    found = verdicts(RULES, told("?nnnynn") | {"c6": UNKNOWN})
    assert found.serious_by_law.unknown == ("a", "c6")
    assert found.serious_by_law.because == ("c4",)
    assert found.serious_by_law.pivot == Pivot("a", YES, "yes")
    unverified = verdicts(RULES, told("nn?n?nn")).needs_response
    assert unverified.unknown == ("c2", "c4")
    assert unverified.pivot == Pivot("c2", YES, "yes")


def test_the_pivot_prefers_what_is_missing_then_the_worse_side() -> None:
    rule = Any((Is("c1"), Is("c2"), Is("c3")))
    assert pivot(rule, {"c1": NO, "c2": NO}) == Pivot("c3", YES, "yes")
    assert pivot(rule, {}, order=("c3", "c1")) == Pivot("c3", YES, "yes")
    assert pivot(All((Is("c1"), Is("c2"))), {}) == Pivot("c1", NO, "no")
    assert pivot(rule, {"c1": NO, "c2": NO, "c3": YES}) == Pivot("c3", NO, "no")
    assert pivot(rule, {"c1": NO, "c2": NO, "c3": NO}) == Pivot("c1", YES, "yes")
    assert pivot(rule, {"c1": YES, "c2": YES}) is None


def test_two_answers_of_a_rule_may_be_one_verdict() -> None:
    """Not proposed while unknown and not proposed at no: going from one to the other is nothing."""
    names = {YES: "proposed", UNKNOWN: "no", NO: "no"}
    assert pivot(All((Is("c2"), Is("c5"))), {}, names=names) is None


def test_a_leaders_decision_stands() -> None:
    for decided in (SeriousByPlan.CONFIRMED, SeriousByPlan.REJECTED):
        for word in ("nnnnnnn", "nnynnny"):
            found = verdicts(RULES, told(word), decided).serious_by_plan
            assert (found.value, found.pivot, found.clause) == (decided, None, DEFAULT)
    proposed = verdicts(RULES, told("nnnnnnn"), SeriousByPlan.PROPOSED)
    assert proposed.serious_by_plan.value is SeriousByPlan.NO


def test_what_a_later_answer_changed() -> None:
    before = verdicts(RULES, told("ynnnnn?"))
    after = verdicts(RULES, told("yynnnny"))
    assert changes(before, before) == ()
    assert changes(before, after) == (
        ("needs_response", "unverified", "yes"),
        ("serious_by_law", "no", "yes"),
        ("serious_by_plan", "no", "proposed"),
    )


@settings(deadline=None)  # a machine under load is no failure
@given(answers, st.sampled_from(SIX))
def test_a_yes_never_lowers_needs_response(said: dict[str, Answer], name: str) -> None:
    order = (Needs.NO, Needs.UNVERIFIED, Needs.YES)
    before = verdicts(RULES, said).needs_response.value
    after = verdicts(RULES, {**said, name: YES}).needs_response.value
    assert order.index(after) >= order.index(before)


@settings(deadline=None)
@given(rules, answers)
def test_a_pivot_really_changes_the_verdict(rule: Rule, said: dict[str, Answer]) -> None:
    found = pivot(rule, said)
    if found is not None:
        assert said.get(found.criterion, UNKNOWN) is not found.answer
        assert judge(rule, {**said, found.criterion: found.answer}).value == found.becomes
        assert found.becomes != judge(rule, said).value
        return
    for name in criteria_of(rule):  # None: indeed no single answer does
        for other in (YES, NO):
            assert judge(rule, {**said, name: other}) is judge(rule, said)


@settings(deadline=None)
@given(rules, answers, answers)
def test_what_a_verdict_rests_on_decides_it(
    rule: Rule, said: dict[str, Answer], others: dict[str, Answer]
) -> None:
    """Whatever the answers that are not named, it comes out the same."""
    of = RuleOf(rule, MH)
    found = verdicts(Rules(of, of, of), said).serious_by_law
    named = {name: said.get(name, UNKNOWN) for name in (*found.because, *found.unknown)}
    assert all(named[name] is not UNKNOWN for name in found.because)
    assert all(named[name] is UNKNOWN for name in found.unknown)
    assert judge(rule, {**others, **named}) is judge(rule, said)


@settings(deadline=None)
@given(rules)
def test_the_criteria_of_a_rule_are_named_once(rule: Rule) -> None:
    names = criteria_of(rule)
    assert len(set(names)) == len(names)
    assert all(name in ALL for name in names)
