"""SIGTERM and SIGINT end the program in order within 5 s; the next start does what is left."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from signal import SIGINT, SIGTERM, Signals
from time import monotonic

import pytest

from bot.views.screen import plain
from tests.faults.house import GROUP, House, Shown
from tests.faults.processes import Process, really_started
from tests.faults.rows import Rows
from tests.faults.story import REPEATED, SENTENCE, is_about_to_send

IN_TIME = 5.0  # seconds
FOR_EVER = 60.0  # seconds: longer than anybody has
AGAIN = " (nhắc lại)"
NEW_YEAR = "2026-01-01 00:00:00.000000"


async def stopped(process: Process, number: Signals = SIGTERM) -> float:
    """In order: its exit code is 0. How many seconds it took."""
    began = monotonic()
    process.signal(number)
    assert await process.ended(within=IN_TIME) == 0, process.told()
    return monotonic() - began


async def slow(house: House, method: str, seconds: float, times: int = 1) -> None:
    """The next calls are carried out, and answered so much later."""
    order = {"method": method, "times": times, "delay_seconds": seconds}
    await house.stage.post("faults", order)


async def said_to(house: House, name: str, after: int) -> list[Shown]:
    """What the bot has said to a person since."""
    chat = house.phones[name].number
    return [one for one in await house.shown(after) if one.chat == chat and one.by_bot]


async def event(house: House) -> int:
    return int((await house.stage.get("state", messages=1))["event"])


async def test_a_real_process_stops_while_nothing_happens(house: House) -> None:
    house.process = await really_started("run", folder=house.folder, environ=house.environ())
    await house.phones["lan"].types("/start")
    assert await stopped(house.process) < IN_TIME
    assert house.process.err.lines == []


async def test_ctrl_c_stops_it_as_well(house: House) -> None:
    process = await house.start()
    await house.phones["lan"].types("/start")
    await stopped(process, SIGINT)
    assert process.err.lines == []


async def test_a_running_step_is_finished_and_confirmed(house: House) -> None:
    process, before = await house.start(), await event(house)
    await slow(house, "sendMessage", 1.0)
    await house.phones["lan"].says(text=SENTENCE)
    await house.hears_the_bot(before)
    await stopped(process)
    await house.start()
    await house.phones["minh"].types("/start")  # the bot has asked for what is left
    assert await house.end() == 0
    assert len(await said_to(house, "lan", before)) == 1


async def test_a_step_that_takes_too_long_is_answered_by_the_next_start(house: House) -> None:
    process, before = await house.start(), await event(house)
    await slow(house, "sendMessage", FOR_EVER)
    await house.phones["lan"].says(text=SENTENCE)
    await house.hears_the_bot(before)
    await stopped(process)
    await house.start()
    await house.phones["lan"].sees(REPEATED, "Anh/chị muốn báo sự cố?")
    assert house.rows.one("SELECT count(*) FROM forms WHERE form = 'offer'") == 1
    assert await house.end() == 0


async def test_what_is_being_sent_is_sent_by_the_next_start_and_marked(house: House) -> None:
    before = await event(house)
    process = await house.start()
    await is_about_to_send(house.phones["lan"])
    await slow(house, "sendMessage", FOR_EVER, times=100)
    await house.phones["lan"].taps_on("Gửi ngay, bổ sung sau")
    await house.phones["minh"].sees("TIN KHẨN – sự cố số 1")
    await house.phones["binh"].sees("TIN KHẨN – sự cố số 1")
    await stopped(process)
    await house.end_faults()
    await house.start()
    await house.rows.until_nothing_waits()
    assert await house.end() == 0
    shown = await house.shown(before)
    assert unheard(shown, house.rows) == []
    assert unmarked(shown) == []
    pages = [one for one in shown if one.new and "TIN KHẨN" in one.text and one.chat != GROUP]
    assert ["(nhắc lại)" in one.text for one in pages] == [False, False, True, True]


async def test_what_waits_for_its_turn_is_sent_once_by_the_next_start(house: House) -> None:
    """A person's chat takes three messages at once and then one a second."""
    before, many = await event(house), 8
    minh = house.rows.one("SELECT id FROM people WHERE key = 'minh'")
    with closing(sqlite3.connect(house.rows.file)) as rows, rows:
        rows.executemany(
            "INSERT INTO notices (kind, state, why, person_id, facts, rank, attempts, not_before,"
            " again, at) VALUES ('test', 'to_send', '', ?, ?, 1, 0, ?, 0, ?)",
            [(minh, f'{{"number": {number}}}', NEW_YEAR, NEW_YEAR) for number in range(many)],
        )
    await slow(house, "sendMessage", 0.3, times=many)
    process = await house.start()
    await house.hears_the_bot(before)
    await stopped(process)
    await house.end_faults()
    states = house.rows.all("SELECT state, again, count(*) AS n FROM notices GROUP BY 1, 2")
    left = [(row["state"], row["again"]) for row in states if row["state"] != "sent"]
    assert left == [("to_send", 0)], "what never left is no repeat"
    await house.start()
    await house.rows.until_nothing_waits()
    assert await house.end() == 0
    assert len(await said_to(house, "minh", before)) == many


@pytest.mark.parametrize("number", [SIGTERM, SIGINT])
async def test_a_locked_database_does_not_hold_it_up(house: House, number: Signals) -> None:
    """Somebody else writes for a long time: the step waits, and comes again after the start."""
    process = await house.start()
    with closing(sqlite3.connect(house.rows.file, isolation_level=None)) as rows:
        rows.execute("BEGIN IMMEDIATE")
        await house.phones["lan"].says(text=SENTENCE)
        await stopped(process, number)
    await house.start()
    await house.phones["lan"].sees("Anh/chị muốn báo sự cố?")
    assert await house.end() == 0


def unheard(shown: Sequence[Shown], rows: Rows) -> list[str]:
    """Notices that never came onto the phone that they are said to have been sent to."""
    new = {(one.chat, _bare(one.text)) for one in shown if one.new and one.by_bot}
    sent = rows.all(
        "SELECT deliveries.chat, text FROM deliveries JOIN notices ON notices.id = notice_id"
        " WHERE incident_id IS NOT NULL"
    )
    told = [(int(row["chat"].rpartition(":")[2]), _bare(plain(row["text"]))) for row in sent]
    return [f"{chat}: {text}" for chat, text in told if (chat, text) not in new]


def unmarked(shown: Sequence[Shown]) -> list[str]:
    """Messages that came to a chat once more and do not say so."""
    seen: Counter[tuple[int, str]] = Counter()
    found = []
    for one in shown:
        if one.new and one.by_bot:
            what = "card" if one.chat == GROUP else _bare(one.text)
            seen[one.chat, what] += 1
            if seen[one.chat, what] > 1 and "(nhắc lại" not in one.text:
                found.append(f"{one.chat}: {one.text}")
    return found


def _bare(text: str) -> str:
    """Without the mark that tells a repeat from the first."""
    return text.replace(AGAIN, "", 1)
