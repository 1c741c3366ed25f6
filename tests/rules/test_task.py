"""A task through all its states, when somebody is reminded of it, and where a phase stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.task import (
    AFTER,
    ENDED,
    FAR,
    LATEST,
    RUNNING,
    SOONEST,
    TO_ACCEPT,
    WAITING,
    State,
    Task,
    by_urgency,
    next_reminder,
    progress,
)

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LATER = NOON + 10 * MINUTE
MINH, HUNG, BINH = 2, 3, 4
OPEN = Task(7, 12, 3, "step", "open", NOON, step="i_1", phase="i", due_at=NOON + HOUR)
STATES: tuple[State, ...] = get_args(State)


def task(state: State = "open", **changes: Any) -> Task:
    """As it stands once it has come to this state."""
    ways: dict[State, Task] = {
        "offered": replace(OPEN, state="offered", why="optional"),
        "held": replace(OPEN, state="held", why="serious"),
        "open": OPEN,
        "given": OPEN.handed_to(HUNG, MINH, NOON),
        "taken": OPEN.taken_by(MINH, NOON),
        "blocked": OPEN.taken_by(MINH, NOON).blocked_by(MINH, "no_access", NOON),
        "done": OPEN.taken_by(MINH, NOON).finished_by(MINH, "as_planned", NOON),
        "dropped": OPEN.dropped(BINH, NOON),
    }
    return replace(ways[state], **changes)


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_reached_and_is_of_one_kind(state: State) -> None:
    assert task(state).state == state
    assert [state in kind for kind in (WAITING, RUNNING, ENDED)].count(True) == 1
    assert task(state).runs == (state in RUNNING)
    assert task(state).has_holder == (state in ("taken", "blocked"))


def test_it_is_called_by_its_number_in_the_incident() -> None:
    assert OPEN.code == "12.3"


@pytest.mark.parametrize("state", STATES)
def test_in_the_room_stands_what_runs_and_everybody_may_know(state: State) -> None:
    assert task(state).stands_in_room == (state in RUNNING)
    assert not task(state, confidential=True).stands_in_room
    assert not task(state, kind="call").stands_in_room


@pytest.mark.parametrize(("state", "late"), list(product(STATES, (-MINUTE, 0 * MINUTE, MINUTE))))
def test_overdue_is_what_runs_from_the_minute_on_at_which_it_was_due(
    state: State, late: timedelta
) -> None:
    one = task(state)
    assert one.is_overdue(NOON + HOUR + late) == (one.runs and late >= 0 * MINUTE)
    assert not replace(one, due_at=None).is_overdue(NOON + 1000 * HOUR)


@pytest.mark.parametrize("state", STATES)
def test_who_is_first_has_it(state: State) -> None:
    before, after = task(state), task(state).taken_by(BINH, LATER)
    if state in ("open", "given"):
        assert (after.state, after.person_id, after.given_by) == ("taken", BINH, 0)
        assert after.remind_at == NOON + HOUR - 15 * MINUTE
    else:
        assert after == before


def test_who_was_blocked_goes_on_and_nobody_else_takes_it_from_them() -> None:
    blocked = task("blocked")
    assert blocked.taken_by(BINH, LATER) == blocked
    going_on = blocked.taken_by(MINH, LATER)
    assert (going_on.state, going_on.person_id, going_on.trouble) == ("taken", MINH, "")


@pytest.mark.parametrize("state", STATES)
def test_done_is_said_of_who_had_it_and_the_first_word_stands(state: State) -> None:
    before = task(state)
    after = before.finished_by(BINH, "đã chặn địa chỉ", LATER)
    if not before.runs:
        assert after == before
        return
    who = MINH if before.has_holder else BINH
    assert (after.state, after.person_id, after.result) == ("done", who, "đã chặn địa chỉ")
    assert (after.trouble, after.given_by, after.done_at, after.remind_at) == ("", 0, LATER, None)
    assert after.finished_by(MINH, "again", LATER + HOUR) == after


@pytest.mark.parametrize("state", STATES)
def test_blocked_by_what_and_by_something_else(state: State) -> None:
    before = task(state)
    after = before.blocked_by(MINH, "no_backup", LATER)
    if not before.runs:
        assert after == before
        return
    assert (after.state, after.person_id, after.trouble) == ("blocked", MINH, "no_backup")
    assert after.remind_at == NOON + HOUR - 15 * MINUTE
    assert after.blocked_by(MINH, "no_backup", LATER + HOUR) == after
    assert after.blocked_by(MINH, "need_people", LATER).trouble == "need_people"


@pytest.mark.parametrize("state", STATES)
def test_given_to_somebody_it_is_theirs_once_they_take_it(state: State) -> None:
    before = task(state)
    after = before.handed_to(BINH, MINH, LATER)
    if not before.runs:
        assert after == before
        return
    assert (after.state, after.person_id, after.given_by) == ("given", BINH, MINH)
    assert (after.trouble, after.remind_at) == ("", LATER + TO_ACCEPT)
    assert after.handed_to(BINH, HUNG, LATER + MINUTE) == after
    assert after.taken_by(BINH, LATER + MINUTE).given_by == 0


def test_nobody_is_given_what_they_have() -> None:
    assert task("taken").handed_to(MINH, BINH, LATER) == task("taken")


@pytest.mark.parametrize("state", WAITING)
def test_what_was_offered_or_held_is_opened_once(state: State) -> None:
    fresh = task(state).started(LATER, LATER + HOUR, 1)
    assert (fresh.state, fresh.why, fresh.lap) == ("open", task(state).why, 1)
    assert (fresh.opened_at, fresh.due_at) == (LATER, LATER + HOUR)
    assert fresh.remind_at == LATER + HOUR - 15 * MINUTE
    assert fresh.started(LATER + HOUR, None, 1) == fresh


@pytest.mark.parametrize("state", STATES)
def test_what_rests_on_a_denied_decision_waits_again(state: State) -> None:
    before = replace(task(state), due_at=LATER)
    after = before.held_back()
    if state not in ("open", "given", "dropped"):
        assert after == before
        return
    assert (after.state, after.person_id, after.given_by) == ("held", 0, 0)
    assert (after.due_at, after.remind_at, after.done_at) == (None, None, None)


@pytest.mark.parametrize("state", ENDED)
def test_what_was_done_is_opened_again_in_the_next_lap_and_only_then(state: State) -> None:
    before = task(state)
    assert before.started(LATER, None, 1) == before
    again = before.started(LATER, None, 2)
    assert (again.state, again.why, again.lap) == ("open", "loop", 2)
    assert (again.person_id, again.given_by, again.result) == (0, 0, "")
    assert (again.done_at, again.remind_at, again.opened_at) == (None, None, LATER)
    assert again.started(LATER, None, 2) == again


@pytest.mark.parametrize("state", RUNNING)
def test_what_was_left_open_does_not_stand_twice(state: State) -> None:
    assert task(state).started(LATER, None, 2) == task(state)


@pytest.mark.parametrize("state", STATES)
def test_dropped_once_with_who_decided_it(state: State) -> None:
    before, after = task(state), task(state).dropped(BINH, LATER)
    if state in ENDED:
        assert after == before
        return
    assert (after.state, after.given_by, after.done_at) == ("dropped", BINH, LATER)
    assert (after.remind_at, after.trouble) == (None, "")


@pytest.mark.parametrize("state", STATES)
def test_undone_whoever_had_it_has_it_again(state: State) -> None:
    one = task(state)
    ended = one.dropped(0, LATER)
    back = ended.undone(LATER + MINUTE)
    assert back.state == ("taken" if ended.person_id else "open")
    assert back.person_id == (MINH if one.has_holder or state == "done" else 0)
    assert (back.result, back.done_at, back.given_by, back.trouble) == ("", None, 0, "")
    assert back.remind_at == NOON + HOUR - 15 * MINUTE
    assert back.undone(LATER + HOUR) == back


@given(
    st.timedeltas(timedelta(), 40 * FAR),
    st.timedeltas(-HOUR, 400 * FAR),
)
def test_the_next_reminder_is_always_ahead_and_never_far(
    length: timedelta, passed: timedelta
) -> None:
    due, now = NOON + length, NOON + passed
    following = next_reminder(NOON, due, now)
    assert following is not None
    assert following > now
    assert following <= due or following - now <= FAR
    assert next_reminder(NOON, None, now) is None


@given(
    st.timedeltas(SOONEST + MINUTE, 10 * FAR),
    st.timedeltas(timedelta(seconds=1), 2 * MINUTE),
)
def test_swept_often_it_is_one_before_and_one_when_it_is_due(
    length: timedelta, tick: timedelta
) -> None:
    due, reminders = NOON + length, []
    planned = next_reminder(NOON, due, NOON)
    while planned is not None and planned <= due + 3 * HOUR:
        swept = planned + tick  # never early, and a little late
        reminders.append(planned)
        planned = next_reminder(NOON, due, swept)
    before = [moment for moment in reminders if moment < due]
    assert len(before) == 1
    assert SOONEST <= due - before[0] <= LATEST
    assert reminders[1:] == [due, due + AFTER, due + 3 * AFTER]


def test_what_is_overdue_is_said_less_and_less_often() -> None:
    due, moment, gaps = NOON + HOUR, NOON + HOUR, []
    for _ in range(9):
        following = next_reminder(NOON, due, moment)
        assert following is not None
        gaps.append(following - moment)
        moment = following
    hours = [0.5, 1, 2, 4, 8, 16, 24, 24, 24]
    assert gaps == [timedelta(hours=each) for each in hours]


def test_reminded_it_waits_for_the_next_time() -> None:
    taken = task("taken")
    before = taken.remind_at
    assert before == NOON + 45 * MINUTE
    assert taken.reminded(before).remind_at == NOON + HOUR
    assert taken.reminded(NOON + HOUR).remind_at == NOON + HOUR + AFTER


def test_where_a_phase_stands() -> None:
    late = replace(task("taken"), id=1, due_at=NOON + MINUTE)
    stuck = replace(task("blocked"), id=2)
    others = [replace(task(state), id=10 + n) for n, state in enumerate(STATES)]
    unseen = [
        task("done", kind="call"),
        task("taken", confidential=True),
        task("done", phase="ii"),
        task("open", phase="ii"),
    ]
    now = progress([stuck, late, *others, *unseen], "i", LATER)
    assert (now.phase, now.done, now.total) == ("i", 2, 8)
    assert now.running[0] == late
    assert {one.state for one in now.running} == set(RUNNING)
    assert [one.state for one in now.blocked] == ["blocked", "blocked"]
    assert now.overdue == (late,)
    assert [one.state for one in now.waiting] == ["offered", "held"]
    assert not now.is_finished


def test_a_phase_is_finished_when_nothing_runs_and_something_was_done() -> None:
    waiting = [task("offered"), task("held"), task("open", confidential=True)]
    assert progress([task("done"), *waiting], "i", NOON).is_finished
    assert not progress([task("done")], "i", NOON).is_again
    assert progress([task("done"), task("open", why="loop")], "i", NOON).is_again
    assert not progress(waiting, "i", NOON).is_finished
    assert not progress([], "i", NOON).is_finished
    calls = [task("done", kind="call", phase=""), task("dropped", kind="call", phase="")]
    assert not progress(calls, "", NOON).is_finished


def test_what_is_known_is_kept_and_it_goes_on_with_whoever_said_so() -> None:
    known = {"how": "on_site", "found": "not_verified"}
    kept = OPEN.kept_by(MINH, known, LATER)
    assert (kept.state, kept.person_id, kept.answers) == ("taken", MINH, known)
    assert kept.kept_by(MINH, known, LATER) is kept
    others = task("taken").kept_by(HUNG, known, LATER)
    assert (others.state, others.person_id) == ("taken", MINH)
    assert task("done").kept_by(MINH, known, LATER) == task("done")


def test_what_its_step_asked_is_asked_again_when_it_is_done_again() -> None:
    done = OPEN.finished_by(MINH, "is_incident", LATER, {"how": "on_site"})
    assert done.answers == {"how": "on_site"}
    assert done.undone(LATER).answers == {}
    assert done.started(LATER, None, 2).answers == {}


def test_who_is_named_or_joins_is_no_step() -> None:
    beside = [replace(OPEN, kind=kind) for kind in ("nominate", "join", "call")]
    assert not any(one.stands_in_room for one in beside)
    assert progress(beside, "i", NOON).total == 0


def test_what_is_due_first_stands_first_and_what_is_never_due_last() -> None:
    soon, later = replace(OPEN, id=3), replace(OPEN, id=1, due_at=NOON + 2 * HOUR)
    never, twin = replace(OPEN, id=0, due_at=None), replace(OPEN, id=4)
    assert by_urgency([never, later, twin, soon]) == [soon, twin, later, never]


def test_what_was_given_is_asked_for_again_until_it_is_taken() -> None:
    """Also what is confidential, and never due."""
    given = task("given", due_at=None).reminded(NOON)
    assert given.remind_at is not None
    assert NOON < given.remind_at <= NOON + timedelta(hours=1)
    assert task("taken", due_at=None).reminded(NOON).remind_at is None
