"""What polling and webhooks have in common: whose step an update is, and steps in their order."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiogram.types import Update

WANTED = ["message", "callback_query", "my_chat_member"]
PERSONS = 64  # whose steps run at once


class NotDone(Exception):
    """Raised by the feed: the step could not be stored (locked, full disk): ask for it again."""


def person_of(update: Update) -> int:
    """Whose steps this one stands in line with: the person's, or else the chat's."""
    for event in (update.message, update.callback_query, update.my_chat_member):
        if event is not None and event.from_user is not None:
            return event.from_user.id
    return update.message.chat.id if update.message is not None else 0


class Steps:
    """Steps under way: one person's in the order in which they came, persons in parallel.

    `persons`: how many at once. An update that comes again while its step runs waits for that one.
    """

    def __init__(self, persons: int = PERSONS) -> None:
        self._room = asyncio.Semaphore(persons)
        self._last: dict[tuple[int, int], asyncio.Task[bool]] = {}  # of each bot and person
        self._running: dict[tuple[int, int], asyncio.Task[bool]] = {}  # of each bot and update
        self._halted = False
        self._log = structlog.get_logger("steps")

    def begin(
        self, bot_id: int, update: Update, feed: Callable[[], Awaitable[None]]
    ) -> "asyncio.Task[bool]":
        """A task that tells whether what is to be stored of the step is stored."""
        key, person = (bot_id, update.update_id), (bot_id, person_of(update))
        if key not in self._running:
            step = self._in_turn(update.update_id, self._last.get(person), feed)
            task = asyncio.create_task(step, name=f"step {key}")
            self._running[key] = self._last[person] = task
            task.add_done_callback(lambda done: self._forget(key, person, done))
        return self._running[key]

    async def halt(self, grace: float) -> None:
        """Nothing waiting is begun; what runs gets so many seconds."""
        self._halted = True
        running = tuple(self._running.values())
        if running:
            _, unfinished = await asyncio.wait(running, timeout=grace)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _in_turn(
        self, number: int, before: "asyncio.Task[bool] | None", feed: Callable[[], Awaitable[None]]
    ) -> bool:
        if before is not None:
            await asyncio.wait((before,))
            if before.cancelled() or not before.result():
                return False  # it comes again, and this one after it
        async with self._room:
            if self._halted:
                return False
            try:
                await feed()
            except NotDone:
                return False
            except Exception:  # the edge: an update that breaks its step must not come for ever
                self._log.exception("steps.broken", update=number)
            return True

    def _forget(
        self, key: tuple[int, int], person: tuple[int, int], task: "asyncio.Task[bool]"
    ) -> None:
        del self._running[key]
        if self._last.get(person) is task:
            del self._last[person]
