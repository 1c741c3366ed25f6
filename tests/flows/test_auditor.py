"""The auditor: whatever could leave an open incident in silence is cured, or said aloud.

Each story breaks the rows from outside, as a fault would, and calls one round.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.jobs import auditor
from bot.sandbox.server import Sandbox
from tests.flows.house import TOKEN, House, copy_of, posted, running
from tests.flows.person import Stage

pytestmark = pytest.mark.only("telegram", "the rows are the same, whatever the wires")
PAGE, CRY, STUCK = "TIN KHẨN – sự cố số 1", "CHƯA AI TIẾP NHẬN sự cố số 1", "Sự cố số 1: tin khẩn"
TAKE = "Tôi tiếp nhận xử lý"


def broken(house: House, statement: str, *values: object) -> None:
    """The rows, changed from outside."""
    path = house.office.store.engine.url.database
    with closing(sqlite3.connect(str(path), timeout=10)) as rows, rows:
        assert rows.execute(statement, values).rowcount, statement


async def audited(house: House) -> list[str]:
    """One round; what it could not cure."""
    await house.program.auditor.look()
    return [one.why for one in house.program.auditor.left]


async def reported(house: House) -> None:
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)


async def test_a_page_whose_row_is_gone_is_raised_again_within_one_round(house: House) -> None:
    await reported(house)
    for table in ("page_calls", "acknowledgements"):
        path = house.office.store.engine.url.database
        with closing(sqlite3.connect(str(path), timeout=10)) as rows, rows:
            rows.execute(f"DELETE FROM {table}")
    broken(house, "UPDATE notices SET page_id = NULL WHERE page_id IS NOT NULL")
    broken(house, "DELETE FROM pages")
    assert await audited(house) == []
    await house.minh.sees_times(2, PAGE)
    assert (await house.log(1)).count("audit.cured") == 1
    assert await audited(house) == []
    assert (await house.log(1)).count("audit.cured") == 1, "and nothing more is wrong"
    await house.minh.taps_on(TAKE)
    await house.minh.sees("tiếp nhận sự cố số 1 lúc")
    await house.minh.types("/nhatky 1")
    await house.minh.sees("Tự kiểm tra thấy: chưa ai tiếp nhận")


@pytest.mark.parametrize("due", ["2099-01-01 00:00:00.000000", None])
async def test_a_page_that_would_never_be_said_again_is_said_now(
    house: House, due: str | None
) -> None:
    """Put off for ever, as by a clock that was wrong; or by nobody's leave waiting no more."""
    await reported(house)
    broken(house, "UPDATE pages SET due_at = ?, version = version + 1", due)
    assert await audited(house) == []
    await house.minh.sees_times(2, PAGE)


async def test_an_urgent_message_put_off_by_a_wrong_clock_leaves_now(house: House) -> None:
    await reported(house)
    minh = house.office.store.look(lambda tx: tx.people.listed(["minh"])[0].id)
    broken(
        house,
        "INSERT INTO notices (kind, state, why, person_id, incident_id, facts, rank, attempts,"
        " not_before, again, at) SELECT 'page.taken', 'to_send', '', ?, 1, ?, 0, 0,"
        " '2099-01-01 00:00:00.000000', 0, at FROM notices LIMIT 1",
        await minh,
        json.dumps({"by": "anh Hùng", "at": "2026-11-21T22:05:00+00:00", "phone": ""}),
    )
    assert await audited(house) == []
    await house.minh.sees("Anh Hùng tiếp nhận sự cố số 1")


async def test_whoever_leads_it_and_has_left_leads_nothing(house: House) -> None:
    await reported(house)
    await house.minh.picks(TAKE)
    await house.minh.sees("tiếp nhận sự cố số 1 lúc")
    assert await audited(house) == []
    broken(house, "UPDATE chats SET lost = 'blocked' WHERE address LIKE ?", "%:102")
    assert await audited(house) == []
    await house.hung.sees(PAGE)
    assert "audit.cured" in await house.log(1)


async def test_an_order_of_telling_in_which_nobody_is_left_is_made_anew(house: House) -> None:
    await reported(house)
    broken(house, "UPDATE pages SET ladder = '[[[999], 300.0, 2]]', version = version + 1")
    assert await audited(house) == []
    await house.minh.sees_times(2, PAGE)


