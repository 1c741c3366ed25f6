"""The call list (danh sách gọi) on disk, beside the database: always there, always up to date.

Whoever stands before the server when nothing is sent any more opens it and prints it. It holds
everybody's telephone number, so only the program's own user may read it.
"""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.domain.people import CLOCKWORK_IDENTITY, Act
from bot.services import call_list
from bot.services.desk import Desk
from bot.views.call_list import NAME, page, same
from bot.views.voice import Voice

EACH = 300  # seconds; a list is older than its rows by no more
OWNER_ONLY, OTHERS = 0o600, 0o077


class Printer:
    """`look`: the file is written when what stands on it has changed, and when it is gone.
    OSError: it cannot be written; where that lasts, the heartbeat says so (bot/jobs/scheduler)."""

    def __init__(
        self, desk: Desk, now: Callable[[], datetime], folder: Path, language: str
    ) -> None:
        self._desk, self._now, self._language = desk, now, language
        self.path = folder / NAME

    async def look(self) -> None:
        now = self._now()
        found = (await self._desk.look(call_list.as_it_is, Act(CLOCKWORK_IDENTITY, now))).value
        if found is None:
            return
        text = page(found, Voice(self._language, now))
        await asyncio.to_thread(write_if_new, self.path, text)


def write_if_new(path: Path, text: str) -> bool:
    """Whole or not at all: whoever opens it meanwhile reads the one before; written too where
    others have come to be able to read it. OSError."""
    before, is_open = "", False
    with suppress(OSError, UnicodeDecodeError):
        is_open = os.name == "posix" and bool(path.stat().st_mode & OTHERS)
        before = path.read_text("utf-8")
    if same(before, text) and not is_open:
        return False
    write(path, text)
    return True


def write(path: Path, text: str) -> None:
    """OSError."""
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
