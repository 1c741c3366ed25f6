"""The watchdog itself: round after round, and who is called when something stays out."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from httpx import AsyncClient
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.watchdog.alarm import Fault, follow, said
from bot.watchdog.heartbeat import Heartbeat, ping
from bot.watchdog.means import Means
from bot.watchdog.memory import Memory, keep, remembered
from bot.watchdog.settings import WatchdogSettings
from bot.watchdog.testing import Tester
from bot.watchdog.wording import Wording

LOG = logging.getLogger("watchdog")
CONFIRM = 6  # the second try comes after a sixth of the time between two rounds
TELEGRAM = "https://api.telegram.org"
Check = Callable[[], Awaitable[Fault | None]]


class Watchdog:
    """`heartbeat`, `tester`: None where that is not watched."""

    def __init__(
        self,
        settings: WatchdogSettings,
        http: AsyncClient,
        means: Means,
        heartbeat: Heartbeat | None,
        tester: Tester | None,
    ) -> None:
        self.settings, self.http, self.means = settings, http, means
        self.heartbeat, self.tester = heartbeat, tester
        self.wording = wording_of(settings)
        self._file = Path(settings.state)
        self._memory: Memory = remembered(self._file)

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await self.round()
            await asyncio.sleep(self.settings.heartbeat_seconds)

    async def round(self) -> bool:
        """One look at everything that is due. True: nothing is wrong.

        A heart that does not beat is called at once: a test page would only hold the call up.
        """
        faults: list[Fault] = []
        if self.heartbeat is not None:
            faults += await self._confirmed(self.heartbeat.ask)
        if not faults and self.tester is not None and self._test_is_due():
            self._memory = replace(self._memory, tested_at=datetime.now(UTC))
            lost = await self._confirmed(self.tester.test)
            self._tell_of_test(self.tester, came=not lost)
            faults += lost
        await self._follow(tuple(faults))
        if not faults and self.settings.ping:
            why = await ping(self.http, self.settings.ping.get_secret_value())
            if why:
                LOG.warning("the ping outside was not taken: %s", why)
        return not faults

    async def _confirmed(self, check: Check) -> list[Fault]:
        """What is wrong at the second try, too. While it is known to be wrong, one is enough."""
        fault = await check()
        if fault is not None and not self._memory.alarm.faults:
            LOG.warning("%s %s: once more", fault.kind, fault.why)
            await asyncio.sleep(self.settings.heartbeat_seconds / CONFIRM)
            fault = await check()
        return [fault] if fault is not None else []

    def _test_is_due(self) -> bool:
        """On schedule; in every round, while anything is wrong."""
        last = self._memory.tested_at
        if last is None or self._memory.alarm.faults:
            return True
        waited = datetime.now(UTC) - last
        return not timedelta() <= waited < timedelta(minutes=self.settings.page_minutes)

    async def _follow(self, faults: tuple[Fault, ...]) -> None:
        now = datetime.now(UTC)
        again = timedelta(minutes=self.settings.again_minutes)
        alarm, what = follow(self._memory.alarm, faults, now, again)
        if what is not None:
            text = self.wording.alarm(what, alarm, now)
            LOG.warning("%s", text.partition("\n")[0])
            if "" in await self.means.call(text):
                alarm = said(alarm, what, now)
            else:
                LOG.error("%s", self.wording.say("not_taken"))
        self._memory = replace(self._memory, alarm=alarm)
        keep(self._file, self._memory)

    def _tell_of_test(self, tester: Tester, came: bool) -> None:
        if came:
            LOG.info("the test page came back after %.1f s", tester.took)
        if tester.moved_to is not None:
            number = tester.moved_to
            LOG.warning("the group has another number now: TRUCBAN_WATCHDOG_CHAT=%s", number)


def _bot(token: str, api: str, asking: HTTPXRequest, others: HTTPXRequest) -> Bot:
    return Bot(token, base_url=f"{api}/bot", request=others, get_updates_request=asking)


def wording_of(settings: WatchdogSettings) -> Wording:
    return Wording(settings.language, settings.patience_seconds, settings.again_minutes)


@asynccontextmanager
async def opened(settings: WatchdogSettings) -> AsyncIterator[Watchdog]:
    """Nothing is asked of anybody yet. BadAddress."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(AsyncClient(follow_redirects=True))
        bot: Bot | None = None
        if settings.token is not None:
            wires = HTTPXRequest(), HTTPXRequest()
            for wire in wires:
                stack.push_async_callback(wire.shutdown)
            bot = _bot(settings.token.get_secret_value(), settings.api or TELEGRAM, *wires)
        means = Means(bot, settings.duty_chats, settings.others)
        strange = wording_of(settings).say("strange")
        address = settings.heartbeat
        heartbeat = Heartbeat(http, address, strange) if address else None
        tester = None
        if bot is not None and settings.chat is not None:
            tester = Tester(bot, settings.chat, settings.bot or "", settings.patience_seconds)
        yield Watchdog(settings, http, means, heartbeat, tester)
