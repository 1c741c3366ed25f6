"""The ticks (nhịp): APScheduler in memory calls the sweeps; what is due stands in rows."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

STALLED = 5.0  # seconds beyond its interval
MINDED = 5.0  # seconds between two looks whether anything is
LASTING = 5 * 60.0  # seconds: a job that fails each time for so long is told


class Ticks:
    """`every(…)` as often as wanted, `start()`, later `await stop()`.

    A job that raises is logged and called again at its next tick. Ticks that fell due meanwhile
    become one. It is called by the wall clock: what a clock that was set back would keep waiting
    until it is there again is noticed by the loop's time, and called at once.
    """

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._running: set[asyncio.Task[None]] = set()
        self._due: dict[str, float] = {}  # by when each has been called again, in the loop's time
        self._each: dict[str, float] = {}
        self._failing: dict[str, tuple[float, float]] = {}  # its first fault in a row, its last
        self._minding: asyncio.TimerHandle | None = None
        self._log = structlog.get_logger("ticks")

    def every(self, seconds: float, name: str, job: Callable[[], Awaitable[None]]) -> None:
        """Call `job` at start and then every so many seconds, never twice at once."""

        async def tick() -> None:
            running = asyncio.ensure_future(self._run(name, job))
            self._running.add(running)
            running.add_done_callback(self._running.discard)
            self._due.pop(name, None)
            await asyncio.wait((running,))
            self._expect(name)

        self._each[name] = seconds
        self._scheduler.add_job(tick, _at_once_and_then(seconds), id=name, name=name)

    def is_well(self) -> bool:
        """No job fails each time, for minutes."""
        return all(last - first < LASTING for first, last in self._failing.values())

    def start(self) -> None:
        self._scheduler.start()
        self._mind()

    async def stop(self, within: float = 3.0) -> None:
        """No more ticks; running jobs get so many seconds to end, then are cancelled."""
        if not self._scheduler.running:
            return
        if self._minding is not None:
            self._minding.cancel()
        self._scheduler.pause()
        running = tuple(self._running)
        if running:
            _, unfinished = await asyncio.wait(running, timeout=within)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        self._scheduler.shutdown(wait=False)  # takes place in the loop's next turn
        await asyncio.sleep(0)

    def _mind(self) -> None:
        loop = asyncio.get_running_loop()
        for name in [name for name, due in self._due.items() if due < loop.time()]:
            self._log.warning("tick.stalled", job=name)
            self._scheduler.reschedule_job(name, trigger=_at_once_and_then(self._each[name]))
            self._expect(name)
        self._minding = loop.call_later(MINDED, self._mind)

    def _expect(self, name: str) -> None:
        self._due[name] = asyncio.get_running_loop().time() + self._each[name] + STALLED

    async def _run(self, name: str, job: Callable[[], Awaitable[None]]) -> None:
        try:
            await job()
        except Exception:  # the edge: one sweep's fault must not end the clockwork
            self._log.exception("tick.failed", job=name)
            now = asyncio.get_running_loop().time()
            first, _ = self._failing.get(name, (now, now))
            self._failing[name] = (first, now)
        else:
            self._failing.pop(name, None)


def _at_once_and_then(seconds: float) -> OrTrigger:
    return OrTrigger([DateTrigger(timezone=UTC), IntervalTrigger(seconds=seconds, timezone=UTC)])
