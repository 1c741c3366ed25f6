"""The pushed clock against a scripted sandbox: learned first, followed, found again."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.platforms.clock import NoClock, PushedClock, SystemClock, is_loopback
from bot.services.ports.clock import Clock
from tests.platforms.scripted import serving

AN_HOUR = timedelta(hours=1)


@dataclass
class Sandbox:
    """Its clock's one route."""

    address: str = ""
    reading: dict[str, Any] = field(default_factory=lambda: {"offset_seconds": 0, "version": 0})
    away: bool = False
    asked: list[tuple[int, float]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def read(self, request: web.Request) -> web.Response:
        after, wait = int(request.query["after"]), float(request.query["wait"])
        async with self.changed:
            self.asked.append((after, wait))
            self.changed.notify_all()
            try:
                async with asyncio.timeout(wait):
                    await self.changed.wait_for(
                        lambda: self.away or self.reading.get("version") != after
                    )
            except TimeoutError:
                pass
            return web.json_response(self.reading, status=503 if self.away else 200)

    async def becomes(self, **reading: Any) -> None:
        async with self.changed:
            self.away = False
            self.reading = reading
            self.changed.notify_all()

    async def goes_away(self) -> None:
        async with self.changed:
            self.away = True
            self.changed.notify_all()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(condition)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    app = web.Application()
    app.router.add_get("/clock", sandbox.read)
    async with serving(app) as address:
        sandbox.address = f"{address}/clock"
        yield sandbox


@pytest.fixture
async def clock(sandbox: Sandbox) -> AsyncIterator[PushedClock]:
    clock = PushedClock(sandbox.address)
    await clock.start()
    yield clock
    await clock.stop()


def ahead(clock: Clock) -> float:
    """Seconds before real time."""
    return (clock.now() - datetime.now(UTC)).total_seconds()


async def sleeps(clock: Clock, until: datetime) -> "asyncio.Task[None]":
    """A task that is certainly asleep."""
    task = asyncio.create_task(clock.sleep_until(until))
    begun = asyncio.Event()
    asyncio.get_running_loop().call_soon(begun.set)
    await begun.wait()
    return task


async def test_it_starts_at_the_hour_of_the_sandbox(sandbox: Sandbox) -> None:
    await sandbox.becomes(offset_seconds=7200.5, version=3)
    clock = PushedClock(sandbox.address)
    await clock.start()
    assert sandbox.asked[0] == (-1, 0)
    assert ahead(clock) == pytest.approx(7200.5, abs=0.5)
    assert clock.now().tzinfo is UTC
    await clock.stop()


async def test_a_push_wakes_who_waits_for_what_is_now_past(
    sandbox: Sandbox, clock: PushedClock
) -> None:
    start = clock.now()
    soon, late = await sleeps(clock, start + AN_HOUR), await sleeps(clock, start + 5 * AN_HOUR)
    await sandbox.becomes(offset_seconds=3601, version=1)
    async with asyncio.timeout(5):
        await soon
    assert clock.now() >= start + AN_HOUR
    assert not late.done()
    await sandbox.becomes(offset_seconds=18001, version=2)
    async with asyncio.timeout(5):
        await late


async def test_it_asks_for_what_comes_after_what_it_knows(
    sandbox: Sandbox, clock: PushedClock
) -> None:
    await sandbox.until(lambda: (0, 25) in sandbox.asked)
    await sandbox.becomes(offset_seconds=60, version=1)
    await sandbox.until(lambda: (1, 25) in sandbox.asked)


async def test_a_sandbox_that_began_again_is_found_again(
    sandbox: Sandbox, clock: PushedClock
) -> None:
    await sandbox.becomes(offset_seconds=60, version=9)
    waiting = await sleeps(clock, clock.now() + AN_HOUR)
    with capture_logs() as logs:
        await sandbox.goes_away()
        await sandbox.until(lambda: sandbox.asked.count((-1, 0)) > 1)
        await sandbox.becomes(offset_seconds=7200, version=1)
        async with asyncio.timeout(5):
            await waiting
        await sandbox.until(lambda: (1, 25) in sandbox.asked)
    assert [entry["event"] for entry in logs] == ["clock.away", "clock.back"]


@pytest.mark.parametrize(
    "reading",
    [{}, {"offset_seconds": "soon", "version": 1}, {"offset_seconds": 1e300, "version": 1}, [1]],
)
async def test_what_is_no_clock_is_said_at_the_start(sandbox: Sandbox, reading: Any) -> None:
    sandbox.reading = reading
    if isinstance(reading, list):
        sandbox.away = True
    with pytest.raises(NoClock, match=r"no pushed clock at http://127\.0\.0\.1:\d+/clock"):
        await PushedClock(sandbox.address).start()


async def test_nobody_at_the_clocks_address() -> None:
    with pytest.raises(NoClock, match="Connect"):
        await PushedClock("http://127.0.0.1:1/clock").start()


def test_a_clock_elsewhere_is_not_believed() -> None:
    with pytest.raises(NoClock, match="loopback only"):
        PushedClock("http://10.0.0.1/clock")


async def test_stopping_ends_the_open_question(sandbox: Sandbox, clock: PushedClock) -> None:
    await sandbox.until(lambda: (0, 25) in sandbox.asked)
    async with asyncio.timeout(5):
        await clock.stop()
        await clock.stop()


async def test_real_time() -> None:
    clock = SystemClock()
    moment = clock.now() + timedelta(milliseconds=20)
    async with asyncio.timeout(5):
        await clock.sleep_until(moment)
        assert clock.now() >= moment
        await clock.sleep_until(moment)
    assert abs(ahead(clock)) < 1
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8081", True),
        ("http://127.8.9.10/x", True),
        ("http://[::1]:8081", True),
        ("http://localhost:8081/clock", True),
        ("http://localhost.example.vn", False),
        ("http://10.0.0.1", False),
        ("http://127.0.0.1@example.vn/", False),
        ("http://[broken", False),
        ("not an address", False),
        ("", False),
    ],
)
def test_what_stays_on_this_machine(url: str, here: bool) -> None:
    assert is_loopback(url) is here
