"""What Zalo's ways ask of the program beyond the stories that both networks share."""

import pytest

from tests.flows.filing import all_said, rows
from tests.flows.finishing import finishes
from tests.flows.house import House

pytestmark = pytest.mark.only("zalo", "what cannot be tapped, edited, or told by the platform")
TAKE = "Tôi tiếp nhận xử lý"


async def test_what_was_cancelled_is_had_back_by_a_word(house: House) -> None:
    lan = house.lan
    await lan.types("báo sự cố")
    await lan.types("2")
    await lan.types("Mạng chậm từ sáng.")
    await lan.types("hủy")
    await lan.sees_last("Hủy nhầm thì gõ “bỏ hủy”")
    await lan.types("bỏ hủy")
    await lan.sees_last("Câu 3/10")
    await lan.types("bỏ hủy")  # there is nothing to have back: it is no time of day either
    await lan.sees_last("Câu 3/10")


async def test_the_group_is_told_what_is_new_and_not_each_step(house: House) -> None:
    before = await house.newest_in_group()
    await house.lan.reports("Có")
    await house.card("SỰ CỐ SỐ 1", "Chưa ai tiếp nhận")
    await house.minh.picks(TAKE)
    await house.card("Chủ trì ứng cứu: anh Minh", "Chưa có người nhận: 1.1", "“nhận 1.1”")
    for code in ("1.1", "1.2"):
        await finishes(house.minh, code, "đã làm")
    await all_said(house)
    assert await house.new_in_group(before) == 2, "reported, and taken with the first phase"
    await house.minh.types("vướng 1.3 chưa có bản sao lưu")
    await house.card("Đang vướng: 1.3", "xong 2/5 bước")
    texts = await house.binh.all_texts(house.group)
    assert not any("Việc 1.1 ·" in text for text in texts), "tasks have no cards of their own"


async def test_rows_hold_the_platforms_own_ids(house: House) -> None:
    """Numbers are of one process; a person is known by what Zalo calls them."""
    people = (await house.stage.get("state", messages=1))["people"]
    theirs = {one["zalo_id"] for one in people if one["id"] in {102, 103, 104}}
    known = {str(one) for (one,) in rows(house, "SELECT external_id FROM identities")}
    chats = {str(one).rpartition(":")[2] for (one,) in rows(house, "SELECT address FROM chats")}
    assert theirs <= known
    assert theirs <= chats


async def test_whoever_writes_again_is_reached_again(house: House) -> None:
    """The platform tells neither of a block nor that it is over."""
    minh, hung = house.minh, house.hung
    await minh.block()
    await house.lan.reports("Có")
    await hung.sees("TIN KHẨN – sự cố số 1")
    assert _lost(house) == [("blocked",)]
    await minh.unblock()
    await minh.types("tình hình")
    assert _lost(house) == []
    await house.nga.reports("Có")
    await minh.sees("TIN KHẨN – sự cố số 2")


async def test_a_group_that_speaks_again_has_its_cards(house: House) -> None:
    await house.stage.post(f"groups/{house.group}/kick", {"by": house.hung.number})
    await house.lan.reports("Có")
    await house.binh.sees("Trực Ban không còn trong nhóm “Đội ứng cứu")
    await house.stage.post(f"groups/{house.group}/invite", {"by": house.hung.number})
    await house.hung.tells_group("tình hình 1", house.group)
    await house.card("SỰ CỐ SỐ 1", "Chưa ai tiếp nhận")


async def test_of_a_secret_the_group_is_asked_to_delete_what_it_has(house: House) -> None:
    await house.lan.reports("Có")
    await house.card("SỰ CỐ SỐ 1")
    await house.minh.picks(TAKE)
    for typed in ("xác minh 1", "sửa 2", "1", "GỬI"):
        await house.minh.types(typed)
    await house.card("Mã SC001", "Đề nghị mỗi người xóa các tin trước về sự cố này")


def _lost(house: House) -> list[tuple[object, ...]]:
    return rows(house, "SELECT lost FROM chats WHERE lost <> ''")
