"""What was handed over, or waits to be accepted: shifts, and the lead of incidents."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from bot.domain.errors import Outdated
from bot.domain.handover import Handover
from storage.tables import handovers

WAITS = text("state = 'asked'")  # as its index says


@dataclass(frozen=True, slots=True)
class SqlHandovers:
    rows: Connection

    def get(self, handover_id: int) -> Handover:
        found = self._found(handovers.c.id == handover_id)
        if not found:
            raise Outdated(handover_id)
        return found[0]

    def waiting(self) -> Sequence[Handover]:
        return self._found(WAITS)

    def waiting_for(self, people: Collection[int]) -> Sequence[Handover]:
        return self._found(handovers.c.to_id.in_(people), WAITS)

    def since(self, roster: str, at: datetime) -> Sequence[Handover]:
        return self._found(handovers.c.roster == roster, handovers.c.at >= at)

    def add(self, handover: Handover) -> Handover:
        added = insert(handovers).returning(handovers.c.id)
        return replace(handover, id=self.rows.execute(added, _values(handover)).scalar_one())

    def save(self, handover: Handover) -> None:
        changed = update(handovers).where(handovers.c.id == handover.id, WAITS)
        if not self.rows.execute(changed.values(_values(handover))).rowcount:
            raise Outdated(handover.id)

    def erase_words(self, incident_id: int) -> None:
        about = update(handovers).where(handovers.c.incident_id == incident_id)
        self.rows.execute(about.values(summary=""))

    def _found(self, *which: Any) -> list[Handover]:
        rows = self.rows.execute(select(handovers).where(*which).order_by(handovers.c.id))
        return [
            Handover(
                id=row.id,
                roster=row.roster,
                from_id=row.from_id,
                to_id=row.to_id,
                summary=row.summary,
                asked_at=row.at,
                incident_id=row.incident_id or 0,
                with_tasks=row.with_tasks,
                state=row.state,
                settled_at=row.settled_at,
                reminded_at=row.reminded_at,
            )
            for row in rows
        ]


def _values(handover: Handover) -> dict[str, Any]:
    same = ("roster", "from_id", "to_id", "summary", "with_tasks", "state", "settled_at")
    return {
        **{name: getattr(handover, name) for name in (*same, "reminded_at")},
        "incident_id": handover.incident_id or None,
        "at": handover.asked_at,
    }
