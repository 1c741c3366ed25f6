"""Faults on order, and the list of calls by which tests count messages."""

import aiohttp
import pytest

from tests.sandbox.wire import Wire


async def texts(wire: Wire, person: int) -> list[str]:
    told = (await wire.people(f"chats/{person}/messages"))["messages"]
    return [message["text"] for message in told if message["from"]["is_bot"]]


async def test_the_next_calls_fail(wire: Wire) -> None:
    person = await wire.person()
    await wire.people("faults", {"method": "sendMessage", "times": 2, "status": 502})
    for _ in range(2):
        assert await wire.refused("sendMessage", chat_id=person, text="x") == (502, "Bad Gateway")
    await wire.ok("getMe")
    await wire.send(person, "y")
    assert await texts(wire, person) == ["y"]


async def test_too_many_on_order(wire: Wire) -> None:
    person = await wire.person()
    await wire.people("faults", {"method": "*", "status": 429, "retry_after": 7})
    body = await wire.call("sendMessage", chat_id=person, text="x")
    assert body["parameters"] == {"retry_after": 7}


async def test_an_answer_that_is_lost_was_executed(wire: Wire) -> None:
    person = await wire.person()
    await wire.people("faults", {"method": "sendMessage", "drop": True})
    with pytest.raises(aiohttp.ClientConnectionError):
        await wire.send(person, "x")
    assert await texts(wire, person) == ["x"]


async def test_an_answer_that_is_late_was_executed(wire: Wire) -> None:
    person = await wire.person()
    await wire.people("faults", {"method": "sendMessage", "delay_seconds": 300})
    path = "/bot42:sandbox/sendMessage"
    impatient = aiohttp.ClientTimeout(total=0.2)
    with pytest.raises(TimeoutError):
        await wire.http.post(path, json={"chat_id": person, "text": "x"}, timeout=impatient)
    assert await texts(wire, person) == ["x"]


async def test_orders_are_listed_and_cleared(wire: Wire) -> None:
    await wire.people("faults", {"method": "getMe", "status": 500, "times": 3}, status=201)
    (fault,) = (await wire.people("faults"))["faults"]
    assert (fault["method"], fault["times"]) == ("getme", 3)
    async with wire.http.delete("/sandbox/faults") as answer:
        assert await answer.json() == {"faults": []}
    await wire.ok("getMe")


async def test_calls_are_counted(wire: Wire) -> None:
    person = await wire.person()
    start = (await wire.people("calls"))["count"]
    sent = await wire.send(person)
    await wire.call("sendMessage", chat_id=9, text="x")
    await wire.updates()
    told = await wire.people(f"calls?after={start}")
    assert told["count"] == start + 2
    good, bad = told["calls"]
    assert (good["method"], good["chat"], good["message"], good["ok"]) == (
        "sendMessage",
        person,
        sent["message_id"],
        True,
    )
    assert (bad["chat"], bad["ok"], bad["code"]) == (9, False, 400)
    assert bad["description"] == "Bad Request: chat not found"
