"""A person on two networks: one more account linked, the order of channels, and pages that find a
way when one of them does not answer."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.flows.filing import all_said, rows
from tests.flows.house import House, copy_of, running
from tests.flows.person import PATIENCE, Phone
from tests.flows.zalo_phone import ZaloPhone

PAGE = "TIN KHẨN – sự cố số 1"
NOBODY = "CHƯA AI TIẾP NHẬN sự cố số 1"
TAKE = "Tôi tiếp nhận xử lý"
CODE = re.compile(r"\b[2-9A-Z]{10}\b")
DOWN = {"method": "sendMessage", "network": "zalo", "status": 503, "times": 0}


@pytest.fixture
async def house(template: Path, tmp_path: Path) -> AsyncIterator[House]:
    async with running(copy_of(template, tmp_path), network="both") as house:
        yield house


async def on_zalo(house: House, number: int, who: Phone) -> ZaloPhone:
    """The same person's Zalo, linked by a code of their own."""
    await house.stage.post("people", {"id": number, "name": who.name, "network": "zalo"})
    there = ZaloPhone(house.stage, number, who.name)
    await there.types("xin chào")
    await there.sees("dành cho cán bộ đã đăng ký")
    await there.types(await code_of(who))
    await there.sees("Đã kết nối: đây là một kênh nữa của")
    await who.sees("Anh/chị vừa có thêm kênh")
    return there


async def code_of(who: Phone) -> str:
    await who.types("/ketnoi")
    found = CODE.search(await who.sees("Mã kết nối dùng một lần"))
    assert found
    return found[0]


async def log(house: House) -> str:
    await house.binh.types("/nhatky 1")
    return await house.binh.sees("Nhật ký sự cố số 1")


async def down(house: House, is_down: bool = True) -> None:
    if is_down:
        await house.stage.post("faults", DOWN)
    else:
        await house.stage.delete("faults")


async def waiting(house: House, why: str) -> None:
    """Until something waits to be tried again for this reason, and nothing is on its way."""
    query = (
        "SELECT sum(state = 'sending'), sum(state = 'to_send' AND why = ?) FROM notices"
        " WHERE state IN ('sending', 'to_send')"
    )
    async with asyncio.timeout(PATIENCE):
        while True:
            ((leaving, left),) = await asyncio.to_thread(rows, house, query, [why])
            if left and not leaving:
                return


async def test_one_more_account_is_linked_by_its_owner_alone(house: House) -> None:
    """OC#1617: without an administrator. A linking code expires after a day, and once used."""
    minh, hung = house.minh, house.hung
    code = await code_of(minh)
    assert "Zalo" in await minh.screen()
    await minh.types(code)
    await minh.sees("kênh này đã kết nối rồi")
    await hung.types(code)
    await hung.sees("Mã này của người khác")
    await house.stage.post("people", {"id": 202, "name": "Minh", "network": "zalo"})
    there = ZaloPhone(house.stage, 202, "Minh")
    await there.types(code.lower())
    await there.sees("Đã kết nối: đây là một kênh nữa của anh Minh")
    assert "gọi ngay 0262 000 000" in await minh.sees("Anh/chị vừa có thêm kênh: Zalo")
    await there.types(code)
    await there.sees("kênh này đã kết nối rồi")
    await house.stage.post("people", {"id": 203, "name": "Lạ", "network": "zalo"})
    other = ZaloPhone(house.stage, 203, "Lạ")
    await other.types(code)
    await other.sees("sai, đã dùng, hoặc quá 24 giờ")
    await there.types("tình hình")
    await there.sees("không có sự cố nào đang mở")
    linked = "SELECT count(DISTINCT person_id), count(*) FROM identities WHERE external_id = '102'"
    assert rows(house, linked) == [(1, 1)]
    late = await code_of(hung)
    await house.forward(24 * 60 + 1)
    await other.types(late)
    await other.sees("sai, đã dùng, hoặc quá 24 giờ")


