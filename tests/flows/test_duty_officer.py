"""The duty officer (trực ban): sees what is open, tells further people, ends it, opens it again."""

import pytest

from bot.domain.people import Role
from tests.flows.house import House
from tests.flows.person import Phone

PAGE, TAKE = "TIN KHẨN – sự cố số 1", "Tôi tiếp nhận xử lý"
NOT_YOURS = "Việc này do người khác làm: Trực ban, Đội trưởng hoặc lãnh đạo được phân công"
NEXT = "Người tiếp theo trong thứ tự báo tin"


async def test_an_empty_board_says_so(house: House) -> None:
    await house.binh.types("/status")
    await house.binh.sees("không có sự cố nào đang mở", "không cần làm gì thêm")


async def test_the_board_tells_verdict_age_and_who_has_it(house: House) -> None:
    binh = house.binh
    await house.lan.reports("Có", told="mất điện cả phòng")
    await house.minh.sees(PAGE)
    await binh.types("/status")
    await binh.sees("đang mở 1 sự cố", "Số 1 · Cần ứng phó (chưa xác minh) · 0 phút · UBND")
    await binh.sees("QĐ 05/2017: không · Kế hoạch: không", "Chưa ai tiếp nhận, đã báo 1 lần")
    await house.forward(5)
    await house.minh.sees_times(2, PAGE)
    await binh.types("/tinhhinh")
    await binh.sees("Số 1 · Cần ứng phó (chưa xác minh) · 5 phút", "đã báo 2 lần")
    await house.minh.taps_on(TAKE)
    await house.card("Chủ trì ứng cứu: anh Minh")
    await binh.types("tình hình")
    await binh.sees("Tình hình lúc", "Chủ trì ứng cứu: anh Minh")


async def test_one_incident_is_shown_with_its_last_events(house: House) -> None:
    await house.lan.reports("Có", told="mất điện cả phòng")
    await house.minh.taps_on(TAKE)
    await house.card("Chủ trì ứng cứu: anh Minh")
    await house.binh.types("/status 1")
    shown = await house.binh.sees("Sự cố số 1 · đang mở", "mất điện cả phòng", "Gần đây nhất")
    assert "chị Lan, Văn phòng xã Tân Lập, 0905 000 111" in shown
    assert "Gửi tin lần 1 đến anh Minh, anh Bình." in shown
    assert "anh Minh tiếp nhận (ứng phó)." in shown


async def test_an_official_sees_only_what_they_reported(house: House) -> None:
    await house.lan.reports("Có")
    await house.nga.reports("Có")
    await house.lan.types("tình hình")
    assert "Số 2" not in await house.lan.sees("đang mở 1 sự cố", "Số 1")
    await house.lan.types("/status 2")
    assert NOT_YOURS in await house.lan.screen()


