"""kill -9 at random points of the main story: nothing is lost, nothing is done twice.

`KILLS` points (20), in stories of at most 20 each. `KILL_SEED` repeats a run; it is printed.
"""

import asyncio
import os
import random
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from signal import SIGKILL

import pytest

from bot.services.sealing import prove
from playbooks.loader import load_plans
from storage.store import SqlStore
from tests.faults.house import House
from tests.faults.judging import not_kept, unheard, unmarked, wrong_at_the_end
from tests.faults.story import STORY, begin, finish

KILLS = int(os.environ.get("KILLS", "20"))
# Of one run of tests, however many processes share it.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or random.SystemRandom().random()
SEED = int(os.environ.get("KILL_SEED") or random.Random(RUN).randrange(10**6))
EACH = 20  # kills in one story
LATEST = 150  # milliseconds after the step has begun; rather early, while it is under way
SETTLING = 30  # the same after words of the bot
SILENCE = 1.0  # seconds without another word
HEARD = 0.4  # of the points
# As over a real network: what the bot says has arrived for a while before it knows.
FAR_AWAY = {"method": "sendMessage", "times": 20, "delay_seconds": 0.05}
STARTING = 600  # the same for who is killed while it starts again


@dataclass(frozen=True)
class Point:
    """Kill while this step of the story is under way, so many milliseconds after it began.

    `heard`: after so many words of the bot instead, when it may not yet know that they arrived.
    """

    step: int
    delay: int
    heard: int = 0


def points(story: int) -> list[Point]:
    """A step that is drawn again is that of a bot which is killed again while it starts."""
    chance = random.Random(f"{SEED}/{story}")
    kills = min(EACH, KILLS - story * EACH)
    steps = sorted(chance.choices(range(len(STORY)), k=kills))
    found = []
    for step, before in zip(steps, [-1, *steps], strict=False):
        if step == before:
            found.append(Point(step, int(chance.random() * STARTING)))
        elif chance.random() < HEARD:
            words = chance.choice((1, 1, 2, 3, 4))
            found.append(Point(step, int(chance.random() ** 2 * SETTLING), words))
        else:
            found.append(Point(step, int(chance.random() ** 2 * LATEST)))
    return found


@pytest.mark.parametrize("story", range(-(-KILLS // EACH)), ids=lambda n: f"seed{SEED}-story{n}")
async def test_killed_at_random_points_of_the_story(
    house: House, story: int, request: pytest.FixtureRequest
) -> None:
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():  # seen whether or not it passes
        sys.stderr.write(f"\nKILL_SEED={SEED}, story {story}\n")
    trial = Trial(house)
    await trial.play(points(story))
    assert await house.end() == 0
    shown = await house.shown(trial.start)
    assert not_kept(shown, house.rows) == []
    assert wrong_at_the_end(house.rows) == []
    assert unheard(shown, house.rows) == []
    assert unmarked(shown) == []
    store = SqlStore(f"sqlite:///{house.rows.file}", load_plans())
    try:
        proof = await store.look(prove)
    finally:
        await store.close()
    assert proof.broken is None
    assert proof.seals > 0
    sys.stdout.write(f"  {dict(trial.windows)}, {proof.events} events intact\n")


class Trial:
    """`windows`: how far the step had come at each kill."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.start = 0  # the sandbox's event before the story
        self.windows: Counter[str] = Counter()

    async def play(self, kills: list[Point]) -> None:
        house = self.house
        self.start, _ = await self.now()
        process = await house.start()
        where = "before the first kill"
        try:
            for number, step in enumerate(STORY):
                here = [point for point in kills if point.step == number]
                if here:
                    await process.says("đang chạy")
                if any(point.heard for point in here):
                    await house.stage.post("faults", FAR_AWAY)
                before = await self.now()
                await begin(step, house.stage, house.phones)
                for point in here:
                    where = f"killed at step {number}, {step}: {point}"
                    await self.kill(point, before)
                    await house.end_faults()
                    process = await house.begin()
                await finish(step, house.stage, house.phones)
            await house.rows.until_nothing_waits()
        except AssertionError as error:
            assert house.process is not None
            raise AssertionError(f"{where}: {error}\n{house.process.told()}") from error

    async def kill(self, point: Point, before: tuple[int, int]) -> None:
        """What phones saw by then must be on disk."""
        house, process = self.house, self.house.process
        assert process is not None
        event, events = before
        if point.heard:
            with suppress(TimeoutError):  # it had less to say
                await house.hears_the_bot(event, point.heard, within=SILENCE)
        asyncio.get_running_loop().call_later(point.delay / 1000, process.signal, SIGKILL)
        assert await process.ended() == -SIGKILL, process.told()
        shown = await house.shown(self.start)
        assert not_kept(shown, house.rows) == []
        told = any(one.by_bot and one.id > event for one in shown)
        done = (await self.now())[1] > events
        window = ("told" if told else "done, not told") if done else "not done"
        self.windows[window] += 1
        since = f"word {point.heard}" if point.heard else "it began"
        when = f"{point.delay} ms after {since}"
        sys.stdout.write(f"  {STORY[point.step]}, {when}: {window}\n")

    async def now(self) -> tuple[int, int]:
        """How much has happened in the sandbox, and how many events the log has."""
        state = await self.house.stage.get("state", messages=1)
        return int(state["event"]), int(self.house.rows.one("SELECT count(*) FROM events"))
