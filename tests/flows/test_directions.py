"""A leader speaks, somebody writes it down (/chidao), and one tap confirms it in the morning."""

from dataclasses import replace

import pytest

from bot.domain.agency import Agency, Listed, Post
from bot.domain.people import Role
from tests.flows.filing import all_said, in_files, rows
from tests.flows.house import House
from tests.flows.person import Phone

LEADER = "đồng chí Phúc – Phó Chủ tịch, Phó Trưởng Ban Chỉ đạo"
WAITING = "chờ xác nhận"


async def reported(house: House, *criteria: str) -> None:
    """Minh has it; with C6 as có the rule proposes "nghiêm trọng" and Phúc is asked to decide."""
    await house.lan.reports(*criteria)
    await house.minh.taps_on("Tôi tiếp nhận xử lý")
    await house.minh.sees("tiếp nhận sự cố số 1")


async def asked(house: House) -> None:
    await reported(house, "Có")
    await house.binh.types("/captren 1")
    for label in ("Ban Chỉ đạo", "Cần ý kiến chỉ đạo", "Đề nghị Đội ứng cứu của tỉnh hỗ trợ"):
        await house.binh.picks(label)
    await house.binh.picks("Gửi")
    await house.phuc.sees("Báo cáo đồng chí Phúc")


async def writes_down(who: Phone, direction: str, leader: str = LEADER) -> str:
    """By tapping, and typing where it is no button; the screen after."""
    await who.types("/chidao 1")
    await who.picks(leader)
    await who.picks("Qua điện thoại")
    await who.picks("Vừa nói xong")
    if direction in await who.labels():
        await who.picks(direction)
    else:
        await who.types(direction)
    await who.sees("Xem lại trước khi ghi ý kiến chỉ đạo", direction)
    return await who.picks("Gửi")


