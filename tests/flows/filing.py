"""A report as a person files it, who was told of it and how, and what the database's files hold."""

import asyncio
import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

from tests.flows.house import House
from tests.flows.person import PATIENCE, Phone

CASES = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent.parent / "cases" / "open.yaml").read_text("utf-8")
)
LABELS = {"yes": "Có", "no": "Không", "unknown": "Chưa rõ"}
CRITERIA = ("C1", "C2", "C3", "C4", "C5", "C6")
UNSAID = (
    "SELECT (SELECT count(*) FROM notices WHERE state IN ('to_send', 'sending'))"
    " + (SELECT count(*) FROM cards"
    "    WHERE wanted > shown AND state = 'live' AND (edits OR loud > shown))"
)


class Heard(NamedTuple):
    """Who got a message, and whether it made a sound."""

    loud: frozenset[str]
    silent: frozenset[str]


async def begins(who: Phone, system: str) -> None:
    """From the menu to question 2."""
    await who.picks("Báo sự cố")
    await who.sees("Câu 1/10")
    await picks_system(who, system)
    await who.sees("Câu 2/10")


async def picks_system(who: Phone, system: str) -> None:
    if system not in await who.labels():
        await who.picks("Xem thêm")
    await who.picks(system)


async def reaches_criteria(who: Phone, system: str, sentence: str) -> None:
    """To question 4, the first criterion."""
    await begins(who, system)
    await who.types(sentence)
    await who.sees("Câu 3/10")
    await who.picks("Vừa phát hiện")
    await who.sees("Câu 4/10")


async def answers(who: Phone, answers: Sequence[str]) -> str:
    """Taps through three-valued questions; what stands after the last."""
    shown = ""
    for answer in answers:
        shown = await who.picks(LABELS[answer])
    return shown


async def reports(who: Phone, system: str, sentence: str, given: Sequence[str]) -> str:
    """The whole form and "Gửi"; the screen after."""
    await reaches_criteria(who, system, sentence)
    await answers(who, given)
    await who.picks("Vẫn đang xảy ra")
    return await who.picks("Gửi")


def of_case(criteria: Mapping[str, str]) -> list[str]:
    return [criteria[criterion] for criterion in CRITERIA]


async def newest_ids(house: House) -> dict[str, int]:
    """Of each private chat and of the group, before something happens."""
    return {key: await _newest(house, chat) for key, chat in _chats(house).items()}


async def heard_since(house: House, before: Mapping[str, int], reporter: str) -> Heard:
    """Who has been sent something new, the reporter's own screen left out."""
    await all_said(house)
    loud, silent = set(), set()
    for key, chat in _chats(house).items():
        new = [m for m in await house.binh.messages(chat) if m["id"] > before[key]]
        told = [m for m in new if m["from"]["is_bot"] and key != reporter]
        loud |= {key for message in told if not message["silent"]}
        silent |= {key for message in told if message["silent"]}
    return Heard(frozenset(loud), frozenset(silent))


async def all_said(house: House, seconds: float = PATIENCE) -> None:
    """Waits until nothing is left to be sent."""
    async with asyncio.timeout(seconds):
        while await asyncio.to_thread(_unsaid, database(house)):
            pass


def database(house: House) -> Path:
    return Path(str(house.office.store.engine.url.database))


def rows(house: House, query: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{database(house)}?mode=ro", uri=True)
    try:
        return connection.execute(query, tuple(values)).fetchall()
    finally:
        connection.close()


def in_files(house: House, *words: str) -> list[str]:
    """Which of the words stand in the bytes of the database's files, as text or as JSON escapes."""
    kept = b"".join(
        file.read_bytes() for file in database(house).parent.glob(f"{database(house).name}*")
    )
    return [word for word in words if any(form in kept for form in _written(word))]


def _written(word: str) -> tuple[bytes, ...]:
    return word.encode(), json.dumps(word)[1:-1].encode()


def _unsaid(file: Path) -> int:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return int(connection.execute(UNSAID).fetchone()[0])
    finally:
        connection.close()


def _chats(house: House) -> dict[str, int]:
    phones = {key: phone.number for key, phone in house.phones.items()}
    return {**phones, "stranger": house.stranger.number, "group": house.group}


async def _newest(house: House, chat: int) -> int:
    messages = await house.binh.messages(chat)
    return int(messages[-1]["id"]) if messages else 0
