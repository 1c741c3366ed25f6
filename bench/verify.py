"""How long the proof of the log (python -m bot verify) takes, for so many events.

python -m bench.verify [10000 100000]
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench.cast import NOON, act_of
from bot.config import Settings
from bot.domain.people import CLOCKWORK_IDENTITY, SYSTEM, Act
from bot.domain.timeline import Event
from bot.office import Office, opened
from bot.process import fast_loop
from bot.services import sealing
from bot.services.ports.store import Transaction

CHAIN = 40  # events of one incident, roughly
SEALS = 30  # spread evenly
FACTS = {"page": 1, "count": 2, "to": ["anh Minh", "anh Hùng"], "value": "Một cửa, dịch vụ công"}


async def fill(office: Office, events: int) -> None:
    incidents = events // CHAIN

    def write(first: int, last: int) -> Callable[[Transaction], None]:
        def step(tx: Transaction) -> None:
            act = act_of(1)
            for number in range(first, last):
                chain = f"incident/{number}"
                tx.events.append(act, [Event(chain, "page.called", FACTS) for _ in range(CHAIN)])

        return step

    for part in range(SEALS):
        first, last = incidents * part // SEALS, incidents * (part + 1) // SEALS
        await office.store.run(write(first, last))
        at = NOON + timedelta(hours=part)
        seal = Act(CLOCKWORK_IDENTITY, at, person=SYSTEM)
        await office.store.run(lambda tx, act=seal: sealing.seal(tx, act))


async def main(counts: list[int]) -> None:
    print("| events | chains | seals | seconds | events/s |\n|---|---|---|---|---|")
    for events in counts:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(database=f"sqlite:///{Path(folder) / 'bench.db'}")
            async with opened(settings) as office:
                await fill(office, events)
                began = time.perf_counter()
                proof = await office.store.look(sealing.prove)
                took = time.perf_counter() - began
        assert proof.broken is None, proof.broken
        counted = f"{proof.events:,} | {proof.chains:,} | {proof.seals}"
        print(f"| {counted} | {took:.2f} | {proof.events / took:,.0f} |")


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        runner.run(main([int(one) for one in sys.argv[1:]] or [10_000, 100_000]))
