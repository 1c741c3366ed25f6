"""Updates that are posted to us: answered 200 once their step is committed, not before (P1).

Whoever does not know the secret is turned away before a byte of the body is read. What cannot be
stored is answered 503, and the platform brings it again; what was done already changes nothing.
Where it may not bring it, it is kept beside that until it is stored.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Iterable

import structlog
from aiogram import Bot
from aiogram.types import Update
from aiohttp import web

from bot.platforms.kept import Kept
from bot.platforms.paced import PacedBot
from bot.platforms.steps import Steps
from bot.platforms.way_in import WayIn

PATH = "/{platform:telegram|zalo}/{bot}"
LARGEST = 2**20  # bytes of a body; an update has a few thousand
READING = 10.0  # seconds for the body to come
PATIENCE = 45.0  # seconds for a step; the platform itself waits for a minute
GRACE = 2.0  # seconds for running steps on stopping
AGAIN = "2"  # seconds until the platform may bring it again

Feed = Callable[[Bot, Update], Awaitable[None]]


class Webhook:
    """`await run()` until `await stop()`; its routes belong on a listener.

    `feed` carries out one update's step and returns after its commit; it raises NotDone where
    nothing could be stored. `heard`: told of each update that was taken.
    """

    def __init__(
        self,
        bots: Iterable[PacedBot],
        feed: Feed,
        base: str,
        secret: str,
        heard: Callable[[int], None] = lambda bot_id: None,
        *,
        patience: float = PATIENCE,
        grace: float = GRACE,
    ) -> None:
        self._bots = {(bot.platform, str(bot.id)): bot for bot in bots}
        self._headers = {bot.platform: bot.secret_header for bot in self._bots.values()}
        self._feed, self._base, self._secret, self._heard = feed, base, secret, heard
        self._patience, self._grace = patience, grace
        self._steps = Steps()
        self._kept = Kept(self._steps)
        self._halt, self._ended = asyncio.Event(), asyncio.Event()
        self._ended.set()
        self._log = structlog.get_logger("webhook")
        self.forged = self.unreadable = 0

    def routes(self) -> list[web.RouteDef]:
        return [web.post(PATH, self.take)]

    def way_in(self, bot: PacedBot) -> WayIn:
        return WayIn(f"{self._base}/{bot.platform}/{bot.id}", self._secret)

    async def run(self) -> None:
        self._ended.clear()
        try:
            await self._halt.wait()
            await self._steps.halt(self._grace)
            await self._kept.give_up()
        finally:
            self._ended.set()

    async def stop(self) -> None:
        """Nothing new is begun; running steps finish and are answered."""
        self._halt.set()
        await self._ended.wait()

    def is_well(self) -> bool:
        return not self._halt.is_set()

    async def take(self, request: web.Request) -> web.Response:
        if not self._is_known(request):
            return _turned_away(401)
        bot = self._bots.get((request.match_info["platform"], request.match_info["bot"]))
        if bot is None:
            return _turned_away(404)
        if (request.content_length or 0) > LARGEST:
            return _turned_away(413)
        try:
            async with asyncio.timeout(READING):
                body = await request.read()
        except TimeoutError:
            return _turned_away(408)
        try:
            update = bot.read(body)
        except ValueError:  # its text holds what people wrote
            self.unreadable += 1
            self._log.error("webhook.unreadable", bot=bot.id, so_many=self.unreadable)
            return web.Response()  # brought again it would be no better
        return web.Response() if update is None else await self._answer(bot, update)

    async def _answer(self, bot: PacedBot, update: Update) -> web.Response:
        if self._halt.is_set():
            return _later()
        line = self._steps if bot.brings_again else self._kept
        step = line.begin(bot.id, update, lambda: self._feed(bot, update))
        await asyncio.wait((step,), timeout=self._patience)
        if step.done() and not step.cancelled() and step.result():
            self._heard(bot.id)
            return web.Response()
        self._log.warning("webhook.not_done", bot=bot.id, update=update.update_id)
        return _later()

    def _is_known(self, request: web.Request) -> bool:
        header = self._headers.get(request.match_info["platform"], "")
        given = request.headers.get(header, "").encode("utf-8", "surrogateescape")
        if hmac.compare_digest(given, self._secret.encode()):
            return True
        self.forged += 1
        if self.forged & (self.forged - 1) == 0:  # told less and less often: the log is not theirs
            self._log.warning("webhook.forged", so_many=self.forged)
        return False


def _turned_away(status: int) -> web.Response:
    """The connection is closed: what is left of the body is not waited for."""
    answer = web.Response(status=status)
    answer.force_close()
    return answer


def _later() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": AGAIN})