async def test_escalated_to_the_next_who_is_told_at_once(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await _escalate(house.binh, NEXT, "Đang lan rộng")
    await house.binh.sees("đã báo anh Hùng ngay bây giờ")
    await house.hung.sees(PAGE)


@pytest.mark.only("telegram", "a page that becomes what was done with it")
async def test_escalated_though_taken_the_next_is_not_who_has_it(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.taps_on(TAKE)
    await house.card("Chủ trì ứng cứu: anh Minh")
    await _escalate(house.binh, NEXT, "Cần ý kiến chỉ đạo")
    await house.hung.sees(PAGE)
    assert await house.minh.count(PAGE) == 0  # the page that was taken became the answer to it
    await house.hung.taps_on(TAKE)
    await house.card("Chủ trì ứng cứu: anh Hùng")


async def test_escalated_to_the_units_leader_with_words_of_ones_own(house: House) -> None:
    binh = house.binh
    await house.lan.reports("Có", told="cổng dịch vụ ngừng")
    await binh.types("/captren 1")
    await binh.picks("Lãnh đạo đơn vị")
    await binh.picks("Đang lan rộng")
    await binh.sees("Xin ý kiến gì?")
    await binh.types("Cho tắt máy chủ đến sáng mai")
    await binh.sees("Xem lại trước khi báo cáo")
    await binh.picks("Gửi")
    await binh.sees("Đã báo cáo sự cố số 1 đến anh Sơn")
    asked = await house.son.sees("Báo cáo anh Sơn", "cổng dịch vụ ngừng")
    assert "Lý do báo cáo: đang lan rộng." in asked
    assert "Xin ý kiến: Cho tắt máy chủ đến sáng mai." in asked
    assert "\nTrực ban: anh Bình 0905 000 222" in asked
    assert await house.phuc.count("Báo cáo") == 0


async def test_beyond_ones_means_sets_c6_and_says_what_changed(house: House) -> None:
    await house.lan.reports("Có")
    await _escalate(
        house.binh, "Ban Chỉ đạo", "Vượt khả năng xử lý", "Đề nghị Đội ứng cứu của tỉnh hỗ trợ"
    )
    await house.binh.sees(
        "Đã báo cáo sự cố số 1 đến đồng chí Phúc",
        "Thay đổi: Nghiêm trọng theo Kế hoạch: từ “không” thành “đề xuất, chờ lãnh đạo quyết định”",
    )
    await house.phuc.sees(
        "Báo cáo đồng chí Phúc", "vượt khả năng xử lý", "Đội ứng cứu của tỉnh hỗ trợ"
    )
    assert len([text for text in await house.phuc.loud() if "sự cố số 1" in text]) == 1
    await house.lan.sees("Anh Bình vừa trả lời thêm về sự cố số 1", "Thay đổi")
    await house.binh.types("/nhatky 1")
    await house.binh.sees(
        "anh Bình báo cáo cấp trên: Ban Chỉ đạo; lý do: Vượt khả năng xử lý",
        "anh Bình trả lời thêm: vượt khả năng xử lý của đơn vị: có",
    )


async def test_beyond_ones_means_of_an_unverified_one_wakes_the_team(house: House) -> None:
    await house.lan.reports("Chưa rõ")
    await house.binh.sees("XÁC MINH TRƯỚC")
    await _escalate(house.binh, NEXT, "Vượt khả năng xử lý")
    await house.minh.sees(PAGE)
    assert await house.hung.count(PAGE) == 0
    await house.phuc.sees("Xin ý kiến lãnh đạo: sự cố số 1 có nghiêm trọng không?")


async def test_ended_with_a_result_everybody_is_told_and_nobody_paged_again(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await _end(house.binh)
    await house.binh.sees("Sự cố số 1 đã kết thúc ứng phó", "mở lại 1")
    for phone in (house.lan, house.son):
        await phone.sees("Sự cố số 1 đã kết thúc ứng phó: đã khắc phục xong", "Anh Bình ghi")
    await house.card("SỰ CỐ SỐ 1", "Đã kết thúc ứng phó")
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN – sự cố số 2")
    await house.forward(5)
    await house.minh.sees_times(2, "TIN KHẨN – sự cố số 2")
    assert await house.minh.count(PAGE) == 1
    await house.minh.types("nhận 1")
    await house.minh.sees("Sự cố số 1 không còn chờ ai tiếp nhận")
    await house.binh.types("/nhatky 1")
    await house.binh.sees("anh Bình kết thúc ứng phó: Đã khắc phục xong – Đã cài lại máy")
    await house.binh.types("/status")
    assert "Số 1 " not in await house.binh.sees("Tình hình lúc", "Số 2")


async def test_reopening_needs_a_reason_and_pages_again(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.taps_on(TAKE)
    await house.card("Chủ trì ứng cứu: anh Minh")
    await _end(house.binh)
    await house.binh.types("mở lại 1")
    await house.binh.sees("Mở lại sự cố số 1: vì sao?")
    await house.binh.picks("Hệ thống chưa hoạt động ổn định")
    await house.binh.sees("Ghi rõ thêm một câu")
    assert (await house.log(1))[-1] == "incident.closed"
    await house.binh.types("Người dân lại không nộp được")
    await house.binh.picks("Gửi")
    await house.binh.sees("Sự cố số 1 đã mở lại")
    await house.minh.sees(PAGE)
    await house.lan.sees("Sự cố số 1 mở lại: hệ thống chưa hoạt động ổn định")
    await house.card("SỰ CỐ SỐ 1", "Chưa ai tiếp nhận")


async def test_what_is_over_cannot_be_ended_or_escalated_again(house: House) -> None:
    await house.lan.reports("Có")
    await _end(house.binh)
    for command in ("/ketthuc 1", "/captren 1"):
        await house.binh.types(command)
        await house.binh.sees("Sự cố số 1 đã kết thúc ứng phó. Cần làm tiếp thì gõ “mở lại 1”")
    await house.lan.reports("Có")
    await house.binh.types("/molai 2")
    await house.binh.sees("Sự cố số 2 · đang mở")


@pytest.mark.parametrize("command", ["/ketthuc 1", "/captren 1", "/molai 1", "kết thúc 1"])
async def test_an_official_may_not(house: House, command: str) -> None:
    await house.lan.reports("Có")
    await house.lan.types(command)
    assert NOT_YOURS in await house.lan.screen()
    assert "0262 000 000" in await house.lan.screen()


POWERS = ("trieutap", "phatngon")  # of the plan, for who may see the incident
# Everybody's.
OWN = {"kenh", "ketnoi", "tep", "guitep", "lichtruc", "yenlang"}
DOERS = ("hotro", "ketquahotro", "doica", "vangmat", "aiduocbao")
KEEPERS = ("thongke", "tructhay", "danhsachgoi", "bangtruc", "nhaplich", "lienlac", "tinthu")
MAY = {
    "lan": {"baosuco", "tinhhinh", "english", "huongdan"},
    "son": {
        *("baosuco", "tinhhinh", "viec", "giaidoan", "ketthuc", "molai", "nhatky"),
        *("english", "huongdan", "kichban", "thoihan", "daguibaocao", "danhba", *POWERS),
        *(*DOERS, *KEEPERS),
    },
    "minh": {
        *("baosuco", "baoho", "tinhhinh", "viec", "giaidoan", "captren", "chidao", "ketthuc"),
        *("molai", "nhatky", "english", "huongdan", "tinhhuong", "kichban", *POWERS),
        *("thoihan", "daguibaocao", "dulieucanhan", "danhba", "bangiao", *DOERS),
    },
    "binh": {
        *("baosuco", "baoho", "tinhhinh", "viec", "giaidoan", "captren", "chidao", "ketthuc"),
        *("molai", "nhatky", "moithamgia", "gannhom", "english", "huongdan"),
        *("tinhhuong", "kichban", "thoihan", "daguibaocao", "dulieucanhan", *POWERS),
        *("danhba", "kiemtradanhba", "bangiao", *DOERS, *KEEPERS),
    },
}


@pytest.mark.only("telegram", "a list of commands beside the typing field")
@pytest.mark.parametrize("who", MAY)
async def test_help_and_menu_list_only_what_the_person_may_do(house: House, who: str) -> None:
    phone: Phone = getattr(house, who)
    assert set(await phone.menu()) == MAY[who] | OWN
    await phone.types("/help")
    text = await phone.sees("Hướng dẫn")
    listed = {line.split()[0][1:] for line in text.splitlines() if line.startswith("/")}
    assert listed == MAY[who] | OWN
    assert ("gõ 7 để tiếp nhận xử lý" in text) == (who in ("minh", "binh"))


async def test_a_command_without_its_number_offers_the_open_ones(house: House) -> None:
    await house.binh.types("/ketthuc")
    assert "Không có sự cố nào đang mở" in await house.binh.screen()
    await house.lan.reports("Có")
    await house.binh.types("/ketthuc")
    await house.binh.sees("Kết thúc ứng phó: sự cố nào?")
    await house.binh.taps_on("Số 1")
    await house.binh.sees("Kết thúc ứng phó sự cố số 1: kết quả?")


async def _escalate(phone: Phone, *answers: str) -> None:
    await phone.types("/escalate 1")
    await phone.sees("Báo cấp trên sự cố số 1: báo ai?")
    for answer in answers:
        await phone.picks(answer)
    await phone.picks("Gửi")


async def _end(phone: Phone) -> None:
    await phone.types("/ketthuc 1")
    await phone.picks("Đã khắc phục xong")
    await phone.sees("Đã làm gì, hệ thống thế nào?")
    await phone.types("Đã cài lại máy")
    await phone.picks("Gửi")
    await phone.sees("Sự cố số 1 đã kết thúc ứng phó")


async def test_an_official_is_offered_only_what_they_reported(house: House) -> None:
    colleague = await house.join(130, "Hạnh", await house.invite(Role.OFFICIAL, "tan_lap"))
    await colleague.sees("Tin thử")
    await house.lan.reports("Có")
    await colleague.types("/nhatky")
    await colleague.sees("Không có sự cố nào đang mở để làm việc này")
    await house.lan.types("/nhatky")
    await house.lan.sees("Nhật ký sự cố: sự cố nào?")
    assert len(await house.lan.labels()) == 1
    await house.lan.button("Số 1")
