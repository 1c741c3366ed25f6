"""An update is confirmed after its step, never before: whatever fails, and whenever it ends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiogram import Bot
from aiogram.types import Update
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.platforms.polling import Ledger, Poller
from bot.platforms.steps import NotDone, person_of
from bot.platforms.troubles import WrongToken
from tests.platforms.scripted import Platform, hang_up, page, press, refusal

Feed = Callable[[Update], Awaitable[None]]


@dataclass
class Steps:
    """A feed that a test can hold up and make fail."""

    began: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    held: dict[int, asyncio.Event] = field(default_factory=dict)
    not_done: dict[int, int] = field(default_factory=dict)  # update -> how often still
    broken: set[int] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0

    def hold(self, *updates: int) -> None:
        self.held.update((update, asyncio.Event()) for update in updates)

    async def __call__(self, update: Update) -> None:
        one = update.update_id
        self.began.append(one)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if one in self.held:
                await self.held[one].wait()
            if self.not_done.get(one, 0):
                self.not_done[one] -= 1
                raise NotDone
            if one in self.broken:
                raise ZeroDivisionError
            self.done.append(one)
        finally:
            self.at_once -= 1


@dataclass
class Waits:
    """The poller's sleep: remembered, and over at once."""

    seconds: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@asynccontextmanager
async def polling(
    bot: Bot, feed: Feed, waits: Waits | None = None, persons: int = 64
) -> AsyncIterator[Poller]:
    poller = Poller(bot, feed, patience=0.01, grace=0.1, persons=persons, sleep=waits or Waits())
    running = asyncio.create_task(poller.run())
    try:
        yield poller
        async with asyncio.timeout(5):
            await poller.stop()
            await running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_step_is_confirmed_once_it_is_done(bot: Bot, platform: Platform) -> None:
    steps = Steps()
    steps.hold(7)
    async with polling(bot, steps):
        await platform.deliver(press(7))
        await platform.until(lambda: len(platform.offsets()) > 3)
        assert set(platform.offsets()) <= {0, 7}
        steps.held[7].set()
        await platform.until(lambda: 8 in platform.offsets())
    assert steps.began == [7], "asked for again and again, begun once"
    assert platform.updates == []


async def test_what_never_finishes_is_never_confirmed(bot: Bot, platform: Platform) -> None:
    steps = Steps()
    steps.hold(8)
    await platform.deliver(press(7, person=1), press(8, person=2), press(9, person=3))
    async with polling(bot, steps):
        await platform.until(lambda: platform.offsets().count(8) > 2)
    assert steps.done == [7, 9]
    assert max(platform.offsets()) == 8
    assert [one["update_id"] for one in platform.updates] == [8, 9]


async def test_a_slow_person_holds_up_nobody(bot: Bot, platform: Platform) -> None:
    steps = Steps()
    steps.hold(7)
    async with polling(bot, steps):
        await platform.deliver(press(7, person=1))
        await platform.until(lambda: 7 in platform.offsets())
        await platform.deliver(press(8, person=2), press(9, person=1))
        await platform.until(lambda: 8 in steps.done)
        assert 9 not in steps.began, "the same person's next step waits"
        steps.held[7].set()
        await platform.until(lambda: 10 in platform.offsets())
    assert steps.done == [8, 7, 9]


async def test_while_nothing_is_under_way_one_question_stays_open(
    bot: Bot, platform: Platform
) -> None:
    async with polling(bot, Steps()):
        await platform.until(lambda: platform.open_polls == 1)
        await platform.deliver(press(7))
        await platform.until(lambda: platform.open_polls == 1 and 8 in platform.offsets())
    asked = platform.questions("getUpdates")
    assert [question["timeout"] for question in asked[:2]] == ["25", "25"]
    assert asked[0]["allowed_updates"] == '["message", "callback_query", "my_chat_member"]'


async def test_steps_of_one_person_stay_in_order(bot: Bot, platform: Platform) -> None:
    steps = Steps()
    await platform.deliver(*(press(number, person=number % 5) for number in range(1, 101)))
    async with polling(bot, steps):
        await platform.until(lambda: 101 in platform.offsets())
    for person in range(5):
        theirs = [number for number in steps.done if number % 5 == person]
        assert theirs == sorted(theirs)
    assert len(steps.done) == 100


async def test_so_many_steps_run_at_once_and_no_more(bot: Bot, platform: Platform) -> None:
    steps = Steps()
    steps.hold(*range(1, 11))
    await platform.deliver(*(press(number, person=number) for number in range(1, 11)))
    async with polling(bot, steps, persons=4):
        await platform.until(lambda: len(steps.began) == 4)
        for event in steps.held.values():
            event.set()
        await platform.until(lambda: 11 in platform.offsets())
    assert steps.most_at_once == 4


