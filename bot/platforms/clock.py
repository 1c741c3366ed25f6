"""The two clocks: real time, and real time plus what the sandbox pushes (đồng hồ tua)."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

STRIDE = 30.0  # seconds slept at a stretch, so that a corrected wall clock is noticed
WAIT = 25  # seconds one long poll may stay open
CALM, RESTLESS = 5.0, 0.2  # seconds between attempts while the sandbox is away: at most, at first


def is_loopback(url: str) -> bool:
    """Whether the address stays on this machine: 127.0.0.0/8, ::1 or localhost."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class NoClock(Exception):
    """Nothing that answers like the sandbox's clock is at `url`; `reason` says what came back."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"no pushed clock at {url}: {reason}")
        self.url = url
        self.reason = reason


class SystemClock:
    """Real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        # there is no event to wait for: nobody tells when the wall clock is corrected
        while (left := (moment - self.now()).total_seconds()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(min(left, STRIDE))


class PushedClock:
    """Real time plus the sandbox's offset; only for drills and tests, on loopback.

    `await start()` before anything asks for the time: a bot that began at the wrong hour would
    call people for nothing. It raises NoClock.
    """

    def __init__(self, url: str, session: Callable[[], ClientSession] = ClientSession) -> None:
        if not is_loopback(url):
            raise NoClock(url, "a clock that can be pushed is believed on loopback only")
        self._url = url
        self._make_session = session
        self._real = SystemClock()
        self._offset = timedelta()
        self._version = -1
        self._pushed = asyncio.Event()
        self._session: ClientSession | None = None
        self._following: asyncio.Task[None] | None = None
        self._log = structlog.get_logger("clock")

    def now(self) -> datetime:
        return self._real.now() + self._offset

    async def sleep_until(self, moment: datetime) -> None:
        while (left := (moment - self.now()).total_seconds()) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, STRIDE)):
                    await self._pushed.wait()

    async def start(self) -> None:
        """Learn the offset, then follow it. Raises NoClock."""
        self._session = session = self._make_session()
        try:
            await self._learn(session, after=-1, wait=0)
        except BaseException:
            await session.close()
            raise
        self._following = asyncio.create_task(self._follow(session), name="pushed clock")

    async def stop(self) -> None:
        if self._session is None or self._following is None:
            return
        self._following.cancel()
        await asyncio.gather(self._following, return_exceptions=True)
        await self._session.close()

    async def _follow(self, session: ClientSession) -> None:
        away = 0.0
        while True:
            try:
                if away:  # it may have begun again with other versions
                    await self._learn(session, after=-1, wait=0)
                    self._log.info("clock.back")
                    away = 0.0
                before = self._version
                await self._learn(session, after=before, wait=WAIT)
                if self._version == before:  # at once, when the sandbox is going down
                    await asyncio.sleep(RESTLESS)
            except NoClock as error:
                if not away:
                    self._log.warning("clock.away", url=error.url, reason=error.reason)
                away = min(CALM, away * 2 or RESTLESS)
                await asyncio.sleep(away)

    async def _learn(self, session: ClientSession, after: int, wait: int) -> None:
        try:
            async with session.get(
                self._url,
                params={"after": after, "wait": wait},
                timeout=ClientTimeout(total=wait + 10, sock_connect=5),
            ) as answer:
                answer.raise_for_status()
                said = await answer.json()
            offset, version = timedelta(seconds=float(said["offset_seconds"])), int(said["version"])
        except (ClientError, TimeoutError, OSError) as error:
            raise NoClock(self._url, f"{type(error).__name__}: {error}") from error
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise NoClock(self._url, "the answer is not the clock's") from error
        self._version = version
        if offset != self._offset:
            self._offset = offset
            self._pushed.set()
            self._pushed = asyncio.Event()
