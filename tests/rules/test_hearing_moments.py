"""Typed times and the buttons beside them: never in the future, never guessed (words.md §3)."""

import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import InvalidAnswer
from bot.domain.folding import fold
from bot.domain.moment import Moment
from bot.views.hearing.moments import OLDEST, offered, understand
from tests.rules.typed import rows

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 22, 22, 10, tzinfo=VIETNAM)  # a Sunday evening


def here(text: str) -> datetime:
    """ "21 22:05": of November 2026, in Vietnam."""
    day, clock = text.split()
    hour, minute = clock.split(":")
    return datetime(2026, 11, int(day), tzinfo=VIETNAM) + timedelta(
        hours=int(hour), minutes=int(minute)
    )


EXACT = """
22 21:30: 21h30 | 21:30 | lúc 21h30 ạ | 21g30 | 21 giờ 30 phút | 21h 30 | 9 giờ rưỡi tối | 9:30 pm
22 14:30: 14h30 | 14:30 | hôm nay 14h30 | 2h30 chiều
22 08:00: 8h sáng nay | 8 giờ sáng | em thấy lúc 8h sáng | tôi thấy lúc 8h | 8h
22 08:00: chủ nhật 8h | cn 8h | toi thay luc 8h
22 08:45: 9h kém 15 | 9 giờ kém 15 phút sáng nay
22 07:00: bảy giờ sáng | 7am
22 12:00: 12h trưa nay
22 13:00: 1h trưa
22 17:00: 5h chiều nay | 17h chiều
22 02:00: 2h đêm qua | 2h đêm | 2h sáng
22 00:00: 12h đêm qua | 24h hôm qua | 0h
22 22:10: vừa phát hiện | vừa xong | mới thấy | bây giờ | 22h14
21 14:30: hôm qua 14h30 | hqua 14h30 | 14h30 hôm qua
21 14:00: hom qua 14h | bữa qua 14h | hôm qua 2h chiều
21 02:00: 2h đêm 21/11
21 21:00: 9h tối hôm qua | 9h tối qua | hôm qua lúc 9h tối | tối qua 9h
21 22:00: thứ bảy 22h | t7 22h | thứ 7 vừa rồi lúc 22h
21 22:05: 21/11 lúc 22h05 | 22h05 ngày 21/11 | 22:05 21-11-2026
21 22:16: 22h16
21 23:00: 23h | 11h đêm qua
20 08:00: ngày 20/11/2026 8h | 20 tháng 11 lúc 8h | 8h ngày 20 | hôm kia 8h | 2 ngày trước lúc 8h
20 20:00: 8h tối 20/11 | 20/11/26 20h
15 23:00: chủ nhật 23h
09 08:00: thứ hai tuần trước 8h
"""
ABOUT = """
22 21:00: khoảng 9 giờ tối | tầm 9h tối | khoảng chín giờ tối | chắc 21h | một tiếng mười phút trước
22 20:10: 2 tiếng trước | 2 giờ trước | 2h trước | cách đây 2 tiếng | khoảng hai tiếng trước
22 21:40: 30 phút trước | nửa tiếng trước | 30 phút nay | ba mươi phút trước
22 20:40: 1 tiếng rưỡi trước | 1 tiếng 30 phút trước
22 22:10: hồi nãy
"""
RANGES = """
22 06:00 - 22 11:00: sáng nay | sáng | buổi sáng nay
22 11:00 - 22 13:00: trưa nay
22 13:00 - 22 18:00: chiều nay | cuối giờ chiều nay
22 18:00 - 22 22:00: tối nay | tối
22 22:00 - 22 22:10: đêm nay
22 00:00 - 22 06:00: rạng sáng nay
22 05:00 - 22 08:00: sáng sớm nay
21 18:00 - 21 22:00: tối qua | tối hôm qua | tối thứ bảy
21 13:00 - 21 18:00: chiều hôm qua | chiều 21/11
21 22:00 - 22 06:00: đêm qua
21 00:00 - 22 00:00: hôm qua | 21/11 | thứ bảy
22 00:00 - 22 22:10: hôm nay
20 06:00 - 20 11:00: sáng hôm kia
20 00:00 - 21 00:00: ngày 20 | 20 tháng 11 năm 2026 | hai ngày trước | 20.11.2026 | 2026-11-20
14 00:00 - 15 00:00: thứ bảy tuần trước
22 08:00 - 22 09:00: 8-9h | từ 8h đến 9h sáng nay
22 20:00 - 22 21:00: 8h tới 9h tối
21 23:00 - 22 01:00: từ 23h đến 1h
22 21:10 - 22 22:10: trong 1 giờ qua
"""
NO_TIMES = (
    "ngày mai|ngày mai 8h|8h sáng mai|hôm nay 23h|23/11|23/11 8h|22/11 23h|1/1/2024|25h|21h75"
    "|8|máy hỏng|10 máy|12 năm|99/99|31/2 8h|trước 21h30|không phải 8h|mấy giờ|hôm trước|8h nay"
    "|5 phút nữa|abc||?|" + "8h " * 60
)


