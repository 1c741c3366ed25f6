"""Acknowledged and not forgotten: asked after a while, given up without an answer."""

from datetime import UTC, datetime, timedelta

from bot.domain.still import Held, due

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
HOUR, TEN = timedelta(hours=1), timedelta(minutes=10)
HELD = Held(7, 1, NOON + HOUR)


def test_whoever_has_done_nothing_for_an_hour_is_asked() -> None:
    now, found = due(HELD, NOON, HOUR, TEN, NOON + HOUR)
    assert found == "ask"
    assert (now.asked_at, now.next_at) == (NOON + HOUR, NOON + HOUR + TEN)


def test_whoever_is_at_work_is_not_asked() -> None:
    worked = NOON + TEN
    now, found = due(HELD, worked, HOUR, TEN, NOON + HOUR)
    assert found == "alive"
    assert (now.asked_at, now.next_at) == (None, worked + HOUR)


def test_without_an_answer_it_is_given_up() -> None:
    asked = HELD.asked(NOON + HOUR, TEN)
    _, found = due(asked, NOON + TEN, HOUR, TEN, asked.next_at)
    assert found == "lost"
    _, found = due(asked, None, HOUR, TEN, asked.next_at)
    assert found == "lost"


def test_work_after_the_question_answers_it() -> None:
    asked = HELD.asked(NOON + HOUR, TEN)
    worked = NOON + HOUR + timedelta(minutes=1)
    now, found = due(asked, worked, HOUR, TEN, asked.next_at)
    assert (found, now.next_at, now.asked_at) == ("alive", worked + HOUR, None)


def test_an_answer_puts_the_question_off() -> None:
    said = HELD.asked(NOON + HOUR, TEN).alive(NOON + HOUR, HOUR)
    assert (said.next_at, said.asked_at) == (NOON + 2 * HOUR, None)
