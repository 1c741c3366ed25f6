"""A launcher of real processes: it has imported the program once, and forks for each start.

`python -m tests.faults.forkserver FD` reads requests from the socket FD, one message each. The
child that a request asks for falls out of `serve` and runs what `python -m bot` runs, at the top
of its own interpreter, so that its end is a real process's end.
"""

import gc
import importlib
import json
import os
import signal
import socket
import sys
import threading
from functools import cache
from typing import Any

AT_ONCE = "AT_ONCE"  # in the environment of a start: nothing that is said waits for its turn

# What a start imports late; listed so that it is paid for once.
LATE = (
    *("alembic.command", "alembic.ddl.sqlite", "sqlalchemy.dialects.sqlite"),
    *("bot.__main__", "bot.commands", "bot.app", "bot.jobs.printing"),
)


def serve(channel: socket.socket) -> bool:
    """Until whoever asks is gone (False). True: this is the child, and it is to run."""
    running: set[int] = set()
    while True:
        text, fds, _, _ = socket.recv_fds(channel, 1 << 16, 2)
        if not text:
            for pid in running:
                os.kill(pid, signal.SIGKILL)
            return False
        request = json.loads(text)
        if "wait" in request:
            _, status = os.waitpid(request["wait"], 0)
            running.discard(request["wait"])
            channel.send(json.dumps(os.waitstatus_to_exitcode(status)).encode())
            continue
        assert threading.active_count() == 1, "a fork copies one thread only"
        pid = os.fork()
        if pid == 0:
            channel.close()
            become(request, *fds)
            return True
        running.add(pid)
        for fd in fds:
            os.close(fd)
        channel.send(json.dumps(pid).encode())


def become(request: dict[str, Any], out: int, err: int) -> None:
    """The descriptors, folder, environment and words of the new process."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for mine, theirs in ((nothing, 0), (out, 1), (err, 2)):
        os.dup2(mine, theirs)
        os.close(mine)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environ"])
    if os.environ.pop(AT_ONCE, ""):
        sys.modules["bot.app"].Pace = _no_pace  # type: ignore[attr-defined]
    program = sys.modules["bot.__main__"]
    sys.modules["__main__"] = program  # what usage lines are named after
    sys.argv = [str(program.__file__), *request["words"]]


def _no_pace(**_: float) -> Any:
    """As in the flow tests: the sandbox has been told to keep no limits, either."""
    pace = sys.modules["bot.platforms.pace"].Pace
    return pace(per_second=1000, chat_per_second=1000, group_per_minute=60000, burst=1000)


def read_once() -> None:
    """What every start reads from files that stay as they are: the plans and the words."""
    loader = importlib.import_module("playbooks.loader")
    loader.read = cache(loader.read)  # type: ignore[attr-defined]
    loader.load_plans()
    words = importlib.import_module("bot.views.words")
    for language in words.LANGUAGES:
        words.all_of(language)


if __name__ == "__main__":
    for module in LATE:
        importlib.import_module(module)
    read_once()
    gc.freeze()  # a child's collector need not touch, and so copy, what they all share
    if serve(socket.socket(fileno=int(sys.argv[1]))):
        sys.modules["bot.__main__"].main()
