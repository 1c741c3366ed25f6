"""Zalo's webhook: what is posted to it, what comes again, what is given up."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.server import Sandbox
from tests.sandbox.wire import Wire
from tests.sandbox.zalo import Zalo

SECRET = "chỉ-hai-bên-biết".encode().hex()


@dataclass
class Receiver:
    """The bot's side: what came, and how the next of it is answered."""

    address: str = ""
    bodies: list[bytes] = field(default_factory=list)
    secrets: set[str | None] = field(default_factory=set)
    answers: list[int] = field(default_factory=list)  # then 200
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        async with self.news:
            self.bodies.append(await request.read())
            self.secrets.add(request.headers.get("X-Bot-Api-Secret-Token"))
            self.news.notify_all()
        status = self.answers.pop(0) if self.answers else 200
        return web.Response(status=status, headers={"Location": request.path})

    async def came(self, many: int) -> list[bytes]:
        async with asyncio.timeout(10), self.news:
            await self.news.wait_for(lambda: len(self.bodies) >= many)
        return list(self.bodies)

    async def texts(self, many: int) -> list[str]:
        """Without the first, empty one."""
        bodies = (await self.came(many + 1))[1:]
        return [json.loads(body)["result"]["message"]["text"] for body in bodies]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.add_routes([web.post("/zalo/77", receiver.take)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.address = f"http://127.0.0.1:{runner.addresses[0][1]}/zalo/77"
    yield receiver
    await runner.cleanup()


async def test_an_empty_post_comes_first_then_events_with_the_secret(
    zalo: Zalo, wire: Wire, receiver: Receiver
) -> None:
    assert await zalo.call("getWebhookInfo") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not found"},
    )
    told = await zalo.ok("setWebhook", url=receiver.address, secret_token=SECRET)
    assert (set(told), told["url"]) == ({"url", "updated_at"}, receiver.address)
    assert told["updated_at"] > 10**12
    assert await zalo.ok("getWebhookInfo") == told
    assert await receiver.came(1) == [b""]
    lan = await zalo.stranger()
    said = await wire.say(lan["id"], "không ai hỏi mà vẫn nghe")
    assert said["lost"] is False
    event = json.loads((await receiver.came(2))[1])
    assert set(event) == {"ok", "result"}
    assert event["result"]["event_name"] == "message.text.received"
    assert event["result"]["message"]["chat"]["id"] == lan["zalo_id"]
    assert receiver.secrets == {SECRET}
    gone = await zalo.ok("deleteWebhook")
    assert (set(gone), gone["url"]) == ({"url", "updated_at"}, "")
    assert (await zalo.call("getWebhookInfo"))[0] == 404


@pytest.mark.parametrize(
    "given",
    [
        {"secret_token": "x" * 7},
        {"secret_token": "x" * 257},
        {"secret_token": None},
        {"url": "https://trucban.vn/zalo"},
        {"url": "ftp://127.0.0.1/zalo"},
        {"url": "http://["},
        {"url": None},
    ],
)
async def test_a_webhook_that_is_refused(zalo: Zalo, given: dict[str, Any]) -> None:
    right = {"url": "http://127.0.0.1:1/zalo", "secret_token": "x" * 8}
    assert (await zalo.refused("setWebhook", **right | given))[0] == 400
    assert (await zalo.call("getWebhookInfo"))[0] == 404
    await zalo.ok("setWebhook", **right | {"secret_token": "x" * 256})


async def test_what_is_not_answered_200_comes_again_then_is_lost(
    zalo: Zalo, wire: Wire, receiver: Receiver
) -> None:
    lan = await zalo.person()
    await wire.people("limits", {"webhook_retry_seconds": 0.01})
    receiver.answers = [500, 503, 204, 200, 200, 401, 307, 500, 404]
    await zalo.ok("setWebhook", url=receiver.address, secret_token=SECRET)
    await wire.say(lan["id"], "một")
    assert await receiver.texts(3) == ["một"] * 3
    hai = await wire.say(lan["id"], "hai")
    assert await receiver.texts(4) == ["một"] * 3 + ["hai"]
    ba = await wire.say(lan["id"], "ba")
    assert (await receiver.texts(8))[4:] == ["ba"] * 4
    await wire.say(lan["id"], "bốn")
    assert (await receiver.texts(9))[8:] == ["bốn"]
    assert (await zalo.message(lan["id"], hai["id"]))["lost"] is False
    assert (await zalo.message(lan["id"], ba["id"]))["lost"] is True


async def test_chats_do_not_wait_for_each_other(zalo: Zalo, wire: Wire, receiver: Receiver) -> None:
    lan, minh = await zalo.person(), await zalo.person("Minh")
    await wire.people("limits", {"webhook_retry_seconds": 60.0})
    receiver.answers = [200, 500]
    await zalo.ok("setWebhook", url=receiver.address, secret_token=SECRET)
    await wire.say(lan["id"], "một")
    await receiver.texts(1)
    await wire.say(lan["id"], "hai")
    await wire.say(minh["id"], "của Minh")
    assert await receiver.texts(2) == ["một", "của Minh"]
    await zalo.ok("setWebhook", url=receiver.address, secret_token=f"{SECRET}2")
    assert (await receiver.came(5))[3] == b"", "a new webhook does not wait for the old one's tries"
    assert "một" in receiver.bodies[4].decode()


async def test_the_rig_holds_and_doubles_what_is_posted(
    zalo: Zalo, wire: Wire, receiver: Receiver
) -> None:
    lan = await zalo.stranger()
    await wire.people("rig", {"network": "zalo", "hold": True, "twice": True})
    await zalo.ok("setWebhook", url=receiver.address, secret_token=SECRET)
    assert await receiver.came(1) == [b""]
    await wire.say(lan["id"], "một")
    await wire.say(lan["id"], "hai")
    assert await receiver.came(1) == [b""]
    await wire.people("rig", {"network": "zalo", "hold": False})
    assert await receiver.texts(4) == ["một", "một", "hai", "hai"]


async def test_nobody_listens_there_any_more(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.stranger()
    await wire.people("limits", {"webhook_retry_seconds": 60.0})
    await zalo.ok("setWebhook", url="http://127.0.0.1:1/x", secret_token=SECRET)
    await wire.say(lan["id"], "một")
    await zalo.ok("deleteWebhook")
    assert await zalo.text() == "một", "the way back to polling has its grace"


async def test_it_is_kept_over_a_restart(
    sandbox: Sandbox, zalo: Zalo, wire: Wire, receiver: Receiver
) -> None:
    lan = await zalo.stranger()
    told = await zalo.ok("setWebhook", url=receiver.address, secret_token=SECRET)
    await receiver.came(1)
    await sandbox.stop()
    await sandbox.start()
    assert await zalo.ok("getWebhookInfo") == told
    await wire.say(lan["id"], "một")
    assert await receiver.texts(1) == ["một"]
