"""Pages: said again, passed on, cried out, taken, given back; never silent, never taken twice."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.agency import Agency, Listed, Post
from bot.domain.people import Role
from tests.flows.house import House
from tests.flows.person import Phone

PAGE, TAKE, PASS = "TIN KHẨN – sự cố số 1", "Tôi tiếp nhận xử lý", "Chuyển người khác"
CRY, TAKEN = "CHƯA AI TIẾP NHẬN sự cố số 1", "tiếp nhận sự cố số 1 lúc"
PHONE = "0905 000"


async def test_an_unanswered_page_climbs_cries_out_and_goes_round(house: House) -> None:
    minh, hung, binh = house.minh, house.hung, house.binh
    await house.lan.reports("Có")
    await minh.sees(PAGE, "sẽ báo tiếp anh Hùng")
    await binh.sees(PAGE)
    await house.forward(5)
    await minh.sees_times(2, PAGE)
    assert await hung.count(PAGE) == 0
    await house.forward(5)
    await hung.sees(PAGE, "sẽ báo cả nhóm và Trực ban")
    await house.forward(5)
    await hung.sees_times(2, PAGE)
    await house.forward(5)
    room = await house.binh.sees(CRY, "đã 20 phút", "Ai trong nhóm làm được", chat=house.group)
    assert PHONE not in room
    await binh.sees(CRY, "gọi điện thoại ngay", "anh Minh 0905 000 555", "anh Hùng 0905 000 333")
    await house.forward(5)
    await minh.sees_times(3, PAGE)
    await minh.taps_on(TAKE)
    await minh.sees(TAKEN)


@pytest.mark.parametrize("word", ["ok", "rõ", "đã xem", "👍"])
async def test_a_polite_word_is_asked_back_and_the_order_goes_on(house: House, word: str) -> None:
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await house.minh.types(word)
    await house.minh.sees("tiếp nhận xử lý sự cố số 1, hay mới xem?", "vẫn báo người tiếp theo")
    assert "Chưa ai tiếp nhận" in await house.card("SỰ CỐ SỐ 1")
    await house.forward(5)
    await house.minh.sees_times(2, PAGE)
    await house.forward(5)
    await house.hung.sees(PAGE)
    assert (await house.log(1)).count("page.seen") == 1


@pytest.mark.parametrize("word", ["7", "tôi nhận", "nhận 1"])
async def test_it_is_taken_by_typing_in_the_middle_of_another_form(house: House, word: str) -> None:
    minh = house.minh
    await _to_question_5(minh)
    await house.lan.reports("Có")
    await minh.sees(PAGE)
    await minh.types(word)
    await minh.sees("Anh Minh " + TAKEN, "0905 000 111")
    await house.lan.sees("Anh Minh tiếp nhận sự cố số 1 của anh/chị", "0905 000 555")
    await minh.types("2")
    await minh.sees("Đã ghi: Không", "Câu 6/10")


async def test_7_takes_the_page_though_the_menu_has_a_seventh_item(house: House) -> None:
    await house.lan.reports("Có")
    await house.binh.sees(PAGE)
    await house.binh.types("menu")
    await house.binh.types("7")
    await house.binh.sees("Anh Bình " + TAKEN)


async def test_two_open_pages_and_7_asks_which(house: House) -> None:
    minh = house.minh
    await _to_question_5(minh)
    await house.lan.reports("Có")
    await house.nga.reports("Có")
    await minh.sees("TIN KHẨN – sự cố số 2")
    await minh.types("7")
    await minh.sees("Sự cố số 1 hay 2?")
    await minh.types("7")  # once more: there is no incident 7, and nothing is guessed
    await minh.sees_times(2, "Sự cố số 1 hay 2?")
    await minh.types("2")
    await minh.sees("Anh Minh tiếp nhận sự cố số 2 lúc")
    assert "Chưa ai tiếp nhận" in await house.card("SỰ CỐ SỐ 1")
    await minh.types("2")
    await minh.sees("Đã ghi: Không", "Câu 6/10")


async def test_what_is_typed_instead_of_a_number_answers_the_form(house: House) -> None:
    minh = house.minh
    await _to_question_5(minh)
    await house.lan.reports("Có")
    await house.nga.reports("Có")
    await minh.sees("TIN KHẨN – sự cố số 2")
    await minh.types("7")
    await minh.sees("Sự cố số 1 hay 2?")
    await minh.types("không")
    await minh.sees("Đã ghi: Không", "Câu 6/10")


@pytest.mark.parametrize("how", ["tap", "9", "chuyển người khác"])
async def test_passing_on_tells_the_next_at_once(house: House, how: str) -> None:
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    if how == "tap":
        await house.minh.taps_on(PASS)
    else:
        await house.minh.types(how)
    await house.minh.sees("báo tiếp anh Hùng ngay bây giờ", "không cần làm gì thêm")
    await house.hung.sees(PAGE)


@pytest.mark.only("telegram", "a button that has outlived its screen")
async def test_passing_on_twice_does_not_pass_over_who_was_just_told(house: House) -> None:
    await house.lan.reports("Có")
    message, data = await house.minh.button(PASS)
    await house.minh.taps_on(PASS)
    await house.hung.sees(PAGE)
    await house.minh.presses(message, data, stale=True)
    await house.minh.sees("báo tiếp anh Hùng")
    assert "page.exhausted" not in await house.log(1)
    await house.hung.taps_on(PASS)
    await house.binh.sees(CRY, chat=house.group)


async def test_given_back_it_goes_to_the_next_and_the_reporter_hears(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.taps_on(TAKE)
    await house.card("Chủ trì ứng cứu: anh Minh")
    await house.minh.types("trả lại")
    await house.minh.sees("Đã trả lại", "báo tiếp anh Hùng ngay bây giờ")
    await house.hung.sees(PAGE)
    await house.lan.sees("Anh Minh chưa xử lý được sự cố số 1")
    await house.card("SỰ CỐ SỐ 1", "Chưa ai tiếp nhận")
    await house.hung.types("để tôi")
    await house.card("Chủ trì ứng cứu: anh Hùng")


async def test_of_two_who_take_at_once_one_has_it_and_the_other_is_told_who(house: House) -> None:
    await house.lan.reports("Có")
    minh, binh = house.minh, house.binh
    for phone in (minh, binh):
        await phone.sees(PAGE)
    await asyncio.gather(minh.taps_on(TAKE), binh.taps_on(TAKE))
    order = [(minh, "Minh"), (binh, "Bình")]
    if "cứu: anh Bình" in await house.card("Chủ trì"):
        order.reverse()
    (first, name), (second, _) = order
    await first.sees(f"Anh {name} {TAKEN}")
    await second.sees(f"Việc này anh {name} đã nhận lúc", "Không có gì thay đổi")
    assert (await house.log(1)).count("page.acknowledged") == 1


async def test_in_the_room_only_the_team_can_take_it(house: House) -> None:
    await house.stage.post(f"groups/{house.group}/members", {"add": [house.nga.number]})
    await house.lan.reports("Có")
    await house.card("Chưa ai tiếp nhận")
    await house.nga.taps_on(TAKE, chat=house.group)
    assert "Việc này do người khác làm" in house.nga.toast
    assert "Chưa ai tiếp nhận" in await house.card("SỰ CỐ SỐ 1")
    await house.hung.taps_on(TAKE, chat=house.group)  # not called yet, but of the team
    assert house.hung.toast == "Anh/chị tiếp nhận sự cố số 1."
    card = await house.card("SỰ CỐ SỐ 1", "Chủ trì ứng cứu: anh Hùng")
    assert PHONE not in card


async def test_who_blocked_the_bot_is_passed_over_at_once_and_the_log_says_so(house: House) -> None:
    """GA#650: what failed shows in the incident's log."""
    await house.minh.block()
    await house.binh.types("/status")
    await house.lan.reports("Có")
    await house.hung.sees(PAGE)
    await house.binh.sees(PAGE)
    await house.binh.types("/nhatky 1")
    told = {"telegram": "Không liên lạc được: anh Minh; báo", "zalo": "Không gửi được cho anh Minh"}
    await house.binh.sees(told[house.network], "anh Hùng")


