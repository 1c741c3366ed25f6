"""The watch asks, has it judged and kept, and opens again the way in that leads elsewhere."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram import Bot
from aiohttp import web

from bot.config import Settings
from bot.domain.account import Account
from bot.domain.people import CLOCKWORK_IDENTITY, Act
from bot.office import Office, opened
from bot.platforms.watch import MISSED, Watch
from bot.platforms.way_in import POLLED, WayIn
from bot.services import accounts
from tests.platforms.scripted import Answer, Platform, refusal

OURS = WayIn("https://agency.example/telegram/42", "secret")


def info(url: str = OURS.url, **more: object) -> Answer:
    told = {"url": url, "has_custom_certificate": False, "pending_update_count": 0, **more}
    return lambda request: web.json_response({"ok": True, "result": told})


def failing(minutes: int) -> Answer:
    """Updates wait, and the last was not taken so many minutes from now."""
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    return info(
        pending_update_count=2, last_error_date=int(at.timestamp()), last_error_message="502"
    )


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(Settings(database=f"sqlite:///{tmp_path / 'trucban.db'}")) as office:
        act = Act(CLOCKWORK_IDENTITY, office.clock.now())
        await office.desk.do(accounts.enter, act, [Account("telegram", "42", "@trucban_bot")])
        yield office


def watching(office: Office, bot: Bot, way_in: WayIn = OURS) -> Watch:
    now = office.clock.now
    return Watch(office.desk, now, [bot], {bot.id: way_in}, {})


async def is_dark(office: Office) -> bool:
    (one,) = await office.store.look(lambda tx: tx.accounts.all())
    return one.dark_since is not None


async def test_while_all_is_well_nothing_is_done(
    office: Office, bot: Bot, platform: Platform
) -> None:
    watch = watching(office, bot)
    platform.tell("getWebhookInfo", info(), failing(-5))
    for _ in range(2):
        await watch.look()
    assert not await is_dark(office)
    assert platform.questions("setWebhook") == []


@pytest.mark.parametrize("trouble", [info("https://elsewhere.example"), info(""), failing(+1440)])
async def test_what_does_not_come_in_is_kept_and_the_way_is_opened_again(
    office: Office, bot: Bot, platform: Platform, trouble: Answer
) -> None:
    platform.tell("getWebhookInfo", trouble, info())
    platform.tell("setWebhook", refusal(502, "Bad Gateway"))
    watch = watching(office, bot)
    await watch.look()
    assert await is_dark(office)
    (asked,) = platform.questions("setWebhook")
    assert (asked["url"], asked["secret_token"]) == (OURS.url, OURS.secret)
    assert asked.get("drop_pending_updates", "false") == "false"
    await watch.look()
    assert not await is_dark(office)


async def test_a_webhook_beside_a_poller_is_taken_away(
    office: Office, bot: Bot, platform: Platform
) -> None:
    platform.tell("getWebhookInfo", info("https://elsewhere.example"), info(""))
    watch = watching(office, bot, POLLED)
    await watch.look()
    assert await is_dark(office)
    assert len(platform.questions("deleteWebhook")) == 1
    await watch.look()
    assert not await is_dark(office)


async def test_a_platform_that_does_not_answer_several_times_is_told(
    office: Office, bot: Bot, platform: Platform
) -> None:
    watch, silent = watching(office, bot), refusal(502, "Bad Gateway")
    platform.tell("getWebhookInfo", *[silent] * (MISSED - 1), info(), *[silent] * MISSED, info())
    for dark in (*[False] * MISSED, *[False] * (MISSED - 1), True, False):
        await watch.look()
        assert await is_dark(office) is dark
    assert platform.questions("setWebhook") == []
