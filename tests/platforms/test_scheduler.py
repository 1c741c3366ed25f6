"""The ticks: called at start and again, never twice at once, and not stopped by a fault."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.jobs import scheduler
from bot.jobs.scheduler import Ticks

QUICK = 0.01  # seconds


@pytest.fixture
async def ticks() -> AsyncIterator[Ticks]:
    ticks = Ticks()
    yield ticks
    await ticks.stop()


async def within(*events: asyncio.Event) -> None:
    async with asyncio.timeout(5):
        await asyncio.gather(*(event.wait() for event in events))


async def test_a_job_is_called_at_start_however_seldom_it_comes(ticks: Ticks) -> None:
    called = asyncio.Event()

    async def job() -> None:
        called.set()

    ticks.every(86_400, "daily", job)
    ticks.start()
    await within(called)


async def test_a_job_that_fails_is_named_and_called_again(ticks: Ticks) -> None:
    calls = 0
    third = asyncio.Event()

    async def job() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            third.set()
        raise ZeroDivisionError

    with capture_logs() as logs:
        ticks.every(QUICK, "pages", job)
        ticks.start()
        await within(third)
        await ticks.stop()
    assert {(entry["event"], entry["job"]) for entry in logs} == {("tick.failed", "pages")}
    assert all(entry["exc_info"] for entry in logs)


async def test_a_job_that_fails_each_time_for_long_is_told_until_it_does_not(
    ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "LASTING", 2 * QUICK)
    seen, mended = list[bool](), asyncio.Event()
    long, over = asyncio.Event(), asyncio.Event()

    async def job() -> None:
        seen.append(ticks.is_well())
        (long if not seen[-1] else over if mended.is_set() and seen[-1] else asyncio.Event()).set()
        if not mended.is_set():
            raise ZeroDivisionError

    with capture_logs():
        ticks.every(QUICK, "clocks", job)
        ticks.start()
        await within(long)
        mended.set()
        await within(over)
    assert seen[:2] == [True, True], "a single fault is none of it"


async def test_a_slow_job_never_runs_beside_itself_and_holds_up_no_other(ticks: Ticks) -> None:
    at_once, most, others = 0, 0, 0
    go, others_came = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await go.wait()
        at_once -= 1

    async def other() -> None:
        nonlocal others
        others += 1
        if others == 5:
            others_came.set()

    ticks.every(QUICK, "slow", slow)
    ticks.every(QUICK, "other", other)
    ticks.start()
    await within(others_came)
    go.set()
    assert most == 1


async def test_stopping_waits_for_what_runs_and_begins_nothing(ticks: Ticks) -> None:
    began, go, done = asyncio.Event(), asyncio.Event(), asyncio.Event()
    others = 0

    async def slow() -> None:
        began.set()
        await go.wait()
        done.set()

    async def other() -> None:
        nonlocal others
        others += 1

    ticks.every(QUICK, "slow", slow)
    ticks.every(QUICK, "other", other)
    ticks.start()
    await within(began)
    before = others
    asyncio.get_running_loop().call_later(6 * QUICK, go.set)
    async with asyncio.timeout(5):
        await ticks.stop()
    assert done.is_set()
    assert others - before <= 1, "one may have been on its way"


async def test_stopping_does_not_wait_for_ever(ticks: Ticks) -> None:
    began, cancelled = asyncio.Event(), asyncio.Event()

    async def job() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    ticks.every(QUICK, "pages", job)
    ticks.start()
    await within(began)
    async with asyncio.timeout(5):
        await ticks.stop(within=QUICK)
    assert cancelled.is_set()


async def test_stopping_what_never_started(ticks: Ticks) -> None:
    await ticks.stop()
