"""Polling Zalo: each question brings one message at most, and never brings it again.

So the next question is asked while the step of the last still runs, and a step that could not be
stored is kept and tried until it is: at the platform it is gone. For development; what is written
while nobody asks is lost.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from aiogram.types import Update

from bot.platforms.kept import Kept
from bot.platforms.steps import Steps
from bot.platforms.troubles import WrongToken

HASTY = 0.05  # seconds: an empty answer sooner than this was no long poll
LATE = 30.0  # seconds beyond a whole poll: nobody has answered for too long
WIRE_WAITS = (1.0, 15.0)  # seconds while the platform cannot be reached: at first, at most


class ZaloPoller:
    """`feed`, `timeout` and `grace` as for Poller."""

    def __init__(
        self,
        bot: Bot,
        feed: Callable[[Update], Awaitable[None]],
        *,
        timeout: int = 25,
        grace: float = 2.0,
    ) -> None:
        self._bot, self._feed, self._timeout, self._grace = bot, feed, timeout, grace
        self._steps = Steps()
        self._kept = Kept(self._steps)
        self._halt, self._ended = asyncio.Event(), asyncio.Event()
        self._ended.set()
        self._answered_at = -math.inf
        self._log = structlog.get_logger("polling")

    async def run(self) -> None:
        """Until `stop`. WrongToken: the platform took the token back."""
        self._ended.clear()
        self._answered_at = self._now()
        asking = asyncio.create_task(self._ask_on(), name="zalo poll")
        halt = asyncio.create_task(self._halt.wait())
        try:
            await asyncio.wait((asking, halt), return_when=asyncio.FIRST_COMPLETED)
            if asking.done():
                asking.result()
        finally:
            asking.cancel()
            halt.cancel()
            await asyncio.gather(asking, halt, return_exceptions=True)
            await self._steps.halt(self._grace)
            await self._kept.give_up()
            self._ended.set()

    async def stop(self) -> None:
        """Nothing new is asked for; running steps finish."""
        self._halt.set()
        await self._ended.wait()

    def is_well(self) -> bool:
        return self._now() - self._answered_at < self._timeout + LATE

    async def _ask_on(self) -> None:
        wait, most = WIRE_WAITS
        while True:
            asked_at = self._now()
            try:
                updates = await self._bot.get_updates(timeout=self._timeout)
            except TelegramUnauthorizedError:
                raise WrongToken("taken back", str(self._bot.id), "zalo") from None
            except AiogramError as error:
                self._log.warning("polling.unreachable", why=type(error).__name__)
                await asyncio.sleep(wait)
                wait = min(wait * 2, most)
                continue
            wait, self._answered_at = WIRE_WAITS[0], self._now()
            for update in updates:
                self._kept.begin(self._bot.id, update, partial(self._feed, update))
            if not updates and self._now() - asked_at < HASTY:
                await asyncio.sleep(HASTY)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
