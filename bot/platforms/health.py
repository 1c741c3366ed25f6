"""How the program does, for whoever watches it from outside: 200 when well, else 503."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.health import PATH
from bot.services.ports.store import StoreDown

PATIENCE = 5.0  # seconds for the store


class Health:
    """`ask_store`: a small read. `parts`: by name, whether each is at work."""

    def __init__(
        self, ask_store: Callable[[], Awaitable[object]], parts: Mapping[str, Callable[[], bool]]
    ) -> None:
        self._ask_store, self._parts = ask_store, parts

    def routes(self) -> list[web.RouteDef]:
        return [web.get(PATH, self.answer)]

    async def answer(self, request: web.Request) -> web.Response:
        told = {"store": await self._store_answers()}
        told |= {name: is_well() for name, is_well in self._parts.items()}
        return web.json_response(told, status=200 if all(told.values()) else 503)

    async def _store_answers(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._ask_store()
        except (StoreDown, TimeoutError):
            return False
        return True
