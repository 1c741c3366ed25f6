"""What waits for the bot: updates in order, until they are confirmed or taken; for 24 hours."""

import json
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.store import Store

KEPT = 24 * 3600  # seconds of the sandbox's clock
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}  # only when asked for


class Updates:
    def __init__(self, store: Store, clock: SandboxClock) -> None:
        self._store, self._clock = store, clock

    @property
    def allowed(self) -> list[str]:
        """What the bot asked for with its last `allowed_updates`; empty: the usual ones."""
        said: list[str] = json.loads(self._store.fact("allowed_updates") or "[]")
        return said

    def allow(self, kinds: list[str]) -> None:
        self._store.set_fact("allowed_updates", json.dumps(kinds))

    def add(self, kind: str, body: dict[str, Any]) -> None:
        """Kept when the bot wants this kind; wanting it later does not bring it back."""
        allowed = self.allowed
        if kind in allowed or (not allowed and kind not in UNASKED):
            self._store.run(
                "INSERT INTO updates (kind, body, at) VALUES (?, ?, ?)",
                *(kind, json.dumps(body, ensure_ascii=False), self._clock.stamp()),
            )

    def take(self, update_id: int) -> None:
        """The webhook has it."""
        self._store.run("DELETE FROM updates WHERE id = ?", update_id)

    def confirm(self, offset: int) -> None:
        """Forgets all below the offset; below zero: all but the last so many."""
        if offset > 0:
            self._store.run("DELETE FROM updates WHERE id < ?", offset)
        elif offset < 0:
            self._store.run(
                "DELETE FROM updates WHERE id NOT IN"
                " (SELECT id FROM updates ORDER BY id DESC LIMIT ?)",
                -offset,
            )

    def forget_old(self) -> None:
        self._store.run("DELETE FROM updates WHERE at < ?", self._clock.stamp() - KEPT)

    def drop(self) -> None:
        self._store.run("DELETE FROM updates")

    def pending(self) -> int:
        return self._store.number("SELECT count(*) FROM updates")

    def first(self, limit: int) -> list[dict[str, Any]]:
        rows = self._store.all("SELECT * FROM updates ORDER BY id LIMIT ?", limit)
        return [{"update_id": row["id"], row["kind"]: json.loads(row["body"])} for row in rows]