@pytest.mark.parametrize("bare", [False, True], ids=["with marks", "without"])
@pytest.mark.parametrize(("typed", "at"), rows(EXACT))
def test_times(typed: str, at: str, bare: bool) -> None:
    typed = fold(typed) if bare else typed
    assert understand(typed, NOW) == Moment(here(at).astimezone(UTC))


@pytest.mark.parametrize("bare", [False, True], ids=["with marks", "without"])
@pytest.mark.parametrize(("typed", "at"), rows(ABOUT))
def test_times_remembered_roughly(typed: str, at: str, bare: bool) -> None:
    typed = fold(typed) if bare else unicodedata.normalize("NFD", typed)
    assert understand(typed, NOW) == Moment(here(at), approximate=True)


@pytest.mark.parametrize("bare", [False, True], ids=["with marks", "without"])
@pytest.mark.parametrize(("typed", "span"), rows(RANGES))
def test_ranges_end_at_the_present(typed: str, span: str, bare: bool) -> None:
    typed = fold(typed) if bare else typed
    start, end = span.split(" - ")
    assert understand(typed, NOW) == Moment(here(start), here(end), approximate=True)


@pytest.mark.parametrize("typed", NO_TIMES.split("|"))
def test_what_is_no_time_past(typed: str) -> None:
    assert understand(typed, NOW) is None


@pytest.mark.parametrize(
    ("now", "typed", "at"),
    [
        ("22 01:00", "tối nay", "21 18:00"),
        ("22 04:00", "2h đêm nay", "22 02:00"),
        ("22 04:00", "sáng nay", "22 00:00"),
        ("22 00:20", "8h sáng nay", "21 08:00"),
        ("22 04:00", "3h sáng nay", "22 03:00"),
        ("22 10:00", "chiều", "21 13:00"),
        ("22 10:00", "8h tối", "21 20:00"),
    ],
)
def test_the_time_of_asking_counts(now: str, typed: str, at: str) -> None:
    moment = understand(typed, here(now))
    assert moment is not None
    assert moment.at == here(at)


def test_a_date_long_past_needs_its_year() -> None:
    a_year_ago = datetime(2025, 11, 20, 8, tzinfo=VIETNAM)
    assert understand("8h 20/11/2025", NOW) == Moment(a_year_ago)
    assert understand("8h 20 tháng 11 năm 2025", NOW) == Moment(a_year_ago)
    assert understand("40 tuần trước", NOW) is not None
    assert understand("8h 1/3", NOW) is None


def test_a_part_of_today_to_come_is_asked_again() -> None:
    assert understand("chiều nay", here("22 10:00")) is None
    assert understand("tối nay", here("22 10:00")) is None


@pytest.mark.parametrize(
    ("option", "now", "at", "until"),
    [
        ("just_now", "22 22:10", "22 22:10", None),
        ("said_now", "22 22:10", "22 22:10", None),
        ("last_hour", "22 22:10", "22 21:10", "22 22:10"),
        ("this_afternoon", "22 22:10", "22 13:00", "22 18:00"),
        ("this_afternoon", "22 14:00", "22 13:00", "22 14:00"),
        ("this_afternoon", "22 10:00", "21 13:00", "21 18:00"),
        ("this_morning", "22 22:10", "22 06:00", "22 11:00"),
        ("this_morning", "22 04:00", "22 00:00", "22 04:00"),
        ("yesterday", "22 22:10", "21 00:00", "22 00:00"),
    ],
)
def test_the_moments_on_buttons(option: str, now: str, at: str, until: str | None) -> None:
    end = here(until) if until else None
    assert offered(option, here(now)) == Moment(here(at), end, approximate=until is not None)


def test_a_button_there_is_not() -> None:
    with pytest.raises(InvalidAnswer):
        offered("tomorrow", NOW)


PIECES = "8h|21:30|9 giờ|kém 15|rưỡi|sáng|trưa|chiều|tối|đêm|nay|qua|hôm qua|hôm kia|thứ hai|đến|@"
MORE = "20/11|1/1|31/12/2025|29/2|20 tháng 11|3 ngày trước|40 tuần trước|trong|2 tiếng|trước|-|pm"


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(f"{PIECES}|{MORE}".split("|")), max_size=5).map(" ".join),
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(VIETNAM)),  # noqa: DTZ001
)
def test_never_in_the_future_and_never_too_old(typed: str, now: datetime) -> None:
    moment = understand(typed, now)
    if moment is not None:
        assert now - OLDEST <= moment.at <= now
        assert moment.at.tzinfo is UTC
        assert moment.until is None or moment.at <= moment.until <= now


@settings(deadline=None)
@given(st.text())
def test_any_text_is_heard_without_an_error(typed: str) -> None:
    understand(typed, NOW)
