"""What one step costs in process, without any wire: CPU and SQL statements, 50 people at once.

    python -m bench.step [--rounds 5] [--profile]

`--profile`: the same under cProfile, the dearest functions of every thread but the writer's
and of the writer's thread apart.
"""

import argparse
import asyncio
import cProfile
import gc
import pstats
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Engine, event

from bench.cast import FIRST_LISTED, FIRST_OFFICIAL, NOON, act_of, settle
from bench.questions import SENTENCE
from bot.config import Settings
from bot.domain.form import Draft, Move
from bot.office import Office, opened
from bot.platforms.clock import SystemClock
from bot.process import fast_loop
from bot.services import dialogs, incidents, listening, paging
from bot.services.desk import Done
from bot.services.outcomes import Reported
from bot.views.outcomes import EARS, screen
from storage.writer import Writer

PEOPLE, BOARD = 50, 100
MINH, BINH = FIRST_LISTED + 1, FIRST_LISTED + 3  # responder; duty officer
PRESSES = ("mot_cua", NOON.isoformat(), "yes", "no", "unknown", "no", "no", "yes", "unplugged")


class Meter:
    """Per kind of step: CPU µs and statements, one figure a round."""

    def __init__(self) -> None:
        self.statements = 0
        self.cpu: dict[str, list[float]] = {}
        self.sql: dict[str, list[float]] = {}

    def count(self, *_: object) -> None:
        self.statements += 1

    async def each(self, name: str, steps: Iterable[Awaitable[Any]]) -> list[Any]:
        """All of them at once; what they return."""
        waiting = list(steps)
        statements, began = self.statements, time.process_time()
        done = await asyncio.gather(*waiting)
        used = time.process_time() - began
        self.cpu.setdefault(name, []).append(used / len(waiting) * 1e6)
        self.sql.setdefault(name, []).append((self.statements - statements) / len(waiting))
        return done

    def draw(self, done: list[Done[Any]]) -> None:
        """The screens that these steps lead to."""
        began = time.process_time()
        for one in done:
            screen(one, NOON).markup()
        used = time.process_time() - began
        self.cpu.setdefault("drawing a question", []).append(used / len(done) * 1e6)


class Steps:
    def __init__(self, office: Office, meter: Meter) -> None:
        self._desk, self._meter = office.desk, meter
        self._people = range(FIRST_OFFICIAL, FIRST_OFFICIAL + PEOPLE)
        self._updates = 0

    def _key(self) -> str:
        self._updates += 1
        return f"bench:{self._updates}"

    async def round(self) -> None:
        """50 reports; the pages that they raise are taken."""
        pages = await self._pages(await self._reports())
        took = (self._desk.do(paging.take, act_of(MINH, NOON, self._key()), one) for one in pages)
        await self._meter.each("a page is taken", took)

    async def board(self) -> None:
        looks = (self._desk.look(incidents.board, act_of(BINH)) for _ in range(5))
        await self._meter.each("/status, 100 open", looks)

    async def fill_board(self) -> None:
        for _ in range(BOARD // PEOPLE):
            await self._reports()

    async def _reports(self) -> list[int]:
        listen = listening.listen
        said = await self._meter.each(
            "words that begin a report",
            (
                self._desk.do(listen, act_of(who, NOON, self._key()), SENTENCE, EARS)
                for who in self._people
            ),
        )
        drafts = await self._press("an offer is taken up", [one.value for one in said], "yes")
        for value in PRESSES:
            drafts = await self._press("a form's press", drafts, value)
        sent = await self._press("a report is sent", drafts, "", "send")
        return [one.brief.incident.id for one in sent if isinstance(one, Reported)]

    async def _press(self, name: str, drafts: list[Draft], value: str, do: Any = "answer") -> Any:
        move = Move(do, value)
        done = await self._meter.each(
            name,
            (
                self._desk.do(
                    dialogs.press, act_of(who, NOON, self._key()), one.id, one.version, move
                )
                for who, one in zip(self._people, drafts, strict=True)
            ),
        )
        if name == "a form's press":
            self._meter.draw(done)
        return [one.value for one in done]

    async def _pages(self, numbers: list[int]) -> list[int]:
        act = act_of(BINH)
        seen = [(await self._desk.look(incidents.see, act, number)).value for number in numbers]
        return [story.brief.page.id for story in seen if story.brief.page]


async def measure(folder: Path, rounds: int, meter: Meter) -> None:
    settings = Settings(database=f"sqlite:///{folder / 'bench.db'}")
    async with opened(settings, SystemClock()) as office:
        await settle(office, PEOPLE)
        event.listen(Engine, "before_cursor_execute", meter.count)
        gc.collect()
        gc.freeze()
        steps = Steps(office, meter)
        await steps.fill_board()
        await steps.board()
        meter.cpu.clear()  # so far it was to warm up
        meter.sql.clear()
        for _ in range(rounds):
            await steps.board()
        for _ in range(rounds):
            await steps.round()


def profiled(work: Callable[[], None]) -> None:
    """The loop's thread and the writer's, each on its own page."""
    loop, writer = cProfile.Profile(), cProfile.Profile()
    plain = Writer._work

    def watched(self: Writer[Any]) -> None:
        writer.runcall(plain, self)

    Writer._work = watched  # type: ignore[method-assign]
    loop.runcall(work)
    for name, profile in (("LOOP", loop), ("WRITER", writer)):
        print(f"\n{name}")
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        pstats.Stats(profile).sort_stats("cumtime").print_stats(60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    meter = Meter()

    def work() -> None:
        loop = asyncio.Runner(loop_factory=fast_loop())
        with tempfile.TemporaryDirectory() as folder, loop as runner:
            runner.run(measure(Path(folder), given.rounds, meter))

    if given.profile:
        profiled(work)
    else:
        work()
    print(f"\n| step, {PEOPLE} at once | CPU µs | statements |\n|---|---|---|")
    for name, used in meter.cpu.items():
        statements = f"{median(meter.sql[name]):.1f}" if name in meter.sql else ""
        print(f"| {name} | {median(used):,.0f} | {statements} |")


if __name__ == "__main__":
    main()
