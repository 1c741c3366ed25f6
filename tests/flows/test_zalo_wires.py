"""The program on Zalo: the story by polling, events that come twice, a store that is down."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiohttp import ClientSession

from bot.services.ports.store import StoreDown, Transaction
from tests.flows import test_main_story
from tests.flows.filing import all_said, rows
from tests.flows.house import House, copy_of, running

T = TypeVar("T")
SENTENCE = "may em mo khong duoc, hien chu doi tien"
OFFERS = "SELECT count(*) FROM forms WHERE form = 'offer'"
NOT_NOW = "Chưa ghi được ngay lúc này"
HEADER = "X-Bot-Api-Secret-Token"
only_zalo = pytest.mark.only("zalo", "its own wire")


async def test_the_main_story_plays_by_polling(
    templates: Callable[[str], Path], tmp_path: Path
) -> None:
    made = await asyncio.to_thread(templates, "zalo")
    async with running(copy_of(made, tmp_path), network="zalo", webhook_url=None) as house:
        async with asyncio.timeout(10):  # what is written while nobody asks is lost
            while not (await house.stage.get("state", messages=1))["bots"]["zalo"]["listening"]:
                pass
        await test_main_story.test_a_report_on_a_phone_becomes_an_acknowledged_page(house)


@only_zalo
async def test_an_event_that_is_posted_twice_has_one_effect(house: House) -> None:
    people = (await house.stage.get("state", messages=1))["people"]
    lan = next(one["zalo_id"] for one in people if one["id"] == house.lan.number)
    message = {
        "from": {"id": lan, "display_name": "Lan", "is_bot": False},
        "chat": {"id": lan, "chat_type": "PRIVATE"},
        "text": SENTENCE,
        "message_id": "2d758cb5e222177a4e35",
        "date": 1750316131602,
    }
    event = {"event_name": "message.text.received", "message": message}
    way_in = house.program.entrance.ways[house.program.bots[0].id]
    async with ClientSession(headers={HEADER: way_in.secret}) as http:
        for told in (event, {"ok": True, "result": event}):
            async with http.post(way_in.url, json=told) as answer:
                assert answer.status == 200
    assert rows(house, OFFERS) == [(1,)]
    await house.lan.sees("Việc này đã ghi nhận rồi.", "Anh/chị muốn báo sự cố?")


def down(monkeypatch: pytest.MonkeyPatch, house: House, times: int) -> list[int]:
    """Nothing can be stored so many times; how often it is so still."""
    left, run = [times], house.office.store.run

    async def failing(step: Callable[[Transaction], T]) -> T:
        if left[0] and "Desk.do" in step.__qualname__:
            left[0] -= 1
            raise StoreDown("locked")
        return await run(step)

    monkeypatch.setattr(house.office.store, "run", failing)
    return left


@only_zalo
async def test_what_cannot_be_stored_comes_again_and_is_done_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _quiet(house)
    left = down(monkeypatch, house, 2)
    await house.lan.says(text=SENTENCE)
    await house.lan.sees("Anh/chị muốn báo sự cố?")
    assert left == [0]
    assert rows(house, OFFERS) == [(1,)]


@only_zalo
async def test_what_zalo_brings_no_more_is_done_when_it_can_be_stored(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zalo gives up; who wrote was told whom to telephone, and that it will still be done."""
    monkeypatch.setattr("bot.platforms.kept.STORE_WAITS", (0.05, 0.1))
    (door,) = house.program.entrance._doors
    monkeypatch.setattr(door, "_patience", 0.1)
    await _quiet(house)
    left = down(monkeypatch, house, 10**6)
    number = await house.lan.says(text=SENTENCE)
    await house.lan.sees(NOT_NOW, "gọi 0262 000 000")

    def given_up(messages: list[dict[str, Any]]) -> bool:
        return any(one["id"] == number and one["lost"] for one in messages)

    await house.stage.until(house.lan.number, given_up)
    assert rows(house, OFFERS) == [(0,)]
    assert await house.lan.count(NOT_NOW) == 1, "told once"
    left[0] = 0
    await house.lan.sees("Anh/chị muốn báo sự cố?")
    assert rows(house, OFFERS) == [(1,)]


async def _quiet(house: House) -> None:
    """Nothing is left to be said, and nobody else does a step meanwhile."""
    await house.stage.post("limits", {"webhook_retry_seconds": 0.1})
    await all_said(house)
    await house.program.ticks.stop(within=1.0)
    house.office.store.stirred.clear()
