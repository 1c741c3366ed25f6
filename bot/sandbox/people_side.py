"""The sandbox's people's side over HTTP, for who plays its people: write, and wait for the bot."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiohttp import ClientSession

PATIENCE = 30.0  # seconds for the bot to answer one step
Found = TypeVar("Found")
Json = dict[str, Any]


class CastFailed(Exception):
    """The sandbox's people could not be set up; the text says at which step."""


class PeopleSide:
    def __init__(self, address: str, session: ClientSession) -> None:
        self._base, self._session = f"{address}/sandbox", session

    async def get(self, path: str) -> Any:
        async with self._session.get(f"{self._base}/{path}") as answer:
            answer.raise_for_status()
            return await answer.json()

    async def post(self, path: str, body: Json) -> Any:
        """CastFailed: it was refused."""
        async with self._session.post(f"{self._base}/{path}", json=body) as answer:
            if answer.status >= 400:
                raise CastFailed(f"{path}: {answer.status} {await answer.text()}")
            return await answer.json()

    async def wait(
        self, chat: int, what: str, found: Callable[[list[Json]], Found | None]
    ) -> Found:
        """What is found in a chat's messages, once it is. CastFailed: not in time."""

        async def look() -> Found | None:
            return found((await self.get(f"chats/{chat}/messages"))["messages"])

        return await self.until(f"no answer of the bot in chat {chat}: {what}", look)

    async def until(self, failing: str, look: Callable[[], Awaitable[Found | None]]) -> Found:
        """What a look at it finds, asked again whenever something has happened."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    after = (await self.get("state?messages=0"))["event"]
                    if (found := await look()) is not None:
                        return found
                    await self._event(after)
        except TimeoutError:
            raise CastFailed(failing) from None

    async def _event(self, after: int) -> None:
        async with self._session.get(f"{self._base}/events?after={after}") as stream:
            async for line in stream.content:
                if line.startswith(b"id:"):
                    return
