"""How a program's updates come in: a poller for each bot, or one webhook for all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog
from aiogram import Bot
from aiogram.types import Update
from aiohttp import web

from bot.platforms.door import Door
from bot.platforms.paced import PacedBot
from bot.platforms.troubles import WrongToken
from bot.platforms.way_in import POLLED, WayIn
from bot.platforms.webhook import Webhook

Feed = Callable[[Bot, Update], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Posted:
    """Where updates are posted to: the public address, and what proves that it is the platform."""

    base: str
    secret: str = field(repr=False)


class Entrance:
    """`feed` as for Webhook. `posted`: None, the bots poll. `ways`, `heard`: by bot id."""

    def __init__(
        self,
        bots: Sequence[PacedBot],
        feed: Feed,
        now: Callable[[], datetime],
        poll_timeout: int,
        posted: Posted | None,
    ) -> None:
        self._now = now
        self._doors: list[Door] = []
        self.routes: list[web.RouteDef] = []
        self.ways: dict[int, WayIn] = {}
        self.heard: dict[int, datetime] = {}
        self._log = structlog.get_logger("entrance")
        if posted is None:
            for bot in bots:
                self._doors.append(bot.door(partial(feed, bot), poll_timeout))
                self.ways[bot.id] = POLLED
        else:
            webhook = Webhook(bots, feed, posted.base, posted.secret, self._hear)
            self._doors.append(webhook)
            self.routes = webhook.routes()
            self.ways = {bot.id: webhook.way_in(bot) for bot in bots}

    async def run(self) -> None:
        """Until `stop`. A bot whose token was taken back is missed, and the others go on without
        it; WrongToken when it was the last."""
        running = {asyncio.create_task(door.run(), name="door") for door in self._doors}
        try:
            while running:
                ended, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in ended:
                    self._settle(task, last=not running)
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def stop(self) -> None:
        """Within 5 s: nothing new is begun, running steps finish and are confirmed."""
        await asyncio.gather(*(door.stop() for door in self._doors))

    def is_well(self) -> bool:
        """Something comes in. Of one platform that is blocked here the watch tells; a program
        that is started again and again for it would serve nobody."""
        return any(door.is_well() for door in self._doors)

    def _settle(self, ended: "asyncio.Task[None]", last: bool) -> None:
        try:
            ended.result()
        except WrongToken as error:
            if last:
                raise
            self._log.error("entrance.wrong_token", bot=error.number)

    def _hear(self, bot_id: int) -> None:
        self.heard[bot_id] = self._now()
