"""Rosters, the shifts and absences that lie over them, and the days off that were decreed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from bot.domain.duty import HERE, Absence, Book, Calendar, Layer, Roster, Shift
from bot.domain.errors import NotFound
from bot.domain.roster_plan import DayOff, Hours, LayerPlan, RosterPlan
from storage.tables import absences, days_off, people, rosters, shifts

ROSTERS = select(rosters).order_by(rosters.c.place)
KEYS = select(people.c.key, people.c.id, people.c.left_at).where(
    people.c.key.is_not(None) | people.c.left_at.is_not(None)
)
LEFT = select(people.c.id).where(
    people.c.id.in_(bindparam("ids", expanding=True)), people.c.left_at <= bindparam("at")
)
SHIFTS = (
    select(shifts)
    .where(
        shifts.c.cancelled_at.is_(None),
        shifts.c.ends_at > bindparam("begins"),
        shifts.c.begins_at < bindparam("until"),
    )
    .order_by(shifts.c.id)
)
AWAY = (
    select(absences)
    .where(
        absences.c.cancelled_at.is_(None),
        absences.c.ends_at > bindparam("begins"),
        absences.c.begins_at < bindparam("until"),
    )
    .order_by(absences.c.id)
)
ACTING = AWAY.where(absences.c.acting_id == bindparam("person"))
ADD_SHIFT = insert(shifts).returning(shifts.c.id)
ADD_ABSENCE = insert(absences).returning(absences.c.id)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class SqlRosters:
    rows: Connection
    holidays: Mapping[date, str]  # what the calendar knows by itself

    def book(self, begins: datetime, ends: datetime) -> Book:
        found = self.rows.execute(ROSTERS).all()
        time_of = {"begins": begins, "until": ends}
        away = tuple(_absence(row) for row in self.rows.execute(AWAY, time_of))
        if not found:
            return Book(absences=away)
        known = self.rows.execute(KEYS).all()
        ids: dict[str, int] = {row.key: row.id for row in known if row.left_at is None}
        return Book(
            tuple(_roster(row, ids) for row in found),
            tuple(_shift(row) for row in self.rows.execute(SHIFTS, time_of)),
            away,
            self._calendar(begins, ends),
            {row.id: row.left_at for row in known if row.left_at is not None},
        )

    def shift(self, shift_id: int) -> Shift:
        row = self.rows.execute(select(shifts).where(shifts.c.id == shift_id)).one_or_none()
        if row is None:
            raise NotFound(shift_id, number=shift_id)
        return _shift(row)

    def add_shift(self, shift: Shift, by: int, at: datetime) -> Shift:
        values = {
            "roster": shift.roster,
            "kind": shift.kind,
            "why": shift.why,
            "person_id": shift.person_id,
            "instead_of": shift.instead_of,
            "begins_at": shift.begins,
            "ends_at": shift.ends,
        }
        number = self.rows.execute(ADD_SHIFT, {**values, "by_id": by, "at": at}).scalar_one()
        return self.shift(number)

    def cancel_shift(self, shift_id: int, at: datetime) -> None:
        which = (shifts.c.id == shift_id, shifts.c.cancelled_at.is_(None))
        self.rows.execute(update(shifts).where(*which).values(cancelled_at=at))

    def end_shift(self, shift_id: int, at: datetime) -> None:
        if self.shift(shift_id).begins >= at:
            self.cancel_shift(shift_id, at)
        else:
            ended = update(shifts).where(shifts.c.id == shift_id, shifts.c.ends_at > at)
            self.rows.execute(ended.values(ends_at=at))

    def add_absence(self, absence: Absence, by: int, at: datetime) -> Absence:
        values = {
            "person_id": absence.person_id,
            "why": absence.why,
            "paper": absence.paper,
            "acting_id": absence.acting_id,
            "begins_at": absence.begins,
            "ends_at": absence.ends,
        }
        number = self.rows.execute(ADD_ABSENCE, {**values, "by_id": by, "at": at}).scalar_one()
        return self.absence(number)

    def cancel_absence(self, absence_id: int, at: datetime) -> None:
        which = (absences.c.id == absence_id, absences.c.cancelled_at.is_(None))
        self.rows.execute(update(absences).where(*which).values(cancelled_at=at))

    def end_absence(self, absence_id: int, at: datetime) -> None:
        if self.absence(absence_id).begins >= at:
            self.cancel_absence(absence_id, at)
        else:
            ended = update(absences).where(absences.c.id == absence_id, absences.c.ends_at > at)
            self.rows.execute(ended.values(ends_at=at))

    def absence(self, absence_id: int) -> Absence:
        found = self.rows.execute(select(absences).where(absences.c.id == absence_id))
        row = found.one_or_none()
        if row is None:
            raise NotFound(absence_id, number=absence_id)
        return _absence(row)

    def acting_for(self, person_id: int, at: datetime) -> Sequence[Absence]:
        now = {"begins": at, "until": at + INSTANT, "person": person_id}
        if self.rows.execute(ACTING, now).first() is None:
            return ()
        return [one for one in self.away(at).values() if one.acting_id == person_id]

    def away(self, at: datetime) -> Mapping[int, Absence]:
        now = {"begins": at, "until": at + INSTANT}
        found = {row.person_id: _absence(row) for row in self.rows.execute(AWAY, now)}
        acting = {one.acting_id for one in found.values()} - {0}
        left = self.rows.execute(LEFT, {"ids": list(acting), "at": at}) if acting else None
        gone = set(left.scalars()) if left else set()
        return {
            who: replace(one, acting_id=0) if one.acting_id in gone else one
            for who, one in found.items()
        }

    def _calendar(self, begins: datetime, ends: datetime) -> Calendar:
        """The agency's own list has the last word over what is known of public holidays."""
        first, last = begins.astimezone(HERE).date(), ends.astimezone(HERE).date()
        first -= timedelta(days=1)
        names = {day: name for day, name in self.holidays.items() if first <= day <= last}
        decreed = self.rows.execute(select(days_off).where(days_off.c.day.between(first, last)))
        working = set()
        for row in decreed:
            if row.working:
                working.add(row.day)
                names.pop(row.day, None)
            else:
                names[row.day] = row.name
        return Calendar(frozenset(names), frozenset(working), names)


