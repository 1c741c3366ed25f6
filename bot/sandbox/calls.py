"""The counted list of what the bot called, getUpdates left out: tests count messages by it."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.chats import TELEGRAM
from bot.sandbox.clock import SandboxClock
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    chat: int | None
    message: int | None
    code: int | None = None  # of the refusal
    description: str | None = None
    network: str = TELEGRAM


class Calls:
    def __init__(self, store: Store, clock: SandboxClock) -> None:
        self._store, self._clock = store, clock

    def note(self, call: Call) -> None:
        self._store.run(
            "INSERT INTO calls (at, method, chat, message, ok, code, description, network)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(self._clock.now().timestamp(), call.method, call.chat, call.message),
            *(call.code is None, call.code, call.description, call.network),
        )

    def count(self) -> int:
        return self._store.number("SELECT count(*) FROM calls")

    def after(self, number: int, limit: int) -> list[dict[str, Any]]:
        rows = self._store.all(
            "SELECT * FROM calls WHERE id > ? ORDER BY id LIMIT ?", number, limit
        )
        return [{**row, "n": row["id"], "ok": bool(row["ok"])} for row in map(dict, rows)]
