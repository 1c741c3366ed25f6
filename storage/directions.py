"""Directions that were given by word of mouth: what was written down, and the leader's tap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.domain.direction import Direction
from bot.domain.errors import Outdated
from bot.domain.moment import Moment
from storage.tables import directions

WAITS = directions.c.state == "waiting"


@dataclass(frozen=True, slots=True)
class SqlDirections:
    rows: Connection

    def get(self, direction_id: int) -> Direction:
        found = self._found(directions.c.id == direction_id)
        if not found:
            raise Outdated(direction_id)
        return found[0]

    def of(self, incident_id: int) -> Sequence[Direction]:
        return self._found(directions.c.incident_id == incident_id)

    def waiting_for(self, leader_id: int) -> Sequence[Direction]:
        return self._found(directions.c.leader_id == leader_id, WAITS)

    def not_confirmed(self) -> Sequence[Direction]:
        return self._found(WAITS, directions.c.reminded_at.is_(None))

    def add(self, direction: Direction) -> Direction:
        added = insert(directions).returning(directions.c.id)
        return replace(direction, id=self.rows.execute(added, _values(direction)).scalar_one())

    def save(self, direction: Direction) -> None:
        changed = update(directions).where(directions.c.id == direction.id)
        self.rows.execute(changed.values(_values(direction)))

    def erase_words(self, incident_id: int) -> None:
        about = update(directions).where(directions.c.incident_id == incident_id)
        self.rows.execute(about.values(words=""))

    def _found(self, *which: Any) -> list[Direction]:
        query = select(directions).where(*which).order_by(directions.c.id)
        rows = self.rows.execute(query).mappings()
        return [Direction(**{**row, "said": Moment.read(row["said"])}) for row in rows]


def _values(direction: Direction) -> dict[str, Any]:
    names = [name for name in direction.__slots__ if name not in ("id", "said")]
    return {
        **{name: getattr(direction, name) for name in names},
        "said": direction.said.stored(),
    }
