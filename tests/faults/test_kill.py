"""kill -9 at random points of the main story: nothing is lost, nothing is done twice.

`KILLS` points (20), in stories of at most 20 each. `KILL_SEED` repeats a run; it is printed.
"""

import asyncio
import os
import random
from collections import Counter
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
SEED = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(10**6))
EACH = 20  # kills in one story
LATEST = 150  # milliseconds after the step has begun; rather early, while it is under way
STARTING = 600  # the same for who is killed while it starts again


@dataclass(frozen=True)
class Point:
    """Kill while this step of the story is under way, so many milliseconds after it began."""

    step: int
    delay: int


def points(story: int) -> list[Point]:
    """A step that is drawn again is that of a bot which is killed again while it starts."""
    chance = random.Random(f"{SEED}/{story}")  # noqa: S311 (to be repeated, not to be secret)
    kills = min(EACH, KILLS - story * EACH)
    steps = sorted(chance.choices(range(len(STORY)), k=kills))
    again = [step == before for step, before in zip(steps, [-1, *steps], strict=False)]
    return [
        Point(step, int(chance.random() * STARTING if second else chance.random() ** 2 * LATEST))
        for step, second in zip(steps, again, strict=True)
    ]


@pytest.mark.parametrize("story", range(-(-KILLS // EACH)))
async def test_killed_at_random_points_of_the_story(house: House, story: int) -> None:
    print(f"\nKILL_SEED={SEED} story {story}")
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
    print(f"{dict(trial.windows)}, {proof.events} events in {proof.chains} chains")


class Trial:
    """`windows`: how far the step had come at each kill."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.start = 0  # the sandbox's event before the story
        self.windows: Counter[str] = Counter()

    async def play(self, kills: list[Point]) -> None:
        house = self.house
        self.start = (await house.stage.get("state", messages=1))["event"]
        process = await house.start()
        where = "before the first kill"
        try:
            for number, step in enumerate(STORY):
                here = [point for point in kills if point.step == number]
                if here:
                    await process.says("đang chạy")
                await begin(step, house.stage, house.phones)
                for point in here:
                    where = f"killed at step {number}, {step}, after {point.delay} ms"
                    await self.kill(point)
                    process = await house.begin()
                await finish(step, house.stage, house.phones)
            await house.rows.until_nothing_waits()
        except AssertionError as error:
            assert house.process is not None
            raise AssertionError(f"{where}: {error}\n{house.process.told()}") from error

    async def kill(self, point: Point) -> None:
        """What phones saw by then must be on disk."""
        house, process = self.house, self.house.process
        assert process is not None
        done, seen = self._done(), await house.shown(self.start)
        asyncio.get_running_loop().call_later(point.delay / 1000, process.signal, SIGKILL)
        assert await process.ended() == -SIGKILL, process.told()
        shown = await house.shown(self.start)
        assert not_kept(shown, house.rows) == []
        told = len(shown) > len(seen)
        window = ("told" if told else "done, not told") if self._done() > done else "not done"
        self.windows[window] += 1
        print(f"  {STORY[point.step]} +{point.delay} ms: {window}")

    def _done(self) -> int:
        return int(self.house.rows.one("SELECT count(*) FROM events"))
