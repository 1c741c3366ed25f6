"""Support asked of bodies beyond the agency (đề nghị hỗ trợ, phối hợp): the chain, and the answer.

Which bodies there are is read off the plan and the agency's own list of contacts. A body that the
plan leaves to few (triệu tập Đội, đề nghị Cơ quan điều phối quốc gia) says by which power.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.contact import ContactKind, Outside
from bot.domain.errors import Outdated
from bot.domain.playbook import Plan, Power

State = Literal["waiting", "accepted", "refused"]
ANSWERS: tuple[State, ...] = ("accepted", "refused", "waiting")
# The chain of command: the province's own before the national coordinator, then who else can help.
CHAIN: tuple[ContactKind, ...] = (
    *("province", "national", "police", "military"),
    *("provider", "vendor", "telecom"),
)
NATIONAL = "national"  # the function of every plan that names a national coordinator
# Functions that plans name beyond the agency, by the kind of contact that stands for them.
KINDS_OF: Mapping[str, ContactKind] = {
    "province_team": "province",
    "province_dept": "province",
    "specialized": "province",
    NATIONAL: "national",
    "police": "police",
    "military": "military",
    "vendors": "vendor",
    "telecoms": "telecom",
}
WAIT, WAIT_SERIOUS = timedelta(minutes=30), timedelta(minutes=15)  # until somebody is reminded


@dataclass(frozen=True, slots=True)
class Body:
    """Whom support can be asked of. as_named: as the plan calls it, "" where only the agency's own
    list has it. contact: None, the list has no number for it. power: only who has it may ask."""

    id: str
    kind: ContactKind
    as_named: str
    contact: Outside | None
    power: Power | None = None

    @property
    def name(self) -> str:
        return self.contact.name if self.contact else self.as_named


@dataclass(frozen=True, slots=True)
class Support:
    """One request. contact: the body's id, name: as it was called then. ask: an option of the form
    or words. who: answered there. words: what they said."""

    id: int
    incident_id: int
    contact: str
    name: str
    state: State
    ask: str
    how: str
    by_id: int
    asked_at: datetime
    who: str = ""
    words: str = ""
    settled_at: datetime | None = None
    remind_at: datetime | None = None  # None: answered
    version: int = 0

    def answered(self, state: State, who: str, words: str, now: datetime) -> "Support":
        """Outdated: it has an answer already, and the first one stands."""
        if self.state != "waiting":
            raise Outdated(self.id, chain=f"incident/{self.incident_id}")
        if state == "waiting":
            return replace(self, who=who or self.who, words=words or self.words)
        said = replace(self, state=state, who=who, words=words)
        return replace(said, settled_at=now, remind_at=None)

    def reminded(self, now: datetime) -> "Support":
        """Again after as long as it has waited so far: 30 minutes, an hour, two."""
        return replace(self, remind_at=now + max(now - self.asked_at, WAIT_SERIOUS))


def patience(serious: bool) -> timedelta:
    return WAIT_SERIOUS if serious else WAIT


def bodies(
    plan: Plan, contacts: Sequence[Outside], inside: Collection[str], convened: bool
) -> tuple[Body, ...]:
    """Along the chain. inside: functions of the plan that a unit of the agency has here: they are
    paged, not asked. convened: the team has been convened, so that anybody may speak with it.
    """
    found = []
    for function in _named(plan):
        if function in inside:
            continue
        name, power = plan.functions[function].name, _power(plan, function, convened)
        standing = [c for c in contacts if function in c.functions]
        found += [Body(one.id, one.kind, name, one, power) for one in standing]
        if not standing:
            found.append(Body(function, KINDS_OF[function], name, None, power))
    known = {one.id for one in found}
    own = [c for c in contacts if c.kind in CHAIN and c.id not in known]
    own = [c for c in own if not set(c.functions) & set(inside)]
    found += [Body(one.id, one.kind, "", one) for one in own]
    each: dict[str, Body] = {}
    for one in found:
        if one.kind in CHAIN:
            each.setdefault(one.id, one)  # a contact that stands for several functions
    return tuple(sorted(each.values(), key=lambda one: CHAIN.index(one.kind)))


def in_order(found: Iterable[Body], asked: Sequence[Support]) -> tuple[Body, ...]:
    """Those that nobody has asked first, along the chain; then who was asked already."""
    known = {one.contact for one in asked}
    return tuple(sorted(found, key=lambda one: one.id in known))


def next_of(found: Sequence[Body], refused: Support, asked: Sequence[Support]) -> Body | None:
    """Whom to ask once a body has refused: the next of the chain, else one before it; None: every
    one has been asked."""
    ids = [one.id for one in found]
    place = ids.index(refused.contact) + 1 if refused.contact in ids else 0
    known = {one.contact for one in asked}
    return next((one for one in (*found[place:], *found[:place]) if one.id not in known), None)


def _named(plan: Plan) -> list[str]:
    """What the plan itself names beyond the agency: its list of contacts, the team that has to be
    convened, the national coordinator."""
    listed = [f for contact in plan.contacts for f in contact.functions]
    on_call = [one.id for one in plan.functions.values() if one.on_call]
    national = [NATIONAL] if NATIONAL in plan.functions else []
    return [f for f in dict.fromkeys((*on_call, *national, *listed)) if f in KINDS_OF]


def _power(plan: Plan, function: str, convened: bool) -> Power | None:
    """The team is convened by whom the plan names; of a plan that names nobody it is asked like
    any other body."""
    needed: Power | None = plan.functions[function].on_call
    if function == NATIONAL:
        needed = "ask_national"
    if needed == "convene_team" and convened:
        return None
    return needed if needed and plan.having(needed) else None
