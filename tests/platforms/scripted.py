"""A Bot API on loopback that answers as a test tells it to, and remembers what it was asked.

What is scripted for a method is answered first, once each; after that it behaves: updates wait
until a later offset confirms them, a long poll stays open until one comes.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "42:wire-secret-of-the-tests"
Answer = Callable[[web.Request], web.StreamResponse]


def refusal(status: int, description: str, **parameters: object) -> Answer:
    """The Bot API's own way of saying no."""
    said = {"ok": False, "error_code": status, "description": description}
    if parameters:
        said["parameters"] = parameters
    return lambda request: web.json_response(said, status=status)


def page(status: int, text: str) -> Answer:
    """Something between us and the Bot API that speaks HTML."""
    return lambda request: web.Response(status=status, text=text, content_type="text/html")


def hang_up(request: web.Request) -> web.StreamResponse:
    """The connection breaks after the request was read."""
    assert request.transport is not None
    request.transport.close()
    return web.Response()


def press(update_id: int, person: int = 1, data: str = "go") -> dict[str, Any]:
    user = {"id": person, "is_bot": False, "first_name": "Lan"}
    query = {"id": str(update_id), "from": user, "chat_instance": "1", "data": data}
    return {"update_id": update_id, "callback_query": query}


@dataclass
class Platform:
    address: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    script: dict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))
    open_polls: int = 0  # that wait for updates
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def tell(self, method: str, *answers: Answer) -> None:
        self.script[method].extend(answers)

    def questions(self, method: str) -> list[dict[str, str]]:
        return [fields for name, fields in self.asked if name == method]

    def offsets(self) -> list[int]:
        return [int(fields.get("offset", 0)) for fields in self.questions("getUpdates")]

    async def deliver(self, *updates: dict[str, Any]) -> None:
        async with self._changed:
            self.updates.extend(updates)
            self._changed.notify_all()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something this platform sees; 5 seconds at most."""
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(condition)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields = {name: str(value) for name, value in (await request.post()).items()}
        async with self._changed:
            self.asked.append((method, fields))
            self._changed.notify_all()
        if self.script[method]:
            return self.script[method].popleft()(request)
        match method:
            case "getMe":
                result: Any = {"id": 42, "is_bot": True, "first_name": "Trực Ban"}
            case "getUpdates":
                result = await self._waiting(fields)
            case "sendMessage":
                chat = {"id": int(fields["chat_id"]), "type": "private"}
                result = {"message_id": len(self.asked), "date": 1, "chat": chat, "text": "…"}
            case _:
                result = True
        return web.json_response({"ok": True, "result": result})

    async def _waiting(self, fields: dict[str, str]) -> list[dict[str, Any]]:
        offset = int(fields.get("offset", 0))
        async with self._changed:
            self.updates = [one for one in self.updates if one["update_id"] >= offset]
            if not self.updates and fields["timeout"] == "0":
                return []
            self.open_polls += 1
            self._changed.notify_all()
            try:
                async with asyncio.timeout(float(fields["timeout"])):
                    await self._changed.wait_for(lambda: bool(self.updates))
            except TimeoutError:
                return []
            finally:
                self.open_polls -= 1
                self._changed.notify_all()
            return self.updates[: int(fields.get("limit", 100))]


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    """The address of the application on a free port of loopback."""
    runner = web.AppRunner(app, shutdown_timeout=0.05, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def scripted_platform() -> AsyncIterator[Platform]:
    platform = Platform()
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/{{method}}", platform.serve)
    async with serving(app) as platform.address:
        yield platform
