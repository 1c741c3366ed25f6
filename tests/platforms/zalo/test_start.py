"""Two platforms in one program: one that cannot be reached at the start does not stop the other,
and comes alive when it answers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.app import Program, make_bots
from bot.config import Settings
from bot.office import opened
from bot.platforms.pace import Pace
from bot.platforms.troubles import CannotReach, WrongToken
from bot.platforms.watch import MISSED
from tests.flows.house import posted
from tests.platforms import scripted
from tests.platforms.scripted import page, refusal, scripted_platform
from tests.platforms.zalo import scripted as zalo
from tests.platforms.zalo.scripted import ZaloPlatform, telling

AWAY = page(502, "<h1>Bad Gateway</h1>")


@dataclass
class Both:
    program: Program
    telegram: scripted.Platform
    zalo: ZaloPlatform

    async def accounts(self) -> dict[str, tuple[str, bool]]:
        """What each is called, and whether nothing comes in by it."""
        found = await self.program.office.store.look(lambda tx: tx.accounts.all())
        return {one.platform: (one.name, one.dark_since is not None) for one in found}


@pytest.fixture
async def both(tmp_path: Path, platform: ZaloPlatform) -> AsyncIterator[Both]:
    async with scripted_platform() as telegram:
        ours = f"{posted()['webhook_url']}/telegram/42"
        info = {"url": ours, "has_custom_certificate": False, "pending_update_count": 0}
        way_in: dict[str, Any] = {
            "webhook_url": ours.removesuffix("/telegram/42"),
            "webhook_listen": ours.removesuffix("/telegram/42").removeprefix("http://"),
        }
        telegram.tell("getWebhookInfo", *[telling(info)] * 9)  # type: ignore[list-item]
        chosen = Settings(
            telegram_token=SecretStr(scripted.TOKEN),
            telegram_api=telegram.address,
            zalo_token=SecretStr(zalo.TOKEN),
            zalo_api=platform.address,
            database=f"sqlite:///{tmp_path / 'trucban.db'}",
            **way_in,
        )
        async with opened(chosen) as office:
            program = Program(chosen, office, *make_bots(chosen, Pace))
            yield Both(program, telegram, platform)
            await program.close()


async def test_zalo_that_is_away_at_the_start_is_gone_without_and_met_later(both: Both) -> None:
    program = both.program
    both.zalo.tell("getMe", AWAY, *[AWAY] * MISSED)
    with capture_logs() as logs:
        names = await program.begin()
    assert len(names) == 1
    assert [log["bot"] for log in logs if log["event"] == "platform.unreachable"] == ["zalo:77"]
    assert len(both.telegram.questions("setWebhook")) == 1
    for _ in range(MISSED):
        assert not (await both.accounts())["zalo"][1]
        await program.watch.look()
    assert (await both.accounts())["zalo"] == ("77", True), "told loudly by now"
    assert both.zalo.questions("setWebhook") == []
    way_in = program.entrance.ways[77]
    both.zalo.tell("getWebhookInfo", *[telling({"url": way_in.url})] * 2)
    await program.watch.look()
    (asked,) = both.zalo.questions("setWebhook")
    assert asked == {"url": way_in.url, "secret_token": way_in.secret}
    assert await both.accounts() == {
        "telegram": ("@None", False),
        "zalo": ("Zalo Trực Ban", False),
    }
    await program.watch.look()
    assert len(both.zalo.questions("setWebhook")) == 1, "once"


async def test_a_way_in_that_leads_elsewhere_is_opened_again_on_zalo_too(both: Both) -> None:
    await both.program.begin()
    way_in = both.program.entrance.ways[77]
    thief = telling({"url": "https://elsewhere.example/zalo/77"})
    both.zalo.tell("getWebhookInfo", thief, refusal(404, "Not found"), telling({"url": way_in.url}))
    for dark in (True, True, False):
        await both.program.watch.look()
        assert (await both.accounts())["zalo"][1] is dark
    asked = {"url": way_in.url, "secret_token": way_in.secret}
    assert both.zalo.questions("setWebhook") == [asked] * 3


async def test_a_name_that_is_known_is_kept_while_the_platform_is_away(both: Both) -> None:
    program = both.program
    await program.begin()
    for listener in program.listeners:
        await listener.stop()
    both.zalo.tell("getMe", AWAY)
    await program.begin()
    assert (await both.accounts())["zalo"] == ("Zalo Trực Ban", False)


async def test_telegram_that_is_away_does_not_stop_zalo(both: Both) -> None:
    both.telegram.tell("getMe", page(502, "<h1>Bad Gateway</h1>"))
    assert await both.program.begin() == ["Zalo Trực Ban"]


async def test_without_any_platform_there_is_no_program(both: Both) -> None:
    both.telegram.tell("getMe", page(502, "<h1>Bad Gateway</h1>"))
    both.zalo.tell("getMe", AWAY)
    with pytest.raises(CannotReach):
        await both.program.begin()


async def test_a_wrong_token_is_nobodys_pause(both: Both) -> None:
    both.zalo.tell("getMe", zalo.refusal(401, "Unauthorized"))
    with pytest.raises(WrongToken) as refused:
        await both.program.begin()
    assert (refused.value.platform, refused.value.number) == ("zalo", "77")
