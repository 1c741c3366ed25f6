"""Both sides of the sandbox as a test speaks to them."""

import io
import json
from types import TracebackType
from typing import Any, Self

import aiohttp

TOKEN = "42:sandbox"
ZALO_TOKEN = "77:sandbox"
BOT = "trucban_bot"


class Wire:
    def __init__(self, address: str) -> None:
        self.address = address

    async def __aenter__(self) -> Self:
        self.http = aiohttp.ClientSession(self.address)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.http.close()

    async def call(self, method: str, /, **arguments: Any) -> dict[str, Any]:
        """The whole answer of the Bot API, `ok` or not."""
        path = f"/bot{TOKEN}/{method}"
        sent = io.BytesIO(json.dumps(arguments).encode())
        kind = {"Content-Type": "application/json"}
        async with self.http.post(path, data=sent, headers=kind) as answer:
            body: dict[str, Any] = await answer.json()
            if not body["ok"]:
                assert answer.status == body["error_code"]
            return body

    async def ok(self, method: str, /, **arguments: Any) -> Any:
        body = await self.call(method, **arguments)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, /, **arguments: Any) -> tuple[int, str]:
        body = await self.call(method, **arguments)
        assert not body["ok"], body
        return body["error_code"], body["description"]

    async def send(self, chat_id: int, text: str = "Xin chào", /, **more: Any) -> Any:
        return await self.ok("sendMessage", chat_id=chat_id, text=text, **more)

    async def updates(self, **arguments: Any) -> Any:
        return await self.ok("getUpdates", **arguments)

    async def people(
        self, path: str, body: dict[str, Any] | None = None, *, status: int | None = None
    ) -> Any:
        """POST when there is a body, GET otherwise; the status is 2xx unless one is named."""
        async with self.http.request(
            "GET" if body is None else "POST",
            f"/sandbox/{path}",
            data=None if body is None else json.dumps(body),
            headers={} if body is None else {"Content-Type": "application/json"},
        ) as answer:
            said = await answer.json()
            assert answer.status == status if status else answer.ok, (answer.status, said)
            return said

    async def person(self, name: str = "Cô Hạnh", /, **more: Any) -> int:
        """Somebody who has pressed start; the bot has heard it."""
        person = await self.people("people", {"name": name, **more})
        await self.people(f"people/{person['id']}/say", {"text": "/start"})
        await self.hear()
        return int(person["id"])

    async def group(self, *members: int, **more: Any) -> int:
        body = {"title": "Đội ứng cứu", "members": members, **more}
        group = await self.people("groups", body)
        await self.hear()
        return int(group["id"])

    async def say(self, person: int, text: str, /, **more: Any) -> Any:
        return await self.people(f"people/{person}/say", {"text": text, **more})

    async def hear(self) -> list[Any]:
        """What waits for the bot; confirmed."""
        found: list[Any] = await self.updates()
        if found:
            await self.updates(offset=found[-1]["update_id"] + 1, limit=1)
        return found


def button(text: str, data: str) -> dict[str, str]:
    return {"text": text, "callback_data": data}


def keyboard(*rows: list[dict[str, str]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}
