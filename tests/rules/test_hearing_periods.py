"""From when to when, typed in Vietnamese and English: read to the last word or not at all."""

from datetime import datetime

import pytest

from bot.domain.errors import InvalidAnswer
from bot.views.hearing.periods import offered, understand
from bot.views.voice import HERE

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=HERE)  # a Sunday


def said(moment: object) -> str:
    begins, ends = moment.at.astimezone(HERE), moment.until.astimezone(HERE)  # type: ignore[attr-defined]
    return f"{begins:%d/%m %H:%M} {ends:%d/%m %H:%M}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25/11 đến 27/11", "25/11 00:00 28/11 00:00"),
        ("25/11 - 27/11", "25/11 00:00 28/11 00:00"),
        ("từ 7h30 ngày 25/11 đến 17h30 ngày 27/11", "25/11 07:30 27/11 17:30"),
        ("17h đến 7h", "22/11 17:00 23/11 07:00"),
        ("7h30 mai đến 17h", "23/11 07:30 23/11 17:00"),
        ("7h-17h mai", "23/11 07:00 23/11 17:00"),
        ("ngày mai", "23/11 00:00 24/11 00:00"),
        ("hom nay", "22/11 00:00 23/11 00:00"),
        ("ngày kia", "24/11 00:00 25/11 00:00"),
        ("thứ 2 đến thứ 6", "23/11 00:00 28/11 00:00"),
        ("chủ nhật tuần sau", "29/11 00:00 30/11 00:00"),
        ("1/2", "01/02 00:00 02/02 00:00"),
        ("from 25/11 to 27/11", "25/11 00:00 28/11 00:00"),
        ("9am tomorrow to 5pm", "23/11 09:00 23/11 17:00"),
    ],
)
def test_it_is_understood(typed: str, meant: str) -> None:
    assert said(understand(typed, NOW)) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("abc", "31/2", "25/11 17h", "17h", "25h đến 26h", "20/11", "20/11 đến 21/11/2026"),
        *("27/11 đến 25/11", "25/11 đến 27/11 đến 29/11", "25/11/2030", "mai nhé sếp", "x" * 200),
    ],
)
def test_it_is_asked_again(typed: str) -> None:
    assert understand(typed, NOW) is None


@pytest.mark.parametrize(
    ("option", "meant"),
    [
        ("today", "22/11 06:00 23/11 00:00"),
        ("tonight", "22/11 17:00 23/11 07:00"),
        ("tomorrow", "23/11 00:00 24/11 00:00"),
        ("three_days", "22/11 06:00 25/11 00:00"),
        ("this_week", "22/11 06:00 23/11 00:00"),
    ],
)
def test_a_button_says_a_period(option: str, meant: str) -> None:
    assert said(offered(option, NOW)) == meant


def test_no_other_button_does() -> None:
    with pytest.raises(InvalidAnswer):
        offered("yesterday", NOW)
