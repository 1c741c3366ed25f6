"""A shared duty telephone: who holds it says so, and the log names the human (words.md 3.5)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.agency import Agency, Listed, Post
from bot.domain.people import Role
from tests.flows.filing import all_said, rows
from tests.flows.handing import PICTURE, sends
from tests.flows.house import House, copy_of, running
from tests.flows.person import Phone

PAGE, TAKE = "TIN KHẨN – sự cố số 1", "Tôi tiếp nhận xử lý"
ASKED = "Ai đang cầm máy trực?"
DUTY = (Post("duty", "thi_xa", 1),)
TEAM = (Post("responder", "doi_ung_cuu", 9),)


@pytest.fixture
async def house(template: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The duty officers share one telephone; none of the three has another."""
    async with running(copy_of(template, tmp_path)) as house:
        await house.apply(_shared)
        code = await house.invite(Role.DUTY, "thi_xa", "may_truc")
        phone = await house.join(140, "Máy trực", code)
        await phone.sees("Đã kết nối: máy trực, trực ban, UBND thị xã Mẫu")
        await phone.picks("Tôi nhận được")
        house.phones["device"] = phone
        yield house


async def test_who_takes_it_says_who_it_is_and_it_is_done_at_once(house: House) -> None:
    device, lan = house.phones["device"], house.lan
    await lan.reports("Có")
    await device.sees(PAGE)
    await device.types("/tinhhinh 1")  # looking needs no name
    await device.sees("Người báo: chị Lan")
    assert await device.count(ASKED) == 0
    message, data = await device.button(TAKE)
    shown = await device.picks(TAKE)
    assert ASKED in shown
    assert await device.labels() == ["anh Tín", "chị Ngọc", "anh Dũng"]
    press = await device.button("anh Tín")
    taken = await device.picks("anh Tín")
    assert "Anh Tín tiếp nhận sự cố số 1" in taken
    assert taken.endswith("Đang cầm máy: anh Tín")
    await device.presses(*press, stale=True)  # pressed twice
    assert "đang cầm máy là anh Tín" in device.toast
    await lan.sees("Anh Tín tiếp nhận sự cố số 1", "0905 000 701")
    await house.card("Chủ trì ứng cứu: anh Tín")
    await device.types("/nhatky 1")
    said = await device.sees("Nhật ký sự cố số 1", "anh Tín tiếp nhận (ứng phó)")
    assert "máy trực tiếp nhận" not in said
    await device.presses(message, data, stale=True)  # an old button: by the same hand
    await device.sees("Anh/chị đã tiếp nhận sự cố số 1")
    await device.types("tra lai")
    await lan.sees("Anh Tín chưa xử lý được sự cố số 1")
    await all_said(house)
    assert await device.count("Anh Tín tiếp nhận sự cố số 1 lúc", "không cần làm gì thêm") == 0
    await device.types("/start")  # the chat stays the telephone's
    await device.types("nhận 1")
    await house.phuc.types("/ketthuc 1")
    await house.phuc.picks("Đã khắc phục xong")
    await house.phuc.types("xong cả")
    await house.phuc.picks("Gửi")
    await device.sees("Sự cố số 1 đã kết thúc ứng phó")  # as duty officer, and to anh Tín
    await lan.reports("Có")
    await device.sees("TIN KHẨN – sự cố số 2")
    await all_said(house)
    assert await device.count("Sự cố số 1 đã kết thúc ứng phó") == 1
    assert rows(house, "SELECT count(*) FROM notices WHERE why = 'not_connected'") == [(0,)]


async def test_the_next_one_is_asked_by_word_and_after_a_shift(house: House) -> None:
    device = house.phones["device"]
    await house.lan.reports("Có")
    await device.sees(PAGE)
    await device.types("nhận 1")
    await device.sees(ASKED, "chọn xong làm tiếp ngay")
    await device.types("2")
    await device.sees("Chị Ngọc tiếp nhận sự cố số 1", "Đang cầm máy: chị Ngọc")
    await device.types("đổi người")
    await device.sees(ASKED)
    await device.types("dung")
    await device.sees("Đang cầm máy: anh Dũng")
    await device.types("nhận 1")
    await device.sees("Việc này chị Ngọc đã nhận lúc")
    await device.types("/ketthuc 1")
    await device.sees("Kết thúc ứng phó sự cố số 1: kết quả?", "Đang cầm máy: anh Dũng")
    await house.forward(8 * 60)
    await device.picks("Đã khắc phục xong")  # a shift later nobody is taken for who it was
    await device.sees(ASKED)
    await device.picks("anh Dũng")
    await device.sees("Đã làm gì, hệ thống thế nào?", "Đang cầm máy: anh Dũng")
    await device.types("Đã cài lại máy")
    await device.picks("Gửi")
    await house.lan.sees("Sự cố số 1 đã kết thúc ứng phó", "Anh Dũng ghi")
    named = "SELECT count(*) FROM events WHERE kind = 'holder.named'"
    assert rows(house, named) == [(3,)]
    assert (await house.proof()).broken is None


