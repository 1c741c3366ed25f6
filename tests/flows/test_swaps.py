"""Đổi ca trực and trực thay: nothing changes until both have agreed, and who asked is told."""

from datetime import time

import pytest

from bot.jobs.sweeps import sweeps
from tests.flows.house import House
from tests.flows.two_duties import (
    DAY,
    NAME,
    began,
    in_turn,
    line,
    on_duty,
    until,
    with_two_duties,
)

HELPS, HUNG = "Không đổi lại, trực thay giúp", "anh Hùng"


def shift_label(house: House, days: int) -> str:
    """The shift that begins so many days after today's, as it stands on a button."""
    first = began(house) + days * DAY
    last = first + DAY
    week = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
    days_said = [f"{week[at.weekday()]} {at.day}/{at.month}" for at in (first, last)]
    return f"07:30 {days_said[0]} – 07:30 {days_said[1]}"


async def asks(house: House, mine: int = 2, back: int | None = None) -> None:
    """Anh Bình asks anh Hùng; days count from today's shift."""
    await house.binh.types("đổi ca")
    await house.binh.picks(shift_label(house, mine))
    await house.binh.picks(HUNG)
    await house.binh.picks(HELPS if back is None else shift_label(house, back))
    await house.binh.sees("Xem lại đề nghị đổi ca trực")
    await house.binh.picks("Gửi")
    await house.binh.sees("Đã hỏi anh Hùng đổi ca trực")


async def test_two_shifts_change_hands_once_both_have_agreed(house: House) -> None:
    await with_two_duties(house)
    assert await line(house) == ["anh Bình", "anh Hùng", "anh Bình", "anh Hùng", "anh Bình"]
    await asks(house, 2, 3)
    await house.hung.sees("Anh Bình đề nghị đổi ca trực", NAME, "Đổi lại: ca")
    assert await line(house) == ["anh Bình", "anh Hùng", "anh Bình", "anh Hùng", "anh Bình"]
    await house.hung.picks("Đồng ý đổi ca")
    await house.hung.sees("Đã đổi ca trực với anh Bình", "Anh/chị không cần làm gì thêm")
    await house.binh.sees("Anh Hùng đồng ý đổi ca trực")
    assert await line(house) == ["anh Bình", "anh Hùng", "anh Bình"]
    await house.hung.types("đồng ý đổi ca 1")  # said twice: nothing happens twice
    await house.hung.sees_last("Đã đổi ca trực với anh Bình")
    assert await line(house) == ["anh Bình", "anh Hùng", "anh Bình"]


async def test_who_cannot_swap_gives_no_reason_and_the_roster_stays(house: House) -> None:
    await with_two_duties(house)
    before = await line(house)
    await asks(house)
    await house.hung.picks("Không đổi được")
    await house.hung.sees("Đã trả lời: không đổi được")
    await house.binh.sees("Anh Hùng không đổi được ca trực", "lịch trực giữ nguyên")
    await asks(house)
    await house.binh.picks("Rút lại")
    await house.binh.sees("Đã rút lại đề nghị đổi ca trực")
    await house.hung.sees("Anh Bình đã rút lại đề nghị")
    await house.hung.types("đồng ý đổi ca 2")
    await house.hung.sees_last("Anh Bình đã rút lại đề nghị")
    assert await line(house) == before


async def test_an_answer_to_one_swap_never_answers_another(house: House) -> None:
    await with_two_duties(house)
    await asks(house, 2)
    await asks(house, 4)
    await house.hung.sees_times(2, "Anh Bình đề nghị đổi ca trực")
    await house.hung.types("đồng ý đổi ca")  # which of the two?
    await house.hung.sees_last("Có nhiều đề nghị đổi ca đang chờ anh/chị: số 1, 2")
    await house.hung.types("đồng ý đổi ca 2")
    await house.hung.sees_last("Đã đổi ca trực", shift_label(house, 4))
    assert await line(house, 5) == ["anh Bình", "anh Hùng", "anh Bình", "anh Hùng"]
    await house.minh.types("đồng ý đổi ca 1")  # not asked of him
    await house.minh.sees("Việc này do người khác làm")


async def test_a_shift_that_is_not_theirs_any_more_is_not_swapped(house: House) -> None:
    await with_two_duties(house)
    await asks(house)
    await house.apply(in_turn(house, "hung", "binh"))  # the file has another order now
    await house.hung.picks("Đồng ý đổi ca")
    await house.hung.sees("ca này không còn của anh Bình")
    await house.binh.sees("Đề nghị đổi ca trực", "không còn hiệu lực")
    assert (await line(house, 2))[:2] == ["anh Hùng", "anh Bình"]


@pytest.mark.only("telegram", "the clock, not the network")
async def test_a_swap_lapses_when_its_shift_begins_and_the_asker_is_told(house: House) -> None:
    await with_two_duties(house)
    await asks(house)
    await until(house, time(7, 31), days=2)
    await sweeps(house.office.desk, house.office.clock)["remind"]()
    await house.binh.sees("đã hết hiệu lực", "ca đã bắt đầu")
    await house.hung.types("đồng ý đổi ca 1")
    await house.hung.sees_last("đã hết hiệu lực")


async def test_a_stand_in_is_on_duty_at_once_and_both_are_told(house: House) -> None:
    await with_two_duties(house)
    assert await on_duty(house) == ["anh Bình"]
    await house.hung.types("trực thay")
    await house.hung.picks("Hôm nay")
    await house.hung.picks("anh Hùng")
    await house.hung.picks("Gửi")
    await house.hung.sees("Đã ghi trực thay: anh Hùng", "thay anh Bình")
    await house.binh.sees("Anh Hùng trực thay", "anh Hùng ghi")
    assert await on_duty(house) == ["anh Hùng"]
    await house.lan.reports("Chưa rõ")
    await house.hung.sees("XÁC MINH TRƯỚC – sự cố số 1")
    await house.hung.picks("Hủy trực thay")
    await house.hung.sees("Đã hủy trực thay của anh Hùng")
    assert await on_duty(house) == ["anh Bình"]
    await house.binh.types("trực thay")
    await house.binh.types("25/11/2020 đến 27/11/2020")  # long past
    await house.binh.sees("Chưa hiểu “25/11/2020 đến 27/11/2020”")
    for label in ("Hôm nay", "anh Hùng", "Gửi"):
        await house.binh.picks(label)
    await house.hung.sees("Anh/chị trực thay (anh Bình ghi)", "thay anh Bình")
