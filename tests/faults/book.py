"""The log read as it grows, from outside and link by link, and who did what by it."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.timeline import Link, digest
from tests.faults.rows import Rows

NEW = (
    "SELECT events.rowid AS place, events.*, salt, payload FROM events LEFT JOIN payloads"
    " ON payloads.chain = events.chain AND payloads.seq = events.seq"
    " WHERE events.rowid > ? ORDER BY events.rowid"
)


@dataclass(slots=True)
class Book:
    """`did`: who has caused events of a kind on an incident or a task ("3", "3.1")."""

    rows: Rows
    links: list[Link] = field(default_factory=list)
    did: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    erased: set[str] = field(default_factory=set)  # chains of which payloads were erased by law
    _heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    _place: int = 0

    def read(self) -> tuple[list[Link], list[str]]:
        """What was written since, and what of it does not hold."""
        new, wrong = [], []
        for row in self.rows.all(NEW, self._place):
            self._place = row.pop("place")
            link = Link(**{**row, "at": moment(row["at"])})
            wrong += self._broken(link)
            self._heads[link.chain] = (link.seq, link.hash)
            new.append(link)
            for subject in _subjects(link):
                self.did[link.kind, subject].add(link.person_id)
            if link.kind == "words.erased":
                self.erased.add(link.chain)
        self.links += new
        return new, wrong

    def subject(self, of: str) -> str:
        """A task by its code; by its incident where the law has erased which task it was."""
        incident = of.partition(".")[0]
        return incident if f"incident/{incident}" in self.erased else of

    def _broken(self, link: Link) -> list[str]:
        seq, head = self._heads.get(link.chain, (0, ""))
        stands = (link.seq, link.prev, replace(link).sealed().hash) == (seq + 1, head, link.hash)
        whole = link.payload is None or digest(link.salt or b"", link.payload) == link.digest
        return [] if stands and whole else [f"the chain {link.chain} breaks at {link.seq}"]


def facts(link: Link) -> dict[str, Any]:
    return {} if link.payload is None else json.loads(link.payload)


def moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


def _subjects(link: Link) -> Iterator[str]:
    chain, _, number = link.chain.partition("/")
    if chain in ("incident", "confidential"):
        yield number
        if "task" in (found := facts(link)):
            yield str(found["task"])
