"""The sandbox's file: one SQLite connection, used from the event loop's own thread in short steps.

Every step is one transaction without an `await` inside, so what it wrote is on disk (WAL: it
survives a killed process) before anybody is answered.
"""

import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.sandbox.schema import ADDED, INDICES, SCHEMA


class Store:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(SCHEMA)
        self._grow()
        with self.step():
            self._be_born()

    def _grow(self) -> None:
        for table, column, kind in ADDED:
            there = {row["name"] for row in self.all(f"PRAGMA table_info({table})")}
            if column not in there:
                self.run(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
        self._db.executescript(INDICES)

    def _be_born(self) -> None:
        """A new world gets a name, and update ids above those of any world made before it."""
        if self.fact("world") is None:
            self.set_fact("world", uuid.uuid4().hex)
            first = int(time.time())
            self.run("INSERT INTO sqlite_sequence (name, seq) VALUES ('updates', ?)", first)

    @contextmanager
    def step(self) -> Iterator[None]:
        """All of it or nothing. A step inside a step belongs to the outer one."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def all(self, statement: str, *values: object) -> list[sqlite3.Row]:
        return self._db.execute(statement, values).fetchall()

    def one(self, statement: str, *values: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._db.execute(statement, values).fetchone()
        return row

    def number(self, statement: str, *values: object) -> int:
        """The single number that the statement asks for, 0 for NULL."""
        row = self.one(statement, *values)
        return int(row[0] or 0) if row is not None else 0

    def run(self, statement: str, *values: object) -> int:
        """The id of the row that was written last."""
        return self._db.execute(statement, values).lastrowid or 0

    def fact(self, name: str) -> str | None:
        row = self.one("SELECT value FROM facts WHERE name = ?", name)
        return None if row is None else str(row["value"])

    def set_fact(self, name: str, value: Any) -> None:
        self.run("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", name, str(value))

    def close(self) -> None:
        self._db.close()
