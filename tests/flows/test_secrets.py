"""State secrets (P6; Luật 117/2025, Điều 5): no word of one is kept, forwarded or shown.

What is erased is looked for in the bytes of the database's files, write-ahead log and all: a row
that is gone may still stand in a page that is free.
"""

import pytest

from tests.flows.filing import (
    all_said,
    answers,
    begins,
    in_files,
    newest_ids,
    picks_system,
    reaches_criteria,
    rows,
)
from tests.flows.house import House
from tests.flows.person import Phone

SYSTEM = "Một cửa, dịch vụ công"
MARKED = "công văn đóng dấu mật bị Hưởngxyz chụp gửi ra ngoài"
PLAIN = "may cua anh Hoangxyz bi chiem, tai lieu quyhoachxyz bi chup gui di"
TRACES = ("xyz", "Hoang", "quyhoach", "Hưởng", "đóng dấu")
STOPPED = "Dừng lại: tin vừa gửi có dấu hiệu tài liệu mật. Không lưu gì của tin đó"
MEET = "Gặp trực tiếp: anh Sơn, Chủ tịch UBND xã, phòng Chủ tịch, trụ sở UBND xã Tân Lập."
MEET_PAGE = "Đề nghị gặp trực tiếp anh Sơn, Chủ tịch UBND xã"


async def test_a_marking_in_the_first_sentence_stops(house: House) -> None:
    lan = house.lan
    await lan.types(MARKED)
    await lan.sees(STOPPED, "Anh/chị xóa tin đó", "ghi là Có", MEET, "Câu 1/")
    assert in_files(house, *TRACES) == []
    await lan.picks("Khác, chưa rõ")
    await lan.sees("Phát hiện lúc nào?")


async def test_a_marking_at_question_2_goes_on_without_words(house: House) -> None:
    lan = house.lan
    before = await newest_ids(house)
    await begins(lan, SYSTEM)
    await lan.types(MARKED)
    await lan.sees(STOPPED, "ghi là Có", MEET, "Phát hiện lúc nào?")
    assert in_files(house, *TRACES) == []
    await lan.picks("Vừa phát hiện")
    assert "Bí mật nhà nước" not in await lan.picks("Không")  # C2 is known: C3 is next
    await lan.sees("Có dữ liệu quan trọng bị mất")
    await answers(lan, ["no", "no", "no", "unknown"])
    await lan.picks("Vẫn đang xảy ra")
    review = await lan.sees("Xem lại trước khi gửi")
    assert "Không ghi nội dung: có dấu hiệu bí mật nhà nước." in review
    assert "“" not in review
    sent = await lan.picks("Gửi")
    await _only_the_code_is_told(house, sent, before)


async def test_a_marking_with_an_answer_already_given_erases_it(house: House) -> None:
    lan = house.lan
    await reaches_criteria(lan, SYSTEM, PLAIN)
    assert in_files(house, *TRACES) != []
    await lan.picks("Quay lại")
    await lan.picks("Quay lại")
    await lan.types(MARKED)
    await lan.sees(STOPPED)
    assert in_files(house, *TRACES) == []
    assert (await house.proof()).broken is None


@pytest.mark.only("telegram", "words that can be taken back from a chat")
async def test_c2_chosen_erases_what_was_written_before(house: House) -> None:
    lan = house.lan
    before = await newest_ids(house)
    await lan.types(PLAIN)
    await lan.picks("Có")
    await picks_system(lan, SYSTEM)
    await lan.picks("Vừa phát hiện")
    await answers(lan, ["no"])
    assert in_files(house, *TRACES) != []
    shown = await lan.picks("Có")
    assert "Không ghi nội dung nào ở đây." in shown
    assert "kể cả qua Zalo, điện thoại, thư điện tử" in shown
    assert MEET in shown
    assert in_files(house, *TRACES) == []
    await answers(lan, ["no", "no", "no", "unknown"])
    await lan.picks("Vẫn đang xảy ra")
    await lan.types("sua 2")  # no longer the question for words
    await lan.sees("Phát hiện lúc nào?")
    await lan.picks("Sáng nay")
    sent = await lan.picks("Gửi")
    await _only_the_code_is_told(house, sent, before)


