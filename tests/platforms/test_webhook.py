"""What is posted to us: who is turned away, and that an update is taken once its step is done."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Update
from aiohttp import ClientSession, web
from structlog.testing import capture_logs

from bot.platforms.listener import Listener
from bot.platforms.steps import NotDone
from bot.platforms.telegram import TelegramBot
from bot.platforms.troubles import CannotListen
from bot.platforms.webhook import Webhook
from tests.platforms.scripted import press

WORD = "a-secret-of-the-tests"
SAID = "Mở máy thấy chữ đòi tiền"


@dataclass
class Feed:
    """What a step does, as a test holds it up and makes it fail."""

    began: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    held: dict[int, asyncio.Event] = field(default_factory=dict)
    failing: dict[int, list[Exception]] = field(default_factory=dict)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def __call__(self, bot: Bot, update: Update) -> None:
        one = update.update_id
        async with self.news:
            self.began.append(one)
            self.news.notify_all()
        if one in self.held:
            await self.held[one].wait()
        if self.failing.get(one):
            raise self.failing[one].pop()
        self.done.append(one)

    def hold(self, one: int) -> asyncio.Event:
        self.held[one] = asyncio.Event()
        return self.held[one]

    async def until(self, *began: int) -> None:
        async with asyncio.timeout(5), self.news:
            await self.news.wait_for(lambda: set(began) <= set(self.began))


Post = Callable[..., Awaitable[int]]


@dataclass
class Place:
    """A webhook that runs, and somebody who posts to it."""

    webhook: Webhook
    http: ClientSession
    address: str

    async def post(
        self, body: Any, secret: str | None = WORD, path: str = "/telegram/42"
    ) -> web.Response:
        headers = {} if secret is None else {TelegramBot.secret_header: secret}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.http.post(f"{self.address}{path}", data=data, headers=headers) as answer:
            return web.Response(status=answer.status, headers=answer.headers)

    async def status(self, body: Any, secret: str | None = WORD, path: str = "/telegram/42") -> int:
        return (await self.post(body, secret, path)).status

    def posting(self, body: Any) -> "asyncio.Task[int]":
        return asyncio.create_task(self.status(body))


@pytest.fixture
def feed() -> Feed:
    return Feed()


@pytest.fixture
async def place(bot: Bot, feed: Feed, unused_tcp_port: int) -> AsyncIterator[Place]:
    address = f"http://127.0.0.1:{unused_tcp_port}"
    webhook = Webhook([bot], feed, address, WORD, patience=0.5, grace=0.2)
    listener = Listener("127.0.0.1", unused_tcp_port, webhook.routes())
    await listener.start()
    running = asyncio.create_task(webhook.run())
    async with ClientSession() as http:
        yield Place(webhook, http, address)
        await webhook.stop()
        await running
    await listener.stop()


async def test_the_way_in_holds_the_number_of_the_bot_and_nothing_secret(
    place: Place, bot: Bot
) -> None:
    way_in = place.webhook.way_in(bot)
    assert (way_in.url, way_in.secret) == (f"{place.address}/telegram/42", WORD)
    assert WORD not in repr(way_in)


async def test_an_update_is_taken_once_its_step_is_done(place: Place, feed: Feed) -> None:
    go = feed.hold(7)
    posting = place.posting(press(7))
    await feed.until(7)
    assert await place.status(press(8, person=2)) == 200
    assert not posting.done()
    go.set()
    assert await posting == 200
    assert feed.done == [8, 7]


@pytest.mark.parametrize("secret", [None, "", "another", WORD[:-1], WORD + "x", "bí mật"])
async def test_whoever_does_not_know_the_secret_is_turned_away(
    place: Place, feed: Feed, secret: str | None
) -> None:
    with capture_logs() as logs:
        for _ in range(5):
            assert await place.status(press(7), secret) == 401
        assert await place.status(press(7), secret, "/telegram/43") == 401
    assert feed.began == []
    assert [log["so_many"] for log in logs] == [1, 2, 4]
    assert place.webhook.forged == 6


async def test_of_a_forged_update_nothing_is_read(place: Place) -> None:
    """It is answered while the body is still to come, and the connection is closed."""
    port = int(place.address.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = "POST /telegram/42 HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n{"
    writer.write(head.encode())
    async with asyncio.timeout(5):
        assert (await reader.readline()).startswith(b"HTTP/1.1 401")
    writer.close()


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/telegram/43", b"{}", 404),
        ("POST", "/telegram/", b"{}", 404),
        ("POST", "/", b"{}", 404),
        ("GET", "/telegram/42", b"", 405),
        ("PUT", "/telegram/42", b"{}", 405),
        ("POST", "/telegram/42", b" " * (2**20 + 1), 413),
    ],
)
async def test_what_no_platform_sends(
    place: Place, feed: Feed, method: str, path: str, body: bytes, status: int
) -> None:
    async with place.http.request(
        method,
        place.address + path,
        data=io.BytesIO(body),
        headers={TelegramBot.secret_header: WORD},
    ) as answer:
        assert answer.status == status
    assert feed.began == []


async def test_a_body_in_pieces_is_measured_too(place: Place) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 2**15

    url, headers = f"{place.address}/telegram/42", {TelegramBot.secret_header: WORD}
    async with place.http.post(url, data=pieces(), headers=headers) as answer:
        assert answer.status == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"update_id": "x"}',
        b"[" * 100_000,
        json.dumps({"update_id": 7, "message": {"text": SAID}}).encode(),
    ],
)
async def test_what_is_no_update_is_counted_and_does_not_come_again(
    place: Place, feed: Feed, body: bytes
) -> None:
    with capture_logs() as logs:
        assert await place.status(body) == 200
    assert feed.began == []
    assert place.webhook.unreadable == 1
    assert [log["event"] for log in logs] == ["webhook.unreadable"]
    assert SAID not in str(logs)


async def test_what_cannot_be_stored_comes_again(place: Place, feed: Feed) -> None:
    feed.failing[7] = [NotDone("locked")]
    answer = await place.post(press(7))
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert await place.status(press(7)) == 200
    assert (feed.began, feed.done) == ([7, 7], [7])


async def test_a_step_that_breaks_does_not_come_for_ever(place: Place, feed: Feed) -> None:
    feed.failing[7] = [ZeroDivisionError()]
    with capture_logs() as logs:
        assert await place.status(press(7)) == 200
    assert [log["event"] for log in logs] == ["steps.broken"]


async def test_an_update_that_comes_again_while_its_step_runs_is_that_step(
    place: Place, feed: Feed
) -> None:
    go = feed.hold(7)
    first, second = place.posting(press(7)), place.posting(press(7))
    assert (await first, await second) == (503, 503), "not taken yet, and nobody is kept for long"
    assert feed.began == [7]
    go.set()
    assert await place.status(press(7)) == 200
    assert feed.began == [7, 7], "the last came when that step was over"


async def test_one_persons_steps_are_in_order_and_persons_side_by_side(
    place: Place, feed: Feed
) -> None:
    go = feed.hold(1)
    first = place.posting(press(1))
    await feed.until(1)
    second = place.posting(press(2))
    assert await place.status(press(3, person=2)) == 200
    assert feed.began == [1, 3]
    go.set()
    assert (await first, await second) == (200, 200)
    assert feed.done == [3, 1, 2]


async def test_what_comes_after_a_step_that_was_not_stored_waits_behind_it(
    place: Place, feed: Feed
) -> None:
    go = feed.hold(1)
    feed.failing[1] = [NotDone("locked")]
    first = place.posting(press(1))
    await feed.until(1)
    second = place.posting(press(2))
    await place.status(press(3, person=2))
    go.set()
    assert (await first, await second) == (503, 503)
    assert (await place.status(press(1)), await place.status(press(2))) == (200, 200)
    assert feed.done == [3, 1, 2]


async def test_on_stopping_running_steps_are_answered_and_the_others_come_again(
    place: Place, feed: Feed
) -> None:
    quick, _ = feed.hold(1), feed.hold(3)
    first = place.posting(press(1))
    endless = place.posting(press(3, person=2))
    await feed.until(1, 3)
    waiting = place.posting(press(2))
    await place.status(press(4, person=3))
    stopping = asyncio.create_task(place.webhook.stop())
    await asyncio.sleep(0)
    assert await place.status(press(5, person=4)) == 503
    quick.set()
    assert (await first, await waiting, await endless) == (200, 503, 503)
    await stopping
    assert feed.done == [4, 1]
    assert not place.webhook.is_well()


async def test_an_address_that_is_taken(place: Place) -> None:
    port = int(place.address.rpartition(":")[2])
    with pytest.raises(CannotListen, match=f"127.0.0.1:{port}"):
        await Listener("127.0.0.1", port, []).start()
    with pytest.raises(CannotListen):
        await Listener("192.0.2.1", 8080, []).start()
