"""Quiet hours (giờ yên lặng), a row for each person who has some; what waits because of them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, exists, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.quiet import Hours
from bot.services.ports.duty import Untimely
from storage.tables import acknowledgements, incidents, notices, pages, quiet_hours, tasks

WHY = "quiet_hours"  # in the row of what waits
OF = select(quiet_hours).where(
    quiet_hours.c.person_id.in_(bindparam("people", expanding=True)),
)
# Who is at work on it at this hour: leads it, has acknowledged, has a task of it, has just told.
AT_WORK = or_(
    incidents.c.lead_id == notices.c.person_id,
    and_(
        incidents.c.reporter_id == notices.c.person_id,
        incidents.c.reported_at > bindparam("lately"),
    ),
    exists().where(
        pages.c.incident_id == notices.c.incident_id,
        acknowledgements.c.page_id == pages.c.id,
        acknowledgements.c.person_id == notices.c.person_id,
    ),
    exists().where(
        tasks.c.incident_id == notices.c.incident_id,
        tasks.c.person_id == notices.c.person_id,
        tasks.c.state == "taken",
    ),
)
DUE = (
    select(
        notices.c.id,
        notices.c.kind,
        notices.c.person_id,
        notices.c.incident_id,
        notices.c.facts,
        quiet_hours.c.begins,
        quiet_hours.c.ends,
        (incidents.c.id.is_not(None) & AT_WORK).label("at_work"),
    )
    .join(quiet_hours, quiet_hours.c.person_id == notices.c.person_id)
    .outerjoin(incidents, incidents.c.id == notices.c.incident_id)
    .where(
        notices.c.state == "to_send",
        notices.c.rank > 0,  # no page
        notices.c.chat.is_(None),
        notices.c.not_before <= bindparam("now"),
    )
    .order_by(notices.c.id)
)
THOSE = update(notices).where(notices.c.id.in_(bindparam("numbers", expanding=True)))


@dataclass(frozen=True, slots=True)
class SqlQuietHours:
    rows: Connection

    def of(self, people: Collection[int]) -> Mapping[int, Hours]:
        if not people:
            return {}
        found = self.rows.execute(OF, {"people": list(people)})
        return {row.person_id: (row.begins, row.ends) for row in found}

    def set(self, person_id: int, hours: Hours | None) -> None:
        if hours is None:
            gone = delete(quiet_hours).where(quiet_hours.c.person_id == person_id)
            self.rows.execute(gone)
            return
        values = dict(zip(("begins", "ends"), hours, strict=True))
        row = upsert(quiet_hours).values({"person_id": person_id, **values})
        self.rows.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=values))

    def due(self, now: datetime, lately: datetime) -> Sequence[Untimely]:
        return [
            Untimely(
                row.id,
                row.kind,
                row.person_id,
                (row.begins, row.ends),
                bool(row.at_work),
                f"{row.kind} {row.incident_id} {json.dumps(row.facts, sort_keys=True)}",
            )
            for row in self.rows.execute(DUE, {"now": now, "lately": lately})
        ]

    def hold(self, numbers: Collection[int], until: datetime) -> None:
        held = THOSE.values(not_before=until, why=WHY)
        self.rows.execute(held, {"numbers": list(numbers)})

    def drop(self, numbers: Collection[int]) -> None:
        self.rows.execute(THOSE.values(state="superseded"), {"numbers": list(numbers)})

    def release(self, person_id: int, now: datetime) -> None:
        waits = (notices.c.person_id == person_id, notices.c.why == WHY)
        left = update(notices).where(*waits, notices.c.state == "to_send")
        self.rows.execute(left.values(not_before=now))
