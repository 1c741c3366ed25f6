"""A shared telephone: who holds it, for how long, and what waits until the name is said."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import NobodyNamed, Outdated
from bot.domain.holding import KEPT, SHIFT, Holding
from bot.domain.people import CLOCKWORK_IDENTITY, NAMELESS, Act, Person, Post, Role, Verb

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
ASKED = Holding(9).asked("p:take:12", is_press=True)
DEVICE = Person(9, "máy trực", (Post(Role.DUTY, "xa"),), shared_by=("tin", "ngoc"))


def test_nobody_holds_it_until_it_is_said_nor_after_a_shift() -> None:
    assert Holding(9).holder_at(NOON) == 0
    named = ASKED.named(3, 1, "u1", NOON)
    assert named.holder_at(NOON) == 3
    assert named.holder_at(NOON + SHIFT - timedelta(seconds=1)) == 3
    assert named.holder_at(NOON + SHIFT) == 0


def test_whoever_asks_again_lets_it_go() -> None:
    named = ASKED.named(3, 1, "u1", NOON)
    again = named.asked("", is_press=False)
    assert (again.holder_at(NOON), again.question, again.is_asked) == (0, 2, True)
    assert (Holding(9).is_asked, ASKED.is_asked, named.is_asked) == (False, True, False)


def test_the_same_thing_asked_for_twice_is_one_question() -> None:
    assert ASKED.asked("p:take:12", is_press=True) is ASKED
    assert ASKED.asked("p:take:13", is_press=True).question == 2
    assert ASKED.asked("p:take:12", is_press=False).question == 2


def test_it_is_answered_once_and_the_same_update_changes_nothing() -> None:
    named = ASKED.named(3, 1, "u1", NOON)
    assert named.named(3, 1, "u1", NOON + timedelta(minutes=1)) == named
    assert named.waiting == "p:take:12"  # to be done again by the update that came twice
    with pytest.raises(Outdated):
        named.named(4, 1, "u2", NOON)
    with pytest.raises(Outdated):
        ASKED.named(3, 2, "u1", NOON)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("nhận 12.3", "nhận 12.3"),
        ("x" * KEPT, "x" * KEPT),
        ("x" * (KEPT + 1), ""),  # a sentence
        ("đóng dấu mật", ""),
    ],
)
def test_of_typed_words_only_what_is_short_waits(said: str, kept: str) -> None:
    assert Holding(9).asked(said, is_press=False).waiting == kept


def test_a_press_waits_however_long() -> None:
    assert Holding(9).asked("c:" + "1" * 60, is_press=True).waiting == "c:" + "1" * 60


@pytest.mark.parametrize("verb", Verb)
def test_only_looking_is_done_without_a_name(verb: Verb) -> None:
    act = Act(CLOCKWORK_IDENTITY, NOON, person=DEVICE)
    try:
        act.require(verb)
    except NobodyNamed:
        assert verb not in NAMELESS
    except Exception:
        assert verb in NAMELESS
    else:
        assert verb in NAMELESS
    assert act.asked == {verb}


def test_the_holder_has_the_posts_of_both_and_is_meant_by_what_came_to_the_telephone() -> None:
    tin = Person(3, "anh Tín", (Post(Role.OFFICIAL, "xa"), Post(Role.DUTY, "xa")))
    held = tin.holding(DEVICE)
    assert (held.id, held.name, held.shared_by) == (3, "anh Tín", ())
    assert held.posts == tin.posts  # what both hold is held once
    assert (held.ids, held.owner_id) == ({3, 9}, 9)
    assert (tin.ids, tin.owner_id) == ({3}, 3)
