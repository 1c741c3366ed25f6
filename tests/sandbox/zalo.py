"""The Zalo face as a bot's program speaks to it, and somebody who writes on Zalo."""

import json
from typing import Any

from tests.sandbox.wire import ZALO_TOKEN, Wire

HEX = r"[0-9a-f]{20}"


class Zalo:
    def __init__(self, wire: Wire, token: str = ZALO_TOKEN) -> None:
        self.wire, self.token = wire, token

    async def call(self, method: str, /, **given: Any) -> tuple[int, dict[str, Any]]:
        """The HTTP status and the whole body."""
        return await self.post(method, json.dumps(given).encode())

    async def post(self, method: str, body: bytes) -> tuple[int, dict[str, Any]]:
        path, kind = f"/zalo/bot{self.token}/{method}", {"Content-Type": "application/json"}
        async with self.wire.http.post(path, data=body, headers=kind) as answer:
            return answer.status, await answer.json()

    async def ok(self, method: str, /, **given: Any) -> Any:
        status, body = await self.call(method, **given)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refused(self, method: str, /, **given: Any) -> tuple[int, str]:
        status, body = await self.call(method, **given)
        assert set(body) == {"ok", "error_code", "description"}, body
        assert (status, body["ok"]) == (200, False), body
        return body["error_code"], body["description"]

    async def event(self, timeout: int = 5) -> Any:
        """The next event; None: none in time."""
        status, body = await self.call("getUpdates", timeout=timeout)
        if status == 408:
            return None
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def text(self) -> str | None:
        """What the next event says."""
        event = await self.event(0)
        return event["message"]["text"] if event else None

    async def person(self, name: str = "Chị Lan", /, **more: Any) -> dict[str, Any]:
        """Somebody who has written to the bot; it has heard it."""
        person = await self.stranger(name, **more)
        await self.listens()
        await self.wire.say(person["id"], "chào")
        assert await self.text() == "chào"
        return person

    async def stranger(self, name: str = "Chị Lan", /, **more: Any) -> dict[str, Any]:
        body = {"name": name, "network": "zalo", **more}
        person: dict[str, Any] = await self.wire.people("people", body, status=201)
        return person

    async def listens(self) -> None:
        """A poll has just ended: what is written now is not lost."""
        assert await self.event(0) is None

    async def group(self, *members: dict[str, Any]) -> dict[str, Any]:
        body = {"title": "Đội ứng cứu", "members": [m["id"] for m in members], "network": "zalo"}
        group: dict[str, Any] = await self.wire.people("groups", body, status=201)
        return group

    async def message(self, chat: int, number: int) -> dict[str, Any]:
        """As people see it."""
        shown = await self.wire.people(f"chats/{chat}/messages?last=1000")
        return next(message for message in shown["messages"] if message["id"] == number)
