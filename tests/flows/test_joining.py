"""Joining: codes for one use and 24 hours, the test message, strangers, who has left, the room."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.agency import Agency, Listed, Post
from bot.domain.people import Role
from bot.services import joining
from tests.flows.house import GROUP, House, running

CONTACT = (
    "Kênh này dành cho cán bộ đã đăng ký. Để báo sự cố, gọi 0262 000 000, "
    "thư suco@thixamau.example.vn, 24/24. Có mã mời thì gõ mã vào đây."
)
BAD = "Mã này không dùng được: sai, đã dùng, hoặc quá 24 giờ"


async def test_the_first_administrator_redeems_the_printed_code(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        invited = await house.office.desk.do(joining.first_code, house.office.console())
        binh = await house.join(104, "Bình", invited.value.code)
        await binh.picks("anh Bình")
        await binh.sees("Đã kết nối: anh Bình, quản trị, UBND thị xã Mẫu", "0262 000 000 (24/24)")
        await binh.sees("Tin thử – không phải sự cố")
        again = await house.office.desk.do(joining.first_code, house.office.console())
        assert again.value is None


async def test_a_code_is_typed_with_or_without_a_deep_link(house: House) -> None:
    await house.apply(_with("tu", "Tú"))
    code = await house.invite(Role.RESPONDER, "doi_ung_cuu", "tu")
    tu = await house.phone(120, "Tú")
    await tu.types(f"{code[:5].lower()} {code[5:].lower()}")
    await tu.sees("Đã kết nối: anh Tú, thành viên Đội ứng cứu sự cố, Đội ứng cứu")
    await tu.sees("Tin thử")
    assert any("Tin thử" in text for text in await tu.loud())


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_the_test_message_is_answered_once(house: House) -> None:
    await house.apply(_with("tu", "Tú"))
    tu = await house.join(120, "Tú", await house.invite(Role.RESPONDER, "doi_ung_cuu", "tu"))
    message, data = await tu.button("Tôi nhận được")
    await tu.picks("Tôi nhận được")
    await tu.sees("Cảm ơn anh Tú: liên lạc được")
    await tu.presses(message, data, stale=True)
    await tu.sees("Tin thử này anh/chị đã trả lời. Không có gì thay đổi")


@pytest.mark.parametrize("kind", ["wrong", "used", "late"])
async def test_a_code_that_is_wrong_used_or_late(house: House, kind: str) -> None:
    code = await house.invite(Role.OFFICIAL, "tan_lap")
    if kind == "wrong":
        code = "AAAA222222"
    if kind == "used":
        await house.join(120, "Tú", code)
    if kind == "late":
        await house.forward(24 * 60)
    late = await house.join(121, "Hoa", code)
    await late.sees(BAD, "0262 000 000")
    await late.types("/status")
    assert await late.screen() == CONTACT


async def test_a_code_for_anybody_asks_which_of_the_listed_it_is(house: House) -> None:
    await house.apply(lambda agency: _with("hoa", "Hoa")(_with("tu", "Tú")(agency)))
    tu = await house.join(120, "Tu Nguyen", await house.invite(Role.RESPONDER, "doi_ung_cuu"))
    await tu.sees("Anh/chị là ai trong danh sách của đơn vị?")
    assert await tu.labels() == ["anh Tú", "anh Hoa", "Không có tên tôi"]
    await tu.picks("anh Tú")
    await tu.sees("Đã kết nối: anh Tú, thành viên Đội ứng cứu sự cố")
    await tu.sees("Tin thử")
    await tu.types("menu")
    await tu.sees("Anh/chị cần làm gì?")
    other = await house.join(121, "Ha", await house.invite(Role.RESPONDER, "doi_ung_cuu"))
    await other.picks("Không có tên tôi")
    await other.sees("Đã kết nối: Ha, thành viên Đội ứng cứu sự cố")


async def test_an_administrator_invites_and_nobody_else_may(house: House) -> None:
    binh = house.binh
    await binh.types("/moithamgia")
    await binh.picks("xã Tân Lập")
    await binh.picks("Cán bộ, người báo")
    await binh.picks("Người mới, chưa có trong danh sách")
    await binh.picks("Gửi")
    said = await binh.sees("Mã mời dùng một lần", "người đầu tiên dùng mã")
    code = said.splitlines()[0].rpartition(" ")[2]
    new = await house.join(120, "Hoa", code)
    await new.sees("Đã kết nối: Hoa, cán bộ, người báo, UBND xã Tân Lập")
    await house.minh.types("/moithamgia")
    assert "Việc này do người khác làm" in await house.minh.screen()


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_a_stranger_gets_the_contact_point_and_nothing_else(house: House) -> None:
    stranger = house.stranger
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN")
    said = ("chào", "/start", "/status", "/status 1", "/ketthuc 1", "/ketthuc 99", "/baosuco", "7")
    for text in (*said, "may em mo khong duoc", "/start AAAA222222"):
        await stranger.types(text)
        expected = BAD if text == "/start AAAA222222" else CONTACT
        assert (await stranger.screen()).startswith(expected), text
    await stranger.says(sticker="👍")
    await stranger.sees_times(len(said) + 2, CONTACT)
    message = (await stranger.messages())[-1]["id"]
    for data in ("p:take:1", "p:take:99", "g:status:1", "o:agree:1", "o:agree:99", "c:1:1:yes"):
        toast = await stranger.presses(message, data, stale=True)
        assert toast == CONTACT[:190], data
    for data in ("n:send:99:1", "g:test:0", "g:menu:0", "x:1", "g:dance:1"):
        toast = await stranger.presses(message, data, stale=True)
        assert toast == CONTACT[:190], data
    assert {text for text in await stranger.all_texts() if not text.startswith(BAD)} == {CONTACT}
    assert await stranger.menu() == []
    assert (await house.log(1)).count("page.acknowledged") == 0


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_who_has_left_the_file_is_a_stranger_and_is_passed_over(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN – sự cố số 1")
    message, data = await house.minh.button("Tôi tiếp nhận xử lý")
    removed = await house.apply(_without("minh"))
    assert [(one.kind, one.id) for one in removed] == [("removed", "minh")]
    assert await house.minh.presses(message, data) == CONTACT[:190]
    await house.minh.types("7")
    assert await house.minh.screen() == CONTACT
    await house.lan.reports("Có")
    await house.hung.sees("TIN KHẨN – sự cố số 2")
    assert await house.minh.count("sự cố số 2") == 0
    await house.forward(5)
    await house.hung.sees("TIN KHẨN – sự cố số 1")
    assert await house.minh.menu() == []
    await house.apply(lambda agency: agency)
    await house.minh.types("/status")
    await house.minh.sees("đang mở 2 sự cố")


async def test_a_code_for_somebody_who_has_left_is_no_good(house: House) -> None:
    await house.apply(_with("tu", "Tú"))
    code = await house.invite(Role.RESPONDER, "doi_ung_cuu", "tu")
    await house.apply(lambda agency: agency)
    tu = await house.join(120, "Tú", code)
    await tu.sees(BAD)


@pytest.mark.only("telegram", "a button under somebody else's question")
async def test_a_room_is_bound_by_an_administrator_only(house: House) -> None:
    room = -2002
    await house.stage.post("groups", {"id": room, "title": "Xã Ea Mẫu", "members": [104, 102]})
    await house.minh.types("/gannhom", chat=room)
    assert "Việc này do người khác làm" in await house.minh.screen(room)
    await house.binh.types("/gannhom", chat=room)
    await house.binh.sees("Nhóm này là nhóm của đơn vị nào?", chat=room)
    assert "Việc này do người khác làm" in await house.minh.taps_on("xã Tân Lập", chat=room)
    await house.binh.taps_on("Xem thêm", chat=room)
    await house.binh.taps_on("xã Ea Mẫu", chat=room)
    await house.binh.sees("Nhóm này đã gắn với xã Ea Mẫu", chat=room)
    await house.nga.reports("Có", system="Máy tính, mạng cơ quan")
    await house.binh.sees("SỰ CỐ SỐ 1", "Chưa ai tiếp nhận", chat=room)
    assert await house.binh.count("SỰ CỐ SỐ 1", chat=GROUP) == 0
    await house.binh.types("/gannhom")
    await house.binh.sees("Lệnh này gõ trong nhóm của Đội ứng cứu")


async def test_the_same_file_again_makes_no_difference(house: House) -> None:
    assert await house.apply(lambda agency: agency) == ()
    changed = await house.apply(lambda agency: replace(agency, name="UBND thị xã khác"))
    assert [(one.kind, one.what, one.field) for one in changed] == [("changed", "agency", "name")]


def _with(key: str, name: str) -> Callable[[Agency], Agency]:
    post = Post(Role.RESPONDER, "doi_ung_cuu", 9)
    listed = Listed(key, name, "anh", "", "0905 000 999", (post,))
    return lambda agency: replace(agency, people=(*agency.people, listed))


def _without(key: str) -> Callable[[Agency], Agency]:
    def without(agency: Agency) -> Agency:
        return replace(agency, people=tuple(one for one in agency.people if one.id != key))

    return without


async def test_a_code_made_for_somebody_else_gives_nothing_to_who_is_known(house: House) -> None:
    await house.apply(_with("tu", "Tú"))
    code = await house.invite(Role.RESPONDER, "doi_ung_cuu", "tu")
    await house.lan.types(code)
    await house.lan.sees(BAD)
    assert "/captren" not in " ".join(await house.lan.menu())
    tu = await house.join(120, "Tú", code)  # and it is still good for whom it was made
    await tu.sees("Đã kết nối: anh Tú")


async def test_an_incident_outlives_its_unit_in_the_file(house: House) -> None:
    await house.nga.reports("Có")
    await house.binh.sees("sự cố số 1")

    def without_ea_mau(agency: Agency) -> Agency:
        kept = tuple(unit for unit in agency.units if unit.id != "ea_mau")
        people = tuple(p for p in agency.people if all(r.unit != "ea_mau" for r in p.roles))
        systems = tuple(s for s in agency.systems if "ea_mau" not in (s.unit, s.operator))
        return replace(agency, units=kept, people=people, systems=systems)

    await house.apply(without_ea_mau)
    await house.binh.types("/tinhhinh")
    await house.binh.sees("đang mở 1 sự cố", "ea_mau")
    await house.binh.types("/nhatky 1")
    await house.binh.sees("Nhật ký sự cố số 1")
