"""The scripted Zalo and a bot on it."""

from collections.abc import AsyncIterator

import pytest

from bot.platforms.pace import Pace
from bot.platforms.zalo.bot import ZaloBot, make_zalo_bot
from tests.platforms.conftest import QuickTime
from tests.platforms.zalo.scripted import TOKEN, ZaloPlatform, zalo_platform


@pytest.fixture
async def platform() -> AsyncIterator[ZaloPlatform]:
    async with zalo_platform() as platform:
        yield platform


@pytest.fixture
async def bot(platform: ZaloPlatform, time: QuickTime) -> AsyncIterator[ZaloBot]:
    bot = make_zalo_bot(TOKEN, platform.address, Pace(now=time.now, later=time.later))
    yield bot
    await bot.session.close()
