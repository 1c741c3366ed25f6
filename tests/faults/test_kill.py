"""kill -9 at random points under load: forty people, twenty incidents; nothing lost, nothing twice.

`KILLS` points (50), in rounds of at most 50 each. `KILL_SEED` draws the same points again; it is
printed. What lies between two kills is the machine's: who is quicker differs from run to run.
"""

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL
from time import monotonic
from typing import Literal

import pytest

from tests.faults.forkserver import AT_ONCE
from tests.faults.house import House, opened
from tests.faults.judge import Judge
from tests.faults.load import Load
from tests.faults.phones import Phones
from tests.faults.processes import PATIENCE, Launcher
from tests.faults.town import make_town
from tests.flows.house import copy_of

KILLS = int(os.environ.get("KILLS", "50"))
# Of one run of tests, however many processes share it.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or random.SystemRandom().random()
SEED = int(os.environ.get("KILL_SEED") or random.Random(RUN).randrange(10**6))
EACH = 50  # kills in one round; a town of its own for each keeps the rows few
BETWEEN_RESTS = 25  # kills, until everybody rests and all is compared
LIFE = 15  # deeds of people on the average until the bot is killed
JITTER = 0.05  # seconds more, at the most
STARTING = 0.4  # seconds; who is killed while it starts
PACED = 0.1  # of the starts keep the platform's limits, so that something waits for its turn
PUSHED = 0.2  # of the kills come with a clock that is pushed on
PUSHES = (120, 300, 300, 600, 3600, 7300)  # seconds; after the last "vẫn đang xử lý?" is asked
# As over a real network: what the bot says has arrived for a while before it knows.
FAR_AWAY = {"method": "*", "times": 40, "delay_seconds": 0.05}
OUR_FAULT = "[error"  # in the program's own log
SILENCE, LONGEST = 1.0, 3.0  # seconds without another word; of one life

Moment = Literal["later", "starting", "heard", "writing"]
MOMENTS: dict[Moment, float] = {"later": 0.4, "starting": 0.1, "heard": 0.25, "writing": 0.25}


@dataclass(frozen=True)
class Point:
    """Kill once people have done so much, and so many seconds after (`starting`: it was begun).

    `heard`: and then once it has said something that it does not know yet to have arrived;
    `writing`: and then in the middle of a commit or just behind it.
    """

    moment: Moment
    life: int
    delay: float
    words: int  # of the bot, before it is killed for being heard
    push: int  # seconds by which the clock is pushed on before the next start
    paced: bool


def points(round_: int) -> list[Point]:
    chance = random.Random(f"{SEED}/{round_}")
    found = []
    for _ in range(min(EACH, KILLS - round_ * EACH)):
        (when,) = chance.choices(list(MOMENTS), list(MOMENTS.values()))
        life = 0 if when == "starting" else min(int(chance.expovariate(1 / LIFE)), 4 * LIFE)
        delay = chance.random() * (STARTING if when == "starting" else JITTER)
        push = chance.choice(PUSHES) if chance.random() < PUSHED else 0
        words, paced = chance.choice((1, 1, 2, 3, 5)), chance.random() < PACED
        found.append(Point(when, life, delay, words, push, paced))
    return found


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, launcher: Launcher) -> Path:
    folder = tmp_path_factory.mktemp("town")
    asyncio.run(make_town(folder, launcher))
    return folder


