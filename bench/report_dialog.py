"""The report dialog (a sentence, eleven taps) by many people at once, three bots side by side.

Each bot is a process of its own; the sandbox and the people are this one. The rounds alternate, so
that what else the machine does falls on all of them; medians over the rounds are printed.

    python -m bench.report_dialog [--people 50] [--rounds 5] [--seconds 60]
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from bench.cast import ACCOUNT, FIRST_LISTED, FIRST_OFFICIAL
from bench.meter import Bot
from bench.people import Town
from bench.questions import LABELS, SENTENCE
from bot.process import fast_loop

LISTED = 20  # phones for whoever stands in the sample agency: notices reach them
OURS, AIOGRAM, PTB = "Trực Ban", "aiogram, MemoryStorage", "python-telegram-bot"


class Round(NamedTuple):
    per_second: float
    p50: float  # milliseconds
    p99: float
    cpu: float  # microseconds an update, of the bot's process
    other: float  # the same of the sandbox and the people


class Contestant:
    def __init__(self, name: str, folder: Path, account: int) -> None:
        folder.mkdir()
        self.name, self.folder = name, folder
        self.town = Town(folder / "sandbox.db", account)
        self.rounds: list[Round] = []
        self._bot: Bot | None = None

    async def start(self, people: int) -> None:
        listed = range(FIRST_LISTED, FIRST_LISTED + LISTED)
        await self.town.open([*listed, *range(FIRST_OFFICIAL, FIRST_OFFICIAL + people)])
        module, *arguments = {
            OURS: ("bench.bots.trucban", str(self.folder), str(people)),
            AIOGRAM: ("bench.bots.aiogram_memory", self.town.token),
            PTB: ("bench.bots.ptb_conversation", self.town.token),
        }[self.name]
        self._bot = await Bot.start(module, self.town.address, *arguments)

    async def round(self, people: int) -> Round:
        """Everybody's whole dialog at once; afterwards the bot says what it still has to say."""
        assert self._bot is not None
        used, own, began = await self._bot.cpu(), time.process_time(), time.perf_counter()
        numbers = range(FIRST_OFFICIAL, FIRST_OFFICIAL + people)
        dialogs = [self.town.dialog(number, SENTENCE, LABELS) for number in numbers]
        waits = [wait for one in await asyncio.gather(*dialogs) for wait in one]
        took = time.perf_counter() - began
        await self.town.quiet()
        own, used = time.process_time() - own, await self._bot.cpu() - used
        hundredths, acts = quantiles(waits, n=100), len(waits)
        p50, p99 = hundredths[49], hundredths[98]
        return Round(acts / took, p50, p99, used / acts * 1e6, own / acts * 1e6)

    async def stop(self) -> None:
        if self._bot is not None:
            await self._bot.stop()
        await self.town.close()


async def measure(folder: Path, people: int, rounds: int, seconds: float) -> list[Contestant]:
    began = time.monotonic()
    names = (OURS, AIOGRAM, PTB)
    those = [Contestant(name, folder / str(i), ACCOUNT) for i, name in enumerate(names)]
    try:
        await asyncio.gather(*(one.start(people) for one in those))
        for one in those:
            await one.round(people)  # the first is to warm up
        for number in range(rounds):
            before = time.monotonic()
            for one in (*those[number % 3 :], *those[: number % 3]):
                one.rounds.append(await one.round(people))
            now = time.monotonic()
            if now - began + (now - before) > seconds:
                break
    finally:
        await asyncio.gather(*(one.stop() for one in those))
    return those


def table(those: list[Contestant], people: int) -> str:
    lines = [
        f"{people} people at once, {len(LABELS) + 1} updates each, medians of "
        f"{len(those[0].rounds)} rounds (in brackets: Trực Ban's divided by this one's)",
        "",
        "| bot | updates/s | p50 ms | p99 ms | CPU µs/update | of sandbox and people |",
        "|---|---|---|---|---|---|",
    ]
    ours = those[0].rounds
    for one in those:

        def said(of: Callable[[Round], float], one: Contestant = one) -> str:
            here = median(map(of, one.rounds))
            ratio = median(of(a) / of(b) for a, b in zip(ours, one.rounds, strict=True))
            return f"{here:,.0f}" + ("" if one is those[0] else f" ({ratio:.2f} ×)")

        shown = (said(lambda r: r.per_second), said(lambda r: r.p50), said(lambda r: r.p99))
        rest = (said(lambda r: r.cpu), f"{median(r.other for r in one.rounds):,.0f}")
        lines.append(f"| {one.name} | {' | '.join((*shown, *rest))} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60, help="no round begins that ends later")
    given = parser.parse_args()
    loop = asyncio.Runner(loop_factory=fast_loop())
    with tempfile.TemporaryDirectory() as folder, loop as runner:
        those = runner.run(measure(Path(folder), given.people, given.rounds, given.seconds))
    print(table(those, given.people))


if __name__ == "__main__":
    main()
