"""Zalo at its worst: answers lost before and after what was asked is done, late, or another's page;
every event twice and out of order. What stands in the end is what stands when all goes well.

`MESSAGES` (100) at least, in rounds of three incidents each. `ZALO_SEED` draws the same troubles
again; it is printed. Who is quicker differs from run to run.
"""

import asyncio
import json
import os
import random
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.platforms.zalo.numbers import digest
from bot.sandbox.messages import OWN
from tests.faults.judge import MARK
from tests.flows import course
from tests.flows.filing import all_said, rows
from tests.flows.house import House, copy_of, make_template, running

MESSAGES = int(os.environ.get("MESSAGES", "100"))
SEED = int(os.environ.get("ZALO_SEED") or random.SystemRandom().randrange(10**6))
PATIENCE = 60.0  # real seconds
TROUBLED = 300  # messages of a round; what comes after them goes well
NONE: dict[str, Any] = {"delay_seconds": 0.001}
# What becomes of one message, and how often.
TROUBLES: tuple[tuple[dict[str, Any], int], ...] = (
    (NONE, 60),
    ({"drop": True}, 10),  # carried out, and nobody hears of it
    ({"page": True}, 6),  # the same, by a page of somebody in between
    ({"lose": True}, 10),  # not carried out, and it looks the same
    ({"status": 403}, 5),  # "internal server error"
    ({"status": 408}, 4),
    ({"delay_seconds": 0.3}, 5),
)

# A page that is not said any more was taken by somebody.
UNSENT = (
    "SELECT id, kind, state, why FROM notices WHERE state <> 'sent' AND NOT (state = 'superseded'"
    " AND kind LIKE 'page.%' AND page_id IN (SELECT page_id FROM acknowledgements))"
)


class Said(NamedTuple):
    """What the bot has said, as it stands on a phone."""

    number: str  # as the program's rows call it
    chat: str  # Zalo's own id
    text: str


@pytest.fixture(scope="module")
def on_zalo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zalo")
    asyncio.run(make_template(folder, network="zalo"))
    return folder


async def test_nothing_is_lost_or_doubled_however_badly_zalo_behaves(
    on_zalo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("bot.app.WAITS", (0, 0, 0, 0))
    async with running(_copy(on_zalo, tmp_path / "calm"), network="zalo") as house:
        await course.play(house)
        await all_said(house, PATIENCE)
        calm = _end_state(house)
    messages = repeats = number = 0
    while messages < MESSAGES:
        number += 1
        seed = f"{SEED}/{number}"
        async with running(_copy(on_zalo, tmp_path / str(number)), network="zalo") as house:
            await _spoil(house, random.Random(seed))
            await course.play(house)
            await all_said(house, PATIENCE)
            differs = _differs(_end_state(house), calm)
            assert not differs, "\n".join([seed, *differs])
            assert (await house.proof()).broken is None, seed
            shown = await _shown(house)
            assert _wrong(house, shown) == [], seed
            repeats += sum(MARK.search(one.text) is not None for one in shown)
            messages += (await house.stage.get("calls", last=1))["count"]
    assert repeats, "nothing had to be said again, so nothing was tested"
    with capsys.disabled():
        sys.stdout.write(f"\nzalo: {messages} messages, {repeats} repeats, seed {SEED}\n")


async def _spoil(house: House, chance: random.Random) -> None:
    """The same troubles for the same seed, message by message."""
    kinds, weights = zip(*TROUBLES, strict=True)
    for kind, same in groupby(chance.choices(kinds, weights, k=TROUBLED)):
        meant = {"method": "sendMessage", "network": "zalo", "times": len(list(same))}
        await house.stage.post("faults", {**meant, **kind})
    rig = {"network": "zalo", "twice": True, "shuffle": chance.randrange(1, 10**6)}
    await house.stage.post("rig", rig)


def _end_state(house: House) -> dict[str, Any]:
    """But for what hangs on when a page has come: a late one is not said any more once somebody
    has it, and who writes after it came has seen it."""
    state: dict[str, Any] = course.end_state(house)
    for of in state.values():
        told = Counter[tuple[object, ...]]()
        for kind, person, _, times in of["told"]:
            told[kind, person] += times
        of["told"] = list(told.items())
        of["events"] = [one for one in of["events"] if one[0] != "page.seen"]
    return state


def _differs(now: dict[str, Any], calm: dict[str, Any]) -> list[str]:
    """Incident by incident, what is too much and what is missing."""
    return [
        f"{words}: {what}: {sign} {one}"
        for words, state in calm.items()
        for what in state
        for sign, here, there in (("+", now, calm), ("-", calm, now))
        for one in here[words][what]
        if one not in there[words][what]
    ]


def _copy(template: Path, folder: Path) -> Path:
    folder.mkdir()
    return copy_of(template, folder)


async def _shown(house: House) -> list[Said]:
    chats = (await house.stage.get("state", messages=1))["chats"]
    places = {chat["id"]: chat["zalo_id"] for chat in chats}
    file = Path(rows(house, "PRAGMA database_list")[0][2]).parent / "sandbox.db"  # type: ignore[arg-type]
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as sandbox:
        found = sandbox.execute("SELECT chat_id, sender_id, text, extra FROM messages").fetchall()
    bot = house.program.bots[0].id
    return [
        Said(_number(extra), places[chat], text)
        for chat, sender, text, extra in found
        if sender == bot
    ]


def _number(extra: str) -> str:
    return str(digest(ascii(json.loads(extra)[OWN]["zalo_id"])) >> 3)


def _wrong(house: House, shown: list[Said]) -> list[str]:
    """Each notice is on its phone, and what came more than once says so."""
    wrong = [f"not sent: {one}" for one in rows(house, UNSENT)]
    told = rows(house, "SELECT chat, message_id FROM deliveries WHERE state = 'sent'")
    sent = {(str(chat).rpartition(":")[2].lstrip("-"), str(number)) for chat, number in told}
    here = {(one.chat, one.number): one for one in shown}
    wrong += [f"on no phone: {one}" for one in sent - here.keys()]
    wrong += ["two notices are one message"] if len(sent) < len(told) else []
    heads = Counter((chat, _head(here[chat, number])) for chat, number in sent & here.keys())
    unmarked = Counter((one.chat, _head(one)) for one in shown if not MARK.search(one.text))
    wrong += [
        f"said {unmarked[what]} times and not marked: {what}"
        for what, times in heads.items()
        if unmarked[what] > times
    ]
    return wrong


def _head(one: Said) -> str:
    """Its first line without the mark of a repeat."""
    return MARK.sub("", one.text.split("\n")[0]).strip("🔴🟡🟢 ")
