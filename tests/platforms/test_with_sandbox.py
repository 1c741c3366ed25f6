"""The same wires against the sandbox's real server: a person says something and is answered."""

import asyncio
from datetime import timedelta
from pathlib import Path

from aiogram.types import Update
from aiohttp import ClientSession

from bot.platforms.clock import PushedClock
from bot.platforms.handshake import introduce
from bot.platforms.pace import Pace
from bot.platforms.polling import Poller
from bot.platforms.telegram import make_bot
from bot.sandbox.server import Sandbox

TOKEN = "42:wire-secret"


async def test_what_a_person_says_is_fed_answered_and_confirmed(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path / "sandbox.db", TOKEN)
    await sandbox.start()
    bot = make_bot(TOKEN, sandbox.address, Pace())
    assert (await introduce(bot)).id == 42
    answered = asyncio.Event()

    async def feed(update: Update) -> None:
        assert update.message is not None
        await bot.send_message(update.message.chat.id, f"Đã ghi nhận: {update.message.text}")
        answered.set()

    poller = Poller(bot, feed)
    running = asyncio.create_task(poller.run())
    async with asyncio.timeout(10), ClientSession(f"{sandbox.address}/") as people:
        async with people.post("sandbox/people", json={"id": 5, "name": "Lan"}) as joined:
            assert joined.status == 201
        async with people.post("sandbox/people/5/say", json={"text": "/start"}) as said:
            assert said.status == 201
        await answered.wait()
        await poller.stop()
        await running
        async with people.get("sandbox/chats/5/messages") as chat:
            texts = [message["text"] for message in (await chat.json())["messages"]]
    assert texts == ["/start", "Đã ghi nhận: /start"]
    assert await bot.get_updates() == [], "what is done is confirmed"
    await bot.session.close()
    await sandbox.stop()


async def test_the_bot_lives_by_the_sandboxs_clock(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path / "sandbox.db", TOKEN)
    await sandbox.start()
    clock = PushedClock(f"{sandbox.address}/sandbox/clock")
    await clock.start()
    sleeping = asyncio.create_task(clock.sleep_until(clock.now() + timedelta(minutes=5)))
    async with asyncio.timeout(10), ClientSession(f"{sandbox.address}/") as people:
        async with people.post("sandbox/clock/push", json={"minutes": 6}) as pushed:
            assert pushed.status == 200
        await sleeping
    await clock.stop()
    await sandbox.stop()