@pytest.mark.only("telegram", "messages without a sound")
async def test_agreed_on_the_telephone_and_confirmed_in_the_morning(house: House) -> None:
    await asked(house)
    binh, minh, phuc = house.binh, house.minh, house.phuc
    await binh.types("chi dao 1")
    await binh.sees("Ý kiến chỉ đạo của ai, về sự cố số 1?")
    assert (await binh.labels())[0] == LEADER  # who was asked comes first
    await binh.types("1")
    await binh.types("qua dien thoai")
    await binh.sees("Nói lúc nào?")
    await binh.types("vua noi xong")
    await binh.sees("Ý kiến thế nào?")
    await binh.types("dong y")
    await binh.sees("Ý kiến của: đồng chí Phúc", "Cách nghe: Qua điện thoại", "Ý kiến: Đồng ý")
    await binh.types("gửi")
    await binh.sees("Đã ghi ý kiến chỉ đạo, sự cố số 1: đồng chí Phúc – Đồng ý", "Làm theo ngay")
    await minh.sees(
        "Ý kiến chỉ đạo, sự cố số 1: đồng chí Phúc – Đồng ý",
        "Đã xin ý kiến: Đề nghị Đội ứng cứu của tỉnh hỗ trợ",
        "; anh Bình ghi thay, chờ xác nhận.",
    )
    await phuc.sees("Xin xác nhận ý kiến chỉ đạo của anh/chị", "Đồng ý", "anh Bình ghi thay")
    await all_said(house)
    assert [text for text in await phuc.loud() if "Xin xác nhận" in text] == []
    assert await phuc.count("Xin xác nhận") == 1
    for word in ("tinh hinh", "tinh hinh 1"):
        await binh.types(word)
    await binh.sees("chờ đồng chí Phúc xác nhận ý kiến nói lúc")
    await binh.sees("Ý kiến chỉ đạo: đồng chí Phúc – Đồng ý; qua điện thoại", WAITING)

    await house.forward(6 * 60)
    message, data = await phuc.button("Xác nhận")
    await phuc.picks("Xác nhận")
    await phuc.sees("Anh/chị đã xác nhận ý kiến chỉ đạo", "không thay văn bản ký")
    for phone in (binh, minh):
        await phone.sees("Đồng chí Phúc đã xác nhận ý kiến chỉ đạo, sự cố số 1: Đồng ý")
        assert not [text for text in await phone.loud() if "đã xác nhận" in text]
    await phuc.presses(message, data, stale=True)
    await phuc.sees("Anh/chị đã xác nhận ý kiến này", "Không có gì thay đổi")
    await phuc.presses(message, data.replace("confirm", "deny"), stale=True)
    await binh.types("tinh hinh 1")
    await binh.sees("anh Bình ghi thay; đã xác nhận")
    await binh.types("nhat ky 1")
    await binh.sees("anh Bình ghi ý kiến chỉ đạo của đồng chí Phúc, qua điện thoại", WAITING)
    log = await house.log(1)
    assert log.count("direction.confirmed") == log.count("direction.recorded") == 1
    assert "direction.denied" not in log
    await house.forward(9 * 60)
    assert "direction.waits" not in await house.log(1)
    assert (await house.proof()).broken is None


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_a_decision_that_was_never_said_is_taken_back(house: House) -> None:
    await reported(house, "Có", "Không", "Không", "Không", "Không", "Có")
    binh, minh, phuc = house.binh, house.minh, house.phuc
    await phuc.sees("Xin ý kiến lãnh đạo: sự cố số 1 có nghiêm trọng không?")
    await writes_down(minh, "Nghiêm trọng")  # who has it may write it down as well
    await house.card("Nghiêm trọng theo Kế hoạch: có, lãnh đạo đã quyết định")
    await phuc.sees("Xin xác nhận ý kiến chỉ đạo của anh/chị, sự cố số 1: Nghiêm trọng")
    await phuc.types("ok")  # polite, and no confirmation
    await phuc.sees_times(2, "Xin xác nhận ý kiến chỉ đạo")
    await house.son.types("9")  # somebody else's word settles nothing
    for phone in (house.son, binh):
        before, _ = await phone.button("Báo sự cố")
        _, data = await phuc.button("Xác nhận")
        assert "người khác làm" in await phone.presses(before, data, stale=True)
    assert "direction.denied" not in await house.log(1)
    await phuc.types("không đúng")
    await phuc.sees("anh/chị không xác nhận", "Xin quyết định", "Trực ban: anh Bình 0905 000 222")
    for phone in (binh, minh):
        await phone.sees(
            "Đồng chí Phúc không xác nhận ý kiến đã ghi", "Nghiêm trọng", "0905 000 666"
        )
        await phone.sees("nay trở lại: đề xuất, chờ lãnh đạo quyết định", "Dừng việc đang làm")
        assert [text for text in await phone.loud() if "không xác nhận" in text]
    await house.card("Nghiêm trọng theo Kế hoạch: đề xuất, chờ lãnh đạo quyết định")
    await house.forward(30)
    await phuc.picks("Không nghiêm trọng")
    await house.card("Nghiêm trọng theo Kế hoạch: không, lãnh đạo đã quyết định")
    await binh.types("nhat ky 1")
    await binh.sees(
        "đồng chí Phúc quyết định nghiêm trọng theo Kế hoạch: có",
        "(anh Minh ghi thay)",
        "đồng chí Phúc không xác nhận ý kiến do anh Minh ghi: Nghiêm trọng",
        "trở lại: đề xuất",
    )
    assert "leaders.silent" not in await house.log(1)  # the duty officer has been told already
    assert (await house.proof()).broken is None


async def test_what_another_leader_decided_stands_again(house: House) -> None:
    await house.apply(_with_ha)
    ha = await house.join(140, "Hà", await house.invite(Role.LEADER, "ban_chi_dao", "ha"))
    await reported(house, "Có", "Không", "Không", "Không", "Không", "Có")
    await house.phuc.picks("Nghiêm trọng")
    await house.card("Nghiêm trọng theo Kế hoạch: có, lãnh đạo đã quyết định")
    await writes_down(house.binh, "Không nghiêm trọng", "đồng chí Hà – Trưởng Ban Chỉ đạo")
    await house.card("Nghiêm trọng theo Kế hoạch: không, lãnh đạo đã quyết định")
    await ha.picks("Không đúng")
    await house.binh.sees("Đồng chí Hà không xác nhận", "nay trở lại: có, lãnh đạo đã quyết định")
    await house.card("Nghiêm trọng theo Kế hoạch: có, lãnh đạo đã quyết định")


