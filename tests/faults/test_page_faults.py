"""Pages through faults: whatever breaks, nobody is silently left out.

Blocked bot, closed topic, supergroup and 429 storms: tests/flows/test_delivery.py; kill -9:
test_kill.py; here is the rest.
"""

import asyncio
import json
import resource
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest
import time_machine
from sqlalchemy import event
from structlog.testing import capture_logs

from bot.jobs import scheduler
from bot.jobs.scheduler import Ticks
from bot.services.ports.store import StoreDown, Transaction
from playbooks.books import load_books
from storage import store as storing
from storage.store import SqlStore
from tests.faults.forkserver import AT_ONCE
from tests.faults.house import GROUP
from tests.faults.house import House as Outside
from tests.faults.story import is_about_to_send
from tests.faults.test_stop import unmarked
from tests.flows.filing import all_said, database, rows
from tests.flows.house import House, copy_of, running
from tests.flows.person import PATIENCE, Phone

PAGE, PAGE_2 = "TIN KHẨN – sự cố số 1", "TIN KHẨN – sự cố số 2"
NOBODY = "CHƯA AI TIẾP NHẬN sự cố số 1"
NOT_NOW = "Chưa ghi được ngay lúc này, tin của anh/chị vẫn còn và sẽ được làm tiếp."
SEND = "Gửi ngay, bổ sung sau"
BACK = timedelta(hours=2)
WAITING = "SELECT count(*) FROM notices WHERE state IN ('to_send', 'sending')"


