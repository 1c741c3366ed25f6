"""Faults on order for Zalo's methods, and networks that are down until they are lifted."""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.sandbox.wire import Wire
from tests.sandbox.zalo import Zalo


async def order(wire: Wire, **fault: Any) -> None:
    await wire.people("faults", {"network": "zalo", **fault}, status=201)


async def test_refusals_in_zalos_words(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    to_lan = {"chat_id": lan["zalo_id"], "text": "x"}
    await order(wire, method="sendMessage", status=403)
    assert await zalo.refused("sendMessage", **to_lan) == (403, "internal server error")
    await order(wire, method="sendMessage", status=429)
    assert await zalo.refused("sendMessage", **to_lan) == (429, "quota exceeded")
    await order(wire, method="sendMessage", status=400, description="lạ", http_status=500)
    assert await zalo.call("sendMessage", **to_lan) == (
        500,
        {"ok": False, "error_code": 400, "description": "lạ"},
    )
    await order(wire, method="*", status=502)
    assert (await zalo.call("getMe"))[0] == 502
    assert await zalo.ok("sendMessage", **to_lan)
    calls = (await wire.people("calls"))["calls"]
    assert [call["code"] for call in calls] == [403, 429, 400, 502, None]


async def test_a_page_of_html(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    await order(wire, method="sendMessage", status=502, page=True)
    path, body = f"/zalo/bot{zalo.token}/sendMessage", {"chat_id": lan["zalo_id"], "text": "x"}
    async with wire.http.post(path, json=body) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
        assert "<h1>502</h1>" in await answer.text()
    await wire.people("faults", {"method": "getMe", "page": True}, status=201)
    async with wire.http.get("/bot42:sandbox/getMe") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")


async def test_lost_dropped_and_late(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    to_lan = {"chat_id": lan["zalo_id"], "text": "x"}
    before = len((await wire.people(f"chats/{lan['id']}/messages"))["messages"])
    for how in ("lose", "drop"):
        await order(wire, method="sendMessage", **{how: True})
        with pytest.raises(aiohttp.ClientError):
            await zalo.call("sendMessage", **to_lan)
        after = len((await wire.people(f"chats/{lan['id']}/messages"))["messages"])
        assert after - before == (how == "drop")
    await order(wire, method="sendMessage", delay_seconds=0.2)
    now = asyncio.get_running_loop().time()
    await zalo.ok("sendMessage", **to_lan)
    assert asyncio.get_running_loop().time() - now >= 0.2


async def test_each_call_once_and_only_in_one_chat(zalo: Zalo, wire: Wire) -> None:
    lan, minh = await zalo.person(), await zalo.person("Minh")
    await order(wire, method="sendMessage", status=403, each=True, chat=lan["id"])
    assert await zalo.ok("sendMessage", chat_id=minh["zalo_id"], text="x")
    for text in ("một", "hai"):
        to_lan = {"chat_id": lan["zalo_id"], "text": text}
        assert (await zalo.refused("sendMessage", **to_lan))[0] == 403
        assert await zalo.ok("sendMessage", **to_lan)


async def test_an_event_whose_answer_is_lost_is_lost(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    said = await wire.say(lan["id"], "một")
    await order(wire, method="getUpdates", drop=True)
    with pytest.raises(aiohttp.ClientError):
        await zalo.event()
    assert await zalo.event(0) is None
    assert (await zalo.message(lan["id"], said["id"]))["lost"] is True


async def test_zalo_is_down_until_it_is_lifted(zalo: Zalo, wire: Wire) -> None:
    lan, hanh = await zalo.person(), await wire.person()
    poll = asyncio.create_task(zalo.event(30))
    await zalo.ok("getMe")
    await wire.people("faults", {"method": "sendMessage", "status": 400}, status=201)
    await order(wire, method="*", times=0, lose=True)
    with pytest.raises(aiohttp.ClientError):
        await poll
    await wire.people("limits", {"zalo_poll_grace_seconds": 0.0})
    for method in ("getMe", "getUpdates", "getMe"):
        with pytest.raises(aiohttp.ClientError):
            await zalo.call(method)
    assert (await wire.say(lan["id"], "alo"))["lost"] is True, "polls that are cut hear nothing"
    assert (await wire.refused("sendMessage", chat_id=hanh, text="x"))[0] == 400, "for either"
    await wire.send(hanh)
    await wire.people("faults", {"method": "setMyCommands", "status": 400}, status=201)
    async with wire.http.delete("/sandbox/faults?network=zalo") as answer:
        (left,) = (await answer.json())["faults"]
    assert left["method"] == "setmycommands"
    assert await zalo.ok("sendMessage", chat_id=lan["zalo_id"], text="đã có lại")


async def test_a_poll_that_waits_is_not_met_by_the_next_fault(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    poll = asyncio.create_task(zalo.event(30))
    await zalo.ok("getMe")
    await order(wire, method="getUpdates", status=500)
    await wire.say(lan["id"], "vẫn nghe")
    assert (await poll)["message"]["text"] == "vẫn nghe"
    assert (await zalo.call("getUpdates", timeout=0))[0] == 500


async def test_a_standing_refusal_ends_polls_of_both(zalo: Zalo, wire: Wire) -> None:
    zalos = asyncio.create_task(zalo.call("getUpdates", timeout=30))
    telegrams = asyncio.create_task(wire.call("getUpdates", timeout=30))
    await zalo.ok("getMe")
    await wire.ok("getMe")
    everything = {"method": "*", "times": 0, "status": 503}
    await wire.people("faults", everything, status=201)
    status, body = await zalos
    assert (status, body["error_code"]) == (503, 503)
    assert (await telegrams)["error_code"] == 503
    async with wire.http.delete("/sandbox/faults"):
        assert await zalo.ok("getMe")


@pytest.mark.parametrize(
    "body", [{"method": "getMe", "network": "sms", "status": 400}, {"method": "x", "status": 400}]
)
async def test_an_order_that_is_none(wire: Wire, body: dict[str, Any]) -> None:
    await wire.people("faults", body, status=400)
