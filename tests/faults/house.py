"""The sandbox in the test's own process, and the bot as a process of its own that can be killed."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from typing import Any

from aiohttp import ClientSession

from bot.sandbox.cast import GROUP
from bot.sandbox.server import Sandbox
from tests.faults.processes import PATIENCE, Launcher, Process
from tests.faults.rows import Rows
from tests.flows.house import PHONES, TOKEN
from tests.flows.person import Phone, Stage

RUNNING = "đang chạy"


@dataclass(frozen=True)
class Shown:
    """Something that came onto a phone: a new message, or one that was edited."""

    id: int  # of the event
    chat: int
    text: str
    new: bool
    by_bot: bool


class House:
    """`process`: the bot that was started last."""

    def __init__(self, folder: Path, sandbox: Sandbox, http: ClientSession, launcher: Launcher):
        self.folder, self.sandbox, self.http, self._launcher = folder, sandbox, http, launcher
        self.stage = Stage(sandbox.address, http)
        self.phones = {key: Phone(self.stage, *who) for key, who in PHONES.items()}
        self.rows = Rows(folder / "trucban.db")
        self.process: Process | None = None

    def environ(self, **changes: str) -> dict[str, str]:
        chosen = {
            "TOKEN": TOKEN,
            "DATABASE": f"sqlite:///{self.folder / 'trucban.db'}",
            "API": self.sandbox.address,
        }
        return {
            "TRUCBAN_TELEGRAM_TOKEN": chosen["TOKEN"],
            "TRUCBAN_TELEGRAM_API": chosen["API"],
            "TRUCBAN_DATABASE": chosen["DATABASE"],
            "TRUCBAN_CLOCK_URL": f"{self.sandbox.address}/sandbox/clock",
            "TRUCBAN_SWEEP_SECONDS": "0.1",
            "TRUCBAN_POLL_TIMEOUT": "5",
            **changes,
        }

    async def start(self, **changes: str) -> Process:
        """The bot, at work."""
        process = await self.begin(**changes)
        await process.says(RUNNING)
        return process

    async def begin(self, **changes: str) -> Process:
        """The bot, just started."""
        self.process = await self.command("run", **changes)
        return self.process

    async def command(self, *words: str, **changes: str) -> Process:
        environ = self.environ(**changes)
        return await self._launcher.start(*words, folder=self.folder, environ=environ)

    async def shown(self, after: int = 0) -> list[Shown]:
        """All that came onto the phones and into the group after an event, in order."""
        last = (await self.stage.get("state", messages=1))["event"]
        found: list[Shown] = []
        if last <= after:
            return found
        async with aclosing(self._events(after)) as events:
            async for number, one in events:
                found += [one] if one else []
                if number >= last:
                    break
        return found

    async def hears_the_bot(self, after: int, words: int = 1, within: float = PATIENCE) -> None:
        """Until the bot has said or edited so much after an event. TimeoutError."""
        async with asyncio.timeout(within), aclosing(self._events(after)) as events:
            async for _, one in events:
                words -= bool(one and one.by_bot)
                if not words:
                    return

    async def _events(self, after: int) -> AsyncGenerator[tuple[int, Shown | None], None]:
        """With their numbers; what is nothing to be seen is None."""
        url, number, kind = f"{self.sandbox.address}/sandbox/events", 0, ""
        async with self.http.get(url, params={"after": after}) as stream:
            async for raw in stream.content:
                field, _, value = raw.decode().rstrip("\n").partition(": ")
                if field == "id":
                    number = int(value)
                elif field == "event":
                    kind = value
                elif field == "data" and number:
                    seen = kind in ("message", "edit")
                    yield number, _shown(number, kind, json.loads(value)) if seen else None

    async def end_faults(self) -> None:
        """The faults that were ordered are over."""
        async with self.http.delete(f"{self.sandbox.address}/sandbox/faults") as answer:
            answer.raise_for_status()

    async def end(self) -> int:
        """The bot ends in order; its exit code."""
        assert self.process is not None
        await self.process.says(RUNNING)
        self.process.signal(SIGTERM)
        return await self.process.ended()


def _shown(event: int, kind: str, message: dict[str, Any]) -> Shown:
    sender = message["from"]["is_bot"]
    return Shown(event, message["chat"], message["text"], kind == "message", sender)


@asynccontextmanager
async def opened(folder: Path, launcher: Launcher) -> AsyncIterator[House]:
    """A sandbox over the files in `folder`; no bot runs yet, and none is left running."""
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(folder / "sandbox.db", TOKEN)
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        http = await stack.enter_async_context(ClientSession())
        house = House(folder, sandbox, http, launcher)
        await house.stage.post("limits", {"on": False})
        try:
            yield house
        finally:
            if house.process is not None:
                await house.process.killed()


__all__ = ["GROUP", "House", "Shown", "opened"]
