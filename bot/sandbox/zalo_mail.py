"""Events that wait for the Zalo bot, each handed out at most once; and whether anybody listens."""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from random import Random
from sqlite3 import Row
from time import monotonic
from typing import Any

from bot.sandbox.rig import Rig
from bot.sandbox.store import Store

Json = dict[str, Any]
MIXED = 100  # events among which the rig shuffles


@dataclass(frozen=True, slots=True)
class Letter:
    id: int
    chat_id: int
    message_id: int
    handed: int  # how often: twice where the rig says so
    event: Json


class ZaloMail:
    def __init__(self, store: Store, rig: Rig) -> None:
        self._store, self._rig = store, rig
        self._polls = 0  # under way
        self._ended = monotonic() if self.waiting(limit=1) else -inf  # when the last poll was over

    @contextmanager
    def polled(self) -> Iterator[None]:
        self._polls += 1
        try:
            yield
        finally:
            self._polls -= 1
            self._ended = monotonic()

    def hung_up(self) -> None:
        """The webhook is taken away: the bot has as long as between two polls."""
        self._ended = monotonic()

    def patience(self, grace: float) -> float:
        """Seconds for which somebody who polls may be waited for; 0: nobody listens."""
        if self._polls:
            return inf
        return max(0.0, self._ended + grace - monotonic())

    def add(self, chat_id: int, message_id: int, event: Json) -> None:
        self._store.run(
            "INSERT INTO zalo_events (chat_id, message_id, body) VALUES (?, ?, ?)",
            *(chat_id, message_id, json.dumps(event, ensure_ascii=False)),
        )

    def waiting(self, but: Collection[int] = (), limit: int = -1) -> list[Letter]:
        """In order; without those of some chats."""
        rows = self._store.all(
            "SELECT * FROM zalo_events WHERE chat_id NOT IN (SELECT value FROM json_each(?))"
            " ORDER BY id LIMIT ?",
            *(json.dumps(list(but)), limit),
        )
        return [_letter(row) for row in rows]

    def next(self, but: Collection[int] = ()) -> Letter | None:
        """What is handed out now. What one person writes stays in order."""
        limit = MIXED if self._rig.shuffle else 1
        letters = [] if self._rig.hold else self.waiting(but, limit)
        if not letters or not self._rig.shuffle:
            return letters[0] if letters else None
        chance = Random(f"{self._rig.shuffle}/{letters[0].id}/{len(letters)}")
        writer = chance.choice([_writer(letter) for letter in letters])
        line = [letter for letter in letters if _writer(letter) == writer]
        fresh = [letter for letter in line if not letter.handed][:1]
        return chance.choice([*(letter for letter in line if letter.handed), *fresh])

    def handed(self, letter: Letter) -> None:
        """It is out; a second time where the rig wants it."""
        if self._rig.twice and not letter.handed:
            self._store.run("UPDATE zalo_events SET handed = 1 WHERE id = ?", letter.id)
        else:
            self.drop(letter)

    def drop(self, letter: Letter) -> None:
        self._store.run("DELETE FROM zalo_events WHERE id = ?", letter.id)


def _letter(row: Row) -> Letter:
    return Letter(
        row["id"], row["chat_id"], row["message_id"], row["handed"], json.loads(row["body"])
    )


def _writer(letter: Letter) -> str:
    return str(letter.event["message"]["from"]["id"])
