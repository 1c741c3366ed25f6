"""A leader answers once; "đề nghị gọi cho tôi" is no answer yet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.consultation import ANSWERS, Consultation, Kind
from bot.domain.errors import Outdated

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
ASKED = Consultation(1, 9, "direct", asked_id=5, by_id=4, why="spreading", ask="", asked_at=NOON)
EVERY = [(kind, answer) for kind, answers in ANSWERS.items() for answer in answers]


@pytest.mark.parametrize(("kind", "answer"), EVERY)
def test_each_answer_is_taken_with_its_hour(kind: Kind, answer: str) -> None:
    given = replace(ASKED, kind=kind).answered(answer, "lời", LATER)
    assert (given.answer, given.words, given.answered_at) == (answer, "lời", LATER)
    assert given.settled == (answer != "call")


@pytest.mark.parametrize(("kind", "answer"), EVERY)
def test_an_answer_to_another_question_is_refused(kind: Kind, answer: str) -> None:
    other: Kind = "direct" if kind == "decide" else "decide"
    if answer not in ANSWERS[other]:
        with pytest.raises(Outdated):
            replace(ASKED, kind=other).answered(answer, "", LATER)


def test_a_settled_question_is_not_answered_again() -> None:
    given = ASKED.answered("agree", "", LATER)
    for answer in ANSWERS["direct"]:
        with pytest.raises(Outdated):
            given.answered(answer, "", LATER)


def test_after_the_telephone_the_answer_may_still_come() -> None:
    called = ASKED.answered("call", "", LATER)
    with pytest.raises(Outdated):
        called.answered("call", "", LATER)
    assert called.answered("opinion", "chờ tôi", LATER).settled


def test_the_reporter_in_whose_step_the_rule_asks_waits_for_no_answer() -> None:
    assert ASKED.asker_id == 4
    assert replace(ASKED, kind="decide", why="rule").asker_id == 0
