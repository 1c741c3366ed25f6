"""Who is told of an incident: read off the plan, the agency's tree and the verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.agency import Agency
from bot.domain.errors import NoAgency
from bot.domain.escalation import TOGETHER
from bot.domain.incident import Incident
from bot.domain.people import DOERS, Person, Role
from bot.domain.playbook import Plan
from bot.domain.severity import Needs
from bot.services import shifts, standing_in
from bot.services.outcomes import Told
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction


@dataclass(frozen=True, slots=True)
class Units:
    """The units that the plan gives a part in an incident at one place."""

    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    deciding: tuple[str, ...]
    scope: tuple[str, ...]
    undetermined: tuple[str, ...]  # as the plan names them; nobody is known to have succeeded them


def agency_of(tx: Transaction) -> Agency:
    agency = tx.agencies.current()
    if agency is None:
        raise NoAgency
    return agency


def units(agency: Agency, plan: Plan, unit: str, operator: str) -> Units:
    """`operator`: the unit that runs the system (đơn vị quản lý, vận hành); often `unit` itself."""
    missing: list[str] = []

    def found(functions: Iterable[str]) -> tuple[str, ...]:
        names, unknown = having(agency, plan, unit, operator, there(plan, functions, False))
        missing.extend(unknown)
        return names

    lead, coordinating = found(plan.paging.lead), found(plan.paging.coordinating)
    deciding = found(plan.paging.decides_serious)
    above = tuple(one.id for one in agency.line(unit))
    top = _follows(agency, unit)
    scope = (*above, operator, *lead, *coordinating, *deciding)
    return Units(
        lead,
        tuple(one for one in coordinating if one not in lead),
        deciding or (top,),
        tuple(dict.fromkeys(scope)),
        tuple(dict.fromkeys(missing)),
    )


def having(
    agency: Agency, plan: Plan, unit: str, operator: str, functions: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The units that have these functions of the plan here; and, as the plan names them, those
    whose successor is not determined (chưa xác định)."""
    units, missing = [], []
    for function in functions:
        whose = operator if function == "operator" else agency.function(unit, function)
        if whose is None:
            missing.append(plan.functions[function].name)
        else:
            units.append(whose)
    return tuple(dict.fromkeys(units)), tuple(dict.fromkeys(missing))


def there(plan: Plan, functions: Iterable[str], convened: bool) -> tuple[str, ...]:
    """Without those that have a part only once somebody has convened them (triệu tập Đội)."""
    return tuple(f for f in functions if convened or not plan.functions[f].on_call)


def rooms(tx: Transaction, incident: Incident) -> Sequence[Chat]:
    """The groups of the response team."""
    return tx.chats.groups_of(team_units(tx, incident))


def team_units(tx: Transaction, incident: Incident) -> tuple[str, ...]:
    """The units that are woken, and those that lead steps of the plan."""
    agency, plan = agency_of(tx), tx.plans.of(incident)
    operator = operator_of(agency, incident.system, incident.unit)
    leads = dict.fromkeys(f for step in plan.steps if not step.confidential for f in step.lead)
    here = there(plan, leads, incident.convened_at is not None)
    units, _ = having(agency, plan, incident.unit, operator, here)
    return tuple(dict.fromkeys((*incident.lead_units, *units)))


def told(tx: Transaction, incident: Incident, plan: Plan, agency: Agency, needs: Needs) -> Told:
    """By the verdict: nobody's night, the duty officer's to verify, or the lead unit's to answer.

    The unit's leader gets a copy without a sound in every case, so that nobody is passed over.
    """
    duty = duties(tx, incident)
    copies = _without(standing_in.leaders(tx, (incident.unit,)), duty)
    if needs is Needs.UNVERIFIED:
        return Told(duty=duty, copies=copies)
    if needs is Needs.NO:
        officers = tx.people.holding((Role.SECURITY_OFFICER,), (incident.unit,))
        return Told(duty=duty, officers=_without(officers, duty), copies=copies)
    called = _without(standing_in.there(tx, tx.people.holding(DOERS, incident.lead_units)), duty)
    operator = operator_of(agency, incident.system, incident.unit)
    support = units(agency, plan, incident.unit, operator).coordinating
    informed = tx.people.holding(DOERS, support) if support else ()
    known = (*duty, *called, *copies)
    grave = incident.standing.for_leaders
    asked = standing_in.leaders(tx, incident.deciding) if grave else ()
    at_once = TOGETHER if incident.standing.is_serious else 1
    return Told(duty, called, (), copies, _without(informed, known), tuple(asked), at_once)


def duties(tx: Transaction, incident: Incident, at: datetime | None = None) -> tuple[Person, ...]:
    """The duty officers (trực ban) over this unit: whoever is on shift, else all who hold the role
    and are not away, else all there are: somebody always hears it. `at`: now, unless given."""
    on_shift, others = _duty(tx, incident, at or tx.at)
    return on_shift or others


def duty_order(
    tx: Transaction, incident: Incident, at: datetime | None = None
) -> tuple[Person, ...]:
    """Whoever is on shift, then the others who hold the role: the order in which they are told."""
    on_shift, others = _duty(tx, incident, at or tx.at)
    return (*on_shift, *_without(others, on_shift))


def _duty(
    tx: Transaction, incident: Incident, at: datetime
) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    nearest = tx.people.holding((Role.DUTY,), incident.scope)
    holders = nearest or tx.people.holding((Role.DUTY,))
    units = incident.scope if nearest else None
    others = standing_in.there(tx, holders, at) or tuple(holders)
    return shifts.on_shift(tx, Role.DUTY, units, at), others


def operator_of(agency: Agency, system: str, unit: str) -> str:
    """A shared system's report goes to the unit that runs it, too."""
    return next((s.operator for s in agency.systems if s.id == system and s.shared), unit)


def _follows(agency: Agency, unit: str) -> str:
    """The unit whose plan it is."""
    line = agency.line(unit)
    return next((one.id for one in line if one.plan is not None), line[-1].id)


def _without(people: Iterable[Person], those: Iterable[Person]) -> tuple[Person, ...]:
    known = {person.id for person in those}
    return tuple(person for person in people if person.id not in known)
