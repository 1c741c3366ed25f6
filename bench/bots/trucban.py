"""Trực Ban as it is: the real program over a file on disk; only the platform's limits are off.

Its first start also puts everybody into the file. Arguments: Bot API address, folder, people.
"""

import asyncio
import gc
import signal
import sys
from math import inf
from pathlib import Path

from pydantic import SecretStr

from bench import meter
from bench.cast import ACCOUNT, settle
from bench.people import SECRET
from bot.app import Program
from bot.config import Settings
from bot.office import opened
from bot.platforms.pace import Pace
from bot.platforms.telegram import make_bot
from bot.process import configure_logs, fast_loop


async def main(address: str, folder: Path, people: int) -> None:
    token = f"{ACCOUNT}:{SECRET}"
    settings = Settings(
        telegram_token=SecretStr(token),
        telegram_api=address,
        database=f"sqlite:///{folder / 'trucban.db'}",
    )
    async with opened(settings) as office:
        await settle(office, people)
        pace = Pace(per_second=inf, chat_per_second=inf, group_per_minute=inf)  # as the others
        bot = make_bot(token, address, pace)
        program = Program(settings, office, bot)
        await program.begin()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, lambda: loop.create_task(program.stop()))
        gc.collect()
        gc.freeze()  # as bot.app does
        await program.run()


if __name__ == "__main__":
    meter.answer()
    configure_logs("warning", as_json=False)
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        runner.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
