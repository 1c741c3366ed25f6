"""The program's rows as a test sees them from outside: its file, read only."""

import asyncio
import json
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

PATIENCE = 20.0  # real seconds
LOOK = 0.02  # seconds between two looks


class Rows:
    def __init__(self, file: Path) -> None:
        self.file = file

    def all(self, statement: str, *values: object) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as rows:
            rows.row_factory = sqlite3.Row
            return [dict(row) for row in rows.execute(statement, values)]

    def one(self, statement: str, *values: object) -> Any:
        """The first value of the first row; None when there is no row."""
        found = self.all(statement, *values)
        return next(iter(found[0].values())) if found else None

    def events(self, chain: str) -> "Counter[str]":
        kinds = self.all("SELECT kind FROM events WHERE chain = ?", chain)
        return Counter(row["kind"] for row in kinds)

    def report(self) -> dict[str, str]:
        """The answers of the newest report, as far as they are on disk."""
        newest = "SELECT answers FROM forms WHERE form = 'report' ORDER BY id DESC LIMIT 1"
        return dict(json.loads(self.one(newest) or "{}"))

    async def until_nothing_waits(self) -> None:
        """No event tells of a commit in another process, so it is looked at again and again."""
        async with asyncio.timeout(PATIENCE):
            while not self.nothing_waits():
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK):
                        await asyncio.Event().wait()

    def nothing_waits(self) -> bool:
        """Everything that was to be said has been settled."""
        waiting = "SELECT count(*) FROM notices WHERE state IN ('to_send', 'sending')"
        behind = "SELECT count(*) FROM cards WHERE wanted > shown AND state = 'live'"
        return self.one(waiting) == 0 and self.one(behind) == 0
