"""The agency as its file tells it, in rows; read once and kept until it changes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.agency import (
    Agency,
    Change,
    Contact,
    Listed,
    Post,
    SecretContact,
    System,
    Unit,
)
from bot.domain.contact import Outside
from storage.rosters import SqlRosterPlans
from storage.tables import agencies, contacts, memberships, people, systems, units
from storage.ways import SqlWays


class AgencyCache:
    """One per store: the value, and the version of the rows that it was read from."""

    def __init__(self) -> None:
        self.held: tuple[int, Agency | None] = (-1, None)


@dataclass(frozen=True, slots=True)
class SqlAgencies:
    rows: Connection
    cache: AgencyCache
    language: str  # of whom the file adds

    def current(self) -> Agency | None:
        row = self.rows.execute(select(agencies)).one_or_none()
        if row is None:
            return None
        version, value = self.cache.held
        if version != row.version:
            value = self._read(row)
            self.cache.held = (row.version, value)
        return value

    def apply(self, agency: Agency, changes: Sequence[Change], at: datetime) -> None:
        self.cache.held = (-1, None)  # a step that failed may have left its own there
        self._write_agency(agency)
        for table, items in (
            (units, agency.units),
            (systems, agency.systems),
            (contacts, agency.contacts),
        ):
            rows = [_row(item, place) for place, item in enumerate(items)]
            self._replace(table, rows)
        SqlRosterPlans(self.rows).replace(agency.rosters, agency.days_off)
        for place, listed in enumerate(agency.people):
            self._write_person(listed, place, at)
        self._write_ways(agency.people)
        self._let_go([listed.id for listed in agency.people], at)

    def _write_agency(self, agency: Agency) -> None:
        row = self.rows.execute(select(agencies.c.version)).one_or_none()
        values = {
            "name": agency.name,
            "about": agency.about,
            "contact": asdict(agency.contact),
            "regimes": agency.regimes,
            "version": row.version + 1 if row else 1,
        }
        self.rows.execute(update(agencies).values(values) if row else insert(agencies), values)

    def _replace(self, table: Any, rows: list[dict[str, Any]]) -> None:
        self.rows.execute(delete(table))
        if rows:
            self.rows.execute(insert(table), rows)

    def _write_person(self, listed: Listed, place: int, at: datetime) -> None:
        values = {
            "key": listed.id,
            "name": listed.name,
            "title": listed.title,
            "position": listed.position,
            "phone": listed.phone,
            "works_at": listed.works_at or "",
            "shared_by": list(listed.shared_by) or None,
            "place": place,
            "left_at": None,
        }
        kept = {name: value for name, value in values.items() if name != "key"}
        written = upsert(people).values({**values, "language": self.language})
        written = written.on_conflict_do_update(index_elements=["key"], set_=kept)
        person_id = self.rows.execute(written.returning(people.c.id)).scalar_one()
        held = {(post.unit, post.role): post.order for post in listed.roles}
        current = (memberships.c.person_id == person_id, memberships.c.until.is_(None))
        now = select(memberships).where(*current).order_by(memberships.c.id)
        for row in self.rows.execute(now).all():
            post = (row.unit, row.role)
            changed = update(memberships).where(memberships.c.id == row.id)
            if post != next(iter(held), None):  # ended, or to stand later in the file's order
                self.rows.execute(changed.values(until=at.isoformat()))
                continue
            order = held.pop(post)
            if order != row.place:
                self.rows.execute(changed.values(place=order))
        for (unit, role), order in held.items():
            added = {"person_id": person_id, "unit": unit, "role": role, "place": order}
            self.rows.execute(insert(memberships), {**added, "since": at.isoformat()})

    def _write_ways(self, listed: Sequence[Listed]) -> None:
        told = [(one.id, "mail", one.email) for one in listed]
        told += [(one.id, "ntfy", one.ntfy) for one in listed]
        SqlWays(self.rows).replace(told)

    def _let_go(self, keys: list[str], at: datetime) -> None:
        """Who stands in the file no more has left: known to nobody at the next tap."""
        gone = (people.c.key.is_not(None), people.c.key.not_in(keys), people.c.left_at.is_(None))
        left = list(self.rows.execute(select(people.c.id).where(*gone)).scalars())
        self.rows.execute(update(people).where(people.c.id.in_(left)).values(left_at=at))
        ended = update(memberships).where(
            memberships.c.person_id.in_(left), memberships.c.until.is_(None)
        )
        self.rows.execute(ended.values(until=at.isoformat()))

    def _read(self, row: Any) -> Agency:
        listed = (people.c.key.is_not(None), people.c.left_at.is_(None))
        in_order = select(people).where(*listed).order_by(people.c.place)
        beside = SqlWays(self.rows).listed()
        planned = SqlRosterPlans(self.rows)
        return Agency(
            name=row.name,
            about=row.about,
            contact=Contact(**row.contact),
            units=tuple(
                _unit(one) for one in self.rows.execute(select(units).order_by(units.c.place))
            ),
            people=tuple(
                self._listed(one, beside.get(one.key, {}))
                for one in self.rows.execute(in_order).all()
            ),
            systems=tuple(
                System(one.id, one.name, one.level, one.operator, one.shared, one.unit)
                for one in self.rows.execute(select(systems).order_by(systems.c.place))
            ),
            regimes=tuple(row.regimes),
            contacts=tuple(
                _contact(one)
                for one in self.rows.execute(select(contacts).order_by(contacts.c.place))
            ),
            rosters=planned.all(),
            days_off=planned.days(),
        )

    def _listed(self, row: Any, beside: Mapping[str, str]) -> Listed:
        held = (
            select(memberships)
            .where(memberships.c.person_id == row.id, memberships.c.until.is_(None))
            .order_by(memberships.c.id)
        )
        posts = tuple(Post(one.role, one.unit, one.place) for one in self.rows.execute(held))
        where, shared_by = row.works_at or None, tuple(row.shared_by or ())
        about = (row.name, row.title, row.position, row.phone)
        ways = (beside.get("mail", ""), beside.get("ntfy", ""))
        return Listed(row.key, *about, posts, where, shared_by, *ways)


def _unit(row: Any) -> Unit:
    meet = SecretContact(**row.secret_contact) if row.secret_contact else None
    return Unit(row.id, row.name, row.short, row.parent, row.plan, row.functions, meet, row.settled)


def _contact(row: Any) -> Outside:
    values = {name: value for name, value in row._mapping.items() if name != "place"}
    return Outside(**{**values, "functions": tuple(row.functions)})


def _row(item: Any, place: int) -> dict[str, Any]:
    return {**asdict(item), "place": place}
