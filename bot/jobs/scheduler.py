"""The ticks (nhịp): APScheduler in memory calls the sweeps; what is due stands in rows."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger


class Ticks:
    """`every(…)` as often as wanted, `start()`, later `await stop()`.

    A job that raises is logged and called again at its next tick. Ticks that fell due meanwhile
    become one.
    """

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._running: set[asyncio.Task[None]] = set()
        self._log = structlog.get_logger("ticks")

    def every(self, seconds: float, name: str, job: Callable[[], Awaitable[None]]) -> None:
        """Call `job` at start and then every so many seconds, never twice at once."""

        async def tick() -> None:
            running = asyncio.ensure_future(self._run(name, job))
            self._running.add(running)
            running.add_done_callback(self._running.discard)
            await asyncio.wait((running,))

        at_start_and_then = OrTrigger(
            [DateTrigger(timezone=UTC), IntervalTrigger(seconds=seconds, timezone=UTC)]
        )
        self._scheduler.add_job(tick, at_start_and_then, id=name, name=name)

    def start(self) -> None:
        self._scheduler.start()

    async def stop(self, within: float = 3.0) -> None:
        """No more ticks; running jobs get so many seconds to end, then are cancelled."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        running = tuple(self._running)
        if running:
            _, unfinished = await asyncio.wait(running, timeout=within)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        self._scheduler.shutdown(wait=False)  # takes place in the loop's next turn
        await asyncio.sleep(0)

    async def _run(self, name: str, job: Callable[[], Awaitable[None]]) -> None:
        try:
            await job()
        except Exception:  # the edge: one sweep's fault must not end the clockwork
            self._log.exception("tick.failed", job=name)
