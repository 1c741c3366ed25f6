"""Vắng mặt: who acts for whom is told, holds their posts, and the paper is shown as it is."""

import pytest

from tests.flows.house import House
from tests.flows.two_duties import on_duty, with_two_duties


async def test_whoever_acts_for_an_absent_leader_gets_what_the_leader_is_asked(
    house: House,
) -> None:
    await with_two_duties(house)
    await house.phuc.types("vắng mặt")
    await house.phuc.picks("đồng chí Phúc")
    await house.phuc.picks("Ba ngày, từ hôm nay")
    await house.phuc.picks("Công tác")
    await house.phuc.picks("anh Bình – Trực ban")
    await house.phuc.sees("Căn cứ nào?")
    await house.phuc.types("Phân công số 12/TB-UBND")
    await house.phuc.sees("Xem lại vắng mặt", "Phân công số 12/TB-UBND")
    await house.phuc.picks("Gửi")
    await house.phuc.sees(
        "Đã ghi: đồng chí Phúc vắng mặt", "Người thay: anh Bình", "Căn cứ: Phân công"
    )
    await house.binh.sees(
        "Anh/chị là người thay khi đồng chí Phúc vắng mặt", "Căn cứ: Phân công số 12"
    )
    away = await house.office.store.look(lambda tx: tx.rosters.away(house.office.clock.now()))
    assert [one.paper for one in away.values()] == ["Phân công số 12/TB-UBND"]
    await house.lan.reports("Có", "Không", "Không", "Không", "Không", "Có")
    await house.binh.sees("Xin ý kiến lãnh đạo: sự cố số 1 có nghiêm trọng không?")
    await house.binh.types("7")
    await house.binh.sees("Đã ghi ý kiến của anh/chị về sự cố số 1")
    await house.binh.types("nhật ký 1")
    await house.binh.sees("(thay đồng chí Phúc, căn cứ Phân công số 12/TB-UBND) cho ý kiến")
    assert await house.phuc.count("Xin ý kiến lãnh đạo") == 0
    await house.phuc.types("đã về")
    await house.phuc.sees("Đã ghi: đồng chí Phúc đã về")
    await house.binh.sees("Đồng chí Phúc đã về", "không làm thay nữa")
    assert not await house.office.store.look(lambda tx: tx.rosters.away(house.office.clock.now()))


@pytest.mark.only("zalo", "7 and 9 are typed")
async def test_seven_answers_what_was_asked_last_a_page_or_a_question_to_a_leader(
    house: House,
) -> None:
    """Anh Hùng acts for a leader and is told of the page later: his 7 takes it, and decides
    nothing."""
    await with_two_duties(house)
    await house.phuc.types("vắng mặt")
    for label in ("đồng chí Phúc", "Ba ngày, từ hôm nay", "Công tác", "anh Hùng – Đội phó"):
        await house.phuc.picks(label)
    await house.phuc.picks("Chưa có văn bản")
    await house.phuc.picks("Gửi")
    await house.lan.reports("Có", "Không", "Không", "Không", "Không", "Có")
    await house.hung.sees("Xin ý kiến lãnh đạo: sự cố số 1 có nghiêm trọng không?")
    await house.forward(5)
    await house.minh.sees("(nhắc lại lần 2)")
    await house.forward(6)
    await house.hung.sees("TIN KHẨN – sự cố số 1", "7 = Tôi tiếp nhận xử lý")
    await house.hung.types("7")
    await house.hung.sees("Anh Hùng tiếp nhận sự cố số 1")
    assert "verdict.decided" not in await house.log(1)
    await house.hung.types("9")
    await house.hung.sees("Đã ghi ý kiến của anh/chị về sự cố số 1: Không nghiêm trọng")


async def test_who_is_away_is_passed_over_and_no_paper_is_said_to_be_none(house: House) -> None:
    await with_two_duties(house)
    assert await on_duty(house) == ["anh Bình"]
    await house.hung.types("nghỉ phép")
    await house.hung.picks("anh Bình")  # said by another officer in charge
    await house.hung.types("hôm nay đến mai")
    await house.hung.picks("Ốm")
    labels = await house.hung.labels()
    assert "anh Hùng – Đội phó" not in labels  # nobody gives himself the posts of another
    await house.hung.picks("đồng chí Phúc – Phó Chủ tịch, Phó Trưởng Ban Chỉ đạo")
    await house.hung.picks("Chưa có văn bản")
    await house.hung.picks("Gửi")
    await house.hung.sees("Đã ghi: anh Bình vắng mặt", "Căn cứ: chưa có văn bản")
    await house.binh.sees("Anh Hùng đã ghi: anh/chị vắng mặt", "Không đúng thì")
    await house.phuc.sees("Anh/chị là người thay khi anh Bình vắng mặt", "Căn cứ: chưa có văn bản")
    assert await on_duty(house) == ["đồng chí Phúc"]
    await house.binh.types("đã về")
    await house.binh.sees("Đã ghi: anh Bình đã về")
    assert await on_duty(house) == ["anh Bình"]


@pytest.mark.only("telegram", "what is said, not how")
async def test_who_leads_an_incident_is_asked_to_hand_it_over_before_leaving(house: House) -> None:
    await with_two_duties(house)
    await house.lan.reports("Có")
    await house.minh.picks("Tôi tiếp nhận xử lý")
    await house.minh.types("vắng mặt")
    for label in ("Ngày mai", "Nghỉ phép", "Không có người thay", "Gửi"):
        await house.minh.picks(label)
    await house.minh.sees("Đang chủ trì ứng cứu sự cố số 1: bàn giao trước khi đi")
    await house.minh.picks("Bàn giao sự cố số 1")
    await house.minh.sees("Bàn giao việc chủ trì cho ai?")
    await house.minh.types("đã về")  # tomorrow's leave, in the words that its screen quotes
    await house.minh.sees("Đã ghi: anh Minh đã về")
    await house.lan.types("hủy")  # nothing is open to be cancelled: it is no report either
    await house.lan.sees("Chưa có câu hỏi nào đang chờ")
