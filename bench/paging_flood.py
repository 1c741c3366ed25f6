"""300 people and 5 groups paged at once, a second incident in the middle: ours and two naive
senders, against the sandbox's own limits.

    python -m bench.paging_flood [--real]

On a clock that jumps (half a minute, the same figures each time), or with `--real` on the
machine's, where the sandbox, the people and the bot share one process.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter

from bench.cast import FIRST_LISTED
from bench.flood import AFTER, MIDDLE, PAGED, QUIET, ROOMS, Flooded, FloodTown, flood, town
from tests.platforms.virtual_time import VirtualLoop

SECOND = range(FIRST_LISTED, FIRST_LISTED + 6)  # as many as ours tells of the second incident
TEXT = "TIN KHẨN – sự cố số 1"
PAUSE = 0.05  # seconds between two messages of the sender in a row
Say = Callable[[Bot, Iterable[int]], Awaitable[None]]


async def at_once(bot: Bot, chats: Iterable[int]) -> None:
    """gather, and each waits by itself as a 429 says."""
    await asyncio.gather(*(_until_sent(bot, chat) for chat in chats))


async def in_a_row(bot: Bot, chats: Iterable[int], turn: asyncio.Lock) -> None:
    """One after the other with a pause, as tutorials do it; whoever comes later waits."""
    async with turn:
        for chat in chats:
            await _until_sent(bot, chat)
            await asyncio.sleep(PAUSE)


async def _until_sent(bot: Bot, chat: int) -> None:
    while True:
        try:
            await bot.send_message(chat, TEXT)
            return
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)


async def naive(say: Say, folder: Path) -> Flooded:
    async with town(folder) as (where, clock):
        bot = _plain_bot(where)
        began = clock.now()
        flooding = asyncio.ensure_future(say(bot, [*PAGED, *ROOMS]))
        await asyncio.sleep(MIDDLE)
        reported = (clock.now() - began).total_seconds()
        await asyncio.gather(flooding, say(bot, SECOND))
        await asyncio.sleep(AFTER)
        await bot.session.close()
        return Flooded(where.sent(began), reported)


def _plain_bot(where: FloodTown) -> Bot:
    api = TelegramAPIServer.from_base(where.address)
    return Bot(where.token, session=AiohttpSession(api=api))


def measured(real: bool) -> dict[str, Flooded]:
    senders: dict[str, Callable[[Path], Coroutine[Any, Any, Flooded]]] = {
        "Trực Ban": flood,
        "gather": partial(naive, at_once),
        "in a row": partial(naive, partial(in_a_row, turn=asyncio.Lock())),
    }
    found = {}
    for name, sender in senders.items():
        factory = None if real else partial(VirtualLoop, QUIET)
        with tempfile.TemporaryDirectory() as folder, asyncio.Runner(loop_factory=factory) as one:
            found[name] = one.run(sender(Path(folder)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--real", action="store_true")
    print(
        "\n| sender | last page, s | of the optimum | asked | 429 | second's first, last page, s |"
    )
    print("|---|---|---|---|---|---|")
    for name, found in measured(parser.parse_args().real).items():
        second = f"{found.second[0]:.2f}, {found.second[-1]:.2f}"
        ratio = found.makespan / found.optimum
        tried = len(found.messages)
        print(
            f"| {name} | {found.makespan:.2f} | {ratio:.3f} | {tried} | {found.refused:.1%}"
            f" | {second} |"
        )


if __name__ == "__main__":
    main()
