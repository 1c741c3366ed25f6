"""Quiet hours: when they hold, past midnight as well, and when they are over."""

from datetime import datetime, timedelta

import pytest

from bot.domain.duty import HERE
from bot.domain.quiet import asked, is_quiet, looked_at, minute_of, over_at, read, typed

NIGHT, NOON_REST = (22 * 60, 6 * 60), (11 * 60 + 30, 13 * 60)


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 21, hour, minute, second, tzinfo=HERE)


@pytest.mark.parametrize(
    ("hours", "when", "quiet"),
    [
        (NIGHT, at(22), True),
        (NIGHT, at(21, 59, 59), False),
        (NIGHT, at(0), True),
        (NIGHT, at(5, 59, 59), True),
        (NIGHT, at(6), False),
        (NOON_REST, at(11, 30), True),
        (NOON_REST, at(11, 29), False),
        (NOON_REST, at(13), False),
        (NOON_REST, at(0), False),
    ],
)
def test_they_hold_from_their_first_minute_to_just_before_their_last(
    hours: tuple[int, int], when: datetime, quiet: bool
) -> None:
    assert is_quiet(hours, minute_of(when)) is quiet


def test_the_minute_is_of_vietnam_wherever_the_server_stands() -> None:
    assert minute_of(datetime.fromisoformat("2026-11-21T15:30:00+00:00")) == 22 * 60 + 30


@pytest.mark.parametrize(
    ("when", "over"),
    [(at(22), at(6) + timedelta(days=1)), (at(5, 59, 30), at(6)), (at(0), at(6))],
)
def test_they_are_over_at_the_next_end(when: datetime, over: datetime) -> None:
    assert over_at(NIGHT, when) == over


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("22-6", NIGHT),
        ("22 - 6", NIGHT),
        ("22h-6h", NIGHT),
        ("22h – 6h sáng", NIGHT),
        ("từ 22:00 đến 06:00", NIGHT),
        ("tu 22 gio den 6 gio", NIGHT),
        ("22 giờ tới 6 giờ", NIGHT),
        ("11h30 - 13h", NOON_REST),
        ("11:30-13:00", NOON_REST),
        ("22-24", (22 * 60, 0)),
        ("22", None),
        ("22-22", None),
        ("25-6", None),
        ("22:60-6", None),
        ("tắt", None),
        ("", None),
        ("24-0", None),
    ],
)
def test_hours_are_read_as_people_write_them(words: str, hours: tuple[int, int] | None) -> None:
    assert typed(words) == hours


def test_an_option_of_the_form_is_hours_too() -> None:
    assert read("22_6") == NIGHT
    assert read("h22_h6") == NIGHT
    assert read("off") is None


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        ("yên lặng 22-6", (NIGHT,)),
        ("Giờ yên lặng từ 22h đến 6h.", (NIGHT,)),
        ("/yenlang 22-6", (NIGHT,)),
        ("/yenlang tắt", (None,)),
        ("yen lang tat", (None,)),
        ("quiet hours off", (None,)),
        ("yên lặng", None),
        ("yên lặng quá", None),
        ("máy yên lặng từ 22-6", None),
    ],
)
def test_the_command_has_its_hours_with_it(text: str, sets: tuple[object] | None) -> None:
    assert asked(text) == sets


@pytest.mark.parametrize(
    ("when", "looked"),
    [(at(22, 3), at(22, 10)), (at(22, 10), at(22, 20)), (at(5, 55), at(6)), (at(23, 55), None)],
)
def test_what_waits_is_looked_at_every_ten_minutes(when: datetime, looked: datetime | None) -> None:
    assert looked_at(NIGHT, when) == (looked or when + timedelta(minutes=5))
    assert looked_at((22 * 60, 5 * 60 + 55), at(5, 52)) == at(5, 55)