async def test_what_could_not_be_stored_is_asked_for_again(bot: Bot, platform: Platform) -> None:
    steps, waits = Steps(not_done={8: 7}), Waits()
    await platform.deliver(press(7, 1), press(8, 2), press(9, 2), press(10, 3))
    async with polling(bot, steps, waits):
        await platform.until(lambda: 11 in platform.offsets())
    assert waits.seconds == [1, 2, 4, 8, 16, 30, 30]
    before = platform.offsets()[: platform.offsets().index(11)]
    assert set(before) == {0, 8}
    assert steps.done == [7, 10, 8, 9], "each once, and one person's in order"


async def test_the_store_coming_back_forgets_the_long_waits(bot: Bot, platform: Platform) -> None:
    steps, waits = Steps(not_done={7: 3, 8: 1}), Waits()
    await platform.deliver(press(7))
    async with polling(bot, steps, waits):
        await platform.until(lambda: 8 in platform.offsets())
        await platform.deliver(press(8))
        await platform.until(lambda: 9 in platform.offsets())
    assert waits.seconds == [1, 2, 4, 1]


async def test_a_poison_update_stops_nobody(bot: Bot, platform: Platform) -> None:
    steps = Steps(broken={7})
    await platform.deliver(press(7), press(8))
    with capture_logs() as logs:
        async with polling(bot, steps):
            await platform.until(lambda: 9 in platform.offsets())
    assert steps.done == [8]
    (entry,) = [entry for entry in logs if entry["event"] == "polling.broken_step"]
    assert entry["update"] == 7
    assert entry["exc_info"]


async def test_an_update_nobody_can_read_hides_no_other(bot: Bot, platform: Platform) -> None:
    steps = Steps()
    unreadable = {"update_id": 8, "callback_query": {"id": "8", "data": "điều riêng tư"}}
    await platform.deliver(press(7), unreadable, press(9, person=2))
    with capture_logs() as logs:
        async with polling(bot, steps):
            await platform.until(lambda: 10 in platform.offsets())
    assert sorted(steps.done) == [7, 9]
    assert [entry["update"] for entry in logs if entry["event"] == "polling.unreadable"] == [8]
    assert "riêng tư" not in str(logs)


def private_nonsense(request: web.Request) -> web.Response:
    return web.json_response({"ok": True, "result": {"said": "điều riêng tư"}})


async def test_a_broken_wire_is_waited_out_and_said_once(bot: Bot, platform: Platform) -> None:
    waits = Waits()
    troubles = [hang_up, refusal(500, "Internal Server Error"), page(502, "…"), private_nonsense]
    platform.tell("getUpdates", *troubles, *[hang_up] * 4)
    with capture_logs() as logs:
        async with polling(bot, Steps(), waits):
            await platform.until(lambda: platform.open_polls == 1)
    for waited, most in zip(waits.seconds, [1, 2, 4, 8, 15, 15, 15, 15], strict=True):
        assert 0.7 * most <= waited <= most
    assert [entry["event"] for entry in logs] == ["polling.away", "polling.back"]
    assert "riêng tư" not in str(logs)


def nothing(request: web.Request) -> web.Response:
    return web.json_response({"ok": True, "result": []})


async def test_a_platform_that_never_waits_is_not_asked_in_a_rush(
    bot: Bot, platform: Platform
) -> None:
    waits = Waits()
    platform.tell("getUpdates", *[nothing] * 3)
    async with polling(bot, Steps(), waits):
        await platform.until(lambda: platform.open_polls == 1)
    assert waits.seconds == [0.01] * 3


async def test_another_poller_is_named_and_waited_for(bot: Bot, platform: Platform) -> None:
    waits = Waits()
    platform.tell("getUpdates", *[refusal(409, "Conflict: terminated by other getUpdates")] * 2)
    with capture_logs() as logs:
        async with polling(bot, Steps(), waits):
            await platform.until(lambda: platform.open_polls == 1)
    assert waits.seconds == [5, 5]
    assert [entry["event"] for entry in logs] == ["polling.conflict", "polling.back"]


async def test_a_token_taken_back_ends_it(bot: Bot, platform: Platform) -> None:
    platform.tell("getUpdates", refusal(401, "Unauthorized"))
    with pytest.raises(WrongToken):
        async with asyncio.timeout(5):
            await Poller(bot, Steps()).run()


async def test_stopping_ends_the_open_question_at_once(bot: Bot, platform: Platform) -> None:
    async with polling(bot, Steps()):
        await platform.until(lambda: platform.open_polls == 1)
    await platform.until(lambda: platform.open_polls == 0)
    assert len(platform.offsets()) == 1, "nothing was done, so nothing is confirmed"


