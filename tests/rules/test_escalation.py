"""climb, on every ladder of up to three rungs with nobody, one or two people on each."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.escalation import PATIENCE, Call, Exhausted, Page, Rung, Team, climb

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
People = tuple[int, ...]
GROUPS: list[People] = [(), (1,), (2, 3)]
LADDERS = [people for length in range(4) for people in product(GROUPS, repeat=length)]
FIVE = timedelta(minutes=5)


def page(*rungs: Rung, **changes: object) -> Page:
    return replace(Page(1, 9, "respond", rungs, NOON, NOON), **changes)


def ladder(people: tuple[People, ...], times: int = 1) -> tuple[Rung, ...]:
    return tuple(Rung(who, n * FIVE, times) for n, who in enumerate(people, start=1))


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("people", LADDERS)
def test_a_page_is_never_silent(people: tuple[People, ...], times: int) -> None:
    rungs = ladder(people, times)
    waiting = page(*rungs)
    said_in_all = 0
    for turn in (1, 2):
        here = [who for who in people if who for _ in range(times)]
        for who in here:
            now = waiting.due_at
            assert now is not None
            assert climb(waiting, now - timedelta(seconds=1)) == (waiting, None)
            waiting, said = climb(waiting, now)
            said_in_all += 1
            assert isinstance(said, Call)
            assert said.person_ids == who
            assert said.count == waiting.count == said_in_all
            assert set(who) <= waiting.called
            assert waiting.due_at == now + rungs[waiting.rung].wait
        now = waiting.due_at
        assert now is not None
        waiting, said = climb(waiting, now)
        assert said == Exhausted(turn)
        assert waiting.called == {one for who in people for one in who}
        assert waiting.due_at == now + (rungs[-1].wait if rungs else PATIENCE)
        assert (waiting.rung, waiting.told, waiting.round) == (-1, 0, turn + 1)


def test_a_rung_of_absent_people_is_passed_at_once() -> None:
    waiting = page(*ladder(((1,), (2, 3), (4,))))
    first, said = climb(waiting, NOON, frozenset({1, 2}))
    assert isinstance(said, Call)
    assert (said.person_ids, said.next_ids) == ((3,), (4,))
    assert first.called == {3}
    _, nobody = climb(waiting, NOON, frozenset({1, 2, 3, 4}))
    assert nobody == Exhausted(1)


def test_who_became_absent_between_two_repeats_is_passed() -> None:
    once, _ = climb(page(*ladder(((1,), (2,)), times=2)), NOON)
    _, said = climb(once, NOON + FIVE, frozenset({1}))
    assert isinstance(said, Call)
    assert said.person_ids == (2,)


def test_a_call_says_who_is_next_and_when() -> None:
    waiting = page(*ladder(((1,), (), (2,)), times=3))
    for told in (1, 2, 3):
        now = NOON + (told - 1) * FIVE
        waiting, said = climb(waiting, now)
        assert isinstance(said, Call)
        assert said.next_ids == (2,)
        assert said.next_at == NOON + 3 * FIVE
    last, said = climb(waiting, NOON + 3 * FIVE)
    assert isinstance(said, Call)
    assert (said.person_ids, said.next_ids) == ((2,), ())
    assert said.next_at == NOON + 3 * FIVE + 3 * last.ladder[2].wait


def test_the_second_time_for_the_same_people_is_a_repeat() -> None:
    waiting, heard = page(*ladder(((1,), (2,)), times=2)), []
    for _ in range(9):
        assert waiting.due_at is not None
        waiting, said = climb(waiting, waiting.due_at)
        heard += [(said.person_ids, said.heard)] if isinstance(said, Call) else []
    assert heard == [((who,), n) for first in (1, 3) for who in (1, 2) for n in (first, first + 1)]


def test_hurried_tells_the_next_at_once() -> None:
    once, _ = climb(page(*ladder(((1,), (2,)), times=2)), NOON)
    soon = NOON + timedelta(minutes=1)
    _, said = climb(once.hurried(soon), soon)
    assert isinstance(said, Call)
    assert said.person_ids == (2,)
    fresh = page(*ladder(((1,),)))
    assert fresh.hurried(soon) == replace(fresh, due_at=soon)


def test_a_closed_or_acknowledged_page_is_not_hurried() -> None:
    for done in (page(*ladder(((1,),))).close(), page(*ladder(((1,),))).acknowledge(1)):
        assert not done.waits
        assert done.hurried(NOON) == done
        assert climb(done, NOON + timedelta(days=9)) == (done, None)


def test_the_first_who_answers_has_it() -> None:
    taken = page(*ladder(((1,), (2,)))).acknowledge(1)
    assert (taken.acknowledged, taken.due_at) == ((1,), None)
    assert taken.acknowledge(2) == taken
    assert taken.acknowledge(1) == taken


TWO_UNITS = (Team("so", (1, 2)), Team("xa", (2, 3, 4)))


def test_one_of_each_lead_unit_has_to_answer() -> None:
    both = page(teams=TWO_UNITS)
    first = both.acknowledge(1)
    assert (first.missing, first.waits, first.is_answered) == (TWO_UNITS[1:], True, False)
    assert first.acknowledge(1) == first
    answered = first.acknowledge(3)
    assert (answered.acknowledged, answered.due_at, answered.missing) == ((1, 3), None, ())
    assert not both.acknowledge(2).waits  # of both units
    assert both.acknowledge(3).acknowledge(4).missing == TWO_UNITS[:1]


def test_whoever_is_of_no_lead_unit_stands_for_one_of_them() -> None:
    duty = page(teams=TWO_UNITS).acknowledge(9)
    assert duty.missing == TWO_UNITS[1:]
    assert not duty.acknowledge(8).waits


def test_a_unit_that_has_answered_is_not_told_again() -> None:
    waiting = page(*ladder(((1, 3), (2, 4))), teams=(Team("so", (1, 2)), Team("xa", (3, 4))))
    waiting, said = climb(waiting, NOON)
    assert isinstance(said, Call)
    assert said.person_ids == (1, 3)
    half = waiting.acknowledge(1)
    half, said = climb(half, NOON + FIVE)
    assert isinstance(said, Call)
    assert said.person_ids == (4,)
    back = half.give_back(1, NOON + FIVE)
    assert (back.missing, back.waits) == (back.teams, True)


def test_quiet_hours_spare_who_sleeps_while_somebody_else_can_be_told() -> None:
    waiting = page(*ladder(((1,), (2,))))
    _, said = climb(waiting, NOON, hushed=frozenset({1}))
    assert isinstance(said, Call)
    assert said.person_ids == (2,)
    _, said = climb(waiting, NOON, frozenset({2}), frozenset({1}))
    assert isinstance(said, Call)
    assert said.person_ids == (1,)  # nobody else is left


def test_a_serious_page_overrides_quiet_hours() -> None:
    _, said = climb(page(*ladder(((1,), (2,))), serious=True), NOON, hushed=frozenset({1}))
    assert isinstance(said, Call)
    assert said.person_ids == (1,)


def test_given_back_the_next_is_told_at_once() -> None:
    once, _ = climb(page(*ladder(((1,), (2,)), times=2)), NOON)
    later = NOON + timedelta(minutes=3)
    back = once.acknowledge(1).give_back(1, later)
    assert (back.acknowledged, back.due_at) == ((), later)
    _, said = climb(back, later)
    assert isinstance(said, Call)
    assert said.person_ids == (2,)


@pytest.mark.parametrize(("giver", "then"), [(1, (2,)), (2, None), (9, (1,))])
def test_given_back_after_the_last_whoever_stands_behind_the_giver_is_told(
    giver: int, then: People | None
) -> None:
    """Told to all of the ladder, taken while it waits to go round again, and given back: not to
    the giver. 9 has taken it in the room."""
    waiting = page(*ladder(((1,), (2,))))
    for _ in range(3):
        assert waiting.due_at is not None
        waiting, said = climb(waiting, waiting.due_at)
    assert isinstance(said, Exhausted)
    later = NOON + timedelta(hours=1)
    _, said = climb(waiting.acknowledge(giver).give_back(giver, later), later)
    assert isinstance(said, Call if then else Exhausted)
    assert getattr(said, "person_ids", None) == then


def test_of_whom_nothing_is_wanted_any_more() -> None:
    both = page(teams=TWO_UNITS)
    assert both.done == frozenset()
    assert both.acknowledge(1).done == {1}  # 2 is of the other unit, too
    assert both.acknowledge(4).done == {3, 4}
    assert page().acknowledge(7).done == {7}


def test_what_turns_serious_tells_the_next_beside_who_is_being_told() -> None:
    once, _ = climb(page(*ladder(((1,), (2,)), times=2)), NOON)
    soon = NOON + timedelta(minutes=1)
    grave = once.turned_serious(soon)
    _, said = climb(grave, soon, hushed=frozenset({2}))
    assert isinstance(said, Call)
    assert said.person_ids == (2,)
    assert grave.turned_serious(NOON + FIVE) == grave
    taken = once.acknowledge(1).turned_serious(soon)
    assert (taken.serious, taken.waits) == (True, False)


def test_handed_over_no_lead_unit_loses_its_answer() -> None:
    units = (Team("so", (1, 2)), Team("xa", (3, 4)))
    both = page(teams=units).acknowledge(1).acknowledge(3)
    assert both.handed_over(1, 2).acknowledged == (3, 2)
    assert both.handed_over(1, 3).acknowledged == (1, 3)  # the office leads, the team has answered
    assert both.handed_over(1, 4).acknowledged == (1, 3, 4)
    half = page(teams=units).acknowledge(1)
    assert half.handed_over(1, 2).waits
    assert (half.handed_over(1, 3).acknowledged, half.handed_over(1, 3).waits) == ((1, 3), False)
    assert page().acknowledge(1).handed_over(1, 5).acknowledged == (5,)


def test_given_back_while_another_of_the_unit_has_it_nobody_is_told() -> None:
    units = (Team("so", (1, 2)), Team("xa", (3, 4)))
    three = page(teams=units).acknowledge(1).acknowledge(2).acknowledge(3)
    back = three.give_back(1, NOON + FIVE)
    assert (back.acknowledged, back.waits, back.missing) == ((2, 3), False, ())
    assert back.give_back(2, NOON + FIVE).waits


def test_nothing_to_give_back() -> None:
    waiting = page(*ladder(((1,),)))
    assert waiting.give_back(1, NOON) == waiting
    closed = waiting.acknowledge(1).close()
    assert closed.give_back(1, NOON) == closed
    assert closed.closed


@given(st.data())
def test_whatever_happens_it_stays_due_until_somebody_has_it(data: st.DataObject) -> None:
    people = data.draw(st.sampled_from(LADDERS))
    teams = data.draw(st.sampled_from([(), TWO_UNITS]))
    now, waiting = NOON, page(*ladder(people, data.draw(st.integers(1, 3))), teams=teams)
    who = st.integers(1, 4)
    for _ in range(data.draw(st.integers(1, 30))):
        now += data.draw(st.sampled_from([timedelta(0), FIVE, timedelta(hours=1)]))
        match data.draw(st.sampled_from(["climb", "climb", "hurry", "take", "return", "close"])):
            case "climb":
                absent = frozenset(data.draw(st.sets(who)))
                waiting, said = climb(waiting, now, absent, frozenset(data.draw(st.sets(who))))
                assert said is None or (waiting.due_at is not None and waiting.due_at > now)
                assert not isinstance(said, Call) or not absent & set(said.person_ids)
            case "hurry":
                waiting = waiting.hurried(now)
            case "take":
                waiting = waiting.acknowledge(data.draw(who))
            case "return":
                waiting = waiting.give_back(data.draw(who), now)
            case "close" if data.draw(st.booleans()):
                waiting = waiting.close()
        done = waiting.closed or waiting.is_answered
        assert waiting.waits == (not done)
        _, said = climb(waiting, now + timedelta(days=1))
        assert (said is None) == done
