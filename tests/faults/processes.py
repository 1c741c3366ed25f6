"""Processes of the program, as a test sees them: their output, their signals, their end.

`Launcher.start` forks from a process that has the imports behind it; `really_started` runs
`python -m bot` itself, which takes four seconds more.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0  # real seconds; a process that says nothing for so long has hung


class Output:
    """One stream of a process, line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.ended = False
        self._news = asyncio.Event()

    async def follow(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self.lines.append(line.decode().rstrip("\n"))
            self._tell()
        self.ended = True
        self._tell()

    async def until(self, words: str) -> str:
        """The first line with these words. EOFError: the stream ended without."""
        seen = 0
        while True:
            news = self._news
            for line in self.lines[seen:]:
                if words in line:
                    return line
            seen = len(self.lines)
            if self.ended:
                raise EOFError(words)
            await news.wait()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


class Process:
    def __init__(self, pid: int, code: Callable[[], Awaitable[int]]) -> None:
        self.pid = pid
        self.out, self.err = Output(), Output()
        self._code = code
        self._following: list[asyncio.Task[None]] = []
        self.code: int | None = None  # once it has ended; below zero: of which signal

    def follow(self, out: asyncio.StreamReader, err: asyncio.StreamReader) -> None:
        pairs = ((self.out, out), (self.err, err))
        self._following = [asyncio.create_task(one.follow(stream)) for one, stream in pairs]

    async def says(self, words: str) -> str:
        """Waits for a line with these words on its standard output."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.out.until(words)
        except (TimeoutError, EOFError):
            raise AssertionError(f"never said {words!r}\n{self.told()}") from None

    def signal(self, number: signal.Signals) -> None:
        """Once it has ended its number may be another's, so nothing is sent then."""
        if self.code is None:
            os.kill(self.pid, number)

    async def ended(self, within: float = PATIENCE) -> int:
        """Its exit code. Both streams end with it, since it starts no other process."""
        if self.code is None:
            try:
                async with asyncio.timeout(within):
                    await asyncio.gather(*map(asyncio.shield, self._following))
            except TimeoutError:
                raise AssertionError(f"still there after {within} s\n{self.told()}") from None
            self.code = await self._code()
        return self.code

    async def killed(self) -> None:
        self.signal(signal.SIGKILL)
        await self.ended()

    def told(self) -> str:
        """All it said, for a failing test."""
        return "\n".join([*self.out.lines, "--- stderr:", *self.err.lines])


class Launcher:
    """The forkserver of one test run. Close it."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.forkserver", str(theirs.fileno())],
                cwd=ROOT,
                env={},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    async def start(self, *words: str, folder: Path, environ: Mapping[str, str]) -> Process:
        """`python -m bot WORDS` in `folder` with nothing in its environment but `environ`."""
        out, out_end = os.pipe()
        err, err_end = os.pipe()
        request = {"words": words, "folder": str(folder), "environ": dict(environ)}
        socket.send_fds(self._channel, [json.dumps(request).encode()], [out_end, err_end])
        os.close(out_end)
        os.close(err_end)
        pid = self._answer()

        async def code() -> int:
            self._channel.send(json.dumps({"wait": pid}).encode())
            return self._answer()

        process = Process(pid, code)
        process.follow(await _reader(out), await _reader(err))
        return process

    def close(self) -> None:
        self._channel.close()
        self._server.wait(timeout=10)

    def _answer(self) -> int:
        answer = self._channel.recv(1 << 16)
        assert answer, "the launcher has died"
        return int(json.loads(answer))


async def really_started(*words: str, folder: Path, environ: Mapping[str, str]) -> Process:
    """`python -m bot WORDS` as anybody starts it, from `folder`."""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), **environ},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert started.stdout is not None
    assert started.stderr is not None
    process = Process(started.pid, started.wait)
    process.follow(started.stdout, started.stderr)
    return process


async def _reader(fd: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    pipe = os.fdopen(fd, "rb", buffering=0)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), pipe
    )
    return reader
