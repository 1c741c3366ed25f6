"""The auditor mends something, and the watchdog's bot asks for a test page."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.sandbox.server import Sandbox
from tests.flows.house import House
from tests.flows.person import Stage

NUMBER, ROOM = 737373, -1_000_400_000_077
NONCE = "0123456789AB"


async def audited(house: House) -> None:
    """A page that waits is put off for ever, as by a clock that was wrong."""
    path = house.office.store.engine.url.database
    with closing(sqlite3.connect(str(path), timeout=10)) as rows, rows:
        put_off = "UPDATE pages SET due_at = '2099-01-01 00:00:00.000000', version = version + 1"
        assert rows.execute(f"{put_off} WHERE due_at IS NOT NULL").rowcount
    await house.program.auditor.look()
    assert house.program.auditor.left == ()


async def asked_for_a_test_page(house: House, folder: Path, said: str = NONCE) -> Sandbox:
    """By a bot of its own, in the group of both; stop it."""
    token, mode = f"{NUMBER}:watch", {"username": "giamsat_bot", "bot_to_bot": True}
    sandbox = Sandbox(folder / "beside.db", token, **mode)  # type: ignore[arg-type]
    await sandbox.start()
    sandbox.meet(house.sandbox)
    async with ClientSession() as http:
        beside = Stage(sandbox.address, http)
        await beside.post("people", {"id": 104, "name": "Bình"})
        for stage in (house.stage, beside):
            await stage.post("groups", {"title": "Kiểm tra", "members": [104], "id": ROOM})
        url = f"{sandbox.address}/bot{sandbox.token}/sendMessage"
        question = {"chat_id": ROOM, "text": f"/kiemtra@trucban_bot {said}"}
        async with http.post(url, json=question) as answer:
            assert answer.status == 200
    return sandbox


def answers(messages: list[dict[str, Any]]) -> list[str]:
    return [one["text"] for one in messages if "/dadi@" in one["text"]]


async def a_test_page_comes_back(house: House, folder: Path) -> None:
    sandbox = await asked_for_a_test_page(house, folder)
    try:
        (text,) = await house.stage.until(ROOM, answers)
        assert f"/dadi@giamsat_bot {NONCE}" in text
    finally:
        await sandbox.stop()
