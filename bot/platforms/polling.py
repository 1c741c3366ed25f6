"""Polling that confirms an update only after its step is committed (promise P1).

The platform forgets an update when it is asked for a later one. So a batch is fetched, the steps of
one person run in order and persons in parallel, and the next question's offset confirms no more
than what lies before the first unfinished step. Whoever is slow holds up nobody: meanwhile the
same stretch is asked for again, and only what is new in it is begun.
"""

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from random import SystemRandom
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramUnauthorizedError,
)
from aiogram.types import Update
from pydantic import ValidationError

from bot.platforms.steps import PERSONS, WANTED, NotDone, person_of
from bot.platforms.troubles import WrongToken

BATCH = 100  # what the platform gives at most
HASTY = 0.1  # seconds: nothing said sooner than this was no long poll, and is not asked in a rush
LATE = 30.0  # seconds beyond a whole poll: nobody has answered for too long
LAST_WORD = 1.0  # seconds for the last confirmation
CONFLICT = 5.0  # seconds until asking again beside another poller
STORE_WAITS = (1.0, 30.0)  # seconds of waiting while nothing can be stored: at first, at most
WIRE_WAITS = (1.0, 15.0)  # the same while the platform cannot be reached

T = TypeVar("T")


@dataclass(slots=True)
class Ledger:
    """Which updates were fetched, begun and finished, and hence how far may be confirmed."""

    latest: int | None = None  # the latest id ever fetched
    begun: set[int] = field(default_factory=set)  # queued or running
    returned: set[int] = field(default_factory=set)  # to be fetched and begun again
    finished: set[int] = field(default_factory=set)  # but perhaps not confirmed

    @property
    def offset(self) -> int | None:
        """What to ask for next: everything before it is confirmed by asking."""
        if self.begun or self.returned:
            return min(self.begun | self.returned)
        return None if self.latest is None else self.latest + 1

    def fetch(self, asked: int | None, ids: Iterable[int], all_there_is: bool) -> list[int]:
        """Take the batch that the offset `asked` brought; the ids to begin now.

        What was to come again and has vanished at the platform is forgotten.
        """
        given = sorted(ids)
        if given:
            self.latest = given[-1]
        self.returned = {
            one
            for one in self.returned
            if one not in given and not all_there_is and one > given[-1]
        }
        fresh = [one for one in given if one not in self.begun and one not in self.finished]
        self.begun.update(fresh)
        # what was finished since may be in this batch still, but in no later one
        self.finished = {one for one in self.finished if asked is None or one >= asked}
        return fresh

    def finish(self, one: int) -> None:
        self.begun.discard(one)
        self.finished.add(one)

    def give_back(self, ids: Iterable[int]) -> None:
        """These were begun, but nothing of them is stored."""
        for one in ids:
            self.begun.discard(one)
            self.returned.add(one)


