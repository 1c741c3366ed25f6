"""The moments of incidents, read together for figures; nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from bot.domain.figures import Course
from bot.domain.incident import Standing
from bot.domain.severity import Needs, Serious, SeriousByPlan
from bot.services.ports.figures import Rounds
from storage.tables import incidents, round_people, rounds, tasks

FIRST = (  # the first task of a plan's step that was finished
    select(tasks.c.incident_id, func.min(tasks.c.done_at).label("first_at"))
    .where(tasks.c.kind == "step", tasks.c.state == "done")
    .group_by(tasks.c.incident_id)
    .subquery()
)
COURSES = (
    select(incidents, FIRST.c.first_at)
    .outerjoin(FIRST, FIRST.c.incident_id == incidents.c.id)
    .where(incidents.c.reported_at >= bindparam("begins"))
    .where(incidents.c.reported_at < bindparam("ends"))
    .order_by(incidents.c.id)
)
ROUNDS = (
    select(
        func.count(rounds.c.id.distinct()),
        func.count(round_people.c.id),
        func.count(round_people.c.answered_at),
    )
    .outerjoin(round_people, round_people.c.round_id == rounds.c.id)
    .where(rounds.c.at >= bindparam("begins"), rounds.c.at < bindparam("ends"))
)


@dataclass(frozen=True, slots=True)
class SqlFigures:
    rows: Connection

    def courses(self, begins: datetime, ends: datetime) -> Sequence[Course]:
        found = self.rows.execute(COURSES, {"begins": begins, "ends": ends})
        return [
            Course(
                unit=row.unit,
                standing=Standing(
                    Needs(row.needs_response),
                    Serious(row.serious_by_law),
                    SeriousByPlan(row.serious_by_plan),
                ),
                reported_at=row.reported_at,
                taken_at=row.taken_at,
                first_at=row.first_at,
                closed_at=row.closed_at,
                is_open=row.state == "open",
                led=row.lead_id is not None,
                is_drill=row.is_drill,
                is_secret=row.is_secret,
                scope=tuple(row.scope),
            )
            for row in found
        ]

    def rounds(self, begins: datetime, ends: datetime) -> Rounds:
        return Rounds(*self.rows.execute(ROUNDS, {"begins": begins, "ends": ends}).one())
