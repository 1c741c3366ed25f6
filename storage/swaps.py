"""Swaps of shifts that somebody was asked for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.domain.errors import Outdated
from bot.domain.swap import Swap
from storage.tables import swaps

WAITS = swaps.c.state == "asked"
COLUMNS = {
    "begins": "begins_at",
    "ends": "ends_at",
    "other_begins": "other_begins_at",
    "other_ends": "other_ends_at",
    "asked_at": "at",
}


@dataclass(frozen=True, slots=True)
class SqlSwaps:
    rows: Connection

    def get(self, swap_id: int) -> Swap:
        found = self._found(swaps.c.id == swap_id)
        if not found:
            raise Outdated(swap_id)
        return found[0]

    def waiting(self) -> Sequence[Swap]:
        return self._found(WAITS)

    def waiting_for(self, people: Collection[int]) -> Sequence[Swap]:
        return self._found(swaps.c.asked_id.in_(people), WAITS)

    def asked_by(self, people: Collection[int]) -> Sequence[Swap]:
        return self._found(swaps.c.asker_id.in_(people), WAITS)

    def add(self, swap: Swap) -> Swap:
        added = insert(swaps).returning(swaps.c.id)
        return replace(swap, id=self.rows.execute(added, _values(swap)).scalar_one())

    def save(self, swap: Swap) -> None:
        changed = update(swaps).where(swaps.c.id == swap.id, WAITS)
        if not self.rows.execute(changed.values(_values(swap))).rowcount:
            raise Outdated(swap.id)

    def _found(self, *which: Any) -> list[Swap]:
        query = select(swaps).where(*which).order_by(swaps.c.id)
        named = {column: name for name, column in COLUMNS.items()}
        rows = self.rows.execute(query).mappings()
        return [Swap(**{named.get(name, name): row[name] for name in row}) for row in rows]


def _values(swap: Swap) -> dict[str, Any]:
    names = [name for name in swap.__slots__ if name != "id"]
    return {COLUMNS.get(name, name): getattr(swap, name) for name in names}