class Poller:
    """`await run()` until `await stop()`; raises WrongToken when the token is refused.

    `feed` carries out one update's step and returns after its commit; it raises NotDone where
    nothing could be stored. `timeout`: seconds one question may stay open; `persons`: how many
    steps run at once; `patience`: seconds until new updates are fetched beside a slow step;
    `grace`: seconds that running steps get on stopping. `sleep` waits between attempts: real time,
    since a wall clock that is set back must not make the bot deaf.
    """

    def __init__(
        self,
        bot: Bot,
        feed: Callable[[Update], Awaitable[None]],
        *,
        timeout: int = 25,
        persons: int = PERSONS,
        patience: float = 0.5,
        grace: float = 2.0,
        sleep: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._feed = feed
        self._timeout = timeout
        self._patience = patience
        self._grace = grace
        self._sleep = sleep
        self._room = asyncio.Semaphore(persons)
        self._ledger = Ledger()
        self._confirmed: int | None = None
        self._queues: dict[int, deque[Update]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._still = asyncio.Event()  # no step is queued or running
        self._not_done = False
        self._heard = -math.inf  # when the platform last answered, in the loop's time
        self._halt = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._log = structlog.get_logger("polling")

    async def run(self) -> None:
        """Fetch and feed until stopped; other troubles than a wrong token are waited out."""
        self._ended.clear()
        self._heard = asyncio.get_running_loop().time()
        try:
            await self._rounds()
            await self._wind_up()
        finally:
            for worker in self._workers:
                worker.cancel()
            await asyncio.gather(*self._workers, return_exceptions=True)
            self._ended.set()

    async def stop(self) -> None:
        """End within 5 s: nothing new is begun, running steps finish and are confirmed."""
        self._halt.set()
        await self._ended.wait()

    def is_well(self) -> bool:
        """Whether the platform has answered of late."""
        silent = asyncio.get_running_loop().time() - self._heard
        return silent < self._timeout + LATE

    async def _rounds(self) -> None:
        wait = 0.0
        while not self._halt.is_set():
            batch = await self._unless_halted(self._fetch())
            if batch is None or self._halt.is_set():
                return
            self._begin(batch)
            await self._settle()
            if self._not_done:
                self._not_done = False
                wait = min(wait * 2 or STORE_WAITS[0], STORE_WAITS[1])
                self._log.error("polling.not_stored", again_in=wait)
                await self._unless_halted(self._sleep(wait))
            elif not self._ledger.begun:
                wait = 0.0

    async def _fetch(self) -> list[Update]:
        """What is new, once the platform answers. Raises WrongToken."""
        wait = 0.0
        while True:
            trouble, longest = "polling.away", WIRE_WAITS[1]
            try:
                batch = await self._ask(at_once=bool(wait))
            except TelegramUnauthorizedError:
                number = str(self._bot.id)
                raise WrongToken("the platform no longer knows this token", number) from None
            except TelegramConflictError as error:  # another program polls with this token
                trouble, longest, reason = "polling.conflict", CONFLICT, error.message
            except ClientDecodeError as error:  # its text holds what people wrote
                reason = f"{error.message}: {type(error.original).__name__}"
            except AiogramError as error:
                reason = str(error)
            else:
                if wait:
                    self._log.info("polling.back")
                self._heard = asyncio.get_running_loop().time()
                return batch
            if not wait:
                self._log.warning(trouble, reason=reason)
            wait = min(wait * 2 or WIRE_WAITS[0], longest)
            jittered = wait * SystemRandom().uniform(0.7, 1.0)
            await self._sleep(CONFLICT if trouble == "polling.conflict" else jittered)

    async def _ask(self, at_once: bool) -> list[Update]:
        """One question, that waits for updates unless it is to be answered `at_once`."""
        offset = self._ledger.offset
        asked = asyncio.get_running_loop().time()
        try:
            updates = await self._bot.get_updates(
                offset=offset,
                limit=BATCH,
                timeout=0 if at_once else self._timeout,
                allowed_updates=WANTED,
            )
            ids = [update.update_id for update in updates]
        except ClientDecodeError as error:
            updates, ids = self._readable(error)
        self._confirmed = offset
        hasty = asyncio.get_running_loop().time() - asked < HASTY
        if hasty and not (ids or at_once or self._ledger.begun):
            await self._sleep(self._patience)
        fresh = set(self._ledger.fetch(offset, ids, all_there_is=len(ids) < BATCH))
        for unreadable in fresh.difference(update.update_id for update in updates):
            self._log.error("polling.unreadable", update=unreadable)
            self._ledger.finish(unreadable)
        return [update for update in updates if update.update_id in fresh]

    def _readable(self, error: ClientDecodeError) -> tuple[list[Update], list[int]]:
        """One update that the library cannot read must not hide the others in its batch."""
        try:
            ids = [int(raw["update_id"]) for raw in error.data["result"]]
        except (KeyError, TypeError, ValueError):
            raise error from None
        updates: list[Update] = []
        for raw in error.data["result"]:
            with suppress(ValidationError):
                updates.append(Update.model_validate(raw, context={"bot": self._bot}))
        return updates, ids

    def _begin(self, updates: list[Update]) -> None:
        for update in updates:
            self._still.clear()
            person = person_of(update)
            if person in self._queues:
                self._queues[person].append(update)
                continue
            self._queues[person] = deque([update])
            worker = asyncio.create_task(self._work(person), name=f"steps of {person}")
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def _work(self, person: int) -> None:
        """The steps of one person, in order."""
        queue = self._queues[person]
        while queue and not self._halt.is_set():
            async with self._room:
                if await self._step(queue[0]):
                    self._ledger.finish(queue.popleft().update_id)
                else:
                    self._not_done = True
                    self._ledger.give_back(update.update_id for update in queue)
                    queue.clear()
        del self._queues[person]
        if not self._ledger.begun:
            self._still.set()

    async def _step(self, update: Update) -> bool:
        try:
            await self._feed(update)
        except NotDone:
            return False
        except Exception:  # the edge: an update that breaks its step must not stop everybody's
            self._log.exception("polling.broken_step", update=update.update_id)
        return True

    async def _settle(self) -> None:
        """Until no step is under way; after a while new updates are fetched beside them."""
        if not self._ledger.begun:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                await self._still.wait()

    async def _wind_up(self) -> None:
        if self._workers:
            await asyncio.wait(self._workers, timeout=self._grace)
        offset = self._ledger.offset
        if offset is None or offset == self._confirmed:
            return
        try:
            async with asyncio.timeout(LAST_WORD):
                await self._bot.get_updates(
                    offset=offset, limit=1, timeout=0, allowed_updates=WANTED
                )
        except (AiogramError, TimeoutError) as error:  # they come again, and the door drops them
            self._log.warning("polling.unconfirmed", reason=type(error).__name__)

    async def _unless_halted(self, work: Coroutine[Any, Any, T]) -> T | None:
        """The work's result, or None as soon as the poller is to stop."""
        doing = asyncio.create_task(work)
        halt = asyncio.create_task(self._halt.wait())
        try:
            await asyncio.wait((doing, halt), return_when=asyncio.FIRST_COMPLETED)
            return doing.result() if doing.done() else None
        finally:
            doing.cancel()
            halt.cancel()
            await asyncio.gather(doing, halt, return_exceptions=True)
