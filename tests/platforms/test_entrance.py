"""Several bots in one program: one whose token is taken back does not silence the others."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiogram import Bot
from aiogram.types import Update
from structlog.testing import capture_logs

from bot.platforms.entrance import Entrance
from bot.platforms.pace import Pace
from bot.platforms.telegram import make_bot
from bot.platforms.troubles import WrongToken
from tests.platforms.scripted import TOKEN, Platform, press, refusal, scripted_platform


async def test_a_token_that_is_taken_back_silences_only_its_own_bot(
    bot: Bot, platform: Platform
) -> None:
    fed: list[tuple[Bot, int]] = []

    async def feed(by: Bot, update: Update) -> None:
        fed.append((by, update.update_id))

    async with scripted_platform() as other:
        second = make_bot(TOKEN, other.address, Pace())
        entrance = Entrance([bot, second], feed, lambda: datetime.now(UTC), 5, None)
        assert not entrance.is_well()  # nothing has been heard yet
        with capture_logs() as logs:
            running = asyncio.create_task(entrance.run())
            await platform.until(lambda: platform.open_polls == 1)
            assert entrance.is_well()
            with pytest.MonkeyPatch.context() as change:  # one platform does not answer any more
                change.setattr(entrance._doors[0], "is_well", lambda: False)
                assert entrance.is_well()
            platform.tell("getUpdates", refusal(401, "Unauthorized"))
            await platform.deliver(press(1))
            await other.deliver(press(2))
            await other.until(lambda: 3 in other.offsets())
            await platform.until(lambda: not platform.script["getUpdates"])
            assert not running.done()
            assert (second, 2) in fed
            other.tell("getUpdates", refusal(401, "Unauthorized"))
            await other.deliver(press(4))
            with pytest.raises(WrongToken) as last:
                await running
        assert last.value.number == "42"
        assert [log["event"] for log in logs if log["log_level"] == "error"] == [
            "entrance.wrong_token"
        ]
        await entrance.stop()
        await second.session.close()
