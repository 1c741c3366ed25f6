"""Loads an agency from its one YAML file: strict, checked whole, all faults at once with lines."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from bot.domain.agency import Agency, Contact, Listed, Post, SecretContact, System, Unit
from bot.domain.playbook import Plan
from playbooks.contact_entries import ContactEntry, contact_of
from playbooks.errors import BadData, Fault
from playbooks.fields import (
    Email,
    Id,
    Mailbox,
    Phone,
    PlanName,
    RegimeName,
    ShortText,
    Strict,
    Text,
    Topic,
    UnitName,
    faults_of,
    unknown_name,
)
from playbooks.loader import LAW, stems
from playbooks.reading import Document, Value, read
from playbooks.roster_entries import (
    DayOffEntry,
    RosterEntry,
    days_off_of,
    not_theirs,
    roster_of,
)

Role = Literal["official", "responder", "security_officer", "duty", "leader", "legal", "admin"]
NEEDED = {  # without them a page can fall silent, or nobody can be let in
    "duty": "chưa có ai là trực ban (thêm một người có role: duty)",
    "admin": "chưa có ai là quản trị (thêm một người có role: admin)",
}


class ContactItem(Strict):
    phone: Phone
    email: Email
    hours: ShortText


class SecretContactItem(Strict):
    person: Text
    place: Text


class UnitItem(Strict):
    name: Text
    short: ShortText
    parent: UnitName | None = None
    plan: PlanName | None = None
    functions: Annotated[dict[Id, UnitName | None], Field(default_factory=dict)]
    settled: Annotated[dict[Id, Id], Field(default_factory=dict)]
    secret_contact: SecretContactItem | None = None


class PostItem(Strict):
    role: Role
    unit: UnitName
    order: Annotated[int, Field(ge=1, le=99)] = 1


class PersonItem(Strict):
    name: ShortText
    title: Literal["anh", "chị", "đồng chí"] | None = None
    position: Text
    phone: Phone
    works_at: Text | None = None
    email: Mailbox | None = None
    ntfy: Topic | None = None
    shared_by: Annotated[list[Id], Field(default_factory=list)]
    roles: Annotated[list[PostItem], Field(min_length=1)]


class SystemItem(Strict):
    name: ShortText
    level: Annotated[int, Field(ge=1, le=5)] | None
    operator: UnitName
    shared: bool = False
    unit: UnitName


class AgencyFile(Strict):
    name: Text
    about: Text
    contact: ContactItem
    units: Annotated[dict[Id, UnitItem], Field(min_length=1)]
    people: dict[Id, PersonItem]
    systems: dict[Id, SystemItem]
    regimes: Annotated[list[RegimeName], Field(default_factory=list)]
    contacts: Annotated[dict[Id, ContactEntry], Field(default_factory=dict)]
    rosters: Annotated[dict[Id, RosterEntry], Field(default_factory=dict)]
    days_off: Annotated[list[DayOffEntry], Field(default_factory=list)]


def load_agency(path: Path, plans: Mapping[str, Plan], today: date | None = None) -> Agency:
    """The agency of this file, whose units follow these plans.

    Raises BadData, with every fault of the file; with a `today`, of days that are to come too.
    """
    document = read(path)
    if not isinstance(document.data, dict):
        raise BadData(document.faults)
    units = _group(document.data, "units")
    faults = [*document.faults, *_tree(document, units), *_posts(document)]
    faults += [*_shared(document), *not_theirs(document)]
    faults += _following(document, units, plans)
    try:
        known: dict[str, object] = {"plan": set(plans), "unit": set(units), "regime": stems(LAW)}
        known |= {"function": _bodies(units, plans), "today": today}
        file = AgencyFile.model_validate(document.data, context=known)
    except ValidationError as error:
        raise BadData([*faults, *faults_of(error, document, AgencyFile)]) from None
    if faults:
        raise BadData(faults)
    return _made(file)


def _tree(document: Document, units: Mapping[str, object]) -> Iterator[Fault]:
    """One unit above all others, and no unit above itself."""
    tops = [name for name in units if _said(units, name, "parent") is None]
    for other in tops[1:]:
        why = f"đã có đơn vị gốc “{tops[0]}” (thêm parent, hoặc bỏ parent của một đơn vị thôi)"
        yield document.fault(("units", other), why)
    for name in units:
        line = [name]
        while (parent := _said(units, line[-1], "parent")) in units and parent not in line:
            line.append(str(parent))
        if parent == name:
            way = " → ".join([*line, name])
            why = f"đơn vị nằm dưới chính nó: {way} (sửa parent)"
            yield document.fault(("units", name, "parent"), why)


def _following(
    document: Document, units: Mapping[str, object], plans: Mapping[str, Plan]
) -> Iterator[Fault]:
    """Every unit has a plan and a person for secrets; its functions are that plan's."""
    for name in units:
        place = ("units", name)
        plan = _above(units, name, "plan")
        if plan is None:
            why = "không theo kế hoạch nào (thêm plan ở đơn vị này hoặc ở đơn vị trên)"
            yield document.fault(place, why)
        if _above(units, name, "secret_contact") is None:
            why = "chưa có người gặp trực tiếp khi liên quan bí mật (thêm secret_contact)"
            yield document.fault(place, why)
        functions = _said(units, name, "functions")
        if isinstance(functions, dict) and isinstance(plan, str) and plan in plans:
            for function in functions:
                if function not in plans[plan].functions:
                    what = f"chức năng của {plans[plan].short}"
                    why = unknown_name(what, function, plans[plan].functions)
                    yield document.fault((*place, "functions", function), why)
        settled = _said(units, name, "settled")
        if isinstance(settled, dict) and isinstance(plan, str) and plan in plans:
            yield from _settled(document, (*place, "settled"), settled, plans[plan])


