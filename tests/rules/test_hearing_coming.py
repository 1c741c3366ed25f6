"""Times that are still to come, as they are typed: the next one that is meant, or none."""

from datetime import datetime, timedelta

import pytest

from bot.domain.duty import HERE
from bot.domain.errors import InvalidAnswer
from bot.views.hearing.coming import coming, offered_ahead

NOW = datetime(2026, 11, 18, 15, 30, tzinfo=HERE)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "day", "time"),
    [
        ("bây giờ", 18, "15:30"),
        ("đêm nay 02:00", 19, "02:00"),
        ("2h đêm nay", 19, "02:00"),
        ("tối nay 20h", 18, "20:00"),
        ("8h toi nay", 18, "20:00"),
        ("thứ Bảy 02:00", 21, "02:00"),
        ("02:00 thứ bảy", 21, "02:00"),
        ("thu 7 2h sang", 21, "02:00"),
        ("2h đêm thứ bảy", 22, "02:00"),  # the night that begins on Saturday
        ("thứ Tư 16h", 18, "16:00"),
        ("thứ Tư 9h", 25, "09:00"),
        ("thứ Tư tuần sau 16h", 25, "16:00"),
        ("chủ nhật 0h", 22, "00:00"),
        ("mai 14h", 19, "14:00"),
        ("sáng mai 8h", 19, "08:00"),
        ("hôm nay 17h", 18, "17:00"),
        ("25/11 8h30", 25, "08:30"),
        ("22h", 18, "22:00"),
        ("8h", 19, "08:00"),
        ("now", 18, "15:30"),
        ("tonight 2am", 19, "02:00"),
        ("Saturday 2am", 21, "02:00"),
        ("tomorrow 9am", 19, "09:00"),
    ],
)
def test_the_next_one_that_is_meant(typed: str, day: int, time: str) -> None:
    found = coming(typed, NOW)
    assert found is not None, typed
    here = found.at.astimezone(HERE)
    assert (here.day, f"{here:%H:%M}") == (day, time)


@pytest.mark.parametrize(
    "typed",
    [
        *("hôm qua 8h", "đêm qua 2h", "31/2 8h", "25/11/2020 8h", "25h", "8h đến 9h", "thứ Bảy"),
        *("lung tung 8h", "1/5 8h", "8h " * 30, ""),
    ],
)
def test_what_is_past_far_or_not_understood_is_none(typed: str) -> None:
    assert coming(typed, NOW) is None


def test_a_date_of_next_year_is_the_nearest_one() -> None:
    found = coming("3/1 8h", NOW)
    assert found is not None
    assert found.at.astimezone(HERE) == datetime(2027, 1, 3, 8, tzinfo=HERE)


def test_in_the_small_hours_tonight_is_the_night_that_has_begun() -> None:
    one = NOW.replace(hour=1)
    found = coming("đêm nay 02:00", one)
    assert found is not None
    assert found.at.astimezone(HERE) == one.replace(hour=2, minute=0)


def test_the_buttons_mean_two_in_the_morning() -> None:
    two = NOW.replace(hour=2, minute=0)
    assert offered_ahead("now_on", NOW).at == NOW
    assert offered_ahead("coming_night", NOW).at == two + timedelta(days=1)
    assert offered_ahead("coming_night", two - timedelta(hours=1)).at == two
    assert offered_ahead("coming_saturday", NOW).at == two + timedelta(days=3)
    saturday = NOW + timedelta(days=3)  # in the afternoon it means the next one
    assert offered_ahead("coming_saturday", saturday).at == two + timedelta(days=10)
    with pytest.raises(InvalidAnswer):
        offered_ahead("yesterday", NOW)