async def test_the_task_that_a_denied_decision_opened_waits_again(house: House) -> None:
    """Krông Pắc, bước I.4: only in a serious incident."""
    six = ("Có", "Không", "Không", "Không", "Không", "Có")
    await house.nga.reports(*six, system="Máy tính, mạng cơ quan")
    await house.h_linh.taps_on("Tôi tiếp nhận xử lý")
    await house.phuc.sees("Xin ý kiến lãnh đạo")
    assert _state_of(house, "i_4") == "held"
    await writes_down(house.binh, "Nghiêm trọng")
    assert _state_of(house, "i_4") == "open"
    await house.phuc.picks("Không đúng")
    await house.h_linh.sees("không xác nhận ý kiến đã ghi", "Dừng việc đang làm")
    assert _state_of(house, "i_4") == "held"
    await all_said(house)  # its card says so as well
    await house.phuc.picks("Nghiêm trọng")
    assert _state_of(house, "i_4") == "open"
    await all_said(house)
    assert (await house.proof()).broken is None


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_the_older_message_confirms_too_and_words_stand_alone(house: House) -> None:
    await asked(house)
    binh, phuc = house.binh, house.phuc
    message, data = await phuc.button("Đồng ý")
    await writes_down(binh, "Đồng ý")
    await phuc.sees("Xin xác nhận")
    await phuc.presses(message, data.replace("agree", "call"), stale=True)
    await phuc.sees_times(2, "Xin xác nhận")
    await phuc.presses(message, data, stale=True)
    await phuc.sees("Anh/chị đã xác nhận ý kiến chỉ đạo, sự cố số 1: Đồng ý")

    words = "Cho tạm dừng cổng dịch vụ đến sáng"
    await writes_down(binh, words)
    await house.minh.sees(f"đồng chí Phúc – “{words}”", "anh Bình ghi thay")
    await phuc.sees(f"sự cố số 1: “{words}”")
    await phuc.types("/start")
    await phuc.types("9")
    await phuc.sees("anh/chị không xác nhận", "Trực ban sẽ gọi điện thoại để ghi lại cho đúng")
    await binh.sees("không xác nhận ý kiến đã ghi", f"“{words}”", "Gọi điện thoại ngay")
    await binh.picks("Ghi ý kiến chỉ đạo")  # the way on is a button of that message
    await binh.sees("Ý kiến chỉ đạo của ai")
    await binh.types("hủy")


@pytest.mark.only("telegram", "told at once that somebody has shut it out")
async def test_nobody_confirms_and_the_duty_officer_is_reminded_once(house: House) -> None:
    await reported(house, "Có")
    binh, phuc, son = house.binh, house.phuc, house.son
    await phuc.block()
    for words in ("Ngắt mạng cả xã", "Giữ nguyên máy"):
        shown = await writes_down(binh, words)
        assert "Không gửi tin được cho đồng chí Phúc" in shown
    await writes_down(binh, "Mời Công an tỉnh", leader="anh Sơn – Chủ tịch UBND xã")
    await son.sees("Xin xác nhận ý kiến chỉ đạo của anh/chị, sự cố số 1: “Mời Công an tỉnh”")
    await son.types("7")
    await son.sees("Anh/chị đã xác nhận")
    await house.forward(7 * 60 + 50)
    assert "direction.waits" not in await house.log(1)
    await house.forward(20)
    await binh.sees_times(
        2,
        "Đồng chí Phúc chưa xác nhận ý kiến nói lúc",
    )
    await house.forward(24 * 60)
    assert (await house.log(1)).count("direction.waits") == 2
    await phuc.unblock()
    await binh.types("/ketthuc 1")
    await binh.picks("Đã khắc phục xong")
    await binh.types("cài lại máy")
    await binh.picks("Gửi")
    await phuc.types("7")  # two wait: the newest is shown, nothing is guessed
    message, data = await phuc.button("Xác nhận")
    await phuc.sees("“Giữ nguyên máy”", "Xin xác nhận")
    await phuc.presses(message, data)
    await phuc.sees("Anh/chị đã xác nhận ý kiến chỉ đạo, sự cố số 1: “Giữ nguyên máy”")
    await phuc.types("xác nhận 1")
    await phuc.sees("Anh/chị đã xác nhận ý kiến chỉ đạo, sự cố số 1: “Ngắt mạng cả xã”")
    await binh.types("/chidao 1")
    await binh.sees("Sự cố số 1 đã kết thúc ứng phó")


