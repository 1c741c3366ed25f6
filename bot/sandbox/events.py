"""What happened, for whoever watches: rows with growing ids, so that a watcher can go on."""

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.store import Store

KEPT = 20_000  # newest events


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    kind: str
    body: str  # JSON


class Events:
    def __init__(self, store: Store) -> None:
        self._store = store

    def tell(self, kind: str, body: dict[str, Any]) -> None:
        number = self._store.run(
            "INSERT INTO events (kind, body) VALUES (?, ?)",
            *(kind, json.dumps(body, ensure_ascii=False)),
        )
        if number % 500 == 0:
            self._store.run("DELETE FROM events WHERE id <= ?", number - KEPT)

    def last(self) -> int:
        return self._store.number("SELECT max(id) FROM events")

    def can_go_on(self, after: int) -> bool:
        """False: what came after is forgotten, or was another world's."""
        first = self._store.number("SELECT min(id) FROM events")
        return first - 1 <= after <= self.last()

    def after(self, number: int, limit: int = 200) -> list[Event]:
        rows = self._store.all(
            "SELECT * FROM events WHERE id > ? ORDER BY id LIMIT ?", number, limit
        )
        return [Event(row["id"], row["kind"], row["body"]) for row in rows]