@pytest.fixture
async def inside(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """The program in this process; its database is waited for no longer than a blink."""
    pragmas = [each for each in storing.PRAGMAS if "busy" not in each]
    monkeypatch.setattr(storing, "PRAGMAS", (*pragmas, "busy_timeout = 20"))
    async with running(copy_of(template, tmp_path)) as house:
        yield house


async def until(holds: Callable[[], Any]) -> None:
    """Rows tell nobody that they have changed: they are looked at again and again."""
    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(holds):
            pass


def changed(house: House, statement: str, *values: object) -> None:
    """The rows, changed from outside."""
    with closing(sqlite3.connect(database(house), timeout=10)) as connection, connection:
        assert connection.execute(statement, values).rowcount, statement


def events(house: House, kind: str) -> int:
    return len(rows(house, "SELECT 1 FROM events WHERE kind = ?", [kind]))


def moves(house: House) -> int:
    """How far the order of telling has come."""
    return events(house, "page.called") + events(house, "page.exhausted")


def has_moved(house: House, before: int) -> bool:
    return moves(house) > before


async def fault(house: House, **what: Any) -> None:
    await house.stage.post("faults", {"times": 0, **what})


async def twice_unmarked(phone: Phone) -> list[str]:
    """What came more than once and does not say that it may be a repeat."""
    texts = Counter(text for text in await phone.all_texts() if PAGE in text)
    return [text for text, times in texts.items() if times > 1 and "(nhắc lại" not in text]


# The network


@pytest.mark.parametrize("how", [{"status": 502}, {"lose": True}], ids=["refuses", "is silent"])
async def test_the_api_dead_for_an_hour_leaves_nobody_out(
    inside: House, how: dict[str, Any]
) -> None:
    """GA#650 too: the incident's log says that it could not be sent."""
    house = inside
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await all_said(house)
    await fault(house, method="*", **how)
    for _ in range(12):
        before = moves(house)
        await house.forward(5)
        await until(partial(has_moved, house, before))
    await house.program.auditor.look()
    assert events(house, "page.exhausted") >= 2, "in the rows the order of telling has gone round"
    assert events(house, "audit.stuck"), "and the log says that it does not leave"
    assert await house.hung.count(PAGE) == 0
    await house.stage.delete("faults")
    await house.forward(3)
    await house.hung.sees(PAGE)
    await house.minh.sees_times(2, PAGE)
    await house.binh.sees(NOBODY, chat=house.group)
    await all_said(house)
    for phone in (house.minh, house.hung, house.binh):
        assert await twice_unmarked(phone) == []
        assert await phone.count(PAGE) <= 4, "an hour of turns is not said turn by turn"
    assert await house.binh.count(NOBODY, chat=house.group) == 1, "the newest state, once"
    await house.hung.taps_on("Tôi tiếp nhận xử lý")
    await house.card("Chủ trì ứng cứu: anh Hùng")
    await house.binh.types("/nhatky 1")
    await house.binh.sees("Nhật ký sự cố số 1", "Tự kiểm tra")


async def test_an_account_deleted_in_the_middle_of_a_ladder_is_passed_at_once(
    inside: House,
) -> None:
    house = inside
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await all_said(house)
    await house.stage.post(f"people/{house.minh.number}/deactivate", {})
    await house.forward(5)
    await house.hung.sees(PAGE)
    await house.binh.types("/nhatky 1")
    gone = "tài khoản không còn hoạt động"
    await house.binh.sees("Nhật ký sự cố số 1", f"Không gửi được cho anh Minh: {gone}.")


# What is to be said


async def test_a_page_whose_words_cannot_be_rendered_goes_out_plain(inside: House) -> None:
    house = inside
    await fault(house, method="sendMessage", status=503, chat=house.minh.number)
    await house.lan.reports("Có")
    await until(lambda: rows(house, "SELECT 1 FROM notices WHERE why = 'unreachable'"))
    to_minh = "person_id = (SELECT id FROM people WHERE key = 'minh')"
    changed(house, f"UPDATE notices SET facts = '{{}}' WHERE kind = 'page.respond' AND {to_minh}")
    with capture_logs() as logs:
        await house.stage.delete("faults")
        await house.forward(2)
        page = await house.minh.sees(PAGE)
    assert page.endswith("Gõ: tình hình 1")
    assert {"outbox.words"} <= {entry["event"] for entry in logs}
    await house.minh.types("tình hình 1")
    await house.minh.sees("Sự cố số 1", "Chưa ai")
    await house.minh.types("nhận 1")
    await house.card("Chủ trì ứng cứu: anh Minh")


@pytest.mark.parametrize("told", ["&", "<", "<b>&amp;"])
async def test_unescaped_or_cut_html_loses_no_message(inside: House, told: str) -> None:
    """alertmanager#2923. As long as it may be told, and longer than a message may be."""
    house, words = inside, told * (1000 // len(told))
    await house.lan.reports("Có", told=words)
    page = await house.minh.sees(PAGE)
    assert told * 10 in page, "as it was told, neither read as marks nor escaped twice"
    await house.card("SỰ CỐ SỐ 1", told * 10)
    await house.minh.types("tình hình 1")
    await house.minh.sees("Sự cố số 1", told * 10)
    await all_said(house)
    await fault(house, method="sendMessage", status=503, chat=house.minh.number)
    await house.forward(5)
    await until(lambda: rows(house, f"{WAITING} AND why = 'unreachable'")[0][0])
    long = json.dumps({"count": 2, "next": [told * 5000], "next_at": "2026-11-21T22:05:00+00:00"})
    changed(house, "UPDATE notices SET facts = ? WHERE why = 'unreachable'", long)
    await house.stage.delete("faults")
    await house.forward(2)
    await house.minh.sees_times(2, PAGE)
    await all_said(house)
    assert events(house, "notice.failed") == 0


# The database


async def test_a_database_locked_while_a_page_is_under_way_loses_nothing(inside: House) -> None:
    house = inside
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await all_said(house)
    await fault(house, method="sendMessage", delay_seconds=0.5, chat=house.minh.number)
    await house.forward(5)
    await until(lambda: rows(house, "SELECT 1 FROM notices WHERE state = 'sending'"))
    with capture_logs() as logs, locked(database(house)):
        await house.minh.sees_times(2, PAGE)  # it arrives, and that cannot be written down
        await house.forward(5)  # the next in the order is due, and cannot be told
        await house.lan.types("mạng cả phòng bị ngừng")
        assert (await house.lan.screen()).startswith(NOT_NOW)
        await until(lambda: {"outbox.failed", "outbox.store_down"} <= {e["event"] for e in logs})
        assert await house.hung.count(PAGE) == 0
    await house.stage.delete("faults")
    await house.hung.sees(PAGE)
    await house.lan.sees("Anh/chị muốn báo sự cố?", "mạng cả phòng bị ngừng")
    await house.forward(2)
    await house.minh.sees("(nhắc lại", PAGE)
    await all_said(house)
    assert await twice_unmarked(house.minh) == []


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Somebody else writes and does not end."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_with_the_disk_full_it_is_said_and_done_once_there_is_room(house: Outside) -> None:
    """No byte can be written to any file; nothing is confirmed that is not stored."""
    process = await house.start(**{AT_ONCE: "1"})
    lan, minh, nga = phones(house, "lan", "minh", "nga")
    await is_about_to_send(nga)
    await nga.picks(SEND)
    await minh.sees(PAGE)
    await is_about_to_send(lan)
    await house.rows.until_nothing_waits()
    with full(process.pid):
        assert NOT_NOW in await lan.taps_on(SEND)
        assert "0262 000 000" in lan.toast
        await house.stage.post("clock/push", {"minutes": 5})
        await minh.types("tình hình 1")
        assert (await minh.screen()).startswith(NOT_NOW)
        assert house.rows.one("SELECT count(*) FROM incidents") == 1
    await minh.sees_times(2, PAGE)
    await minh.sees(PAGE_2)
    assert house.rows.events("incident/2")["incident.reported"] == 1
    assert await house.end() == 0


def phones(house: Outside, *keys: str) -> list[Phone]:
    return [house.phones[key] for key in keys]


@contextmanager
def full(pid: int) -> Iterator[None]:
    """A process that may not make any file longer than nothing."""
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))


