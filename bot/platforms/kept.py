"""Updates that a platform may never bring again: kept here until their step is stored, and what
the same person has said since waits behind them. A kill loses them, nothing else does."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiogram.types import Update

from bot.platforms.steps import Steps, person_of

STORE_WAITS = (0.5, 8.0)  # seconds while nothing can be stored: at first, at most


class Kept:
    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._last: dict[tuple[int, int], asyncio.Task[bool]] = {}  # of each bot and person
        self._waiting: dict[tuple[int, int], asyncio.Task[bool]] = {}  # of each bot and update
        self._log = structlog.get_logger("steps")

    def begin(
        self, bot_id: int, update: Update, feed: Callable[[], Awaitable[None]]
    ) -> "asyncio.Task[bool]":
        """A task that ends, with True, once the step is stored. As Steps.begin otherwise."""
        key, person = (bot_id, update.update_id), (bot_id, person_of(update))
        if key not in self._waiting:
            work = self._until_stored(bot_id, update, feed, self._last.get(person))
            task = asyncio.create_task(work, name=f"kept {key}")
            self._waiting[key] = self._last[person] = task
            task.add_done_callback(lambda done: self._forget(key, person, done))
        return self._waiting[key]

    async def give_up(self) -> None:
        """The end: what is not stored yet is nowhere any more, unless it is brought again."""
        kept = tuple(self._waiting.values())
        for task in kept:
            task.cancel()
        await asyncio.gather(*kept, return_exceptions=True)
        if lost := sum(task.cancelled() for task in kept):
            self._log.error("steps.given_up", so_many=lost)

    async def _until_stored(
        self,
        bot_id: int,
        update: Update,
        feed: Callable[[], Awaitable[None]],
        before: "asyncio.Task[bool] | None",
    ) -> bool:
        if before is not None:
            await asyncio.wait((before,))
        wait, most = STORE_WAITS
        while not await self._steps.begin(bot_id, update, feed):
            await asyncio.sleep(wait)
            wait = min(wait * 2, most)
        return True

    def _forget(
        self, key: tuple[int, int], person: tuple[int, int], task: "asyncio.Task[bool]"
    ) -> None:
        del self._waiting[key]
        if self._last.get(person) is task:
            del self._last[person]
