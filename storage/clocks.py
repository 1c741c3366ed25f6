"""Legal clocks (thời hạn báo cáo) of incidents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.domain.errors import Outdated
from bot.domain.law import Clock
from storage.tables import clocks

OF = (
    select(clocks)
    .where(clocks.c.incident_id == bindparam("incident"))
    .order_by(clocks.c.due_at.is_(None), clocks.c.due_at, clocks.c.id)
)
DUE = (
    select(clocks)
    .where(clocks.c.remind_at.is_not(None), clocks.c.remind_at <= bindparam("now"))
    .order_by(clocks.c.remind_at, clocks.c.id)
    .limit(200)
)
ADD = insert(clocks).returning(clocks.c.id)
SAVE = update(clocks).where(
    clocks.c.id == bindparam("key"), clocks.c.version == bindparam("before")
)


@dataclass(frozen=True, slots=True)
class SqlClocks:
    rows: Connection

    def of(self, incident_id: int) -> Sequence[Clock]:
        found = self.rows.execute(OF, {"incident": incident_id}).mappings()
        return [Clock(**row) for row in found]

    def due(self, now: datetime) -> Sequence[Clock]:
        return [Clock(**row) for row in self.rows.execute(DUE, {"now": now}).mappings()]

    def add(self, clock: Clock) -> Clock:
        return replace(clock, id=self.rows.execute(ADD, _values(clock)).scalar_one())

    def save(self, clock: Clock) -> None:
        values = {**_values(clock), "version": clock.version + 1}
        key = {"key": clock.id, "before": clock.version}
        if not self.rows.execute(SAVE, {**values, **key}).rowcount:
            raise Outdated(clock.id, chain=f"incident/{clock.incident_id}")


def _values(clock: Clock) -> dict[str, Any]:
    return {name: getattr(clock, name) for name in clock.__slots__ if name != "id"}
