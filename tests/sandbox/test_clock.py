"""The pushed clock: only forward, told at once to whoever waits, in every date."""

import asyncio
from datetime import datetime

from tests.sandbox.wire import Wire


async def test_at_the_start(wire: Wire) -> None:
    assert await wire.people("clock") == {"offset_seconds": 0, "version": 0}


async def test_a_push_is_told_at_once(wire: Wire) -> None:
    waiting = asyncio.create_task(wire.people("clock?after=0&wait=60"))
    await wire.people("state")
    assert not waiting.done()
    pushed = await wire.people("clock/push", {"minutes": 5})
    assert pushed == {"offset_seconds": 300, "version": 1}
    assert await waiting == pushed
    assert await wire.people("clock?after=0&wait=60") == pushed


async def test_without_a_push_the_wait_ends(wire: Wire) -> None:
    told = await wire.people("clock?after=0&wait=0.05")
    assert told == {"offset_seconds": 0, "version": 0}


async def test_other_changes_do_not_end_the_wait(wire: Wire) -> None:
    person = await wire.person()
    waiting = asyncio.create_task(wire.people("clock?after=0&wait=60"))
    await wire.say(person, "x")
    await wire.people("state")
    assert not waiting.done()
    await wire.people("clock/push", {"seconds": 1})
    assert (await waiting)["version"] == 1


async def test_dates_go_by_it(wire: Wire) -> None:
    person = await wire.person()
    before = await wire.send(person, "x")
    await wire.people("clock/push", {"seconds": 31 * 24 * 3600})
    after = await wire.send(person, "y")
    assert 0 <= after["date"] - before["date"] - 31 * 24 * 3600 < 60
    face = (await wire.people("state"))["clock"]
    assert abs(datetime.fromisoformat(face["now"]).timestamp() - after["date"]) < 60
