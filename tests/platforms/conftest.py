"""The scripted platform, a bot on it, and a pace whose waits cost no time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from aiogram import Bot

from bot.platforms.pace import Pace
from bot.platforms.telegram import make_bot
from tests.platforms.scripted import TOKEN, Platform, scripted_platform


@dataclass
class QuickTime:
    """A time source that passes by being waited for."""

    passed: float = 0.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.passed

    def later(self, delay: float, call: Callable[[], None]) -> asyncio.Handle:
        moment = self.passed + delay

        def come() -> None:
            self.waits.append(moment - self.passed)
            self.passed = max(self.passed, moment)
            call()

        return asyncio.get_running_loop().call_soon(come)


@pytest.fixture
def time() -> QuickTime:
    return QuickTime()


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    async with scripted_platform() as platform:
        yield platform


@pytest.fixture
async def bot(platform: Platform, time: QuickTime) -> AsyncIterator[Bot]:
    bot = make_bot(TOKEN, platform.address, Pace(now=time.now, later=time.later))
    yield bot
    await bot.session.close()
