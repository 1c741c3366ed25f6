"""Requests for support beyond the agency, with what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.domain.errors import NotFound, Outdated
from bot.domain.support import Support
from bot.domain.support_forms import HELP
from storage.tables import incidents, supports


@dataclass(frozen=True, slots=True)
class SqlSupports:
    rows: Connection

    def add(self, support: Support) -> Support:
        added = insert(supports).returning(supports.c.id)
        return replace(support, id=self.rows.execute(added, _values(support)).scalar_one())

    def get(self, support_id: int) -> Support:
        found = self._found(supports.c.id == support_id)
        if not found:
            raise NotFound(support_id, number=support_id)
        return found[0]

    def of(self, incident_id: int) -> Sequence[Support]:
        return self._found(supports.c.incident_id == incident_id)

    def due(self, now: datetime) -> Sequence[Support]:
        waits = supports.c.remind_at.is_not(None)
        return self._found(waits, supports.c.remind_at <= now, incidents.c.state == "open")

    def save(self, support: Support) -> None:
        changed = update(supports).where(
            supports.c.id == support.id, supports.c.version == support.version
        )
        values = {**_values(support), "version": support.version + 1}
        if not self.rows.execute(changed.values(values)).rowcount:
            raise Outdated(support.id, chain=f"incident/{support.incident_id}")

    def erase_words(self, incident_id: int) -> None:
        """Which body was asked, how, and what came of it says nothing of the incident and stays."""
        about = update(supports).where(supports.c.incident_id == incident_id)
        self.rows.execute(about.values(words="", who=""))
        self.rows.execute(about.where(supports.c.ask.not_in(HELP)).values(ask=HELP[0]))

    def _found(self, *which: Any) -> list[Support]:
        query = (
            select(supports)
            .join(incidents, incidents.c.id == supports.c.incident_id)
            .where(*which)
            .order_by(supports.c.id)
        )
        return [Support(**row) for row in self.rows.execute(query).mappings()]


def _values(support: Support) -> dict[str, Any]:
    return {name: getattr(support, name) for name in support.__slots__ if name != "id"}