async def test_a_sentence_is_typed_again_and_a_number_of_the_menu_is_not(house: House) -> None:
    device = house.phones["device"]
    await device.types("máy chủ báo bị mã hóa dữ liệu từ sáng nay")
    await device.sees(ASKED, "rồi gõ lại câu vừa rồi: câu ấy chưa ghi")
    await device.picks("anh Tín")
    await device.sees("Đang cầm máy: anh Tín")
    assert rows(house, "SELECT waiting, is_press FROM holders") == [("", 0)]
    await device.types("đổi người")
    await device.types("báo hộ")  # no name: it means what it says, and asks again
    await device.sees_times(2, ASKED)
    await device.types("chị Ngọc")
    await device.sees("Tin đến bằng cách nào?", "Đang cầm máy: chị Ngọc")
    await device.types("để sau")
    await device.types("đổi người")
    await device.types("1")
    await device.sees("Đang cầm máy: anh Tín")
    await device.types("tiếp tục")  # what somebody else began is not gone on with
    assert "Chưa có câu hỏi nào đang chờ" in await device.screen()


async def test_every_update_delivered_twice_does_it_once(house: House) -> None:
    device = house.phones["device"]
    await house.lan.reports("Có")
    await device.sees(PAGE)
    await house.stage.post("rig", {"twice": True})
    await device.picks(TAKE)
    await device.picks("anh Tín")
    await house.card("Chủ trì ứng cứu: anh Tín")
    await device.types("/tinhhinh 1")  # behind what came twice
    await device.sees("Sự cố số 1 · đang mở")
    assert (await house.log(1)).count("page.acknowledged") == 1
    asked = "SELECT kind, count(*) FROM events WHERE kind LIKE 'holder.%' GROUP BY kind"
    assert rows(house, asked) == [("holder.asked", 1), ("holder.named", 1)]


async def test_in_the_group_the_name_is_asked_in_private(house: House) -> None:
    device = house.phones["device"]
    await house.stage.post(f"groups/{house.group}/members", {"add": [device.number]})
    await house.lan.reports("Có")
    await house.card("SỰ CỐ SỐ 1")
    message, data = await device.button(TAKE, chat=house.group)
    await device.presses(message, data, chat=house.group)
    assert device.toast.startswith("Chọn tên người đang cầm máy ở tin riêng")
    await device.sees(ASKED)
    assert await device.count(ASKED, chat=house.group) == 0
    await device.picks("chị Ngọc")
    await house.card("Chủ trì ứng cứu: chị Ngọc")


async def test_the_question_outlives_a_restart(template: Path, tmp_path: Path) -> None:
    folder = copy_of(template, tmp_path)
    async with running(folder) as house:
        await house.apply(_shared)
        code = await house.invite(Role.DUTY, "thi_xa", "may_truc")
        device = await house.join(140, "Máy trực", code)
        await house.lan.reports("Có")
        await device.sees(PAGE)
        await device.picks(TAKE)
        await device.sees(ASKED)
    async with running(folder) as house:
        await house.apply(_shared)
        device = Phone(house.stage, 140, "Máy trực")
        await device.picks("anh Dũng")
        await device.sees("Anh Dũng tiếp nhận sự cố số 1")
        await house.card("Chủ trì ứng cứu: anh Dũng")


async def test_a_telephone_of_ones_own_is_never_asked(house: House) -> None:
    await house.minh.types("đổi người")
    assert "Chưa có câu hỏi nào đang chờ" in await house.minh.screen()
    assert "doinguoi" not in await house.minh.menu()
    assert "doinguoi" in await house.phones["device"].menu()


def _shared(agency: Agency) -> Agency:
    """Anh Bình is the administrator now; the duty officers share a telephone."""
    kept = [
        replace(one, roles=tuple(post for post in one.roles if post.role != "duty"))
        for one in agency.people
    ]
    three = [
        Listed(key, name, title, "trực ban", f"0905 000 70{n}", (Post("official", "thi_xa", 1),))
        for n, (key, name, title) in enumerate(
            (("tin", "Tín", "anh"), ("ngoc", "Ngọc", "chị"), ("dung", "Dũng", "anh")), start=1
        )
    ]
    sharers = tuple(one.id for one in three)
    device = Listed("may_truc", "máy trực", "", "máy trực", "0262 000 001", DUTY, None, sharers)
    return replace(agency, people=(*kept, *three, device))


async def test_evidence_is_handed_in_and_got_by_a_name(house: House) -> None:
    device = house.phones["device"]
    await house.lan.reports("Có")
    await device.sees(PAGE)
    await sends(device, PICTURE, "1")
    await device.sees(ASKED)
    await device.picks("anh Tín")
    await sends(device, PICTURE, "1")
    await device.sees("Số biên nhận: 1.A1", "Đang cầm máy: anh Tín")
    await device.types("/nhatky 1")
    await device.sees("anh Tín gửi chứng cứ 1.A1")
