"""The wires at their worst: each update twice and shuffled, each message lost once. What stands in
the end is what stands when all goes well."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Update

from tests.flows import course
from tests.flows.filing import all_said
from tests.flows.house import House, copy_of, running
from tests.variants import EVERY

SHUFFLED = {"twice": True, "shuffle": 7}
LOST = [
    {"method": method, "each": True, **how}
    for method in ("sendMessage", "editMessageText", "answerCallbackQuery")
    for how in ({"lose": True},)
]
REFUSED = [{**order, "lose": False, "status": 502} for order in LOST]


@pytest.fixture(scope="module")
def as_it_should_be(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The same story while nothing goes wrong."""

    async def told() -> dict[str, object]:
        async with running(copy_of(template, tmp_path_factory.mktemp("calm"))) as house:
            await course.play(house)
            await all_said(house)
            return course.end_state(house)

    return asyncio.run(told())


@pytest.fixture
async def rough(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """A house that does not wait long before it tries again."""
    monkeypatch.setattr("bot.app.WAITS", (0, 0, 0, 0))
    async with running(copy_of(template, tmp_path)) as house:
        yield house


def fed_twice(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """The poller lets no second copy through while it runs; after a restart, or by a webhook, one
    comes. Here each update comes again at once, and now and then one of long ago."""
    feed, chance = Dispatcher.feed_update, Random(seed)
    before: list[Update] = []

    async def twice(self: Dispatcher, bot: Bot, update: Update, **more: Any) -> Any:
        before.append(update)
        first = await feed(self, bot, update, **more)
        for again in (update, chance.choice(before)):
            await feed(self, bot, again, **more)
        return first

    monkeypatch.setattr(Dispatcher, "feed_update", twice)


TROUBLES = [
    pytest.param(True, REFUSED, id="all-at-once"),
    pytest.param(True, [], id="twice-and-shuffled"),
    pytest.param(False, LOST, id="each-lost"),
]


@pytest.mark.parametrize(("doubled", "faults"), TROUBLES if EVERY else TROUBLES[:1])
async def test_the_end_is_the_same(
    rough: House,
    as_it_should_be: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
    doubled: bool,
    faults: list[dict[str, Any]],
) -> None:
    if doubled:
        fed_twice(monkeypatch, seed=7)
        await rough.stage.post("rig", SHUFFLED)
    for order in faults:
        await rough.stage.post("faults", order)
    await course.play(rough)
    await all_said(rough, seconds=60)
    assert course.end_state(rough) == as_it_should_be
    assert (await rough.proof()).broken is None
