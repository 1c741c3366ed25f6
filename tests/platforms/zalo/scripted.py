"""Zalo's wire on loopback: answers as a test tells it to, and remembers what it was asked.

What is scripted for a method is answered first, once each; after that it behaves: an event is
handed out once, a long poll without one ends with 408.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.platforms.scripted import serving

TOKEN = "77:zalo-secret-of-the-tests"
Answer = Callable[[web.Request], web.StreamResponse | Awaitable[web.StreamResponse]]
LAN, ROOM = "6ede9afa66b88fe6d6a9", "9c1f4e8a7b6d5c4e3f2a"


def refusal(code: int, description: str, status: int = 200) -> Answer:
    """Zalo's own way of saying no: the HTTP status tells little."""
    said = {"ok": False, "error_code": code, "description": description}
    return lambda request: web.json_response(said, status=status)


def telling(result: object) -> Answer:
    return lambda request: web.json_response({"ok": True, "result": result})


def event(number: int, text: str = "xin chào", person: str = LAN, **more: Any) -> dict[str, Any]:
    """Somebody writes; `more` goes into the message."""
    message = {
        "from": {"id": person, "display_name": "Lan", "is_bot": False},
        "chat": {"id": person, "chat_type": "PRIVATE"},
        "text": text,
        "message_id": f"{number:020x}",
        "date": 1750316131602,
        **more,
    }
    return {"event_name": "message.text.received", "message": message}


def in_room(text: str) -> dict[str, Any]:
    return event(1, text, chat={"id": ROOM, "chat_type": "GROUP"})


@dataclass
class ZaloPlatform:
    address: str = ""
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    events: deque[Any] = field(default_factory=deque)
    script: dict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))
    open_polls: int = 0
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def tell(self, method: str, *answers: Answer) -> None:
        self.script[method].extend(answers)

    def questions(self, method: str) -> list[dict[str, Any]]:
        return [body for name, body in self.asked if name == method]

    def texts(self) -> list[str]:
        return [body["text"] for body in self.questions("sendMessage")]

    async def deliver(self, *events: Any) -> None:
        async with self._changed:
            self.events.extend(events)
            self._changed.notify_all()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something this platform sees; 5 seconds at most."""
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(condition)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        method, body = request.match_info["method"], await request.json()
        async with self._changed:
            self.asked.append((method, body))
            self._changed.notify_all()
        if self.script[method]:
            answer = self.script[method].popleft()(request)
            return await answer if isinstance(answer, Awaitable) else answer
        if method == "getUpdates":
            return await self._next(float(body["timeout"]))
        sent = {"message_id": f"{len(self.asked):020x}", "date": 1750316131602}
        me = {"id": "77", "account_name": "bot.VDKyGxQvc", "account_type": "BASIC"}
        me["display_name"] = "Trực Ban"
        told = {"getMe": me, "sendMessage": sent}.get(method, {"url": ""})
        return web.json_response({"ok": True, "result": told})

    async def _next(self, seconds: float) -> web.StreamResponse:
        async with self._changed:
            self.open_polls += 1
            self._changed.notify_all()
            try:
                async with asyncio.timeout(seconds):
                    await self._changed.wait_for(lambda: bool(self.events))
            except TimeoutError:
                said = {"ok": False, "error_code": 408, "description": "Request timeout"}
                return web.json_response(said, status=408)
            finally:
                self.open_polls -= 1
                self._changed.notify_all()
            return web.json_response({"ok": True, "result": self.events.popleft()})


@asynccontextmanager
async def zalo_platform() -> AsyncIterator[ZaloPlatform]:
    platform = ZaloPlatform()
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/{{method}}", platform.serve)
    async with serving(app) as platform.address:
        yield platform