async def test_a_step_for_which_there_is_no_room_takes_itself_back_alone(tmp_path: Path) -> None:
    """SQLite's own "disk is full", which ends the whole transaction."""
    store = SqlStore(f"sqlite:///{tmp_path / 'trucban.db'}", load_books(plans_only=True))

    def small(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # as large as it is

    def large(tx: Transaction) -> None:
        tx.marks.set("large", "x" * 1_000_000, datetime(2026, 11, 21, tzinfo=UTC))

    try:
        event.listen(store.engine, "begin", small)
        steps = (store.run(lambda _: 1), store.run(large), store.run(lambda _: 3))
        told = await asyncio.gather(*steps, return_exceptions=True)
        assert any(isinstance(one, StoreDown) and "full" in str(one) for one in told), told
        event.remove(store.engine, "begin", small)
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        await store.run(large)
        assert await store.look(lambda tx: tx.marks.get("large"))
    finally:
        await store.close()


async def test_two_processes_on_one_database_say_each_page_once(house: Outside) -> None:
    """Trap 17: they sweep the same rows; one of them is killed, and the other goes on."""
    before, hasty = int((await house.stage.get("state", messages=1))["event"]), {AT_ONCE: "1"}
    first, (lan, minh, hung) = await house.start(**hasty), phones(house, "lan", "minh", "hung")
    await is_about_to_send(lan)
    await lan.picks(SEND)
    await minh.sees(PAGE)
    await house.rows.until_nothing_waits()
    await house.start(**hasty)
    try:
        for times, who in ((2, minh), (1, hung), (2, hung)):
            await house.stage.post("clock/push", {"minutes": 5})
            await who.sees_times(times, PAGE)
            await house.rows.until_nothing_waits()
        first.signal(SIGKILL)
        await first.ended()
        await house.stage.post("clock/push", {"minutes": 5})
        await house.phones["binh"].sees(NOBODY, chat=GROUP)
    finally:
        await first.killed()
    await house.rows.until_nothing_waits()
    assert house.rows.events("incident/1")["page.called"] == 4
    assert house.rows.events("incident/1")["page.exhausted"] == 1
    shown = await house.shown(before)
    assert unmarked([one for one in shown if NOBODY not in one.text]) == []
    assert sum(one.chat == GROUP and NOBODY in one.text for one in shown) == 1
    assert await house.end() == 0


# The clock


async def test_a_clock_set_back_two_hours_puts_off_no_page(inside: House) -> None:
    house = inside
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await all_said(house)
    set_back(house)
    to_hung = (
        "INSERT INTO notices (kind, state, why, person_id, incident_id, facts, rank, attempts,"
        " not_before, leased_until, again, at) SELECT 'page.taken', ?, '', (SELECT id FROM people"
        " WHERE key = 'hung'), 1, ?, 0, 0, '2020-01-01 00:00:00.000000', ?, 0, at"
        " FROM notices LIMIT 1"
    )
    facts = json.dumps({"by": "anh Bình", "at": "2026-11-21T22:05:00+00:00", "phone": ""})
    changed(house, to_hung, "to_send", facts, None)
    await house.hung.sees("Anh Bình tiếp nhận")  # it is looked for, though nothing stirs
    changed(house, to_hung, "sending", facts, "2099-01-01 00:00:00.000000")
    assert await house.minh.count(PAGE) == 1
    await house.program.auditor.look()
    assert house.program.auditor.left == ()
    await house.minh.sees_times(2, PAGE)
    await house.hung.sees_times(2, "Anh Bình tiếp nhận")
    await all_said(house)


def set_back(house: House) -> None:
    """The machine's own clock; the platform's goes on."""
    house.office.clock._offset -= BACK  # type: ignore[attr-defined]


async def test_a_wall_clock_set_back_stops_no_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks, calls, called = Ticks(), 0, asyncio.Event()

    async def job() -> None:
        nonlocal calls
        calls += 1
        called.set()

    monkeypatch.setattr(scheduler, "STALLED", 0.05)
    monkeypatch.setattr(scheduler, "MINDED", 0.05)
    ticks.every(0.02, "climb", job)
    ticks.start()
    try:
        async with asyncio.timeout(PATIENCE):
            await called.wait()
            with time_machine.travel(datetime.now(UTC) - BACK, tick=True), capture_logs() as logs:
                seen = calls
                while calls < seen + 20:
                    called.clear()
                    await called.wait()
    finally:
        await ticks.stop()
    assert [entry["event"] for entry in logs].count("tick.stalled") < 5, "it goes on by itself"
