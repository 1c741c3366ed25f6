"""Support beyond the agency: the text that is prepared, the telephone call, the answer, the log."""

from dataclasses import replace

import pytest

from bot.domain.agency import Agency
from tests.flows.filing import rows
from tests.flows.house import House
from tests.flows.supporting import NATIONAL, TEAM, answers, asks_for_support, with_contacts
from tests.flows.test_steps import of_the_department

TAKE = "Tôi tiếp nhận xử lý"
WAITS = f"{TEAM.name} chưa trả lời đề nghị hỗ trợ sự cố số 1"
FORBIDDEN = "Việc này do người khác làm"


async def taken(house: House, *criteria: str) -> None:
    await house.apply(with_contacts)
    await house.lan.reports(*(criteria or ("Có",)), told="Máy hiện chữ đòi tiền")
    await house.minh.picks(TAKE)
    await house.minh.sees("tiếp nhận sự cố số 1")


async def test_asked_refused_and_the_next_of_the_chain_accepts(house: House) -> None:
    """Prepared from what is known, telephoned by a person; each answer stands in the log."""
    await taken(house)
    minh, binh = house.minh, house.binh
    await minh.types("de nghi ho tro 1")
    await minh.sees("Đề nghị hỗ trợ cho sự cố số 1: nơi nào?")
    if house.network == "telegram":
        assert (await minh.labels())[:2] == [TEAM.name, NATIONAL.name]  # from the province up
    await minh.picks(TEAM.name)
    await minh.picks("Cử người đến hỗ trợ")
    shown = await minh.sees("DỰ THẢO", f"Kính gửi: {TEAM.name}", "“Máy hiện chữ đòi tiền”")
    assert f"{TEAM.name}: {TEAM.phone} (24/24)" in shown
    assert "Đề nghị: cử người đến hỗ trợ." in shown
    assert "Người chủ trì ứng cứu: anh Minh, 0905 000 555" in shown
    assert "Còn thiếu: " not in shown or "diễn biến" not in shown.partition("Còn thiếu")[2]
    assert "Quyết định 05 Điều 11. Cần pháp chế xác nhận." in shown
    await minh.picks("Qua điện thoại")
    await minh.picks("Chờ trả lời")
    await minh.sees("đang chờ trả lời")
    await house.forward(31)
    await minh.sees(WAITS)
    await binh.sees(WAITS)
    await minh.types("kết quả hỗ trợ 1")
    await answers(minh, "Chưa hỗ trợ được", "chị Hoa, trực ban tỉnh", "đang xử lý nơi khác")
    await minh.sees(f"{TEAM.name} chưa hỗ trợ được sự cố số 1", f"Nơi tiếp theo: {NATIONAL.name}")
    await binh.sees(f"{TEAM.name} chưa hỗ trợ được sự cố số 1 (Anh Minh ghi)")
    await minh.types("hỗ trợ 1")
    await minh.sees(f"Đã đề nghị: {TEAM.name} – chưa hỗ trợ được.")
    await minh.picks(NATIONAL.name)
    await minh.types("phân tích tệp đòi tiền giúp")
    await minh.sees("Kính gửi: Cơ quan điều phối quốc gia", "Đề nghị: phân tích tệp đòi tiền giúp.")
    await minh.picks("Đã gửi thư điện tử")
    await answers(minh, "Đồng ý hỗ trợ", "không nêu tên", "không")
    await minh.sees(f"{NATIONAL.name} đồng ý hỗ trợ sự cố số 1. Anh/chị không cần làm gì thêm.")
    await minh.types("tình hình 1")
    await minh.sees(f"{TEAM.name} – chưa hỗ trợ được; {NATIONAL.name} – đồng ý hỗ trợ")
    await binh.types("nhật ký 1")
    await binh.sees(
        f"đề nghị {TEAM.name} hỗ trợ (qua điện thoại): cử người đến hỗ trợ.",
        f"{TEAM.name} chưa trả lời đề nghị hỗ trợ",
        "chưa hỗ trợ được: chị Hoa, trực ban tỉnh – “đang xử lý nơi khác”",
        f"{NATIONAL.name} đồng ý hỗ trợ",
    )
    await house.forward(120)
    assert await binh.count(WAITS) == 1  # answered: nobody is reminded of it again


