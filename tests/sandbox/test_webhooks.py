"""The webhook: what is posted to it, what comes again and when, what is refused beside it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.server import Sandbox
from tests.sandbox.wire import TOKEN, Wire

SECRET = "chỉ-hai-bên-biết".encode().hex()


@dataclass
class Receiver:
    """The bot's side: what came, and how the next of it is answered."""

    address: str = ""
    came: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)  # then 200
    held: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        async with self.news:
            self.came.append(json.loads(await request.read()))
            self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
            self.news.notify_all()
        answer = self.answers.pop(0) if self.answers else web.Response()
        await self.held.wait()
        return answer

    async def texts(self, many: int) -> list[str]:
        async with asyncio.timeout(10), self.news:
            await self.news.wait_for(lambda: len(self.came) >= many)
        return [update["message"]["text"] for update in self.came]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    receiver.held.set()
    app = web.Application()
    app.add_routes([web.post("/telegram/42", receiver.take)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.address = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/42"
    yield receiver
    await runner.cleanup()


async def pending(wire: Wire, many: int) -> dict[str, Any]:
    """getWebhookInfo as soon as so many updates are left."""
    async with asyncio.timeout(10):
        while (info := await wire.ok("getWebhookInfo"))["pending_update_count"] != many:
            pass
    return dict(info)


async def test_updates_are_posted_with_the_secret_and_are_then_done(
    wire: Wire, receiver: Receiver
) -> None:
    person = await wire.person()
    await wire.say(person, "trước")
    await wire.ok("setWebhook", url=receiver.address, secret_token=SECRET, max_connections=7)
    await wire.say(person, "sau")
    assert await receiver.texts(2) == ["trước", "sau"]
    assert receiver.secrets == [SECRET, SECRET]
    assert await pending(wire, 0) == {
        "url": receiver.address,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 7,
    }
    await wire.ok("deleteWebhook")
    assert await wire.updates() == []


async def test_what_was_not_taken_comes_again_before_what_came_later(
    wire: Wire, receiver: Receiver
) -> None:
    person, other = await wire.person(), await wire.person("Anh Nam")
    await wire.people("limits", {"webhook_retry_seconds": 0.01})
    receiver.answers = [web.Response(status=503) for _ in range(4)]
    await wire.ok("setWebhook", url=receiver.address)
    await wire.say(person, "một")
    await receiver.texts(1)
    await wire.say(person, "hai")
    assert await receiver.texts(6) == ["một"] * 5 + ["hai"]
    info = await pending(wire, 0)
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert info["last_error_date"] > 0
    assert receiver.secrets == [None] * 6
    receiver.held.clear()
    await wire.say(person, "ba")
    await wire.say(other, "của người khác")
    assert set(await receiver.texts(8)) >= {"ba", "của người khác"}, "chats side by side"
    receiver.held.set()
    await pending(wire, 0)


async def test_a_retry_after_is_obeyed_and_a_new_webhook_does_not_wait(
    wire: Wire, receiver: Receiver
) -> None:
    person = await wire.person()
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "600"})]
    await wire.ok("setWebhook", url=receiver.address)
    await wire.say(person, "một")
    await receiver.texts(1)
    await wire.say(person, "hai")
    assert (await pending(wire, 2))["last_error_message"].endswith("503 Service Unavailable")
    await wire.ok("setWebhook", url=receiver.address, secret_token=SECRET)
    assert await receiver.texts(3) == ["một", "một", "hai"]
    assert "last_error_date" not in await pending(wire, 0)


async def test_nobody_listens_there(wire: Wire) -> None:
    person = await wire.person()
    await wire.ok("setWebhook", url="http://127.0.0.1:1/telegram/42")
    await wire.say(person, "một")
    async with asyncio.timeout(10):
        while "last_error_message" not in (info := await wire.ok("getWebhookInfo")):
            pass
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)
    await wire.ok("deleteWebhook")
    assert len(await wire.updates()) == 1, "nothing is lost on the way back to polling"


async def test_a_webhook_and_a_poller_exclude_each_other(wire: Wire, receiver: Receiver) -> None:
    poll = asyncio.create_task(wire.call("getUpdates", timeout=50))
    await wire.people("state")
    await wire.ok("setWebhook", url=receiver.address)
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    code, said = await wire.refused("getUpdates")
    assert (code, said.partition(";")[0]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active",
    )
    await wire.ok("deleteWebhook")
    assert await wire.updates() == []


async def test_it_is_kept_over_a_restart(sandbox: Sandbox, wire: Wire, receiver: Receiver) -> None:
    person = await wire.person()
    receiver.held.clear()
    await wire.ok("setWebhook", url=receiver.address, secret_token=SECRET)
    await wire.say(person, "một")
    await receiver.texts(1)
    await sandbox.stop()
    receiver.held.set()
    await sandbox.start()
    assert await receiver.texts(2) == ["một", "một"]
    assert receiver.secrets == [SECRET] * 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, 'parameter "url" is required'),
        ({"url": "ftp://127.0.0.1/x"}, "bad webhook: An HTTPS URL must be provided"),
        ({"url": "https://127.0.0.1:99999/x"}, "bad webhook: An HTTPS URL must be provided"),
        ({"url": "https://agency.example/x"}, "bad webhook: the sandbox delivers to this machine"),
        ({"url": "http://localhost/x", "secret_token": "a b"}, "secret token contains unallowed"),
        ({"url": "http://localhost/x", "secret_token": "a" * 257}, "secret token is too long"),
        ({"url": "http://localhost/x", "ip_address": "127.0.0.1"}, "the sandbox does not play"),
    ],
)
async def test_what_is_no_webhook(wire: Wire, arguments: dict[str, Any], said: str) -> None:
    assert (await wire.ok("getWebhookInfo"))["url"] == ""
    code, description = await wire.refused("setWebhook", **arguments)
    assert code == 400
    assert description.startswith(f"Bad Request: {said}")
    assert TOKEN not in description
