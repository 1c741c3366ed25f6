"""Whether what people write comes in, as judged from what the platform tells."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.account import Account, Sight, judge

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
BEFORE, AFTER = NOON - timedelta(minutes=1), NOON + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("sight", "verdict"),
    [
        (None, "unasked"),
        (Sight(ours=False), "moved"),
        (Sight(ours=False, pending=3, error="x", error_at=AFTER), "moved"),
        (Sight(ours=True), "well"),
        (Sight(ours=True, pending=5), "well"),  # on their way
        (Sight(ours=True, pending=0, error="x", error_at=AFTER), "well"),  # taken since
        (Sight(ours=True, pending=1, error="x", error_at=AFTER), "refused"),
        (Sight(ours=True, pending=1, error="x", error_at=BEFORE), "unclear"),  # not tried since
        (Sight(ours=True, pending=1, error="x", error_at=NOON), "unclear"),
    ],
)
def test_what_a_sight_means(sight: Sight | None, verdict: str) -> None:
    assert judge(sight, heard_at=NOON) == verdict


def test_darkness_has_one_beginning_and_one_end() -> None:
    bot = Account("telegram", "42", "@trucban_bot")
    assert bot.told(None, NOON) == bot
    dark = bot.told("refused", NOON)
    assert dark.dark_since == NOON
    assert dark.told("moved", AFTER) is dark
    assert dark.told(None, AFTER) == bot


def test_its_address_is_what_the_addresses_of_its_chats_begin_with() -> None:
    assert Account("zalo", "515151", "Zalo Trực Ban").address == "zalo:515151"
