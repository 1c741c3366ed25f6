"""The sandbox with people who act at once when they see an answer, all in one event loop.

The bots speak HTTP to it as to any Bot API. The people reach it without HTTP, so that what is
measured is not their own waiting.
"""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox import talk
from bot.sandbox.chats import BotAccount
from bot.sandbox.contents import text_content
from bot.sandbox.guard import guard
from bot.sandbox.limits import Limits
from bot.sandbox.messages import Message
from bot.sandbox.server import LARGEST_BODY, routes
from bot.sandbox.world import World

SECRET = "bench"
PATIENCE = 60.0  # seconds for one answer; the first ones wait for the bot to start
QUIET = 0.3  # seconds without a message: nothing is left to be said


class WatchedWorld(World):
    """`shown`: who waits for the bot's next message or edit in which chat."""

    def __init__(self, path: Path, bot: BotAccount) -> None:
        super().__init__(path, bot)
        self.limits = Limits(on=False)
        self.shown: dict[int, asyncio.Future[Message]] = {}
        self.spoken = 0.0  # when the bot last said anything

    def tell_message(self, kind: str, message: Message) -> dict[str, Any]:
        if message.sender_id == self.bot.id:
            self.spoken = time.perf_counter()
            waiting = self.shown.pop(message.chat_id, None)
            if waiting is not None:
                waiting.set_result(message)
        return super().tell_message(kind, message)


class Town:
    """One bot's sandbox and everybody who has a phone there. `open` before anything else."""

    def __init__(self, path: Path, account: int) -> None:
        self.token = f"{account}:{SECRET}"
        self.world = WatchedWorld(path, BotAccount(account, "Bot", "bench_bot"))
        self.address = ""
        app = web.Application(middlewares=[guard], client_max_size=LARGEST_BODY)
        app.add_routes(routes(self.world, self.token))
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True)

    async def open(self, numbers: Sequence[int]) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        with self.world.step():
            for number in numbers:
                person = self.world.chats.save_person(f"Lan {number}", None, number)
                self.world.chats.mark(person, started=True, blocked=False)

    async def close(self) -> None:
        self.world.stop()
        await self._runner.cleanup()
        self.world.store.close()

    async def dialog(self, number: int, sentence: str, labels: Sequence[str]) -> list[float]:
        """A sentence, then a tap on each label. Milliseconds from each act to its answer."""
        world = self.world
        person = world.person(number)
        waits: list[float] = []
        message: Message | None = None
        for act in (sentence, *labels):
            waiting = world.shown[number] = asyncio.get_running_loop().create_future()
            began = time.perf_counter()
            with world.step():
                if message is None:
                    talk.say(world, person, number, text_content(act), None)
                else:
                    talk.tap(world, person, message, {"label": act}, stale=False)
            async with asyncio.timeout(PATIENCE):
                message = await waiting
            waits.append((time.perf_counter() - began) * 1000)
        assert message is not None
        assert "Đã ghi nhận" in message.text, message.text
        return waits

    async def quiet(self) -> None:
        """Until the bot has said to everybody what it had to say."""
        while time.perf_counter() - self.world.spoken < QUIET:
            await self.world.bell.pause(QUIET)
