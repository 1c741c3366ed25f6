"""Acknowledged and not forgotten: "vẫn đang xử lý?" (OC#1792, GA#3378), asked of who is silent."""

import pytest

from tests.flows.house import House

pytestmark = pytest.mark.both

PAGE, TAKE = "TIN KHẨN – sự cố số 1", "Tôi tiếp nhận xử lý"
ASKED, NOTED = "còn đang xử lý sự cố số 1 không?", "vẫn đang xử lý sự cố số 1"


async def _taken(house: House) -> None:
    await house.daytime()
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await house.minh.types("7")
    await house.minh.sees("Anh Minh tiếp nhận sự cố số 1")


async def test_acknowledged_then_forgotten_is_asked_and_climbs_again(house: House) -> None:
    minh, hung = house.minh, house.hung
    await _taken(house)
    await house.forward(121)
    await minh.sees(ASKED, "chưa trả lời sẽ báo anh Hùng")
    assert await hung.count(PAGE) == 0
    await house.forward(11)
    await hung.sees(PAGE)
    await minh.sees("Chưa thấy anh/chị trả lời: sự cố số 1 đang báo tiếp người khác")
    await house.card("SỰ CỐ SỐ 1", "Chưa ai tiếp nhận")
    kinds = await house.log(1)
    assert kinds.index("page.still_asked") < kinds.index("page.not_alive")
    await minh.types("7")
    await minh.sees("Anh Minh tiếp nhận sự cố số 1 lúc")
    await house.card("SỰ CỐ SỐ 1", "Chủ trì ứng cứu: anh Minh")


async def test_one_tap_says_that_somebody_is_still_at_it(house: House) -> None:
    minh = house.minh
    await _taken(house)
    await house.forward(121)
    await minh.sees(ASKED)
    for times, neither in enumerate(("ok", "không", "xong rồi"), 1):  # neither yes nor given back
        await minh.types(neither)
        await minh.sees_times(times, "Chưa chọn thì chưa tính là trả lời")
    await minh.types("dạ em còn ạ")
    await minh.sees(NOTED, "sẽ hỏi lại")
    await house.forward(60)
    assert await house.hung.count(PAGE) == 0
    await house.forward(61)
    await minh.sees_times(2, ASKED, "chưa trả lời sẽ báo")
    await minh.types("7")
    await minh.sees_times(2, NOTED)
    await house.forward(30)
    assert await house.hung.count(PAGE) == 0
    assert (await house.log(1)).count("page.still") == 2


async def test_who_is_asked_can_hand_it_on(house: House) -> None:
    await _taken(house)
    await house.forward(121)
    await house.minh.sees(ASKED)
    await house.minh.types("9")
    await house.minh.sees("Đã trả lại: sự cố số 1 báo tiếp anh Hùng ngay bây giờ")
    await house.hung.sees(PAGE)


async def test_who_is_at_work_is_not_asked(house: House) -> None:
    await _taken(house)
    await house.forward(60)
    await house.minh.types("nhận 1.1")
    await house.forward(70)
    await house.minh.types("tình hình 1")
    assert await house.minh.count(ASKED) == 0
    await house.forward(60)
    await house.minh.sees(ASKED)