async def test_what_the_plan_leaves_to_few_goes_to_the_leaders_first(department: House) -> None:
    """KH 2.1.d: the steering committee asks the national coordinator; others prepare it."""
    await department.apply(lambda agency: replace(agency, contacts=(NATIONAL,)))
    hung = await of_the_department(department)
    await hung.types("hỗ trợ 1")
    await hung.sees("Do Ban Chỉ đạo Chuyển đổi số tỉnh Khánh Hòa quyết định", NATIONAL.name)
    await hung.picks(NATIONAL.name)
    await hung.picks("Hỗ trợ kỹ thuật từ xa")
    await hung.sees("DỰ THẢO", "Gửi đề nghị đến lãnh đạo trước?", "II.2.1.d")
    assert not await hung.shows(NATIONAL.phone)
    await hung.picks("Gửi đề nghị")
    await hung.sees("Đã gửi đề nghị đến đồng chí Phúc")
    assert rows(department, "SELECT count(*) FROM supports") == [(0,)]
    await department.phuc.sees("Báo cáo đồng chí Phúc")
    await department.phuc.types("đồng ý")
    await hung.sees("Ý kiến chỉ đạo, sự cố số 1", "Đồng ý")
    await asks_for_support(hung, 1, NATIONAL.name, "Chờ trả lời")
    await hung.sees(f"đề nghị {NATIONAL.name} hỗ trợ sự cố số 1, đang chờ trả lời")


async def test_of_a_secret_nothing_is_said_but_whom_to_meet(house: House) -> None:
    await taken(house, "Không", "Có")
    await house.minh.types("hỗ trợ 1")
    await house.minh.picks(TEAM.name)
    assert "Phân tích mẫu mã độc, nhật ký hệ thống" not in await house.minh.labels()
    await house.minh.picks("Cử người đến hỗ trợ")
    shown = await house.minh.sees("DỰ THẢO", "đến gặp trực tiếp", "Mã sự cố: SC001")
    paper = shown.partition("DỰ THẢO")[2]
    assert "đòi tiền" not in paper
    assert "Một cửa" not in paper
    await house.minh.picks("Qua điện thoại")
    await house.minh.picks("Chưa hỗ trợ được")  # and no words are asked for
    await house.minh.sees(f"{TEAM.name} chưa hỗ trợ được sự cố số 1")


@pytest.mark.only("telegram", "what is erased, not how it is said")
async def test_what_was_asked_before_it_became_a_secret_is_erased(house: House) -> None:
    await taken(house)
    await house.minh.types("hỗ trợ 1")
    await house.minh.picks(TEAM.name)
    await house.minh.types("giải mã tệp lương")
    await house.minh.picks("Qua điện thoại")
    await answers(house.minh, "Đồng ý hỗ trợ", "anh Tuấn", "gửi tệp lương lên")
    await house.minh.sees("đồng ý hỗ trợ")
    await house.minh.types("xác minh 1")
    await house.minh.sees("Xem lại kết quả xác minh")
    await house.minh.types("sửa 2")
    await house.minh.picks("Có")
    await house.minh.picks("Gửi")
    await house.minh.sees("có dấu hiệu liên quan bí mật nhà nước")
    assert rows(house, "SELECT ask, who, words, state FROM supports") == [
        ("send_people", "", "", "accepted")
    ]
    kept = str(rows(house, "SELECT * FROM payloads")) + str(rows(house, "SELECT * FROM forms"))
    assert "tệp lương" not in kept


@pytest.mark.only("telegram", "whom, not how")
async def test_who_may_ask_and_where_there_is_nobody_to_ask(house: House) -> None:
    def alone(agency: Agency) -> Agency:
        return replace(agency, contacts=())

    await house.apply(alone)
    await house.lan.reports("Có")
    await house.minh.picks(TAKE)
    await house.lan.types("hỗ trợ 1")
    await house.lan.sees(FORBIDDEN)
    await house.minh.types("/ketquahotro 1")
    await house.minh.sees("không có đề nghị hỗ trợ nào đang chờ trả lời")
    await house.minh.picks("Đề nghị hỗ trợ")
    await house.minh.picks("Cơ quan điều phối quốc gia (VNCERT/CC)")
    await house.minh.picks("Hỗ trợ kỹ thuật từ xa")
    await house.minh.sees("Danh bạ ngoài cơ quan chưa có số điện thoại của Cơ quan điều phối")
    await house.minh.picks("Chưa gọi, chưa gửi")
    await house.minh.sees("Chưa ghi gì cho sự cố số 1")
    assert rows(house, "SELECT count(*) FROM supports") == [(0,)]
