"""How much CPU a bot's process has used: asked for over its standard input, a line at a time."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from threading import Thread


def answer() -> None:
    """In the bot's process: a thread that tells at each line, and ends the bot at the last."""
    Thread(target=_answer, name="meter", daemon=True).start()


def _answer() -> None:
    for _ in sys.stdin:
        print(time.process_time(), flush=True)
    os.kill(os.getpid(), signal.SIGTERM)


class Bot:
    """In the measuring process: one bot as a process of its own."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, module: str, *arguments: str) -> "Bot":
        command = (sys.executable, "-m", module, *arguments)
        return cls(await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE))

    async def cpu(self) -> float:
        """Seconds of CPU since the process began."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(b"\n")
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the bot has ended: {await self._process.wait()}")
        return float(line)

    async def stop(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        await self._process.wait()
