"""Figures as duty officers and leaders ask for them: numbers, details, and the picture."""

import struct

from aiohttp import ClientSession

from tests.flows.finishing import finishes
from tests.flows.handing import address, got
from tests.flows.house import House

TAKE = "Tôi tiếp nhận xử lý"
FORBIDDEN = "Việc này do người khác làm"


async def ended(house: House) -> None:
    """Taken after ten minutes, its first task done after forty, over after an hour."""
    await house.lan.reports("Có")
    await house.forward(10)
    await house.minh.picks(TAKE)
    await house.minh.sees("tiếp nhận sự cố số 1")
    await house.forward(30)
    steps = [task for task in await house.tasks(1) if task.kind == "step"]  # 1.1 may be a call
    await finishes(house.minh, steps[0].code)
    await house.forward(20)
    await house.minh.types("kết thúc 1")
    await house.minh.picks("Đã khắc phục xong")
    await house.minh.types("cài lại máy")
    await house.minh.picks("Gửi")
    await house.minh.sees("Sự cố số 1 đã kết thúc ứng phó")


async def test_how_long_it_took_is_counted_and_what_is_open_stands_apart(house: House) -> None:
    await ended(house)
    binh = house.binh
    await binh.types("thong ke")
    shown = await binh.sees("Thống kê 12 tháng qua: 1 sự cố, đang mở 0 (không kể diễn tập)")
    assert "Đến lúc tiếp nhận: 10 phút" in shown
    assert "Đến việc đầu tiên xong: 40 phút" in shown
    assert "Đến lúc kết thúc: 1 giờ 0 phút" in shown
    await house.minh.types("mở lại 1")
    await house.minh.picks("Sự cố xảy ra lại")
    await house.minh.types("lại hiện chữ")
    await house.minh.picks("Gửi")
    await house.minh.sees("Sự cố số 1 đã mở lại")
    await binh.types("thống kê tháng này")
    shown = await binh.sees("đang mở 1", "Đến lúc kết thúc: chưa có; đang chờ 1")
    assert "Đến lúc tiếp nhận: 10 phút" in shown  # the first time stays
    await binh.types("chi tiết thống kê")
    await binh.sees("Theo mức độ", "Cần ứng phó – 1, đang mở 1", "UBND xã Tân Lập – 1")


async def test_by_the_units_below_whoever_asks_and_not_for_everybody(house: House) -> None:
    await house.lan.reports("Có")  # of xã Tân Lập
    await house.son.types("thống kê")  # who leads that xã
    await house.son.sees("Thống kê 12 tháng qua: 1 sự cố, đang mở 1")
    await house.y_thang.types("/thongke")  # who leads another one
    await house.y_thang.sees("Thống kê 12 tháng qua: 0 sự cố", "chưa có sự cố nào")
    await house.lan.types("thống kê")
    await house.lan.sees(FORBIDDEN)
    asked = {"zalo": "thống kê", "telegram": "/thongke"}[house.network]
    await house.binh.types(asked, chat=house.group)
    await house.binh.sees("Việc này làm trong tin riêng với Trực Ban", chat=house.group)


async def test_the_picture_comes_as_a_file_or_by_a_link(house: House) -> None:
    binh = house.binh
    await house.lan.reports("Có")
    await binh.types("hình thống kê quý này")
    if house.network == "telegram":
        name, png = await got(house, binh, "Thống kê quý")
        assert name == "thong-ke.png"
    else:
        await binh.sees("Đường dẫn chỉ dùng cho anh/chị")
        url = await address(binh, "/thongke/")
        async with ClientSession() as http:
            async with http.get(url) as answer:
                page = await answer.text()
                assert (answer.status, "<h1>Thống kê quý" in page) == (200, True)
            async with http.post(url) as answer:
                assert answer.content_type == "image/png"
                png = await answer.read()
            async with http.get(url.replace("/thongke/", "/tep/")) as answer:
                assert answer.status == 410  # the word opens this page and no other
            async with http.get(url[:-1]) as answer:
                assert answer.status == 410
    assert struct.unpack(">I", png[16:20]) == (780,)