@pytest.mark.only("telegram", "a refusal that says so; on Zalo 403 is a fault of the server")
async def test_a_block_that_only_the_sending_finds_is_passed_over_too(house: House) -> None:
    await house.lan.types("/baosuco")
    await house.lan.picks("Một cửa, dịch vụ công")
    await house.lan.types("máy chủ ngừng chạy")
    await house.lan.picks("Vừa phát hiện")
    await house.lan.picks("Có")
    for _ in range(5):
        await house.lan.picks("Không")
    await house.lan.picks("Đã hết")
    # Sent in this order: Minh's page, the duty officer's, copies, the card.
    await house.stage.post("faults", {"method": "sendMessage", "times": 1, "status": 403})
    await house.lan.picks("Gửi")
    await house.hung.sees(PAGE)
    await house.binh.types("/nhatky 1")
    log = await house.binh.sees("Nhật ký sự cố số 1")
    assert "Không gửi được cho anh Minh: đã chặn kênh" in log
    assert "Gửi tin lần 2 đến anh Hùng" in log


async def test_rungs_of_people_who_never_connected_are_passed(house: House) -> None:
    await house.apply(_with(_responder("tu", "Tú", 0)))
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await house.binh.types("/nhatky 1")
    await house.binh.sees("Không liên lạc được: anh Tú")
    await house.forward(5)
    await house.minh.sees_times(2, PAGE)
    await house.forward(5)
    await house.hung.sees(PAGE)