@pytest.mark.only("telegram", "words that can be taken back from a chat")
async def test_c2_by_completing_a_report_erases(house: House) -> None:
    lan = house.lan
    await begins(lan, SYSTEM)
    await lan.types(PLAIN)
    await lan.sees("Câu 3/10")
    await lan.picks("Gửi ngay, bổ sung sau")
    await all_said(house)
    await lan.picks("Bổ sung")
    await lan.picks("Vừa phát hiện")
    await answers(lan, ["no", "yes", "no", "no", "no", "no"])
    await lan.picks("Vẫn đang xảy ra")
    await lan.sees("Xem lại", "Không ghi nội dung")
    before = await newest_ids(house)
    await lan.picks("Gửi")
    await lan.sees("thành “Cần ứng phó”", MEET_PAGE)
    await _nothing_is_left(house, before)


@pytest.mark.only("telegram", "words that can be taken back from a chat")
@pytest.mark.parametrize("lead", ["minh", "binh"])
async def test_c2_by_verification_erases(house: House, lead: str) -> None:
    """Its words have already gone through a log, notices, a card: nothing of them is left."""
    lan, verifier = house.lan, house.phones[lead]
    await lan.reports("Có", system=SYSTEM, told=PLAIN)
    await house.card("quyhoachxyz")
    await house.minh.sees("TIN KHẨN – sự cố số 1", "quyhoachxyz")
    await all_said(house)
    assert in_files(house, *TRACES) != []
    await verifier.types("/tinhhinh 1")
    await verifier.picks("Xác minh")
    await _verifies_c2(verifier)
    before = await newest_ids(house)
    await verifier.picks("Gửi")
    await verifier.sees("Đã ghi câu trả lời cho sự cố số 1.", MEET_PAGE)
    await house.card("Mã SC001: không trao đổi nội dung qua kênh này.")
    await _nothing_is_left(house, before)


async def test_words_under_way_when_it_becomes_secret_are_not_written_down(house: House) -> None:
    """A page was sent with its words, and the platform says so only after they were erased."""
    lan, binh = house.lan, house.binh
    await reaches_criteria(lan, SYSTEM, PLAIN)
    await answers(lan, ["yes", "no", "no", "no", "no", "no"])
    await lan.picks("Vẫn đang xảy ra")
    await house.stage.post("faults", {"method": "sendMessage", "delay_seconds": 2, "times": 1})
    await lan.picks("Gửi")
    await house.minh.sees("TIN KHẨN – sự cố số 1", "quyhoachxyz")
    await binh.types("xac minh 1")
    await _verifies_c2(binh)
    await binh.picks("Gửi")
    await all_said(house)
    assert in_files(house, *TRACES) == []


async def test_words_of_a_leader_and_of_an_escalation_are_erased_as_well(house: House) -> None:
    binh, phuc = house.binh, house.phuc
    await house.lan.reports("Có", system=SYSTEM, told="may cham")
    await binh.types("/captren 1")
    await binh.picks("Ban Chỉ đạo")
    await binh.picks("Cần ý kiến chỉ đạo")
    await binh.types("xin cho quyhoachxyz ngung may")
    await binh.sees("Xem lại trước khi báo cáo")
    await binh.picks("Gửi")
    await phuc.sees("Xin ý kiến:", "quyhoachxyz")
    await phuc.picks("Ý kiến khác")
    await phuc.types("hoi anh Hoangxyz truoc da")
    await binh.sees("Hoangxyz")
    await all_said(house)
    assert in_files(house, "quyhoachxyz", "Hoangxyz") == ["quyhoachxyz", "Hoangxyz"]
    await binh.types("/tinhhinh 1")
    await binh.picks("Xác minh")
    await _verifies_c2(binh)
    await binh.picks("Gửi")
    await all_said(house)
    assert in_files(house, *TRACES) == []
    assert (await house.proof()).broken is None


