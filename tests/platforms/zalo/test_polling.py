"""Polling Zalo: one event a question, which is never brought again: what it brings is kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import pytest
from aiogram.types import Update
from structlog.testing import capture_logs

from bot.platforms.steps import NotDone
from bot.platforms.troubles import WrongToken
from bot.platforms.zalo import polling
from bot.platforms.zalo.bot import ZaloBot
from bot.platforms.zalo.polling import ZaloPoller
from tests.platforms.scripted import hang_up, page
from tests.platforms.zalo.scripted import ZaloPlatform, event, refusal


class Steps:
    """What a step does: `down`, nothing can be stored; `held`, it does not end."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.done: list[str] = []
        self.down = self.held = False
        self._news = asyncio.Condition()

    async def __call__(self, update: Update) -> None:
        assert update.message is not None
        said = str(update.message.text)
        await self._add(self.began, said)
        if self.down:
            raise NotDone("locked")
        if self.held:
            await asyncio.Event().wait()
        await self._add(self.done, said)

    async def _add(self, to: list[str], said: str) -> None:
        async with self._news:
            to.append(said)
            self._news.notify_all()

    async def until(self, *, began: int = 0, done: int = 0) -> None:
        async with asyncio.timeout(5), self._news:
            await self._news.wait_for(lambda: len(self.began) >= began and len(self.done) >= done)


@asynccontextmanager
async def polled(bot: ZaloBot, steps: Steps, **how: float) -> AsyncIterator[ZaloPoller]:
    poller = ZaloPoller(bot, steps, timeout=5, **how)
    running = asyncio.create_task(poller.run())
    try:
        yield poller
        begun = monotonic()
        await poller.stop()
        await running
        assert monotonic() - begun < 5
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    monkeypatch.setattr("bot.platforms.kept.STORE_WAITS", (0.01, 0.02))
    monkeypatch.setattr(polling, "WIRE_WAITS", (0.01, 0.02))
    return Steps()


async def test_one_after_the_other_and_the_next_is_asked_for_beside_a_slow_step(
    bot: ZaloBot, platform: ZaloPlatform, steps: Steps
) -> None:
    async with polled(bot, steps) as poller:
        steps.held = True
        await platform.deliver(event(1, "chậm"))
        await steps.until(began=1)
        steps.held = False
        await platform.deliver(event(2, "một", "b2"), event(3, "hai", "c3"), {"event_name": "?"})
        await steps.until(done=2)
        assert sorted(steps.done) == ["hai", "một"]
        await platform.until(lambda: platform.open_polls == 1)
        assert bot.zalo.shrugs == 1
        assert poller.is_well()
        assert all(body == {"timeout": 5} for body in platform.questions("getUpdates"))


async def test_what_cannot_be_stored_is_kept_and_tried_again_in_order(
    bot: ZaloBot, platform: ZaloPlatform, steps: Steps
) -> None:
    async with polled(bot, steps):
        steps.down = True
        await platform.deliver(event(1, "một"), event(2, "hai"), event(3, "khác", "b2"))
        await steps.until(began=8)
        assert "hai" not in steps.began, "it waits behind what the same person has said before"
        steps.down = False
        await steps.until(done=3)
        assert [said for said in steps.done if said != "khác"] == ["một", "hai"]


async def test_what_cannot_be_stored_until_the_end_is_told_loudly(
    bot: ZaloBot, platform: ZaloPlatform, steps: Steps
) -> None:
    with capture_logs() as logs:
        async with polled(bot, steps, grace=0.1):
            steps.down = True
            await platform.deliver(event(1, "một"), event(2, "hai"))
            await steps.until(began=2)
    lost = [log for log in logs if log["event"] == "steps.given_up"]
    assert [(log["so_many"], log["log_level"]) for log in lost] == [(2, "error")]
    assert "một" not in str(logs)


async def test_a_running_step_is_finished_before_the_end(
    bot: ZaloBot, platform: ZaloPlatform, steps: Steps
) -> None:
    with capture_logs() as logs:
        async with polled(bot, steps):
            await platform.deliver(event(1, "một"))
            await steps.until(began=1)
    assert steps.done == ["một"]
    assert not [log for log in logs if log["event"] == "steps.given_up"]


async def test_an_endless_step_does_not_hold_up_the_end(
    bot: ZaloBot, platform: ZaloPlatform, steps: Steps
) -> None:
    async with polled(bot, steps, grace=0.1):
        steps.held = True
        await platform.deliver(event(1, "một"))
        await steps.until(began=1)


async def test_troubles_of_the_wire_are_waited_out(
    bot: ZaloBot, platform: ZaloPlatform, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(seconds)

    monkeypatch.setattr(polling.asyncio, "sleep", noted)
    troubles = [
        refusal(408, "Request timeout", 408),
        refusal(403, "internal server error"),
        refusal(429, "quota exceeded"),
        page(502, "<h1>Bad Gateway</h1>"),
        page(200, "[" * 100_000),
        hang_up,
    ]
    platform.tell("getUpdates", *troubles)
    async with polled(bot, steps):
        await platform.deliver(event(1, "một"))
        await steps.until(done=1)
    assert steps.done == ["một"]
    assert pauses[:6] == [polling.HASTY, 0.01, 0.02, 0.02, 0.02, 0.02], "408 is no trouble"


async def test_a_platform_that_does_not_answer_is_not_well(
    bot: ZaloBot, platform: ZaloPlatform, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "LATE", -5.0)
    async with polled(bot, steps) as poller:
        await platform.until(lambda: platform.open_polls == 1)
        assert not poller.is_well()


async def test_a_token_that_is_taken_back_ends_it(
    bot: ZaloBot, platform: ZaloPlatform, steps: Steps
) -> None:
    platform.tell("getUpdates", refusal(401, "Unauthorized"))
    with pytest.raises(WrongToken) as refused:
        async with asyncio.timeout(5):
            await ZaloPoller(bot, steps, timeout=5).run()
    assert (refused.value.number, refused.value.platform) == ("77", "zalo")
