"""Whether a page would reach a person, verdict by verdict, and what is missing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.channel import Channel
from bot.domain.duty import Absence
from bot.domain.people import Person, Post, Role
from bot.domain.reach import Known, Proof, Reach, needed_of, reach, week_to_tell, worst

AT = datetime(2026, 11, 23, 5, tzinfo=UTC)  # Monday noon in Vietnam
ZALO = Channel("zalo:2:9a", AT - timedelta(days=2))
TELEGRAM = Channel("telegram:1:101", AT - timedelta(days=5))
MAIL = Channel("mail:0:minh@example.vn", datetime.min.replace(tzinfo=UTC))
BOTH = ("telegram", "zalo")
PROVED = Proof(AT - timedelta(days=9), AT - timedelta(days=2))
FINE = Known((ZALO, TELEGRAM), proof=PROVED)
NIGHT = (22 * 60, 6 * 60)


def away(acting: int = 0) -> Absence:
    return Absence(1, 5, AT - timedelta(hours=1), AT + timedelta(days=1), acting_id=acting)


def test_two_networks_and_an_answered_test_are_enough() -> None:
    for needed in ("verify", "respond", "serious"):
        assert reach(FINE, needed, BOTH) == Reach("reachable")
    assert FINE.ways == (ZALO, TELEGRAM)
    assert FINE.seen_at == ZALO.wrote_at


def test_whoever_has_no_contact_method_is_named_before_a_page_skips_to_directors() -> None:
    assert reach(Known(), "respond", BOTH) == Reach("unreachable", "never")
    assert Known().seen_at is None


@pytest.mark.parametrize(
    ("lost", "why"), [("blocked", "blocked"), ("deactivated", "gone"), ("not_found", "gone")]
)
def test_the_chat_that_was_lost_last_says_why(lost: str, why: str) -> None:
    older = replace(TELEGRAM, lost="deactivated")
    found = reach(Known((older, replace(ZALO, lost=lost))), "respond", BOTH)
    assert found == Reach("unreachable", why, ("zalo",), ZALO.wrote_at)  # type: ignore[arg-type]


def test_a_bot_that_runs_no_more_reaches_nobody() -> None:
    found = reach(Known((replace(ZALO, stopped=True),)), "respond", BOTH)
    assert found == Reach("unreachable", "stopped", ("zalo",))


def test_one_network_says_which_other_is_missing() -> None:
    one = replace(FINE, channels=(ZALO, replace(ZALO, address="zalo:2:9b")))
    assert reach(one, "respond", BOTH) == Reach("one_way", "network", ("telegram",))
    assert reach(one, "respond", ("zalo", "mail")) == Reach("one_way", "network", ("mail",))
    assert reach(one, "respond", ("zalo",)) == Reach("one_way", "only_network")
    assert reach(replace(one, channels=(ZALO, MAIL)), "respond", BOTH) == Reach("reachable")


def test_of_two_networks_one_was_blocked() -> None:
    one = replace(FINE, channels=(ZALO, replace(TELEGRAM, lost="blocked")))
    expected = Reach("one_way", "lost_one", ("telegram",), TELEGRAM.wrote_at)
    assert reach(one, "respond", BOTH) == expected


def test_mail_alone_reaches_and_hears_no_answer() -> None:
    assert reach(Known((MAIL,)), "respond", BOTH) == Reach("one_way", "beside")
    lost = Known((replace(ZALO, lost="blocked"), MAIL))
    assert reach(lost, "respond", BOTH) == Reach("one_way", "beside")


def test_an_account_that_may_send_no_more_this_month_reaches_nobody() -> None:
    zalo, telegram = frozenset({"zalo:2"}), frozenset({"telegram:1"})
    one = replace(FINE, channels=(ZALO, MAIL), full=zalo)
    assert reach(one, "respond", BOTH) == Reach("one_way", "quota", ("zalo",))
    assert reach(replace(FINE, full=zalo), "serious", BOTH) == Reach("one_way", "quota", ("zalo",))
    alone = replace(FINE, channels=(ZALO,), full=zalo, hushed=NIGHT)
    assert reach(alone, "respond", BOTH) == Reach("unreachable", "quota", ("zalo",))
    both = replace(FINE, full=zalo | telegram)
    assert reach(both, "respond", BOTH) == Reach("unreachable", "quota", ("zalo", "telegram"))
    three = replace(FINE, channels=(ZALO, TELEGRAM, MAIL), full=zalo)
    assert reach(three, "respond", BOTH) == Reach("reachable")
    other = replace(FINE, channels=(ZALO, replace(ZALO, address="zalo:9:9b")), full=zalo)
    assert reach(other, "respond", BOTH) == Reach("one_way", "network", ("telegram",))


def test_quiet_hours_spare_from_all_but_what_is_serious() -> None:
    asleep = replace(FINE, hushed=NIGHT)
    assert reach(asleep, "respond", BOTH) == Reach("spared", "quiet")
    assert reach(asleep, "serious", BOTH) == Reach("reachable")
    nothing = Known(hushed=NIGHT)  # asleep and unreachable: the worse is said
    assert reach(nothing, "respond", BOTH) == Reach("unreachable", "never")


def test_whoever_is_away_is_covered_or_is_missed() -> None:
    assert reach(replace(FINE, away=away(7)), "serious", BOTH) == Reach("spared", "away")
    assert reach(replace(FINE, away=away()), "serious", BOTH) == Reach("unreachable", "away_alone")


def test_what_is_only_untidy_does_not_count_as_unreached() -> None:
    assert reach(replace(FINE, proof=Proof()), "respond", BOTH) == Reach("reachable", "untested")
    assert reach(replace(FINE, has_phone=False), "respond", BOTH) == Reach("reachable", "phone")


def test_the_worst_is_said_first() -> None:
    quiet, lost = Reach("spared", "quiet"), Reach("unreachable", "never")
    assert worst([Reach("reachable"), quiet, lost]) == lost
    assert worst([Reach("reachable"), quiet]) == quiet


def test_whoever_is_told_of_which_verdict() -> None:
    def of(*roles: Role) -> tuple[str, ...]:
        return needed_of(Person(1, "anh Minh", tuple(Post(role, "doi") for role in roles)))

    assert of(Role.DUTY) == ("verify", "respond", "serious")
    assert of(Role.RESPONDER) == ("respond", "serious")
    assert of(Role.LEADER) == ("serious",)
    assert of(Role.OFFICIAL) == ()


def test_the_week_is_told_once_on_monday_or_as_soon_as_offices_are_open() -> None:
    monday, last = "2026-11-23", "2026-11-16"
    eight = datetime(2026, 11, 23, 1, tzinfo=UTC)
    minute = timedelta(minutes=1)
    assert week_to_tell(eight - minute, last) == ""
    assert week_to_tell(eight, last) == monday
    assert week_to_tell(eight + minute, monday) == ""
    assert week_to_tell(eight + timedelta(hours=12), last) == ""  # not in the evening
    assert week_to_tell(eight + timedelta(days=2), last) == monday  # days without the program
    assert week_to_tell(eight + timedelta(days=5, hours=2), last) == ""  # nor on a Saturday
    assert week_to_tell(eight - minute, None) == monday
