"""Zalo's wires against the sandbox's Zalo: everybody who writes is heard and answered."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Update
from aiohttp import web

from bot.platforms.bot_api import QuotaExceeded, explain
from bot.platforms.handshake import introduce
from bot.platforms.pace import Pace
from bot.platforms.troubles import WrongToken
from bot.platforms.way_in import WayIn
from bot.platforms.webhook import Webhook
from bot.platforms.zalo.bot import ZaloBot, make_zalo_bot
from bot.platforms.zalo.polling import ZaloPoller
from bot.sandbox.server import Sandbox
from tests.platforms.scripted import serving
from tests.sandbox.conftest import sandbox, wire, world_file, zalo
from tests.sandbox.wire import ZALO_TOKEN, Wire
from tests.sandbox.zalo import Zalo

__all__ = ["sandbox", "wire", "world_file", "zalo"]
WORD = "a-secret-of-the-tests"


@pytest.fixture
async def there(sandbox: Sandbox) -> AsyncIterator[ZaloBot]:
    pace = Pace(per_second=1000, chat_per_second=1000, burst=15)
    bot = make_zalo_bot(ZALO_TOKEN, f"{sandbox.address}/zalo", pace)
    yield bot
    await bot.session.close()


class Heard:
    """Answers what it is fed, and remembers it."""

    def __init__(self, bot: ZaloBot) -> None:
        self.bot, self.updates, self._news = bot, [], asyncio.Condition()

    updates: list[Update]

    async def __call__(self, update: Update) -> None:
        assert update.message is not None
        if update.message.text:
            await update.message.answer(f"<b>Đã ghi nhận</b>: {update.message.text}")
        async with self._news:
            self.updates.append(update)
            self._news.notify_all()

    async def until(self, times: int) -> None:
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: len(self.updates) >= times)


@asynccontextmanager
async def polling(bot: ZaloBot, heard: Heard) -> AsyncIterator[None]:
    poller = ZaloPoller(bot, heard, timeout=5)
    running = asyncio.create_task(poller.run())
    yield
    await poller.stop()
    await running


@asynccontextmanager
async def posted(bot: ZaloBot, heard: Heard) -> AsyncIterator[None]:
    webhook: Webhook | None = None

    async def take(request: web.Request) -> web.Response:
        assert webhook is not None
        return await webhook.take(request)

    app = web.Application()
    app.router.add_post("/{platform}/{bot}", take)
    async with serving(app) as address:
        webhook = Webhook([bot], lambda by, update: heard(update), address, WORD)
        await introduce(bot, webhook.way_in(bot))
        yield
        await bot.delete_webhook()


Way = Callable[[ZaloBot, Heard], "asyncio.Task[None]"]


@pytest.mark.parametrize("way", [polling, posted])
async def test_all_that_people_write_is_heard_and_answered(
    there: ZaloBot, wire: Wire, zalo: Zalo, way: Way
) -> None:
    await introduce(there)
    heard, lan = Heard(there), await zalo.stranger()
    room = await zalo.group(lan)
    async with way(there, heard):  # type: ignore[attr-defined]
        while not (await wire.people("state?messages=0"))["bots"]["zalo"]["listening"]:
            pass
        for said in ({"text": "chào"}, {"sticker": "🙂"}, {"photo": True, "caption": "Màn hình"}):
            await wire.people(f"people/{lan['id']}/say", said, status=201)
        for said in ({"voice": True}, {"document": "a.pdf"}):
            await wire.people(f"people/{lan['id']}/say", said, status=201)
        await wire.say(lan["id"], "@Trực Ban nhận 12.3", chat=room["id"])
        await heard.until(6)
    found = [update.message for update in heard.updates if update.message is not None]
    kinds = {one.content_type for one in found}
    assert kinds == {"text", "sticker", "photo", "voice", "document"}
    texts = {one.text: there.external(one.chat.id) for one in found if one.text}
    assert texts == {"chào": lan["zalo_id"], "nhận 12.3": f"-{room['zalo_id']}"}
    (photo,) = [one for one in found if one.photo]
    file = await there.get_file(photo.photo[-1].file_id)  # type: ignore[index]
    picture = b"".join([piece async for piece in there.session.stream_content(str(file.file_path))])
    assert picture.startswith(b"\x89PNG")
    for chat in (lan["id"], room["id"]):
        shown = (await wire.people(f"chats/{chat}/messages?last=9"))["messages"]
        assert sum(one["text"].startswith("Đã ghi nhận: ") for one in shown) == 1


async def test_what_the_platform_refuses(there: ZaloBot, wire: Wire, zalo: Zalo) -> None:
    lan, stranger = await zalo.person(), await zalo.stranger("Nga")
    with pytest.raises(TelegramBadRequest):
        await there.send_message(stranger["zalo_id"], "xin chào")
    await wire.people("limits", {"zalo_month_quota": 1})
    await there.send_message(lan["zalo_id"], "xin chào")
    with pytest.raises(QuotaExceeded):
        await there.send_message(lan["zalo_id"], "xin chào")
    other = make_zalo_bot("77:other", f"{wire.address}/zalo", Pace())
    with pytest.raises(WrongToken):
        await introduce(other)
    await other.session.close()


@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        ({"drop": True}, True),
        ({"lose": True}, False),
        ({"status": 403}, False),
        ({"status": 408}, False),
        ({"page": True}, True),
    ],
)
async def test_where_the_answer_is_lost_nobody_knows_whether_it_arrived(
    there: ZaloBot, wire: Wire, zalo: Zalo, fault: dict[str, object], arrived: bool
) -> None:
    lan = await zalo.person()
    await wire.people("faults", {"method": "sendMessage", **fault}, status=201)
    with pytest.raises(Exception) as failed:  # noqa: PT011 (what it means is tested)
        await there.send_message(lan["zalo_id"], "TIN KHẨN")
    assert explain(failed.value).fate_unknown
    shown = (await wire.people(f"chats/{lan['id']}/messages?last=9"))["messages"]
    assert any(one["text"] == "TIN KHẨN" for one in shown) is arrived


async def test_a_webhook_that_zalo_cannot_take(there: ZaloBot) -> None:
    assert (await there.get_webhook_info()).url == ""
    await introduce(there, WayIn("http://127.0.0.1:9/zalo/77", WORD))
    assert (await there.get_webhook_info()).url == "http://127.0.0.1:9/zalo/77"
    with pytest.raises(TelegramBadRequest):
        await there.get_updates(timeout=1)
    with pytest.raises(TelegramBadRequest, match="secret_token"):
        await there.set_webhook("http://127.0.0.1:9/zalo/77", secret_token="short")
