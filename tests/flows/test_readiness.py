"""/lienlac: who would be reached and who would not, with what is missing; and told unasked."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.agency import Agency, Listed, Post
from bot.jobs.sweeps import sweeps
from tests.flows.filing import rows
from tests.flows.house import House, copy_of, running
from tests.flows.person import PATIENCE, Phone
from tests.flows.test_channels import on_zalo
from tests.flows.test_contacts import later

LOST = "Vừa mất liên lạc với 1 người"
WEEK = "Tuần này còn 1 người không liên lạc được"
FORBIDDEN = "Việc này do người khác làm"


def with_tu(agency: Agency) -> Agency:
    """Somebody in the order of telling who has never connected, and has no telephone."""
    posts = (Post("responder", "doi_ung_cuu", 3),)
    tu = Listed("tu", "Tú", "anh", "thành viên", "", posts)
    return replace(agency, people=(*agency.people, tu))


async def sweep(house: House) -> None:
    """What the clockwork does each minute."""
    jobs = sweeps(house.office.desk, house.office.clock)
    for name in ("keep_ready", "try_messages"):
        await jobs[name]()


async def blocks(house: House, who: Phone) -> None:
    """And the program has heard of it."""
    await who.block()
    query = "SELECT count(*) FROM chats WHERE lost != '' AND address LIKE ?"
    async with asyncio.timeout(PATIENCE):
        while await asyncio.to_thread(rows, house, query, [f"%:{who.number}"]) != [(1,)]:
            pass


async def unblocks(house: House, who: Phone) -> None:
    await who.unblock()
    await who.types("tình hình")


async def number_of(house: House, key: str) -> int:
    found = await house.office.store.look(lambda tx: tx.people.listed([key]))
    return found[0].id


@pytest.mark.only("telegram", "Zalo tells of nobody who blocks it")
async def test_what_is_wrong_stands_first_with_what_is_missing_and_the_cure(house: House) -> None:
    await house.apply(with_tu)
    await blocks(house, house.minh)
    await house.binh.types("liên lạc")
    shown = await house.binh.sees("Kiểm tra liên lạc", "Không liên lạc được: 2")
    tu = await number_of(house, "tu")
    assert f"{tu}. Anh Tú: chưa kết nối kênh nào; quản trị gõ “mời tham gia”" in shown
    assert "không có số điện thoại" in shown
    assert "Anh Minh: đã chặn kênh" in shown
    assert shown.index("Không liên lạc được") < shown.index("Chỉ một kênh")
    assert "8 người chỉ có một kênh vì cơ quan mới dùng một mạng" in shown
    assert "Anh Hùng" not in shown  # the common cause is said once
    await unblocks(house, house.minh)
    await house.binh.types(f"liên lạc {await number_of(house, 'minh')}")
    shown = await house.binh.sees("Anh Minh, Đội ứng cứu", "điện thoại")
    assert "trả lời tin thử" in shown
    assert "chỉ một kênh – cơ quan mới dùng một mạng" in shown
    await house.lan.types("liên lạc")
    await house.lan.sees(FORBIDDEN)
    await house.binh.types("liên lạc 999")
    await house.binh.sees("Không có mục “999”")


@pytest.mark.only("telegram", "what is said, not how")
async def test_a_leader_has_the_ten_second_version(house: House) -> None:
    phuc = house.phuc
    await phuc.types("liên lạc")
    assert "người chỉ có một kênh" in await phuc.sees("Liên lạc được cả")
    await house.apply(with_tu)
    await phuc.types("liên lạc")
    shown = await phuc.sees("Không liên lạc được 1/", "Đó là: anh Tú (Đội ứng cứu)")
    assert shown.splitlines()[-1] == "Trực ban: Anh Bình 0905 000 222"
    assert " /" not in shown  # rule 4: no commands
    assert len(shown.splitlines()) <= 6


async def test_each_way_is_named_and_the_one_that_is_missing(
    template: Path, tmp_path: Path
) -> None:
    async with running(copy_of(template, tmp_path), network="both") as house:
        await _of_two_networks(house)


async def _of_two_networks(house: House) -> None:
    there = await on_zalo(house, 202, house.minh)
    await house.binh.types("liên lạc")
    shown = await house.binh.sees("Kiểm tra liên lạc", "Chỉ một kênh")
    assert "Anh Hùng: chưa kết nối Zalo; người ấy gõ “kết nối” để có mã" in shown
    assert "Anh Minh" not in shown
    await blocks(house, house.minh)
    await house.binh.types(f"liên lạc {await number_of(house, 'minh')}")
    shown = await house.binh.sees("Anh Minh, Đội ứng cứu", "Zalo; Telegram (không gửi được)")
    assert "chỉ một kênh – đã mất kênh Telegram" in shown
    assert await there.count("Không liên lạc được") == 0


@pytest.mark.only("telegram", "whom, not how")
async def test_someone_without_a_contact_method_is_told_of_before_a_page_skips_them(
    house: House,
) -> None:
    """At once when it happens, once each time; on Monday all who are still not reached."""
    await sweep(house)
    await blocks(house, house.minh)
    await sweep(house)
    shown = await house.binh.sees(LOST, "Anh Minh (Đội ứng cứu): đã chặn kênh Telegram")
    assert "bỏ qua người này, báo ngay người tiếp theo" in shown
    await sweep(house)
    await blocks(house, house.hung)
    await sweep(house)
    await house.binh.sees(LOST, "Anh Hùng (Đội ứng cứu)")
    assert await house.binh.count(LOST) == 2
    await unblocks(house, house.hung)
    await sweep(house)
    await blocks(house, house.hung)
    await sweep(house)
    await house.binh.sees_times(3, LOST)
    await unblocks(house, house.hung)
    await later(house, 1, hour=7, weekdays=range(1))
    await sweep(house)
    assert await house.binh.count("Tuần này còn") == 0
    await later(house, 0, hour=8, weekdays=range(1))
    await sweep(house)
    await house.binh.sees(WEEK, "Anh Minh (Đội ứng cứu)")
    await sweep(house)
    assert await house.binh.count(WEEK) == 1
    assert await house.lan.count("Tuần này còn") == 0
