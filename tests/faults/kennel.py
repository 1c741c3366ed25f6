"""The watchdog beside the program: its own bot, the group of both bots, a duty officer, a mail box.

The program is a real process on its sandbox, the watchdog runs in the test's own process on another
(its bot's private chats are its own); both sandboxes have the group.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from pydantic import SecretStr

from bot.sandbox.server import Sandbox
from bot.watchdog.program import Watchdog, opened
from bot.watchdog.settings import WatchdogSettings
from tests.faults.house import House
from tests.faults.processes import PATIENCE, Process
from tests.flows.house import posted
from tests.flows.person import Phone, Stage

TOKEN, NUMBER = "737373:nobody-may-see", "737373"
ROOM = -1_000_400_000_077  # the group of both bots
ALARM, OVER = "Trực Ban có thể không báo được tin khẩn", "Trực Ban đã hoạt động lại"


class MailBox:
    """A real mail server on loopback; it keeps what it takes."""

    def __init__(self) -> None:
        self._loop, self._came = asyncio.get_running_loop(), asyncio.Event()
        self.letters: list[Message] = []
        port = int(posted()["webhook_listen"].rpartition(":")[2])
        self._server = Controller(self, hostname="127.0.0.1", port=port)
        self.address = f"mailto://127.0.0.1:{port}?from=giamsat@a.example.vn&to=truc@a.example.vn"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content))
        self._loop.call_soon_threadsafe(self._came.set)
        return "250 OK"

    async def takes_one(self) -> Message:
        async with asyncio.timeout(PATIENCE):
            await self._came.wait()
        self._came.clear()
        return self.letters[-1]

    def open(self) -> None:
        self._server.start()

    def close(self) -> None:
        self._server.stop()


class Kennel:
    """`duty`: the duty officer's phone, in the private chat with the watchdog's bot."""

    def __init__(self, house: House, sandbox: Sandbox, folder: Path, mail: MailBox) -> None:
        self.house, self.sandbox, self.mail = house, sandbox, mail
        self.stage = Stage(sandbox.address, house.http)
        self.duty = Phone(self.stage, 104, "Bình")
        self._state = folder / "watchdog" / "state.json"
        self._health = posted()["webhook_listen"]

    async def start(self) -> Process:
        """The program, that answers test pages and the question how it does."""
        of_it = {"TRUCBAN_WATCH_BOT": NUMBER, "TRUCBAN_HEALTH_LISTEN": self._health}
        return await self.house.start(**of_it, AT_ONCE="1")

    def environ(self, **changes: Any) -> dict[str, str]:
        """The watchdog's settings as a process of its own takes them."""
        chosen = self.settings(**changes).model_dump(exclude_none=True)
        plain = {
            name: value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            for name, value in chosen.items()
        }
        return {f"TRUCBAN_WATCHDOG_{name.upper()}": value for name, value in plain.items()}

    def settings(self, **changes: Any) -> WatchdogSettings:
        usual: dict[str, Any] = {
            "heartbeat": f"http://{self._health}/healthz",
            "heartbeat_seconds": 0.2,
            "token": SecretStr(TOKEN),
            "api": self.sandbox.address,
            "chat": ROOM,
            "bot": "@trucban_bot",
            "patience_seconds": 5.0,
            "duty": str(self.duty.number),
            "state": str(self._state),
        }
        return WatchdogSettings(**{**usual, **changes})

    @asynccontextmanager
    async def watched(self, **changes: Any) -> AsyncIterator[Watchdog]:
        """The watchdog at work."""
        async with opened(self.settings(**changes)) as dog:
            running = asyncio.create_task(dog.run())
            try:
                yield dog
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)

    async def tests(self, count: int) -> None:
        """Until so many test pages have been answered in the group."""

        def answered(messages: list[dict[str, Any]]) -> bool:
            return sum("/dadi@giamsat_bot" in one["text"] for one in messages) >= count

        await self.stage.until(ROOM, answered)

    async def alarms(self) -> list[str]:
        """The first lines of all that the duty officer was told."""
        told = await self.stage.messages(self.duty.number)
        return [one["text"].split("\n")[0] for one in told if one["from"]["is_bot"]]


@asynccontextmanager
async def kept(house: House, folder: Path) -> AsyncIterator[Kennel]:
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(folder / "beside.db", TOKEN, username="giamsat_bot", bot_to_bot=True)
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        house.sandbox.meet(sandbox)
        mail = MailBox()
        kennel = Kennel(house, sandbox, folder, mail)
        await kennel.stage.post("limits", {"on": False})
        await kennel.stage.post("people", {"id": 104, "name": "Bình"})
        await kennel.duty.says(text="/start")
        group = {"title": "Kiểm tra", "members": [104], "id": ROOM}
        for stage in (house.stage, kennel.stage):
            await stage.post("groups", group)
        await asyncio.to_thread(mail.open)
        stack.callback(mail.close)
        yield kennel
