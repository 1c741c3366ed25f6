"""The main job, end to end: a report on a phone becomes an acknowledged page and a proved log."""

import pytest

from tests.flows.house import House

pytestmark = pytest.mark.both

SENTENCE = "may em mo khong duoc, hien chu doi tien"


async def test_a_report_on_a_phone_becomes_an_acknowledged_page(house: House) -> None:
    lan, minh, hung, binh = house.lan, house.minh, house.hung, house.binh
    await lan.types(SENTENCE)
    await lan.sees("Anh/chị muốn báo sự cố?", SENTENCE)
    await lan.taps_on("Có")
    await lan.sees("Câu 1/10", "Nơi nào đang bị sự cố?")
    await lan.taps_on("Một cửa, dịch vụ công")
    await lan.sees("Câu 3/10")
    await lan.taps_on("Vừa phát hiện")
    for answer in ("Có", "Không", "Chưa rõ", "Không", "Không", "Có"):
        await lan.taps_on(answer)
    await lan.sees("Câu 10/10")
    await lan.taps_on("Đã ngắt mạng, giữ nguyên máy")
    await lan.sees("Xem lại trước khi gửi", "anh Minh", "anh Sơn", SENTENCE)
    await lan.taps_on("Gửi")
    await lan.sees("🟢 Đã ghi nhận: sự cố số 1", "Cần ứng phó", "Kế hoạch Mỹ Hào 2025, II.1.c")
    assert lan.taps == 11

    await minh.sees("TIN KHẨN – sự cố số 1", "chị Lan", "sẽ báo tiếp anh Hùng")
    await binh.sees("TIN KHẨN – sự cố số 1")
    await house.card("SỰ CỐ SỐ 1", "Chưa ai tiếp nhận")
    await house.forward(5)
    await minh.sees("TIN KHẨN – sự cố số 1", "(nhắc lại lần 2)")
    await house.forward(5)
    await hung.sees("TIN KHẨN – sự cố số 1", "sẽ báo cả nhóm và Trực ban")
    await hung.taps_on("Tôi tiếp nhận xử lý")
    await hung.sees("Anh Hùng tiếp nhận sự cố số 1", "điện cho chị Lan 0905 000 111")
    await lan.sees("Anh Hùng tiếp nhận sự cố số 1 của anh/chị", "0905 000 333")
    await house.card("Chủ trì ứng cứu: anh Hùng")

    await binh.types("/status")
    await binh.sees("Tình hình", "Số 1", "anh Hùng")
    assert (await house.proof()).broken is None
