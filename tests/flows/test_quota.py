"""The monthly quota of a network: counted, told in time, kept for pages, gone round at its end."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.filing import all_said, rows
from tests.flows.house import HERE, ZALO_TOKEN, House, copy_of, running
from tests.flows.test_channels import PAGE, log, on_zalo
from tests.flows.zalo_phone import ZaloPhone

ACCOUNT = f"zalo:{ZALO_TOKEN.partition(':')[0]}"
MONTHLY = 200
SENT = "SELECT sent FROM quotas ORDER BY month DESC LIMIT 1"
HELD = "SELECT count(*) FROM notices WHERE state = 'to_send' AND why = 'quota'"
SPENT = {"method": "sendMessage", "network": "zalo", "status": 429, "times": 0}


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return copy_of(template, tmp_path)


@pytest.fixture
async def house(folder: Path) -> AsyncIterator[House]:
    async with running(folder, network="both", zalo_monthly=MONTHLY) as house:
        await in_mid_month(house)
        yield house


async def in_mid_month(house: House) -> None:
    """Far from its end, so that no month begins in the middle of a test."""
    today = house.office.clock.now().astimezone(HERE).day
    if today > 20:
        await house.forward((36 - today) * 24 * 60)


async def used(house: House, percent: int) -> None:
    """So much of the month's messages have left, as the meter counts them."""
    await house.program.meter.flush()
    ((sent,),) = rows(house, SENT)
    house.program.meter.sent(ACCOUNT, MONTHLY * percent // 100 - int(str(sent)))
    await house.program.meter.flush()


async def test_the_month_is_counted_and_told_at_80_and_at_95(folder: Path) -> None:
    async with running(folder, network="both", zalo_monthly=MONTHLY) as house:
        await in_mid_month(house)
        there = await on_zalo(house, 204, house.binh)
        await house.program.meter.flush()
        await there.types("tình hình")
        await there.sees("Zalo Trực Ban: đã gửi 2/200 tin trong tháng")
        await used(house, 79)
        await all_said(house)
        assert await house.binh.count("hạn mức tin của tháng") == 0
        await used(house, 80)
        await house.binh.sees("Zalo Trực Ban đã gửi 80 % hạn mức tin của tháng", "160/200, còn 40")
        await there.types("tình hình")
    async with running(folder, network="both", zalo_monthly=MONTHLY) as house:
        ((sent,),) = rows(house, SENT)
        assert sent == 161, "nothing is forgotten"
        await used(house, 96)
        await house.binh.sees("đã gửi 95 % hạn mức tin của tháng")
        await used(house, 97)
        await all_said(house)
        assert await house.binh.count("hạn mức tin của tháng") == 2
        there = ZaloPhone(house.stage, 204, "Bình")
        assert await there.count("hạn mức tin của tháng") == 0, "by the other channel"


async def test_what_is_not_urgent_waits_for_the_next_month(house: House) -> None:
    son, minh = await on_zalo(house, 206, house.son), await on_zalo(house, 202, house.minh)
    await used(house, 80)
    await house.lan.reports("Có")
    await minh.sees("TIN KHẨN", "sự cố số 1")
    await minh.types("tình hình")
    await minh.sees("đang mở 1 sự cố")
    await minh.types("7")
    await minh.sees("Anh Minh tiếp nhận sự cố số 1")
    await house.card("Chủ trì ứng cứu: anh Minh")
    assert rows(house, HELD) == [(1,)]
    await house.binh.types("/tinhhinh")
    await house.binh.sees("1 tin không kêu và thẻ đang chờ vì hạn mức tin")
    assert await son.count("Bản sao để lãnh đạo biết") == 0
    await house.forward(30 * 24 * 60)
    await son.sees("Bản sao để lãnh đạo biết")
    assert rows(house, HELD) == [(0,)]
    assert "đã gửi 80 %" not in "".join(await minh.all_texts())


async def test_used_up_pages_go_by_the_other_channel(house: House) -> None:
    minh = await on_zalo(house, 202, house.minh)
    await on_zalo(house, 203, house.hung)
    await house.hung.block()
    await used(house, 100)
    await house.binh.sees("đã hết hạn mức tin của tháng", "Trực ban gọi điện thoại")
    await house.stage.post("faults", SPENT)
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    elsewhere = "Một kênh của anh Minh không nhận được tin (hết hạn mức tin trong tháng)"
    assert elsewhere in await log(house)
    for times in (2, 3):
        await house.forward(5)
        await house.minh.sees_times(min(times, 2), PAGE)
    await house.binh.sees("Gọi điện thoại cho anh Hùng")
    assert await minh.count("TIN KHẨN") == 0


async def test_a_platform_that_knows_better_is_believed(house: House) -> None:
    """It says that nothing is left, while the count says otherwise."""
    minh = await on_zalo(house, 202, house.minh)
    await house.stage.post("faults", SPENT)
    await house.lan.reports("Có")
    page = await house.minh.sees(PAGE)
    assert "(nhắc lại)" not in page, "it has surely not arrived"
    await house.binh.sees("đã hết hạn mức tin của tháng", f"{MONTHLY}/{MONTHLY}")
    elsewhere = "Một kênh của anh Minh không nhận được tin (hết hạn mức tin trong tháng)"
    assert elsewhere in await log(house)
    assert await minh.count("TIN KHẨN") == 0