async def test_with_nobody_on_duty_the_administrator_and_the_leaders_over_it_hear(
    house: House,
) -> None:
    await house.apply(_without_duty)
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await _to_the_end(house)
    for phone in (house.binh, house.phuc, house.son):
        await phone.sees(CRY, "anh Minh 0905 000 555")
    await house.binh.sees(CRY, chat=house.group)
    assert await house.y_thang.count("sự cố số 1") == 0  # another commune's
    await house.binh.types("/nhatky 1")
    await house.binh.sees("Không có người trực nhận được tin (vòng 1)")


async def test_unverified_with_nobody_on_duty_never_wakes_leaders(house: House) -> None:
    await house.apply(_without_duty)
    await house.lan.reports("Chưa rõ")
    await house.binh.sees("CHƯA AI XÁC MINH sự cố số 1")
    assert await house.phuc.count("XÁC MINH") == 0


async def test_a_plan_whose_unit_is_gone_says_so_on_the_page(house: House) -> None:
    await house.nga.reports("Có", system="Máy tính, mạng cơ quan")
    await house.h_linh.sees(
        PAGE, "Kế hoạch ghi Phòng Văn hóa và Thông tin huyện, chưa xác định đơn vị kế thừa"
    )
    await house.binh.sees(PAGE, "chưa xác định đơn vị kế thừa")
    assert await house.minh.count("sự cố số 1") == 0
    await house.binh.types("/status 1")
    await house.binh.sees("Sự cố số 1", "Phòng Văn hóa và Thông tin huyện: chưa xác định")


@pytest.mark.only("telegram", "messages without a sound")
async def test_coordinating_units_are_informed_without_a_sound(house: House) -> None:
    post = Post(Role.SECURITY_OFFICER, "van_phong", 0)
    await house.apply(_with(Listed("hoa", "Hoa", "chị", "Văn phòng", "0905 000 444", (post,))))
    code = await house.invite(Role.SECURITY_OFFICER, "van_phong", "hoa")
    hoa = await house.join(120, "Hoa", code)
    await house.nga.reports("Có", system="Máy tính, mạng cơ quan")
    await hoa.sees("Để biết", "sự cố số 1", "Đơn vị chủ trì đang được báo")
    assert not [text for text in await hoa.loud() if "sự cố số 1" in text]


@pytest.mark.parametrize("take", [True, False])
async def test_verified_as_yes_the_team_is_paged_and_the_verifying_is_over(
    house: House, take: bool
) -> None:
    binh = house.binh
    await house.lan.reports("Chưa rõ")
    await binh.sees("XÁC MINH TRƯỚC – sự cố số 1", "hệ thống bị gián đoạn")
    assert await house.minh.count("sự cố số 1") == 0
    await _verify(binh, "Có", take)
    await binh.sees("Đã ghi câu trả lời cho sự cố số 1", "“Chưa xác minh” thành “Cần ứng phó”")
    await house.minh.sees(PAGE)
    await house.forward(5)
    await house.minh.sees_times(2, PAGE)
    # the one that was taken became the next screens, where a message can be edited
    left = 0 if take and house.network == "telegram" else 1
    assert await binh.count("XÁC MINH TRƯỚC") == left
    await house.lan.sees("Thay đổi", "Cần ứng phó")


