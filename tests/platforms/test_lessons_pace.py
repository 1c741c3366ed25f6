"""What others' queues were blamed for, on the program whole and a clock that jumps."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.cast import FIRST_LISTED, FIRST_OFFICIAL
from bench.flood import CALM, QUIET, ROOMS, SEND, FloodTown, Sent, program, report, town
from bot.domain.notice import Notice
from bot.office import Office
from bot.sandbox.faults import Fault
from bot.services.ports.store import Transaction
from tests.platforms.virtual_time import run

ROOM, LAN = ROOMS[0], FIRST_OFFICIAL
HELD = 30  # seconds that a 429 asks for


async def an_incident(folder: Path, then: Callable[[FloodTown, Office], Any]) -> list[Sent]:
    """Lan has reported, the team is paged; what was tried while `then` lasted, and after it."""
    async with town(folder) as (where, clock), program(folder, where, clock, 1) as office:
        await report(where, LAN)
        await where.does(LAN, SEND)
        await asyncio.sleep(60 + CALM)  # the first minute of the group is over
        began = clock.now()
        await then(where, office)
        await asyncio.sleep(60)
        return where.sent(began)


def changed(tx: Transaction) -> None:
    tx.cards.want_again("incident", 1)


def in_room(sent: list[Sent], method: str) -> list[Sent]:
    return [one for one in sent if (one.chat, one.method) == (ROOM, method)]


def test_log_messages_do_not_flood_the_group(tmp_path: Path) -> None:
    """OC#3849. 100 events of one incident leave one card, edited, in the group."""

    async def events(where: FloodTown, office: Office) -> None:
        for _ in range(100):
            await office.store.run(changed)
            await asyncio.sleep(0.6)

    sent = run(an_incident(tmp_path, events), QUIET)
    assert in_room(sent, "sendMessage") == []
    edits = [one.at for one in in_room(sent, "editMessageText")]
    assert 1 < len([at for at in edits if at <= 60]) <= 18
    assert edits[-1] >= 59.4, "the newest is shown"
    assert not any(one.refused_for_now for one in sent)


def test_what_changes_100_times_while_a_group_is_held_up_is_edited_once(tmp_path: Path) -> None:
    async def refused(where: FloodTown, office: Office) -> None:
        where.world.faults.order(
            Fault("editmessagetext", times=1, status=429, retry_after=HELD, chat=ROOM)
        )
        for _ in range(100):
            await office.store.run(changed)
            await asyncio.sleep(0.2)

    sent = run(an_incident(tmp_path, refused), QUIET)
    first, *later = in_room(sent, "editMessageText")
    assert first.refused_for_now
    assert [HELD <= one.at - first.at <= HELD + 1.1 for one in later] == [True], "as long as asked"


def test_a_group_held_up_with_150_messages_delays_nobody_and_loses_none(tmp_path: Path) -> None:
    many, persons = 150, range(FIRST_LISTED, FIRST_LISTED + 8)

    async def refused(where: FloodTown, office: Office) -> None:
        fault = Fault("sendmessage", times=1, status=429, retry_after=HELD, chat=ROOM)
        where.world.faults.order(fault)
        room = Notice("test", chat=f"telegram:424242:{ROOM}")
        at = where.clock.now()
        await office.store.run(lambda tx: tx.notices.add([room] * many, at))
        await asyncio.sleep(CALM)
        told = [Notice("test", to=place + 1) for place in range(len(persons))]
        await office.store.run(lambda tx: tx.notices.add(told, at))
        await asyncio.sleep(HELD)

    sent = run(an_incident(tmp_path, refused), QUIET)
    room = in_room(sent, "sendMessage")
    count = "SELECT count(*) FROM notices WHERE kind = 'test' AND state <> 'sent'"
    with closing(sqlite3.connect(tmp_path / "trucban.db")) as rows:
        (waiting,) = rows.execute(count).fetchone()
    assert [one.refused_for_now for one in room] == [True, *[False] * (many - waiting)]
    assert many - waiting > 10, "it goes on, and nothing is lost"
    assert room[1].at - room[0].at >= HELD, "what a 429 asks for is kept"
    first = {one.chat: one.at for one in reversed(sent) if one.chat in persons}
    assert set(first) == set(persons)
    assert max(first.values()) <= CALM + 2
