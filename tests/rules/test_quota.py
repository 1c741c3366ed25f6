"""What is left of a month's messages, when administrators are told, and where a month begins."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.quota import Limit, Quota, month_of

FRESH = Quota("zalo:2", "2026-11", Limit(3000))


@pytest.mark.parametrize(
    ("sent", "standing", "left", "percent"),
    [
        (0, "open", 3000, 0),
        (2399, "open", 601, 79),
        (2400, "reserve", 600, 80),
        (2999, "reserve", 1, 99),
        (3000, "full", 0, 100),
        (3100, "full", 0, 103),
    ],
)
def test_how_an_account_stands(sent: int, standing: str, left: int, percent: int) -> None:
    quota = FRESH.counted(sent)
    assert (quota.standing, quota.left, quota.percent) == (standing, left, percent)


def test_nothing_is_kept_back_where_nothing_is_reserved() -> None:
    assert replace(FRESH, limit=Limit(100, 0), sent=99).standing == "open"


@pytest.mark.parametrize(
    ("sent", "told", "mark"),
    [(2399, 0, 0), (2400, 0, 80), (2500, 80, 0), (2900, 0, 95), (2900, 80, 95), (3000, 95, 100)],
)
def test_each_mark_is_passed_once(sent: int, told: int, mark: int) -> None:
    assert replace(FRESH, sent=sent, told=told).crossed() == mark


def test_the_platform_knows_better() -> None:
    assert FRESH.filled().standing == "full"
    assert FRESH.counted(3100).filled().sent == 3100


def test_a_month_begins_at_midnight_in_viet_nam() -> None:
    assert month_of(datetime(2026, 11, 30, 16, 59, tzinfo=UTC)) == "2026-11"
    assert month_of(datetime(2026, 11, 30, 17, 0, tzinfo=UTC)) == "2026-12"
