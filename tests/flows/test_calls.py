"""Gọi điện thoại: who does not answer a page is telephoned by the duty officer."""

from tests.flows.house import House

TAKE = "Tôi tiếp nhận xử lý"


async def test_who_does_not_answer_is_telephoned_by_the_duty_officer(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN – sự cố số 1")
    await house.forward(5)
    await house.minh.sees("(nhắc lại lần 2)")
    await house.forward(5)
    await house.hung.sees("TIN KHẨN – sự cố số 1")
    await house.binh.sees("Gọi điện thoại cho anh Minh", "0905 000 555")
    await house.binh.types("8")
    await house.binh.sees("Gọi điện thoại cho anh Minh: kết quả thế nào?")
    await house.binh.picks("Nghe máy, tiếp nhận xử lý")
    await house.binh.sees("Đã ghi kết quả gọi điện thoại")
    await house.lan.sees("Anh Minh tiếp nhận sự cố số 1", "0905 000 555")
    await house.minh.sees("Sự cố số 1: 5 việc")
    kinds = await house.log(1)
    assert kinds.count("call.made") == 1
    assert "page.acknowledged_by_phone" in kinds
    await house.binh.types("nhật ký 1")
    await house.binh.sees("anh Minh tiếp nhận (ứng phó) qua điện thoại; anh Bình ghi")


async def test_a_call_is_not_wanted_any_more_once_somebody_has_it(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN – sự cố số 1")
    await house.forward(5)
    await house.minh.sees("(nhắc lại lần 2)")
    await house.forward(5)
    await house.binh.sees("Gọi điện thoại cho anh Minh")
    await house.hung.picks(TAKE)
    await house.binh.taps_on("Đã gọi điện")
    await house.binh.sees("đã có người tiếp nhận", "Không có gì thay đổi")
    await house.binh.types("/viec")
    assert "Gọi điện thoại" not in await house.binh.screen()


async def test_nobody_is_to_be_telephoned_twice_however_long_it_waits(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN – sự cố số 1")
    await house.forward(5)
    await house.minh.sees("(nhắc lại lần 2)")
    await house.forward(5)
    await house.binh.sees("Gọi điện thoại cho anh Minh")
    await house.binh.types("8")
    await house.binh.picks("Nghe máy, chuyển người khác")
    await house.binh.sees("Đã ghi kết quả gọi điện thoại")
    await house.forward(5)
    await house.hung.sees("(nhắc lại lần 2)")
    await house.forward(5)
    await house.binh.sees("CHƯA AI TIẾP NHẬN sự cố số 1")
    await house.binh.sees("Gọi điện thoại cho anh Hùng")
    await house.forward(5)
    await house.minh.sees("(nhắc lại lần 3)")
    await house.forward(40)
    await house.binh.sees("đã quá hạn", "Gọi điện thoại cho anh Hùng")
    calls = [task for task in await house.tasks(1) if task.kind == "call"]
    assert len(calls) == len({task.callee_id for task in calls}) == 2