def _roster(row: Row[Any], ids: Mapping[str, int]) -> Roster:
    layers = tuple(_layer(one, ids) for one in row.layers)
    return Roster(row.id, row.unit, row.role, row.name, layers)


def _layer(stored: Mapping[str, Any], ids: Mapping[str, int]) -> Layer:
    people = tuple(ids.get(key, 0) for key in stored["people"])  # 0: left; their turn is nobody's
    starts, hours = datetime.fromisoformat(stored["starts"]), _hours(stored)
    return Layer(people, starts, stored["every_days"], stored["days"], hours)


def _hours(stored: Mapping[str, Any]) -> Hours | None:
    hours = stored["hours"]
    return (time.fromisoformat(hours[0]), time.fromisoformat(hours[1])) if hours else None


def _shift(row: Row[Any]) -> Shift:
    return Shift(
        row.id,
        row.roster,
        row.person_id,
        row.begins_at,
        row.ends_at,
        row.kind,
        row.instead_of,
        row.why,
    )


def _absence(row: Row[Any]) -> Absence:
    return Absence(
        row.id, row.person_id, row.begins_at, row.ends_at, row.why, row.acting_id, row.paper
    )


@dataclass(frozen=True, slots=True)
class SqlRosterPlans:
    """The same as the agency's file tells it: rosters in the file's order, days by date."""

    rows: Connection

    def replace(self, planned: Sequence[RosterPlan], days: Sequence[DayOff]) -> None:
        for table, values in (
            (rosters, [{**_planned(one), "place": at} for at, one in enumerate(planned)]),
            (days_off, [asdict(one) for one in days]),
        ):
            self.rows.execute(delete(table))
            if values:
                self.rows.execute(insert(table), values)

    def all(self) -> tuple[RosterPlan, ...]:
        return tuple(
            RosterPlan(row.id, row.unit, row.role, row.name, tuple(map(_layer_plan, row.layers)))
            for row in self.rows.execute(ROSTERS)
        )

    def days(self) -> tuple[DayOff, ...]:
        return tuple(
            DayOff(row.day, row.name, row.working, row.paper)
            for row in self.rows.execute(select(days_off).order_by(days_off.c.day))
        )


def _planned(one: RosterPlan) -> dict[str, Any]:
    layers = [
        {
            "people": list(layer.people),
            "starts": layer.starts.isoformat(),
            "every_days": layer.every_days,
            "days": layer.days,
            "hours": [time.isoformat(each) for each in layer.hours] if layer.hours else None,
        }
        for layer in one.layers
    ]
    return {"id": one.id, "unit": one.unit, "role": one.role, "name": one.name, "layers": layers}


def _layer_plan(stored: Mapping[str, Any]) -> LayerPlan:
    starts = datetime.fromisoformat(stored["starts"])
    people = tuple(stored["people"])
    return LayerPlan(people, starts, stored["every_days"], stored["days"], _hours(stored))
