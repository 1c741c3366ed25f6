"""The order of a person's channels, and where a page goes each time that it is said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.channel import (
    Channel,
    account_of,
    answering,
    beyond,
    calling,
    left,
    ordered,
    usable,
)

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD = Channel("telegram:1:101", NOON)
NEW = Channel("zalo:2:9a", NOON + HOUR)
THIRD = Channel("telegram:3:101", NOON - HOUR)
ALL = (OLD, NEW, THIRD)
MAIL, SMS = Channel("mail:0:minh@co-quan.example.vn", NOON), Channel("sms:1:84905000555", NOON)


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


def test_mail_comes_after_every_chat_and_nobody_answers_there() -> None:
    chosen = replace(OLD, chosen_at=NOON)
    assert ordered((SMS, MAIL, OLD, NEW)) == (NEW, OLD, SMS, MAIL)
    assert ordered((MAIL, NEW, chosen)) == (chosen, NEW, MAIL)
    assert answering((MAIL,)) == ""
    assert answering((MAIL, OLD)) == OLD.address
    assert [calling((MAIL, OLD), turn) for turn in (1, 2, 3)] == addresses(OLD, MAIL, OLD)
    assert calling((replace(OLD, lost="blocked"), MAIL)) == MAIL.address


def test_nothing_but_a_page_goes_beside_the_chats() -> None:
    assert usable((OLD, MAIL), for_a_page=True) == (OLD, MAIL)
    assert usable((OLD, MAIL), for_a_page=False) == (OLD,)


def test_the_last_time_a_chat_rings_too() -> None:
    assert beyond((OLD, MAIL), 2) == 1  # the second time by mail, and once more in the chat
    assert beyond((OLD, MAIL), 1) == 1  # by mail, after the chat
    assert beyond((OLD, MAIL), 3) == 0  # the third time is the chat's anyway
    assert beyond((OLD, MAIL, SMS), 2) == 2
    assert beyond((OLD, MAIL, SMS), 3) == 1
    assert beyond((MAIL, SMS), 2) == 0  # there is no chat to ring
    assert beyond((), 2) == 0