def _bodies(units: Mapping[str, object], plans: Mapping[str, Plan]) -> set[str]:
    """What a contact may stand for: the functions of the plans that the units follow."""
    followed = [plan for name in units if (plan := _said(units, name, "plan")) in plans]
    return {function for plan in followed for function in plans[str(plan)].functions}


def _settled(
    document: Document, place: tuple[str, ...], settled: Mapping[str, object], plan: Plan
) -> Iterator[Fault]:
    """Only where text and table of the plan disagree, and only between those whom they name."""
    open_ones = {step.id: {*step.actor, *step.lead} for step in plan.steps if step.two_leads}
    for step, function in settled.items():
        if step not in open_ones:
            what = f"bước mà {plan.short} nêu hai nơi"
            yield document.fault((*place, step), unknown_name(what, step, open_ones))
        elif function not in open_ones[step]:
            what = f"nơi được nêu ở bước {step} của {plan.short}"
            yield document.fault((*place, step), unknown_name(what, str(function), open_ones[step]))


def _posts(document: Document) -> Iterator[Fault]:
    """Somebody is duty officer, somebody administrator; nobody has one post twice."""
    roles: set[object] = set()
    for name, person in _group(document.data, "people").items():
        posts = person.get("roles") if isinstance(person, dict) else None
        seen: list[object] = []
        for index, post in enumerate(posts if isinstance(posts, list) else []):
            if isinstance(post, dict):
                one = (post.get("role"), post.get("unit"))
                if one in seen:
                    why = "vai trò này ở đơn vị này đã nêu ở trên (bỏ một dòng)"
                    yield document.fault(("people", name, "roles", index), why)
                seen.append(one)
                roles.add(str(post.get("role")))
    for role, why in NEEDED.items():
        if role not in roles:
            yield document.fault(("people",), why)


def _shared(document: Document) -> Iterator[Fault]:
    """A person has a title; a shared telephone has none, and people take turns with it."""
    people = _group(document.data, "people")
    for name, person in people.items():
        if not isinstance(person, dict):
            continue
        place, among = ("people", name, "shared_by"), person.get("shared_by")
        if "shared_by" not in person:
            if "title" not in person:
                yield document.fault(("people", name), "thiếu title (thêm: anh, chị, đồng chí)")
            continue
        if "title" in person:
            why = "máy dùng chung không có title (bỏ dòng này, hoặc bỏ shared_by)"
            yield document.fault(("people", name, "title"), why)
        names = [str(one) for one in among] if isinstance(among, list) else []
        if isinstance(among, list) and len(set(names)) < max(len(names), 1):
            yield document.fault(
                place, "ai cùng dùng máy này? (nêu mỗi người một lần, ít nhất một người)"
            )
        for index, one in enumerate(names):
            other = people.get(one)
            if one not in people:
                yield document.fault((*place, index), unknown_name("người (people)", one, people))
            elif isinstance(other, dict) and "shared_by" in other:
                why = f"“{one}” cũng là máy dùng chung (chỉ nêu người)"
                yield document.fault((*place, index), why)


def _group(data: Value, name: str) -> Mapping[str, Value]:
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _said(units: Mapping[str, object], name: str, field: str) -> object:
    unit = units.get(name)
    return unit.get(field) if isinstance(unit, dict) else None


def _above(units: Mapping[str, object], name: str, field: str) -> object:
    """What the unit, or the nearest above it, says in this field; ends in a cycle too."""
    at: object = name
    for _ in units:
        if not isinstance(at, str):
            break
        if (found := _said(units, at, field)) is not None:
            return found
        at = _said(units, at, "parent")
    return None


def _made(file: AgencyFile) -> Agency:
    contact = Contact(file.contact.phone, file.contact.email, file.contact.hours)
    return Agency(
        name=file.name,
        about=file.about,
        contact=contact,
        units=tuple(_unit(id_, item) for id_, item in file.units.items()),
        people=tuple(_person(id_, item) for id_, item in file.people.items()),
        systems=tuple(
            System(id_, item.name, item.level, item.operator, item.shared, item.unit)
            for id_, item in file.systems.items()
        ),
        regimes=tuple(file.regimes),
        contacts=tuple(contact_of(id_, entry) for id_, entry in file.contacts.items()),
        rosters=tuple(roster_of(id_, entry) for id_, entry in file.rosters.items()),
        days_off=days_off_of(file.days_off),
    )


def _unit(id_: str, item: UnitItem) -> Unit:
    secret = item.secret_contact
    to_see = SecretContact(secret.person, secret.place) if secret else None
    about = (id_, item.name, item.short, item.parent, item.plan)
    return Unit(*about, dict(item.functions), to_see, dict(item.settled))


def _person(id_: str, item: PersonItem) -> Listed:
    posts = tuple(Post(post.role, post.unit, post.order) for post in item.roles)
    about = (item.name, item.title or "", item.position, item.phone)
    beside = (item.email or "", item.ntfy or "")
    return Listed(id_, *about, posts, item.works_at, tuple(item.shared_by), *beside)
