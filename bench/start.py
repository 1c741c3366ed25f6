"""From the start of the process to "đang chạy", with warm file caches; and what imports take of it.

python -m bench.start [--times 5]
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from pathlib import Path
from statistics import median

from bench.cast import ACCOUNT, SAMPLE
from bench.people import Town

RUNNING = "đang chạy"


async def until_said(words: str, *arguments: str, environ: dict[str, str]) -> float:
    """Seconds until the process says so; then it is stopped."""
    began = time.perf_counter()
    command = (sys.executable, *arguments)
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, env=environ)
    assert process.stdout
    said = ""
    while words not in said:
        line = await process.stdout.readline()
        if not line:
            raise RuntimeError(f"{' '.join(arguments)} has ended: {await process.wait()}")
        said = line.decode()
    took = time.perf_counter() - began
    if process.returncode is None:
        process.terminate()
    await process.wait()
    return took


async def main(times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        town = Town(Path(folder) / "sandbox.db", ACCOUNT)
        await town.open([])
        environ = {
            **os.environ,
            "TRUCBAN_TELEGRAM_TOKEN": town.token,
            "TRUCBAN_TELEGRAM_API": town.address,
            "TRUCBAN_DATABASE": f"sqlite:///{Path(folder) / 'trucban.db'}",
        }
        done = "đã ghi"
        await until_said(done, "-m", "bot", "init", str(SAMPLE), environ=environ)
        imports, starts = [], []
        for _ in range(times):
            script = f"import bot.commands; print('{RUNNING}')"
            imports.append(await until_said(RUNNING, "-c", script, environ=environ))
            starts.append(await until_said(RUNNING, "-m", "bot", "run", environ=environ))
        await town.close()
    share = median(one / whole for one, whole in zip(imports, starts, strict=True))
    print(f"start to “{RUNNING}”: {median(starts):.1f} s")
    print(f"imports alone: {median(imports):.1f} s ({share:.0%})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=5)
    asyncio.run(main(parser.parse_args().times))