async def test_in_doubt_again_and_back_it_is_paged_once_more(house: House) -> None:
    """Có, then chưa rõ, then có, before anybody has taken it: one page at a time."""
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN – sự cố số 1")
    for said, seen in (("chưa rõ", "Chưa xác minh"), ("có", "Cần ứng phó")):
        await house.binh.types("xác minh 1")
        await house.binh.types("sửa 1")
        await house.binh.types(said)
        await house.binh.types("gửi")
        await house.binh.sees("Đã ghi câu trả lời cho sự cố số 1", seen)
    await house.minh.sees_times(2, "TIN KHẨN – sự cố số 1")
    await house.minh.picks("Tôi tiếp nhận xử lý")
    await house.minh.sees("tiếp nhận sự cố số 1")


async def test_verified_as_no_nobody_is_paged_any_more(house: House) -> None:
    binh = house.binh
    await house.lan.reports("Chưa rõ")
    await _verify(binh, "Không", take=False)
    await binh.sees("Đã ghi câu trả lời", "Ghi nhận, theo dõi")
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN – sự cố số 2")
    await house.forward(5)
    await house.minh.sees_times(2, "TIN KHẨN – sự cố số 2")
    await house.forward(5)
    await house.hung.sees("TIN KHẨN – sự cố số 2")
    for phone in (binh, house.minh, house.hung):
        assert await phone.count(PAGE) == 0
    assert await binh.count("XÁC MINH TRƯỚC") == 1


@pytest.mark.only("telegram", "cards that are edited")
async def test_the_card_is_one_message_however_often_it_changes(house: House) -> None:
    before = len(await house.binh.all_texts(house.group))
    await house.lan.reports("Có")
    await house.minh.taps_on(TAKE)
    await house.card("Chủ trì ứng cứu: anh Minh")
    await house.minh.types("trả lại")
    await house.card("SỰ CỐ SỐ 1", "Chưa ai tiếp nhận")
    await house.hung.taps_on(TAKE)
    await house.card("Chủ trì ứng cứu: anh Hùng")
    await house.lan.reports("Có")
    await house.card("SỰ CỐ SỐ 2")
    await house.card("Việc 1.6 ·")
    tasks = await house.binh.count("Việc 1.", "Cập nhật", chat=house.group)
    assert tasks == 5  # taken twice, its steps stand once
    assert len(await house.binh.all_texts(house.group)) == before + 2 + tasks


@pytest.mark.only("telegram", "told when it is put into a group again")
async def test_thrown_out_of_the_room_the_page_goes_on_and_back_in_the_card_too(
    house: House,
) -> None:
    await house.lan.reports("Có")
    await house.card("Chưa ai tiếp nhận")
    await house.stage.post(f"groups/{house.group}/kick", {"by": house.minh.number})
    await _to_the_end(house)
    await house.binh.sees(CRY, "anh Minh 0905 000 555")
    await house.stage.post(f"groups/{house.group}/invite", {"by": house.minh.number})
    await house.hung.taps_on(TAKE)
    await house.card("Chủ trì ứng cứu: anh Hùng")


def _with(*more: Listed) -> Callable[[Agency], Agency]:
    return lambda agency: replace(agency, people=(*agency.people, *more))


def _responder(key: str, name: str, order: int) -> Listed:
    post = Post(Role.RESPONDER, "doi_ung_cuu", order)
    return Listed(key, name, "anh", "", "0905 000 999", (post,))


def _without_duty(agency: Agency) -> Agency:
    people = [
        replace(one, roles=tuple(post for post in one.roles if post.role != Role.DUTY))
        for one in agency.people
    ]
    return replace(agency, people=tuple(people))


async def _to_question_5(phone: Phone) -> None:
    await phone.types("/baosuco")
    await phone.picks("Một cửa, dịch vụ công")
    await phone.types("mạng chậm")
    await phone.picks("Vừa phát hiện")
    await phone.picks("Không")
    await phone.sees("Câu 5/10")


async def _to_the_end(house: House) -> None:
    """Nobody answers, though everybody is told twice."""
    for phone in (house.minh, house.hung):
        for times in (1, 2):
            await phone.sees_times(times, PAGE)
            await house.forward(5)


async def _verify(phone: Phone, answer: str, take: bool) -> None:
    if take:
        await phone.picks(TAKE)
        await phone.sees("nhận xác minh sự cố số 1")
        await phone.picks("Ghi kết quả xác minh")
    else:
        await phone.types("/status 1")
        await phone.picks("Xác minh")
    await phone.picks(answer)
    await phone.sees("Xem lại kết quả xác minh")
    await phone.picks("Gửi")
