"""What `python -m bot watchdog --try` does: every watch and every way of calling, once, told."""

from collections.abc import AsyncIterator

from telegram.error import TelegramError

from bot.watchdog.heartbeat import ping
from bot.watchdog.program import Watchdog
from bot.watchdog.testing import Tester


class Trial:
    """`async for line in trial.lines()`; then `is_well`."""

    def __init__(self, watchdog: Watchdog) -> None:
        self._watchdog, self._settings = watchdog, watchdog.settings
        self._say = watchdog.wording.say
        self.is_well = True

    async def lines(self) -> AsyncIterator[str]:
        yield self._say("try_watch")
        yield await self._heartbeat()
        tester = self._watchdog.tester
        if tester is None:
            yield self._say("try_no_page")
        else:
            async for line in self._page(tester):
                yield line
        yield self._say("try_means")
        for line in await self._means():
            yield line
        yield await self._ping()
        if tester is not None:
            yield await self._wrote(tester)

    async def _heartbeat(self) -> str:
        heartbeat, chosen = self._watchdog.heartbeat, self._settings
        if heartbeat is None:
            return self._say("try_no_heartbeat")
        fault = await heartbeat.ask()
        told = {"address": chosen.heartbeat, "seconds": f"{chosen.heartbeat_seconds:g}"}
        why = self._watchdog.wording.fault(fault) if fault else ""
        return self._say("try_heartbeat", **told, result=self._result(why))

    async def _page(self, tester: Tester) -> AsyncIterator[str]:
        fault = await tester.test()
        result = self._say("took", seconds=f"{tester.took:.1f}")
        if fault is not None:
            result = self._result(self._watchdog.wording.fault(fault))
        yield self._say("try_page", minutes=f"{self._settings.page_minutes:g}", result=result)
        if fault is not None and fault.kind == "lost" and self._settings.token:
            number = self._settings.token.get_secret_value().partition(":")[0]
            chat = tester.moved_to or self._settings.chat
            yield self._say("try_unheard", number=number, chat=chat)

    async def _means(self) -> list[str]:
        whys = await self._watchdog.means.call(self._say("try_call"))
        named = [("try_chat", number) for number in self._settings.duty_chats]
        named += [("try_other", place) for place in range(1, len(self._settings.others) + 1)]
        return [
            self._say(key, number=number, result=self._result(why))
            for (key, number), why in zip(named, whys, strict=True)
        ]

    async def _ping(self) -> str:
        if self._settings.ping is None:
            return self._say("try_no_ping")
        why = await ping(self._watchdog.http, self._settings.ping.get_secret_value())
        return self._say("try_ping", result=self._result(why))

    async def _wrote(self, tester: Tester) -> str:
        try:
            await tester.listen()
        except TelegramError as error:
            return self._say("telegram", why=type(error).__name__)
        if not tester.wrote:
            return self._say("try_nobody_wrote")
        people = ", ".join(f"{name} {chat}" for chat, name in tester.wrote.items())
        return self._say("try_wrote", people=people)

    def _result(self, why: str) -> str:
        if not why:
            return self._say("ok")
        self.is_well = False
        return self._say("failed", why=why.rstrip("."))
