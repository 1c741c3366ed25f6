"""The order of a person's channels, and where a page goes each time that it is said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.channel import Channel, account_of, answering, beyond, calling, left, ordered

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD = Channel("telegram:1:101", NOON)
NEW = Channel("zalo:2:9a", NOON + HOUR)
THIRD = Channel("telegram:3:101", NOON - HOUR)
ALL = (OLD, NEW, THIRD)


def addresses(*channels: Channel) -> list[str]:
    return [one.address for one in channels]


def test_the_last_written_from_is_first_until_its_owner_says_otherwise() -> None:
    assert ordered(ALL) == (NEW, OLD, THIRD)
    chosen = replace(THIRD, chosen_at=NOON)
    assert ordered((OLD, NEW, chosen)) == (chosen, NEW, OLD)
    later = replace(OLD, chosen_at=NOON + HOUR)
    assert ordered((later, NEW, chosen)) == (later, chosen, NEW)


def test_answers_stay_where_the_person_wrote_last() -> None:
    assert answering((replace(OLD, chosen_at=NOON), NEW)) == NEW.address
    assert answering((OLD, replace(NEW, lost="blocked"))) == OLD.address
    assert answering((replace(OLD, stopped=True),)) == ""


def test_each_time_one_place_further_and_round_again() -> None:
    said = [calling(ALL, turn) for turn in range(1, 5)]
    assert said == addresses(NEW, OLD, THIRD, NEW)


def test_what_cannot_be_written_to_has_no_place() -> None:
    ways = (OLD, replace(NEW, lost="blocked"), replace(THIRD, stopped=True))
    assert [calling(ways, turn) for turn in (1, 2)] == addresses(OLD, OLD)
    assert calling(ways[1:]) == ""
    assert calling(()) == ""


def test_what_has_just_not_answered_comes_last_and_is_not_forgotten() -> None:
    assert calling(ALL, tried=[NEW.address]) == OLD.address
    assert calling(ALL, tried=[NEW.address, OLD.address]) == THIRD.address
    assert calling(ALL, tried=addresses(*ALL)) == NEW.address
    assert left(ALL, addresses(NEW, OLD))
    assert not left((NEW, replace(OLD, lost="blocked")), addresses(NEW))


def test_an_account_with_nothing_left_is_used_when_there_is_no_other() -> None:
    assert calling((OLD, NEW), shun=["zalo:2"]) == OLD.address
    assert calling((NEW,), shun=["zalo:2"]) == NEW.address
    assert calling((OLD, NEW), tried=[OLD.address], shun=["zalo:2"]) == NEW.address


def test_how_many_would_never_be_used() -> None:
    assert [beyond(ALL, times) for times in (1, 3, 4)] == [2, 0, 0]
    assert beyond((OLD, replace(NEW, lost="blocked")), 1) == 0


def test_of_what_account_a_chat_is() -> None:
    assert account_of("zalo:2:-9a") == "zalo:2" == NEW.account
