"""The law's clocks: they run from detection, stand where people look, and ring until it is sent."""

from dataclasses import replace

import pytest

from bot.domain.agency import Agency
from bot.domain.people import Role
from tests.flows.house import House

INITIAL = "báo cáo ban đầu"


def _with_2026(agency: Agency) -> Agency:
    return replace(agency, regimes=("vn_2026",))


async def taken(house: House, *criteria: str) -> None:
    await house.lan.reports(*criteria)
    await house.minh.taps_on("Tôi tiếp nhận xử lý")
    await house.minh.sees("tiếp nhận sự cố số 1")


async def test_five_days_run_from_detection_and_stand_on_the_card(house: House) -> None:
    await taken(house, "Có", "Không", "Không", "Không", "Không", "Không")
    await house.binh.types("/thoihan 1")
    shown = await house.binh.sees("Thời hạn báo cáo của sự cố số 1", INITIAL)
    assert "Tính từ lúc phát hiện." in shown
    assert "(còn 4 ngày 23 giờ)" in shown or "(còn 5 ngày" in shown
    assert "Cơ quan điều phối quốc gia (VNCERT/CC)" in shown
    assert "Quyết định 05/2017 và Thông tư 20/2017" in shown
    await house.binh.types("tinh hinh 1")
    await house.binh.sees(f"Thời hạn gần nhất: {INITIAL} trước")
    await house.card("SỰ CỐ SỐ 1", "Chủ trì ứng cứu", f"Thời hạn gần nhất: {INITIAL} trước")
    assert (await house.log(1)).count("clock.started") == 1


async def test_beyond_ones_capacity_is_told_at_once_and_rings_every_hour(house: House) -> None:
    await taken(house, "Không", "Không", "Không", "Không", "Không", "Có")
    await house.forward(15)
    await house.minh.sees("🔴 Sự cố số 1: thông báo vượt khả năng xử lý ngay lập tức")
    await house.binh.sees("thông báo vượt khả năng xử lý ngay lập tức")
    before = await house.minh.count("thông báo vượt khả năng xử lý ngay lập tức")
    await house.forward(61)
    await house.minh.sees_times(before + 1, "thông báo vượt khả năng xử lý ngay lập tức")


async def test_sent_by_tapping_and_said_who_by_it_rings_no_more(house: House) -> None:
    await taken(house, "Có", "Không", "Không", "Không", "Không", "Không")
    minh = house.minh
    await minh.types("thoi han 1")
    await minh.picks("Đã gửi báo cáo")
    await minh.sees("đã gửi báo cáo nào?")
    await minh.types("1")
    await minh.types("05/BC-UBND")
    await minh.sees(f"🟢 {INITIAL}: đã gửi lúc", "Anh/chị không cần làm gì thêm.")
    await minh.types("đã gửi báo cáo 1")  # the second time nothing is left to be sent
    await minh.sees("Thời hạn báo cáo của sự cố số 1")
    await house.binh.types("/nhatky 1")
    await house.binh.sees(f"anh Minh ghi: đã gửi {INITIAL}, 05/BC-UBND.")
    await house.forward(6 * 24 * 60)
    clocks = await house.office.store.look(lambda tx: tx.clocks.of(1))
    assert [(clock.state, clock.remind_at) for clock in clocks] == [("sent", None)]


async def test_an_answer_that_is_taken_back_stops_the_clock(house: House) -> None:
    await taken(house, "Không", "Không", "Không", "Không", "Không", "Có")
    binh = house.binh
    await binh.types("xác minh 1")
    await binh.sees("Xem lại kết quả xác minh")
    await binh.types("sửa 6")
    await binh.types("không")
    await binh.types("gửi")
    await binh.sees("Đã ghi câu trả lời cho sự cố số 1")
    kinds = await house.log(1)
    assert kinds.count("clock.started") == 2
    assert kinds.count("clock.dropped") == 2
    await binh.types("/thoihan 1")
    await binh.sees("Chưa có thời hạn nào")


