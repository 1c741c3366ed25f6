"""Zalo's door beside Telegram's: each opens to its own header only; what comes in is taken once."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Update
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.platforms.listener import Listener
from bot.platforms.pace import Pace
from bot.platforms.paced import PacedBot
from bot.platforms.steps import NotDone
from bot.platforms.telegram import TelegramBot, make_bot
from bot.platforms.webhook import Webhook
from bot.platforms.zalo.bot import ZaloBot
from tests.platforms import scripted
from tests.platforms.zalo.scripted import event

WORD = "a-secret-of-the-tests"
SAID = "Mở máy thấy chữ đòi tiền"
TELEGRAM, ZALO = TelegramBot.secret_header, ZaloBot.secret_header


@dataclass
class Place:
    webhook: Webhook
    http: ClientSession
    address: str
    fed: list[tuple[str, int]] = field(default_factory=list)
    failing: list[Exception] = field(default_factory=list)
    held: asyncio.Event | None = None
    down: bool = False  # nothing can be stored
    done: list[tuple[str, int]] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def feed(self, bot: Bot, update: Update) -> None:
        assert isinstance(bot, ZaloBot | TelegramBot)
        await self._note(self.fed, bot, update)
        if self.held is not None:
            await self.held.wait()
        if self.down:
            raise NotDone("locked")
        if self.failing:
            raise self.failing.pop()
        await self._note(self.done, bot, update)

    async def _note(self, to: list[tuple[str, int]], bot: PacedBot, update: Update) -> None:
        async with self.news:
            to.append((bot.platform, update.update_id))
            self.news.notify_all()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(5), self.news:
            await self.news.wait_for(holds)

    async def post(
        self, body: Any, path: str = "/zalo/77", header: str = ZALO, secret: str = WORD
    ) -> int:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        url, headers = f"{self.address}{path}", {header: secret}
        async with self.http.post(url, data=data, headers=headers) as answer:
            return answer.status


@pytest.fixture
async def place(bot: ZaloBot, unused_tcp_port: int) -> AsyncIterator[Place]:
    address = f"http://127.0.0.1:{unused_tcp_port}"
    telegram = make_bot(scripted.TOKEN, "http://127.0.0.1:1", Pace())

    async def feed(by: Bot, update: Update) -> None:
        await place.feed(by, update)

    webhook = Webhook([telegram, bot], feed, address, WORD, patience=0.3, grace=0.2)
    listener = Listener("127.0.0.1", unused_tcp_port, webhook.routes())
    await listener.start()
    running = asyncio.create_task(webhook.run())
    async with ClientSession() as http:
        place = Place(webhook, http, address)
        yield place
        await webhook.stop()
        await running
    await listener.stop()
    await telegram.session.close()


async def test_each_platform_has_its_own_address(place: Place, bot: ZaloBot) -> None:
    assert place.webhook.way_in(bot).url == f"{place.address}/zalo/77"
    assert await place.post(event(1)) == 200
    assert await place.post({"ok": True, "result": event(2)}) == 200
    assert await place.post(scripted.press(3), "/telegram/42", TELEGRAM) == 200
    assert [who for who, _ in place.fed] == ["zalo", "zalo", "telegram"]


@pytest.mark.parametrize(
    ("path", "header", "secret"),
    [
        ("/zalo/77", TELEGRAM, WORD),
        ("/telegram/42", ZALO, WORD),
        ("/zalo/77", "X-Other", WORD),
        ("/zalo/77", ZALO, ""),
        ("/zalo/77", ZALO, WORD[:-1]),
        ("/zalo/77", ZALO, "bí mật"),
    ],
)
async def test_only_the_platforms_own_header_opens_its_door(
    place: Place, path: str, header: str, secret: str
) -> None:
    for body in (event(1), scripted.press(1), b""):
        assert await place.post(body, path, header, secret) == 401
    assert (place.fed, place.webhook.forged) == ([], 3)


async def test_of_a_forged_post_nothing_is_read(place: Place) -> None:
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", int(place.address.rpartition(":")[2])
    )
    head = f"POST /zalo/77 HTTP/1.1\r\nHost: x\r\n{TELEGRAM}: {WORD}\r\nContent-Length: 900000"
    writer.write(f"{head}\r\n\r\n{{".encode())
    async with asyncio.timeout(5):
        assert (await reader.readline()).startswith(b"HTTP/1.1 401")
    writer.close()


async def test_a_bot_of_the_other_platform_is_not_there(place: Place) -> None:
    assert await place.post(event(1), "/zalo/42") == 404
    assert await place.post(scripted.press(1), "/telegram/77", TELEGRAM) == 404


async def test_a_probe_without_a_body_is_answered_and_no_news(place: Place) -> None:
    with capture_logs() as logs:
        assert (await place.post(b""), await place.post(b" \r\n")) == (200, 200)
    assert (place.fed, place.webhook.unreadable, logs) == ([], 0, [])


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"event_name": "message.text.received", "message": {"date": 1e999}}',
        {"event_name": "user.joined", "message": {"text": SAID}},
        {**event(1, SAID), "event_name": "message.video.received"},
        event(1, SAID, date="hôm qua"),
        scripted.press(1),
    ],
)
async def test_what_is_no_event_is_counted_without_its_words_and_does_not_come_again(
    place: Place, body: Any
) -> None:
    with capture_logs() as logs:
        assert await place.post(body) == 200
    assert (place.fed, place.webhook.unreadable) == ([], 1)
    assert [(log["event"], log["bot"]) for log in logs] == [("webhook.unreadable", 77)]
    assert SAID not in str(logs)


async def test_what_a_bot_says_is_taken_and_nothing_is_done(place: Place) -> None:
    told = event(1)
    told["message"]["from"]["is_bot"] = True
    assert (await place.post(told), place.fed, place.webhook.unreadable) == (200, [], 0)


async def test_it_is_answered_after_the_step_and_again_where_nothing_was_stored(
    place: Place,
) -> None:
    place.failing = [NotDone("locked")]
    assert await place.post(event(1)) == 503
    assert await place.post(event(1)) == 200
    place.held = asyncio.Event()
    assert await place.post(event(2)) == 503, "not done yet"
    again = asyncio.create_task(place.post(event(2)))
    place.held.set()
    assert await again == 200
    (first, second, *_), numbers = place.fed, {number for _, number in place.fed}
    assert first == second, "the same update, by which the door knows it"
    assert len(numbers) == 2


async def test_what_zalo_brings_no_more_is_kept_in_order_until_it_is_stored(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows how often it tries; Telegram brings it again itself."""
    monkeypatch.setattr("bot.platforms.kept.STORE_WAITS", (0.01, 0.02))
    place.down = True
    assert await place.post(event(1, "một")) == 503
    assert await place.post(event(2, "hai")) == 503
    assert await place.post(scripted.press(3), "/telegram/42", TELEGRAM) == 503
    place.down = False
    await place.until(lambda: len(place.done) == 2)
    assert place.done == list(dict.fromkeys(one for one in place.fed if one[0] == "zalo"))[:2]


async def test_what_is_kept_still_at_the_end_is_told_loudly(place: Place) -> None:
    place.down = True
    posting = asyncio.create_task(place.post(event(1, SAID)))
    with capture_logs() as logs:
        await place.until(lambda: bool(place.fed))
        await place.webhook.stop()
        assert await posting == 503
    lost = [log for log in logs if log["event"] == "steps.given_up"]
    assert [(log["so_many"], log["log_level"]) for log in lost] == [(1, "error")]
    assert SAID not in str(logs)
