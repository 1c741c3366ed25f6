"""Plans: the product's own packs, the versions that were ever put in force, and which holds now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from bot.domain.incident import Incident
from bot.domain.playbook import Plan
from bot.services.ports.books import Books, PlanVersion, Texts
from storage.tables import plan_versions

STAMP = select(func.count(), func.max(plan_versions.c.in_force_at))
HEAD = [column for column in plan_versions.c if column.name not in ("text", "base_text")]
IN_FORCE = (
    select(plan_versions)
    .where(plan_versions.c.in_force_at.is_not(None))
    .order_by(plan_versions.c.in_force_at, plan_versions.c.id)
)
BY_DIGEST = select(plan_versions).where(plan_versions.c.digest == bindparam("digest"))
OF = select(*HEAD).where(plan_versions.c.plan == bindparam("plan"))
ADD = insert(plan_versions).returning(plan_versions.c.id)


class PlanCache:
    """One per store: what was made of texts, and which versions the rows said are in force."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.made = {plan.digest: plan for plan in books.plans.values()}
        self.stamp: object = None
        self.current: dict[str, str] = {}  # plan -> digest

    def make(self, texts: Texts) -> Plan:
        plan = self.books.make(*texts)
        self.made.setdefault(plan.digest, plan)
        return self.made[plan.digest]

    def plan(self, row: Row[Any]) -> Plan:
        if row.digest not in self.made:
            self.make((row.text, row.base_text))
        return self.made[row.digest]


@dataclass(slots=True)
class SqlPlans:
    """Within one step the rows are asked once which versions are in force."""

    rows: Connection
    cache: PlanCache
    _current: dict[str, Plan] = field(default_factory=dict)

    def __getitem__(self, plan_id: str) -> Plan:
        return self._in_force()[plan_id]

    def __contains__(self, plan_id: object) -> bool:
        return plan_id in self._in_force()

    def get(self, plan_id: str) -> Plan | None:
        return self._in_force().get(plan_id)

    def ids(self) -> Sequence[str]:
        return list(self._in_force())

    def made(self, texts: Texts) -> Plan:
        return self.cache.make(texts)

    def of(self, incident: Incident) -> Plan:
        made = self.cache.made
        own = self.cache.books.plans.get(incident.plan)
        if own is not None and own.digest == incident.plan_digest:
            return own
        if incident.plan_digest not in made:
            row = self.rows.execute(BY_DIGEST, {"digest": incident.plan_digest}).first()
            if row is None:
                return self[incident.plan]
            return self.cache.plan(row)
        return made[incident.plan_digest]

    def versions(self, plan_id: str) -> Sequence[PlanVersion]:
        found = self.rows.execute(OF, {"plan": plan_id}).all()
        held = self[plan_id].digest if plan_id in self else ""
        shown = [_version(row, row.digest == held) for row in found]
        return sorted(shown, key=lambda one: (one.in_force_at or one.added_at, one.id))[::-1]

    def add(self, plan: Plan, texts: Texts, by: int, at: datetime, in_force: bool) -> PlanVersion:
        values = {
            "plan": plan.id,
            "digest": plan.digest,
            "title": plan.title,
            "text": texts[0],
            "base_text": texts[1],
            "person_id": by,
            "at": at,
            "in_force_at": at if in_force else None,
        }
        number = self.rows.execute(ADD, values).scalar_one()
        self._forget()
        return PlanVersion(
            number, plan.id, plan.digest, plan.title, at, by, at if in_force else None, in_force
        )

    def enforce(self, version: PlanVersion, at: datetime) -> None:
        one = update(plan_versions).where(plan_versions.c.id == version.id)
        self.rows.execute(one.values(in_force_at=at))
        self._forget()

    def _forget(self) -> None:
        self._current = {}  # read again, by the rows as they are now

    def _in_force(self) -> dict[str, Plan]:
        if not self._current:
            books, cache = self.cache.books, self.cache
            stamp = tuple(self.rows.execute(STAMP).one())
            if stamp != cache.stamp:
                rows = {row.plan: row for row in self.rows.execute(IN_FORCE)}
                cache.current = {name: cache.plan(row).digest for name, row in rows.items()}
                cache.stamp = stamp
            kept = {name: cache.made[digest] for name, digest in cache.current.items()}
            self._current = {**books.plans, **kept}
        return self._current


def _version(row: Row[Any], in_force: bool) -> PlanVersion:
    return PlanVersion(
        row.id,
        row.plan,
        row.digest,
        row.title,
        row.at,
        row.person_id,
        row.in_force_at,
        in_force and row.in_force_at is not None,
    )
