"""The second program watches the first over real wires, and calls by its own means."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from pathlib import Path
from signal import SIGTERM
from time import monotonic

import pytest

from tests.faults.house import House
from tests.faults.kennel import ALARM, OVER, ROOM, TOKEN, Kennel, kept
from tests.faults.processes import really_started

DEAD = {"method": "*", "times": 0, "lose": True}
BLOCKED = {"method": "sendMessage", "times": 0, "lose": True, "chat": ROOM}


@pytest.fixture
async def kennel(house: House, tmp_path: Path) -> AsyncIterator[Kennel]:
    async with kept(house, tmp_path) as kennel:
        yield kennel


async def test_a_killed_program_is_called_once_and_its_return_too(kennel: Kennel) -> None:
    process = await kennel.start()
    async with kennel.watched() as dog:
        await kennel.tests(1)
        await process.killed()
        said = await kennel.duty.sees(ALARM, "Máy chủ không trả lời", "Trực ban: từ giờ báo sự cố")
        assert said.startswith("🔴")
        await kennel.start()
        await kennel.duty.sees(OVER, "gõ “tình hình” cho Trực Ban")
        assert dog.tester is not None
        assert dog.tester.took < 2.0
    alarm, over = await kennel.alarms()
    assert (ALARM in alarm, OVER in over) == (True, True)


async def test_a_page_that_does_not_leave_is_called_though_the_heart_beats(kennel: Kennel) -> None:
    await kennel.start()
    await kennel.house.stage.post("faults", BLOCKED)
    async with kennel.watched(patience_seconds=1.0):
        said = await kennel.duty.sees(ALARM, "Tin thử gửi đi 1 giây chưa thấy về")
        assert "Máy chủ" not in said
        await kennel.house.end_faults()
        await kennel.duty.sees(OVER)


async def test_a_page_that_the_auditor_cannot_cure_is_called(kennel: Kennel) -> None:
    process = await kennel.start()
    await kennel.house.phones["lan"].reports("Có")
    await kennel.house.phones["minh"].sees("TIN KHẨN – sự cố số 1")
    await process.killed()
    with closing(sqlite3.connect(kennel.house.rows.file)) as rows, rows:
        rows.execute("UPDATE pages SET ladder = '[[7]]', version = version + 1")
    await kennel.start()
    by_mail = {"token": None, "chat": None, "bot": None, "duty": ""}
    async with kennel.watched(**by_mail, apprise=kennel.mail.address):
        letter = await kennel.mail.takes_one()
        assert "tự kiểm tra đã dừng" in _body(letter)


async def test_with_telegram_dead_the_alarm_goes_by_mail(kennel: Kennel) -> None:
    await kennel.start()
    for stage in (kennel.house.stage, kennel.stage):
        await stage.post("faults", DEAD)
    async with kennel.watched(apprise=kennel.mail.address, patience_seconds=1.0, heartbeat=None):
        letter = await kennel.mail.takes_one()
        assert ALARM in str(make_header(decode_header(letter["Subject"])))
        assert "qua Telegram" in _body(letter)
    assert await kennel.alarms() == []


async def test_an_alarm_is_neither_forgotten_nor_repeated_by_a_restart(kennel: Kennel) -> None:
    """As cron runs it: one round, and the exit code."""
    async with kennel.watched() as dog:
        await kennel.duty.sees(ALARM)
    async with kennel.watched() as dog:
        assert not await dog.round()
    assert len(await kennel.alarms()) == 1
    _said_long_ago(Path(kennel.settings().state))
    environ = kennel.environ()
    once = await really_started("watchdog", "--once", folder=kennel.house.folder, environ=environ)
    assert await once.ended() == 1, once.told()
    first, second = await kennel.alarms()
    assert ("(nhắc lại)" in first, "(nhắc lại)" in second) == (False, True)
    await kennel.start()
    async with kennel.watched():
        await kennel.duty.sees(OVER)


async def test_what_is_set_is_tried_and_the_real_process_stops_at_once(kennel: Kennel) -> None:
    await kennel.start()
    folder, environ = kennel.house.folder, kennel.environ(apprise=kennel.mail.address)
    trial = await really_started("watchdog", "--try", folder=folder, environ=environ)
    assert await trial.ended() == 0, trial.told()
    told = trial.told()
    for words in ("được", "về sau", "trò chuyện 104", "Bình 104", "chưa đặt PING"):
        assert words in told
    assert await kennel.duty.sees("tin thử của bot giám sát", "không cần làm gì thêm")
    dog = await really_started("watchdog", folder=folder, environ=environ)
    await dog.says("đang chạy")
    await kennel.tests(2)
    began = monotonic()
    dog.signal(SIGTERM)
    assert await dog.ended() == 0, dog.told()
    assert monotonic() - began < 1.0
    secret = TOKEN.partition(":")[2]
    assert secret not in trial.told() + dog.told()


async def test_a_bot_that_nobody_has_named_gets_no_answer_and_is_told_what_to_set(
    kennel: Kennel,
) -> None:
    await kennel.house.start()  # without TRUCBAN_WATCH_BOT
    environ = kennel.environ(patience_seconds=1.0, heartbeat=None)
    trial = await really_started("watchdog", "--try", folder=kennel.house.folder, environ=environ)
    assert await trial.ended() == 1
    assert "TRUCBAN_WATCH_BOT=737373" in trial.told()
    assert "Bot-to-Bot Communication Mode" in trial.told()


def _said_long_ago(file: Path) -> None:
    """More than the quarter of an hour after which it is said again."""
    told = json.loads(file.read_text())
    told["said_at"] = (datetime.now(UTC) - timedelta(minutes=16)).isoformat()
    file.write_text(json.dumps(told))


def _body(letter: object) -> str:
    parts = letter.walk()  # type: ignore[attr-defined]
    read = [one.get_payload(decode=True) for one in parts if one.get_content_maintype() == "text"]
    return "\n".join(one.decode() for one in read if isinstance(one, bytes))
