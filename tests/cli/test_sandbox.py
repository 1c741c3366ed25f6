"""python -m bot sandbox, what `make run` starts: it goes on where it ended, or begins anew."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.sandbox.cast import GROUP, STRANGER
from bot.stage import PHONES, ZALO_PHONES
from tests.faults.processes import Launcher, Process

READY = "Mở trang này trong trình duyệt: "
EVERYBODY = 11  # eight people, two of them on Zalo too, and a stranger
Begin = Callable[..., Awaitable[Process]]


@pytest.fixture
async def begin(launcher: Launcher, tmp_path: Path) -> AsyncIterator[Begin]:
    """Starts it on a port of its own; whatever still runs at the end is killed."""
    async with AsyncExitStack() as stack:

        async def begin(*words: str) -> Process:
            words = ("sandbox", "--port", "0", *words)
            process = await launcher.start(*words, folder=tmp_path, environ={})
            stack.push_async_callback(process.killed)
            return process

        yield begin


@asynccontextmanager
async def visited(process: Process) -> AsyncIterator[Callable[[str], Awaitable[Any]]]:
    """Reads what its address serves, as soon as it is printed; then it is stopped in order."""
    address = (await process.says(READY)).removeprefix(READY)
    async with ClientSession(address) as http:

        async def read(path: str) -> Any:
            async with http.get(path) as answer:
                assert answer.status == 200
                return await (answer.json() if "sandbox" in path else answer.text())

        yield read
    process.signal(SIGTERM)
    assert await process.ended(within=5.0) == 0, process.told()
    assert process.err.lines == []


def said(state: Any) -> dict[int, list[int]]:
    """The messages of each chat, by their numbers."""
    return {chat["id"]: [one["id"] for one in chat["messages"]] for chat in state["chats"]}


async def test_it_goes_on_where_it_ended_and_begins_anew_when_asked(
    begin: Begin, tmp_path: Path
) -> None:
    async with visited(await begin()) as read:
        assert "<!doctype html>" in (await read("/")).lower()
        first = await read("/sandbox/state")
    people = {person["id"] for person in first["people"]}
    numbers = {number for number, _ in (*PHONES.values(), *ZALO_PHONES.values())}
    assert people == numbers | {STRANGER}
    assert len(people) == EVERYBODY
    assert GROUP in {chat["id"] for chat in first["chats"]}
    (tmp_path / "data" / "sandbox" / "mine").touch()

    async with visited(await begin()) as read:
        second = await read("/sandbox/state")
    assert second["world"] == first["world"]
    assert said(second) == said(first)

    async with visited(await begin("--fresh")) as read:
        third = await read("/sandbox/state")
    assert third["world"] != first["world"]
    assert {person["id"] for person in third["people"]} == people
    assert (tmp_path / "data" / "sandbox" / "mine").exists(), "not what it has made"


@pytest.mark.parametrize("end", [SIGTERM, SIGKILL])
async def test_broken_off_while_people_join_it_begins_anew(begin: Begin, end: Any) -> None:
    process = await begin()
    await process.says("Đang dựng cơ quan mẫu")
    process.signal(end)
    assert await process.ended(within=5.0) == (0 if end is SIGTERM else -SIGKILL), process.told()
    async with visited(await begin()) as read:
        assert len((await read("/sandbox/state"))["people"]) == EVERYBODY