async def test_of_a_secret_no_word_is_taken_and_what_was_written_is_erased(house: House) -> None:
    await asked(house)
    binh, phuc = house.binh, house.phuc
    await writes_down(binh, "Chờ Công an rồi mới mở Hưởngxyz")
    await phuc.sees("Xin xác nhận", "Hưởngxyz")
    await binh.types("/tinhhinh 1")
    await binh.picks("Xác minh")
    await binh.types("sửa 2")
    await binh.picks("Có")
    await binh.picks("Gửi")
    await binh.sees("có dấu hiệu liên quan bí mật nhà nước")
    await all_said(house)
    assert in_files(house, "Hưởngxyz") == []
    await phuc.types("7")  # an open question comes first: C2 has made it serious, perhaps
    await phuc.sees("Đã ghi ý kiến của anh/chị về sự cố số 1: Nghiêm trọng")
    await phuc.types("7")
    shown = await phuc.sees("Anh/chị đã xác nhận ý kiến chỉ đạo, sự cố số 1")
    assert "Hưởngxyz" not in shown
    await binh.types("/chidao 1")
    await binh.picks(LEADER)
    await binh.picks("Gặp trực tiếp")
    await binh.picks("Vừa nói xong")
    await binh.types("một câu Hưởngxyz")
    await binh.sees("Chưa khớp câu trả lời nào")
    await binh.picks("Có ý kiến, không ghi nội dung")
    await binh.picks("Gửi")
    await binh.sees("đồng chí Phúc – Có ý kiến, không ghi nội dung")
    await phuc.picks("Xác nhận")
    assert in_files(house, "Hưởngxyz") == []
    assert rows(house, "SELECT words FROM directions") == [("",), ("",)]
    assert (await house.proof()).broken is None


async def test_who_may_not_and_what_has_changed_meanwhile(house: House) -> None:
    await asked(house)
    binh, phuc = house.binh, house.phuc
    for phone in (house.lan, house.hung, house.son):
        await phone.types("/chidao 1")
        assert "Việc này do người khác làm" in await phone.screen()
    await binh.types("/chidao")
    await binh.picks("Số 1")
    await binh.picks(LEADER)
    await binh.picks("Trong cuộc họp")
    await binh.picks("Vừa nói xong")
    await binh.picks("Đồng ý")
    await binh.types("sửa 1")  # another leader, of whom nothing was asked: no "Đồng ý" to give
    await binh.picks("anh Sơn – Chủ tịch UBND xã")
    await binh.sees("Ý kiến thế nào?")
    assert "Đồng ý" not in await binh.labels()
    await binh.types("sửa 1")
    await binh.picks(LEADER)
    await binh.picks("Đồng ý")
    await phuc.picks("Ý kiến khác")
    await phuc.types("Chờ tôi về")
    await phuc.sees("Đã ghi ý kiến của anh/chị về sự cố số 1: Ý kiến khác")
    await binh.picks("Gửi")
    await binh.sees("đồng chí Phúc cho ý kiến: Ý kiến khác")
    assert "direction.recorded" not in await house.log(1)


async def test_in_english(house: House) -> None:
    await asked(house)
    binh, phuc = house.binh, house.phuc
    for phone in (binh, phuc, house.minh):
        await phone.types("English")
    await binh.types("direction 1")
    await binh.sees("Whose direction is it, on incident 1?")
    await binh.picks(LEADER)
    await binh.types("by telephone")
    await binh.picks("Just said")
    await binh.types("agreed")
    await binh.picks("Send")
    await binh.sees("Direction on incident 1 recorded: đồng chí Phúc – Agreed", "It takes effect")
    await house.minh.sees("By telephone", "written down by anh Bình, to be confirmed")
    await phuc.sees("Please confirm your direction on incident 1: Agreed")
    await phuc.types("not correct")
    await phuc.sees("you do not confirm", "You are asked for")
    await binh.sees("does not confirm the direction recorded on incident 1: Agreed", "Stop")
    await phuc.picks("Agreed")
    await binh.types("log 1")
    await binh.sees("anh Bình wrote down a direction of đồng chí Phúc, by telephone")


def _state_of(house: House, step: str) -> object:
    ((state,),) = rows(house, f"SELECT state FROM tasks WHERE step = '{step}'")
    return state


def _with_ha(agency: Agency) -> Agency:
    posts = (Post("leader", "ban_chi_dao", 2),)
    ha = Listed("ha", "Hà", "đồng chí", "Trưởng Ban Chỉ đạo", "0905 000 668", posts)
    return replace(agency, people=(*agency.people, ha))