async def test_stopping_lets_steps_finish_and_confirms_them(bot: Bot, platform: Platform) -> None:
    steps = Steps()
    steps.hold(7)
    await platform.deliver(press(7), press(8))
    poller = Poller(bot, steps, patience=0.01)
    running = asyncio.create_task(poller.run())
    await platform.until(lambda: 7 in platform.offsets())
    stopping = asyncio.create_task(poller.stop())
    await platform.deliver(press(9, person=2))
    asyncio.get_running_loop().call_later(0.05, steps.held[7].set)
    async with asyncio.timeout(5):
        await asyncio.gather(running, stopping)
    assert steps.done == [7], "what had not begun waits for the next start"
    last = platform.questions("getUpdates")[-1]
    assert (last["offset"], last["limit"], last["timeout"]) == ("8", "1", "0")
    assert [one["update_id"] for one in platform.updates] == [8, 9]


async def test_stopping_while_the_store_is_away(bot: Bot, platform: Platform) -> None:
    steps = Steps(not_done={7: 99})
    asleep = asyncio.Event()

    async def sleep_for_ever(seconds: float) -> None:
        asleep.set()
        await asyncio.Event().wait()

    await platform.deliver(press(7))
    poller = Poller(bot, steps, sleep=sleep_for_ever)
    running = asyncio.create_task(poller.run())
    async with asyncio.timeout(5):
        await asleep.wait()
        await poller.stop()
        await running
    assert set(platform.offsets()) <= {0, 7}


async def test_stopping_while_the_platform_is_away(bot: Bot, platform: Platform) -> None:
    steps = Steps()
    await platform.deliver(press(7))
    platform.tell("getUpdates")
    steps.hold(7)
    poller = Poller(bot, steps, patience=0.01)
    running = asyncio.create_task(poller.run())
    await platform.until(lambda: 7 in platform.offsets())
    platform.tell("getUpdates", *[hang_up] * 1000)
    steps.held[7].set()
    with capture_logs() as logs:
        async with asyncio.timeout(5):
            await poller.stop()
            await running
    assert "polling.unconfirmed" in [entry["event"] for entry in logs]


def test_the_person_is_whoever_acted() -> None:
    user = {"id": 5, "is_bot": False, "first_name": "Lan"}
    chat = {"id": -100, "type": "group", "title": "Phòng"}
    message = {"message_id": 1, "date": 1, "chat": chat}
    assert person_of(Update.model_validate(press(1, person=5))) == 5
    said = Update.model_validate({"update_id": 1, "message": {**message, "from": user}})
    assert person_of(said) == 5
    assert person_of(Update.model_validate({"update_id": 1, "message": message})) == -100


@given(st.data())
def test_the_offset_never_passes_what_is_not_finished(data: st.DataObject) -> None:
    """A model of the platform: whatever happens in whatever order, nothing unfinished is lost."""
    ledger, latest = Ledger(), 0
    waiting: list[int] = []
    done: set[int] = set()
    question: tuple[int | None, list[int]] | None = None  # on its way: the offset, the answer
    for _ in range(data.draw(st.integers(1, 60))):
        deed = data.draw(st.sampled_from(["arrive", "ask", "answer", "finish", "give back"]))
        if deed == "arrive":
            latest += data.draw(st.integers(1, 3))
            waiting.append(latest)
        elif deed == "ask" and question is None:
            offset = ledger.offset
            assert all(one in done for one in waiting if one < (offset or 0))
            waiting = [one for one in waiting if one >= (offset or 0)]
            question = (offset, waiting[:4])
        elif deed == "answer" and question is not None:
            asked, batch = question
            fresh = ledger.fetch(asked, batch, all_there_is=len(batch) < 4)
            assert not done.intersection(fresh), "nothing is begun again after it was done"
            assert len(ledger.finished) <= len(waiting), "what is confirmed is forgotten"
            question = None
        elif deed in ("finish", "give back") and ledger.begun:
            one = data.draw(st.sampled_from(sorted(ledger.begun)))
            if deed == "finish":
                ledger.finish(one)
                done.add(one)
            else:
                ledger.give_back([one])


def test_what_has_vanished_at_the_platform_is_not_asked_for_for_ever() -> None:
    ledger = Ledger()
    assert ledger.fetch(None, [5, 6], all_there_is=True) == [5, 6]
    ledger.give_back([5])
    ledger.finish(6)
    assert ledger.offset == 5
    assert ledger.fetch(5, [7], all_there_is=True) == [7]
    ledger.finish(7)
    assert ledger.offset == 8
    assert ledger.fetch(8, [], all_there_is=True) == []
    assert ledger.finished == set()


def test_a_platform_that_numbers_anew_is_followed() -> None:
    ledger = Ledger()
    ledger.fetch(None, [900], all_there_is=True)
    ledger.finish(900)
    assert ledger.fetch(901, [3, 4], all_there_is=True) == [3, 4]
    ledger.finish(3)
    ledger.finish(4)
    assert ledger.offset == 5