@pytest.mark.parametrize("round_", range(-(-KILLS // EACH)), ids=lambda n: f"seed{SEED}-round{n}")
async def test_killed_at_random_points_under_load(
    town: Path, tmp_path: Path, launcher: Launcher, round_: int, request: pytest.FixtureRequest
) -> None:
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():  # seen whether or not it passes
        sys.stderr.write(f"\nKILL_SEED={SEED}, round {round_}\n")
    async with opened(copy_of(town, tmp_path), launcher) as house:
        await house.stage.post("limits", {"callback_seconds": 1_000_000})
        async with at_work(house, random.Random(f"{SEED}/people/{round_}")) as trial:
            await trial.play(points(round_))
            assert await house.end() == 0
            await trial.judge.caught_up()
            none_of(trial.judge.at_rest())
            proof = await trial.judge.proof()
            assert (proof.broken, proof.seals > 0) == (None, True)
            assert proof.events == len(trial.judge.book.links)
            trial.report()
            met = set(trial.judge.told.counted)  # else nothing was compared with nothing
            assert KILLS < EACH or met >= {"incident.reported", "page.acknowledged", "task.done"}


@asynccontextmanager
async def at_work(house: House, chance: random.Random) -> AsyncIterator["Trial"]:
    """People with phones, who begin at once."""
    phones = Phones(house.sandbox.address, house.http)
    load = Load(phones, house.stage, chance)
    tasks = [asyncio.create_task(phones.follow()), asyncio.create_task(load.work())]
    try:
        yield Trial(house, phones, load, Judge(house, phones, load), tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@dataclass
class Trial:
    house: House
    phones: Phones
    load: Load
    judge: Judge
    tasks: list["asyncio.Task[None]"]
    windows: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=monotonic)

    async def play(self, kills: list[Point]) -> None:
        where = "before the first kill"
        process = await self.house.begin(**{AT_ONCE: "1"})
        try:
            for number, point in enumerate(kills, start=1):
                where = f"kill {number}, {point}"
                await self.kill(point)
                rests = number % BETWEEN_RESTS == 0 or number == len(kills)
                paced = point.paced and not rests
                process = await self.house.begin(**({} if paced else {AT_ONCE: "1"}))
                if rests:
                    where = f"at rest after kill {number}"
                    await self.rest()
                if rests and number < len(kills):
                    self.load.go_on()
        except (AssertionError, TimeoutError) as error:
            told = process.told()
            raise AssertionError(f"{where}: {error}\n{told}") from error

    async def kill(self, point: Point) -> None:
        """What phones saw by then must be on disk."""
        process = self.house.process
        assert process is not None
        if point.moment != "starting":
            await process.says("đang chạy")
        await self.more(self.phones.deeds, point.life, within=LONGEST)
        await asyncio.wait(self.tasks, timeout=point.delay)
        assert not any(task.done() for task in self.tasks), self.tasks
        if point.moment == "heard":
            await self.house.stage.post("faults", FAR_AWAY)
            await self.more(self.phones.shown, point.words, within=SILENCE)
        elif point.moment == "writing":
            await self.written()
        process.signal(SIGKILL)
        assert await process.ended() == -SIGKILL, process.told()
        await self.house.end_faults()
        await self.judge.caught_up()
        none_of(self.judge.after_kill())
        none_of([line for line in process.err.lines if OUR_FAULT in line])
        self.windows[point.moment] += 1
        if point.push:  # while nobody holds a lease that would seem to have run out
            await self.house.stage.post("clock/push", {"seconds": point.push})
        opened_ = self.house.rows.all("SELECT id FROM incidents WHERE state = 'open' ORDER BY id")
        self.load.opened = [row["id"] for row in opened_]

    async def more(self, things: Sequence[object], so_many: int, within: float) -> None:
        """So many more are there; or nothing more came in time."""
        enough = len(things) + so_many
        with suppress(TimeoutError):
            await self.phones.until(lambda: len(things) >= enough or None, within)

    async def written(self) -> None:
        """Until the write-ahead log has changed: the bot is about to commit, or just has."""
        log = self.house.folder / "trucban.db-wal"
        before, patience = _age(log), monotonic() + SILENCE
        while _age(log) == before and monotonic() < patience:  # noqa: ASYNC110 (a file says nothing)
            await asyncio.sleep(0)

    async def rest(self) -> None:
        """Everybody pauses; once all is said and confirmed, everything is compared."""
        process = self.house.process
        assert process is not None
        await process.says("đang chạy")
        try:
            async with asyncio.timeout(2 * PATIENCE):
                await self.load.rest()
                while self.judge.pending() or not self.house.rows.nothing_waits():
                    await asyncio.wait(self.tasks, timeout=0.05)
        except TimeoutError:
            raise AssertionError("\n".join(self.judge.left())) from None
        await self.judge.caught_up()
        none_of(self.judge.at_rest())

    def report(self) -> None:
        book, rows = self.judge.book, self.house.rows
        new = [one for one in self.phones.shown if one.kind == "message"]
        figures = {
            "kills": sum(self.windows.values()),
            "seconds": round(monotonic() - self.began),
            "updates": len(self.phones.deeds),
            "steps": rows.one("SELECT count(*) FROM update_keys"),
            "incidents": rows.one("SELECT count(*) FROM incidents"),
            "open": len(self.load.opened),
            "tasks": rows.one("SELECT count(*) FROM tasks"),
            "done": rows.one("SELECT count(*) FROM tasks WHERE state = 'done'"),
            "messages": len(new),
            "marked": sum("(nhắc lại)" in one.text for one in new),
            "events": len(book.links),
        }
        sys.stdout.write(f"  {figures} {dict(self.windows)}\n  {dict(self.judge.told.counted)}\n")


def none_of(wrong: list[str]) -> None:
    assert not wrong, "\n".join(wrong)


def _age(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
