"""The agency as its file tells it: a tree of units, who stands where, and what systems they use.

What a unit does not say itself is found by walking up the tree. A plan's functions are mapped
between a unit and the one that names its plan: above that another plan speaks, so nothing of it
is taken. `playbooks.agency_file` reads the file and has checked every name in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Literal

from bot.domain.contact import Outside
from bot.domain.errors import NotFound
from bot.domain.roster_plan import DayOff, RosterPlan

OWN_FUNCTIONS = ("operator", "members")  # where nobody is named, the unit itself


@dataclass(frozen=True, slots=True)
class Contact:
    """đầu mối tiếp nhận thông báo sự cố, as published"""

    phone: str
    email: str
    hours: str


@dataclass(frozen=True, slots=True)
class SecretContact:
    """Whom one goes to see, and where, when a state secret may be concerned."""

    person: str
    place: str


@dataclass(frozen=True, slots=True)
class Unit:
    """functions: plan function → unit id; None or absent: chưa xác định.

    settled: step of the plan → the function that does it, where its text and its table disagree.
    """

    id: str
    name: str
    short: str
    parent: str | None
    plan: str | None
    functions: Mapping[str, str | None]
    secret_contact: SecretContact | None
    settled: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Post:
    """A role in a unit; `order`: when this person is told, 1 first."""

    role: str
    unit: str
    order: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as listed; `title` is how they are spoken of: anh, chị, đồng chí.

    `shared_by`: it is no person but a telephone, and these take turns with it. `email`, `ntfy`: how
    else a page finds them, where the deployment has a gateway for it.
    """

    id: str
    name: str
    title: str
    position: str
    phone: str
    roles: tuple[Post, ...]
    works_at: str | None = None
    shared_by: tuple[str, ...] = ()
    email: str = ""
    ntfy: str = ""  # a topic


@dataclass(frozen=True, slots=True)
class System:
    """hệ thống thông tin by its tên gọi hằng ngày. level: 1–5, None: not known.

    operator: the unit that runs it. unit: whose people see it; a shared one (dùng chung) is seen
    by everybody below that unit too.
    """

    id: str
    name: str
    level: int | None
    operator: str
    shared: bool
    unit: str


@dataclass(frozen=True, slots=True)
class Agency:
    name: str
    about: str
    contact: Contact
    units: tuple[Unit, ...]
    people: tuple[Listed, ...]
    systems: tuple[System, ...]
    regimes: tuple[str, ...] = ()  # of law, beside those that its plans name
    contacts: tuple[Outside, ...] = ()  # beyond the agency
    rosters: tuple[RosterPlan, ...] = ()
    days_off: tuple[DayOff, ...] = ()

    def unit(self, unit_id: str) -> Unit:
        """Raises NotFound: no such unit."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise NotFound(name=unit_id)

    def line(self, unit_id: str) -> tuple[Unit, ...]:
        """The unit and those above it, nearest first. Raises NotFound: no such unit."""
        line = [self.unit(unit_id)]
        while (parent := line[-1].parent) is not None:
            line.append(self.unit(parent))
        return tuple(line)

    def plan_of(self, unit_id: str) -> str | None:
        """The plan that the unit follows: its own, or of the nearest above that names one."""
        return next((unit.plan for unit in self.line(unit_id) if unit.plan is not None), None)

    def function(self, unit_id: str, function: str) -> str | None:
        """The unit that has this function of the plan for this unit; None: chưa xác định."""
        for unit in self.line(unit_id):
            if function in unit.functions:
                return unit.functions[function]
            if unit.plan is not None:
                break
        return unit_id if function in OWN_FUNCTIONS else None

    def settled(self, unit_id: str, step: str) -> str | None:
        """The function that does this step of the plan here; None: nobody has settled it."""
        for unit in self.line(unit_id):
            if step in unit.settled:
                return unit.settled[step]
            if unit.plan is not None:
                break
        return None

    def secret_contact(self, unit_id: str) -> SecretContact | None:
        above = (unit.secret_contact for unit in self.line(unit_id))
        return next((contact for contact in above if contact is not None), None)

    def systems_for(self, unit_id: str) -> tuple[System, ...]:
        """What its people choose from, in the file's order: its own and the shared ones above."""
        above = {unit.id for unit in self.line(unit_id)}
        return tuple(s for s in self.systems if s.unit == unit_id or (s.shared and s.unit in above))


What = Literal["unit", "person", "system", "contact", "roster", "day_off", "agency"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; of what is added or removed whole, `field` is empty and the name is shown."""

    kind: Literal["added", "changed", "removed"]
    what: What
    id: str
    field: str
    before: str
    after: str


Item = Unit | Listed | System | Outside | RosterPlan | DayOff


def changes(before: Agency | None, after: Agency) -> tuple[Change, ...]:
    """What applying the file changes, in the file's order, what is removed last."""
    if before is None:
        found = [Change("added", "agency", "", "", "", after.name)]
    else:
        found = [
            Change("changed", "agency", "", name, was, now)
            for name, was, now in zip(
                ("name", "about", "contact", "regimes"), _head(before), _head(after), strict=True
            )
            if was != now
        ]
    found += _compared("unit", before.units if before else (), after.units)
    found += _compared("person", before.people if before else (), after.people)
    found += _compared("system", before.systems if before else (), after.systems)
    found += _compared("contact", before.contacts if before else (), after.contacts)
    found += _compared("roster", before.rosters if before else (), after.rosters)
    found += _compared("day_off", before.days_off if before else (), after.days_off)
    return tuple(found)


def _compared(what: What, before: Sequence[Item], after: Sequence[Item]) -> list[Change]:
    old, new = {item.id: item for item in before}, {item.id: item for item in after}
    found: list[Change] = []
    for id_, item in new.items():
        if id_ not in old:
            found.append(Change("added", what, id_, "", "", item.name))
            continue
        for one in fields(item):
            was, now = getattr(old[id_], one.name), getattr(item, one.name)
            if was != now:
                found.append(Change("changed", what, id_, one.name, _text(was), _text(now)))
    gone = [Change("removed", what, id_, "", old[id_].name, "") for id_ in old if id_ not in new]
    return found + gone


def _head(agency: Agency) -> tuple[str, str, str, str]:
    return agency.name, agency.about, _text(agency.contact), _text(agency.regimes)


def _text(value: object) -> str:
    """A value as one line, for a list of differences."""
    match value:
        case None:
            return ""
        case Contact(phone=phone, email=email, hours=hours):
            return f"{phone} · {email} · {hours}"
        case SecretContact(person=person, place=place):
            return f"{person} · {place}"
        case Post(role=role, unit=unit, order=order):
            return f"{role} {unit} {order}"
        case tuple():
            return ", ".join(_text(part) for part in value)
        case Mapping():
            return ", ".join(f"{name}: {_text(of) or '?'}" for name, of in value.items())
    return str(value)