async def test_each_puts_a_channel_first_and_every_channel_is_used(house: House) -> None:
    minh = house.minh
    there = await on_zalo(house, 202, minh)
    await minh.types("/kenh")
    await minh.sees_last("Kênh của anh/chị")
    shown = await minh.labels()
    assert [label.split()[0] for label in shown] == ["Telegram", "Zalo", "Kết"], "written from last"
    assert all("liên lạc được" in label for label in shown[:2])
    await there.types("kênh")
    await there.types("2")
    await there.sees("Đã đổi thứ tự kênh", "1 Telegram")
    await there.types("menu")  # where he writes last decides nothing any more
    await house.lan.reports("Có")
    await minh.sees(PAGE)
    assert await there.count("TIN KHẨN") == 0
    card = await house.card("Đã báo: anh Minh (Telegram)")
    assert "anh Bình (Telegram)" in card
    assert card.count("\n") <= 5
    await house.forward(5)
    await there.sees("TIN KHẨN", "sự cố số 1", "nhắc lại lần 2")
    await house.card("anh Minh (Telegram, Zalo)")
    await there.types("ok")
    await there.sees("hay mới xem?")
    await house.card("anh Minh (Telegram, Zalo, đã xem)")
    await house.binh.types("tình hình 1")
    await house.binh.sees("Đã báo: anh Minh (Telegram, Zalo, đã xem)")
    await there.types("7")
    await there.sees("Anh Minh tiếp nhận sự cố số 1", "Việc đầu tiên")
    await minh.taps_on(TAKE)
    await minh.sees("Anh/chị đã tiếp nhận sự cố số 1")
    kinds = await house.log(1)
    assert kinds.count("page.acknowledged") == 1
    assert kinds.count("page.seen") == 2, "by him, and by the duty officer's own words"


async def test_a_blocked_and_a_silent_channel_lose_no_time(house: House) -> None:
    there = await on_zalo(house, 202, house.minh)
    at_zalo = await on_zalo(house, 203, house.hung)
    await there.block()
    await house.stage.post("faults", {**DOWN, "chat": at_zalo.number})
    began = house.office.clock.now()
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    assert house.office.clock.now() - began < timedelta(minutes=1)
    await house.forward(5)
    await house.minh.sees(PAGE, "(nhắc lại lần 2)")
    await house.forward(5)
    page = await house.hung.sees(PAGE)
    assert "(nhắc lại)" in page, "it may have arrived at Zalo before"
    await all_said(house)
    said = await log(house)
    for who in ("anh Minh", "anh Hùng"):
        assert f"Một kênh của {who} không nhận được tin (" in said
    assert await at_zalo.count("TIN KHẨN") == 0
    unknown = (
        "SELECT DISTINCT state, why FROM deliveries WHERE chat LIKE 'zalo:%' AND state <> 'sent'"
    )
    assert rows(house, unknown) == [("unknown", "unreachable")]
    await down(house, False)
    await house.minh.types("/kenh")
    assert any("Zalo" in one and "không gửi được" in one for one in await house.minh.labels())


async def test_a_429_is_not_waited_for_where_there_is_another_way(house: House) -> None:
    there = await on_zalo(house, 202, house.minh)
    await house.minh.types("/kenh")  # he wrote there last
    limited = {
        "method": "sendMessage",
        "chat": house.minh.number,
        "status": 429,
        "retry_after": 600,
    }
    await house.stage.post("faults", limited)
    await house.lan.reports("Có")
    assert "(nhắc lại)" not in await there.sees("TIN KHẨN", "sự cố số 1")
    assert "Một kênh của anh Minh không nhận được tin (quá giới hạn tin)" in await log(house)


async def test_ten_minutes_without_a_network_and_only_the_newest_is_said(house: House) -> None:
    there = await on_zalo(house, 201, house.lan)
    duty = await on_zalo(house, 204, house.binh)
    await duty.types("kênh")
    await house.lan.reports("Có")
    await duty.sees("TIN KHẨN")
    await there.types("menu")  # what is not urgent goes to Zalo
    await down(house)
    for _ in range(3):
        await house.minh.types("nhận 1")
        await house.minh.types("trả lại")
        await house.forward(3)
    await house.minh.types("nhận 1")
    await house.minh.sees("tiếp nhận sự cố số 1 lúc")
    await waiting(house, "unreachable")
    await down(house, False)
    await house.forward(1)
    await there.sees("Anh Minh tiếp nhận sự cố số 1 của anh/chị")
    await all_said(house)
    assert await there.count("tiếp nhận sự cố số 1 của anh/chị") == 1
    over = "SELECT kind FROM notices WHERE state = 'superseded'"
    assert ("page.taken_reporter",) in rows(house, over)
