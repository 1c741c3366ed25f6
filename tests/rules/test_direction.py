"""A direction given by word of mouth: what it can be, and one tap of its leader on it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.consultation import ANSWERS, Consultation
from bot.domain.direction import ANSWERED, SAID, UNWRITTEN, Direction, Reading, offered, read
from bot.domain.errors import Outdated
from bot.domain.moment import Moment

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
LATER = NOON + timedelta(hours=7)
DIRECT = Consultation(1, 9, "direct", asked_id=5, by_id=4, why="spreading", ask="", asked_at=NOON)
NEWER = replace(DIRECT, id=3)
DECIDE = replace(DIRECT, id=2, kind="decide")
GIVEN = Direction(7, 9, 5, 4, "by_phone", Moment(NOON), "agree", "", NOON, question_id=1)
WORDS = "Cho tạm dừng cổng dịch vụ"


def test_the_first_tap_settles_it_and_no_other_does() -> None:
    assert GIVEN.waits
    confirmed = GIVEN.settled("confirmed", LATER)
    assert (confirmed.state, confirmed.settled_at, confirmed.waits) == ("confirmed", LATER, False)
    for settled in (confirmed, GIVEN.settled("denied", LATER)):
        with pytest.raises(Outdated):
            settled.settled("denied", LATER)


@pytest.mark.parametrize(
    ("asked", "choices"),
    [
        ([], ()),
        ([DIRECT], ("agree",)),
        ([DECIDE], ("serious", "not_serious")),
        ([DECIDE, DIRECT, NEWER], ("agree", "serious", "not_serious")),
    ],
)
def test_what_was_asked_can_be_chosen(asked: list[Consultation], choices: tuple[str, ...]) -> None:
    assert offered(asked, secret=False) == choices
    assert offered(asked, secret=True) == (*choices, UNWRITTEN)


def test_every_choice_is_an_answer_of_its_question() -> None:
    for kind, answers in ANSWERED.items():
        assert set(answers) == set(ANSWERS[kind]) - {"opinion", "call"}


@pytest.mark.parametrize(
    ("value", "asked", "expected"),
    [
        ("agree", [DIRECT, NEWER, DECIDE], Reading("agree", "", NEWER)),
        ("serious", [DIRECT, DECIDE], Reading("serious", "", DECIDE)),
        (WORDS, [DIRECT, DECIDE], Reading("opinion", WORDS, DIRECT)),
        (WORDS, [DECIDE], Reading(SAID, WORDS, None)),
        (WORDS, [], Reading(SAID, WORDS, None)),
        (UNWRITTEN, [DIRECT], Reading("opinion", "", DIRECT)),
        (UNWRITTEN, [DECIDE], Reading(SAID, "", None)),
        ("agree", [], None),
        ("not_serious", [DIRECT], None),
    ],
)
def test_it_answers_what_was_asked_or_stands_alone(
    value: str, asked: list[Consultation], expected: Reading | None
) -> None:
    assert read(value, asked, ["agree", "serious", "not_serious", UNWRITTEN]) == expected


def test_what_was_no_choice_is_the_leaders_words() -> None:
    assert read("agree", [], []) == Reading(SAID, "agree", None)


def test_a_denied_answer_is_asked_again_and_nobody_is_reminded_twice() -> None:
    again = DIRECT.answered("opinion", WORDS, NOON).reopened(LATER)
    assert again == replace(DIRECT, reminded_at=LATER)
    assert not again.settled