async def test_peoples_data_start_the_clock_of_their_own_law(house: House) -> None:
    await taken(house, "Có", "Không", "Không", "Không", "Không", "Không")
    minh = house.minh
    await minh.types("dữ liệu cá nhân 1")
    await minh.sees("có lộ dữ liệu cá nhân của người dân, cán bộ không?")
    await minh.types("co")
    await minh.types("tai khoan, tai chinh")
    await minh.types("2")
    shown = await minh.sees("Lộ dữ liệu cá nhân: có (tài khoản, tài chính, từ 100 đến 1.000 người)")
    assert "Mẫu 08" in shown
    assert "báo cho người có dữ liệu bị lộ" in shown
    assert "Cần pháp chế xác nhận." in shown
    await house.lan.types("thời hạn 1")
    shown = await house.lan.sees("Mẫu 08", "Anh/chị không cần làm gì thêm.")
    assert "pháp chế" not in shown  # of no use to who has reported it at night
    await minh.types("dữ liệu cá nhân 1")
    await minh.types("không")
    await minh.sees("Lộ dữ liệu cá nhân: không")
    assert (await house.log(1)).count("clock.dropped") == 2


async def test_whoever_has_verified_is_asked_about_peoples_data_once(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.taps_on("Tôi tiếp nhận xử lý")
    binh = house.binh
    for _ in range(2):
        await binh.types("xác minh 1")
        await binh.sees("Xem lại kết quả xác minh")
        await binh.types("gửi")
        await binh.sees("Đã ghi câu trả lời cho sự cố số 1", "còn một câu: có lộ dữ liệu")
    await binh.types("dữ liệu cá nhân 1")
    await binh.types("không")
    await binh.sees("Lộ dữ liệu cá nhân: không")
    before = await binh.count("còn một câu")
    await binh.types("xác minh 1")
    await binh.types("gửi")
    await binh.sees_times(3, "Đã ghi câu trả lời cho sự cố số 1")
    assert await binh.count("còn một câu") == before


async def test_nothing_runs_where_nothing_needs_a_response(house: House) -> None:
    await house.lan.reports("Không", "Không", "Không", "Không", "Không", "Không")
    await house.lan.sees("Ghi nhận, theo dõi")
    await house.binh.types("/thoihan 1")
    await house.binh.sees("Chưa có thời hạn nào")


async def test_a_deployment_runs_a_second_law_and_the_strictest_stands_first(
    house: House,
) -> None:
    """The plan of Krông Pắc names the law of 2017 alone; the agency's file adds another."""
    await house.apply(_with_2026)
    await house.nga.reports("Có", *["Không"] * 4, "Có", system="Máy tính, mạng cơ quan")
    await house.h_linh.taps_on("Tôi tiếp nhận xử lý")
    await house.phuc.taps_on("Nghiêm trọng")
    await house.phuc.sees("Nghiêm trọng")
    await house.binh.types("/thoihan 1")
    shown = await house.binh.sees("thông báo ban đầu", INITIAL)
    assert shown.index("thông báo sự cố nghiêm trọng") < shown.index("thông báo ban đầu")
    assert shown.index("thông báo ban đầu") < shown.index("báo cáo nguyên nhân")
    assert shown.index("báo cáo nguyên nhân") < shown.index(INITIAL)


@pytest.mark.only("telegram", "one network is enough for the gate")
async def test_an_official_neither_sees_nor_settles_the_clocks(house: House) -> None:
    await taken(house, "Có", "Không", "Không", "Không", "Không", "Không")
    await house.nga.types("/thoihan 1")
    await house.nga.sees("Việc này do")
    await house.lan.types("/daguibaocao 1")
    await house.lan.sees("Việc này do")


@pytest.mark.only("telegram", "a role, not a wire")
async def test_a_legal_officer_reads_the_marks_and_settles(house: House) -> None:
    await taken(house, "Có", "Không", "Không", "Không", "Không", "Không")
    code = await house.invite(Role.LEGAL, "thi_xa")
    legal = await house.join(140, "Khoa", code)
    await legal.types("/dulieucanhan 1")
    await legal.sees("Việc này do")  # it is asked of who verifies
    await legal.types("/thoihan 1")
    await legal.sees(INITIAL, "Cần pháp chế xác nhận.")  # whether Quyết định 05 still stands
    await legal.picks("Đã gửi báo cáo")
    await legal.types("1")
    await legal.types("1")
    await legal.sees(f"🟢 {INITIAL}: đã gửi lúc")