async def test_a_secret_incident_takes_no_words_any_more(house: House) -> None:
    """Neither a leader's, nor those of ending it: the form has no question for words left."""
    lan, binh = house.lan, house.binh
    await lan.reports("Không", "Có", system=SYSTEM, told=PLAIN)
    await house.phuc.sees("mã SC001")
    assert "Ý kiến khác" not in await house.phuc.labels()
    await binh.types("/ketthuc 1")
    assert "Xem lại" in await binh.picks("Đã khắc phục xong")
    await binh.types("da thu hoi tai lieu quyhoachxyz")
    await all_said(house)
    assert in_files(house, *TRACES) == []


async def test_a_changed_password_is_no_secret(house: House) -> None:
    lan = house.lan
    await lan.types("doi mat khau xong roi")
    await lan.sees("Anh/chị muốn báo sự cố?", "doi mat khau xong roi")
    await lan.picks("Có")
    await picks_system(lan, SYSTEM)
    await lan.picks("Vừa phát hiện")
    await answers(lan, ["no"] * 6)
    await lan.picks("Đã hết")
    await lan.sees("Xem lại trước khi gửi", "“doi mat khau xong roi”")


async def test_marked_words_at_a_choice_are_not_said_again(house: House) -> None:
    lan = house.lan
    await reaches_criteria(lan, SYSTEM, "may cham")
    await lan.types(MARKED)
    shown = await lan.sees(STOPPED)
    assert "Hưởng" not in shown
    assert in_files(house, *TRACES) == []
    await lan.picks("Có")
    await lan.sees("Câu 5/10")


@pytest.mark.only("telegram", "elsewhere no file's name is told")
async def test_a_picture_of_a_secret_is_not_taken(house: House) -> None:
    """No picture, no caption, no name of a file; and the way is shown."""
    lan = house.lan
    for number, thing in enumerate(
        ({"photo": True, "caption": MARKED}, {"document": "Hưởngxyz đóng dấu mật.docx"}), 1
    ):
        await lan.says(**thing)
        await lan.sees_times(number, STOPPED)
    assert in_files(house, *TRACES) == []


async def _verifies_c2(who: Phone) -> None:
    """From the verify form, wherever it begins, to its review with C2 as có."""
    await who.sees("Xem lại kết quả xác minh sự cố số 1")
    await who.types("sửa 2")
    await who.sees("bí mật nhà nước không?")
    shown = await who.picks("Có")
    assert "Xem lại" in shown


async def _only_the_code_is_told(house: House, sent: str, before: dict[str, int]) -> None:
    """The reporter, the page, the leader's question and the copy: a code, and whom to meet."""
    assert "mã SC001" in sent
    assert MEET_PAGE in sent
    page = await house.minh.sees("TIN KHẨN – mã SC001.", "Không trao đổi nội dung qua kênh này.")
    assert MEET_PAGE in page
    assert SYSTEM not in page
    await house.phuc.sees("mã SC001", "nghiêm trọng theo Kế hoạch hay không?")
    await house.son.sees("Mã SC001: không trao đổi nội dung qua kênh này.")
    await house.card("SỰ CỐ SỐ 1", "Mã SC001")
    await _nothing_is_left(house, before)


async def _nothing_is_left(house: House, before: dict[str, int]) -> None:
    """No trace in the files, nor in anything said since; the log is intact after the erasure."""
    binh = house.binh
    for command in ("/tinhhinh", "/tinhhinh 1", "/nhatky 1"):
        await binh.types(command)
        await binh.sees("SC001" if command != "/nhatky 1" else "Nhật ký sự cố số 1")
    await all_said(house)
    for key, phone in house.phones.items():
        new = [m for m in await phone.messages() if m["id"] > before[key] and m["from"]["is_bot"]]
        assert not [m["text"] for m in new if any(t in m["text"] for t in TRACES)]
    assert not [text for text in await binh.all_texts(house.group) if "xyz" in text]
    assert in_files(house, *TRACES) == []
    assert rows(house, "SELECT told, is_secret FROM incidents") == [("", 1)]
    assert (await house.proof()).broken is None