async def test_one_poisoned_page_does_not_stop_the_others(house: House) -> None:
    """OC#1503: the fault of one kept the others from being told, or asked "vẫn đang xử lý?"."""
    await reported(house)
    await house.nga.reports("Có")
    await house.minh.sees("TIN KHẨN – sự cố số 2")
    broken(house, "UPDATE pages SET ladder = '[[7]]', version = version + 1 WHERE incident_id = 1")
    await house.forward(5)
    await house.minh.sees_times(2, "TIN KHẨN – sự cố số 2")
    assert await audited(house) == ["unread"]
    await house.binh.sees(STUCK, "không đọc hoặc không ghi được", "Trực ban gọi điện thoại ngay")
    assert not house.program.auditor.is_well()
    assert await audited(house) == ["unread"]
    await house.forward(30)
    assert await audited(house) == ["unread"]
    assert await house.binh.count(STUCK) == 1, "once an hour, not in each round"
    await house.minh.taps_on(TAKE)
    await house.minh.sees("tiếp nhận sự cố số 2 lúc")
    broken(
        house,
        "INSERT INTO acknowledgements (page_id, person_id, at, next_at)"
        " SELECT id, 1, began_at, began_at FROM pages WHERE incident_id = 1",
    )
    await house.forward(121)
    await house.minh.sees("còn đang xử lý sự cố số 2 không?")
    assert await audited(house) == ["unread"]
    await house.binh.sees_times(2, STUCK)


async def test_a_page_that_nobody_can_be_told_withholds_the_heartbeat(house: House) -> None:
    await reported(house)
    broken(house, "UPDATE chats SET lost = 'blocked' WHERE private")
    assert await audited(house) == ["deserted"]
    assert not house.program.auditor.is_well()
    broken(house, "UPDATE chats SET lost = '' WHERE private")
    assert await audited(house) == []
    assert house.program.auditor.is_well()


async def test_an_urgent_message_that_does_not_leave_withholds_the_heartbeat(
    house: House,
) -> None:
    sent = {"method": "sendMessage", "times": 0, "delay_seconds": 60, "chat": house.minh.number}
    await house.stage.post("faults", sent)
    await house.lan.reports("Có")
    await house.binh.sees(PAGE)
    assert await audited(house) == []
    broken(house, "UPDATE notices SET not_before = '2026-01-01 00:00:00.000000' WHERE rank = 0")
    assert await audited(house) == ["unmoved"]
    await house.stage.delete("faults")
    await house.binh.sees(STUCK, "chờ quá 3 phút")


async def test_downtime_of_five_and_a_half_hours_is_gone_on_from_at_once_oc_1206(
    network: str, templates: Callable[[str], Path], tmp_path: Path
) -> None:
    """OC#1206: a page that was paused never went on after a restart, 5.5 h of silence."""
    folder = copy_of(await asyncio.to_thread(templates, network), tmp_path)
    async with running(folder) as house:
        await reported(house)
        told = await house.minh.count(PAGE)
    sandbox = Sandbox(folder / "sandbox.db", TOKEN)
    await sandbox.start()
    async with ClientSession() as http:
        await Stage(sandbox.address, http).post("clock/push", {"minutes": 330})
    await sandbox.stop()
    async with running(folder) as house:
        await house.minh.sees_times(told + 1, PAGE)
        assert await audited(house) == []


async def test_an_auditor_that_is_switched_off_withholds_the_heartbeat_oc_724(
    network: str, templates: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OC#724: what should catch lost pages was itself off, and nobody was told."""

    folder = copy_of(await asyncio.to_thread(templates, network), tmp_path)
    where = posted()["webhook_listen"]
    async with running(folder, health_listen=where) as house, ClientSession() as http:
        assert await _health(http, where) == (200, True)
        monkeypatch.setattr(auditor, "LATE", 0.0)
        assert await _health(http, where) == (503, False)
        assert not house.program.auditor.left


async def _health(http: ClientSession, where: str) -> tuple[int, bool]:
    async with http.get(f"http://{where}/healthz") as answer:
        return answer.status, (await answer.json())["audit"]
