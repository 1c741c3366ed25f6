"""Who has which part in a step of the plan here: leads, coordinates, waits to be convened.

Text and table of a plan may disagree on who leads; the agency's file settles it (`settled`).
"""

from collections.abc import Iterable
from typing import NamedTuple

from bot.domain.incident import Incident
from bot.domain.people import PowerOf
from bot.domain.playbook import Plan, Power, Step
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of, having, operator_of, there


class Part(NamedTuple):
    """Units by id; bodies that are not there by the plan's own names."""

    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    missing: tuple[str, ...] = ()  # would lead; no successor is determined
    not_convened: tuple[str, ...] = ()  # would lead, once convened (triệu tập)
    two_leads: tuple[str, ...] = ()  # the plan names two places, and nobody has settled it


def part(tx: Transaction, incident: Incident, plan: Plan, step: Step) -> Part:
    """Coordinating units are only informed; whoever was settled to lead leads alone."""
    agency = agency_of(tx)
    known = any(unit.id == incident.unit for unit in agency.units)  # the file may have lost it
    settled = agency.settled(incident.unit, step.id) if known and step.two_leads else None
    lead = (settled,) if settled else step.lead
    beside = (*step.coordinating, *(one for one in step.lead if one not in lead))
    here = there(plan, lead, incident.convened_at is not None)
    units, missing = units_of(tx, incident, plan, here)
    others, _ = units_of(tx, incident, plan, there(plan, beside, incident.convened_at is not None))
    disputed = (*step.actor, *step.lead) if step.two_leads and not settled else ()
    return Part(
        units,
        tuple(unit for unit in others if unit not in units),
        missing,
        names(plan, (one for one in lead if one not in here)),
        names(plan, dict.fromkeys(disputed)),
    )


def power_of(tx: Transaction, incident: Incident, power: Power) -> PowerOf:
    """What the gate has to know of one of the plan's powers in this incident."""
    plan = tx.plans.of(incident)
    units, _ = units_of(tx, incident, plan, plan.having(power))
    return PowerOf(power, units, incident)


def deciders(tx: Transaction, incident: Incident, plan: Plan, step: Step) -> tuple[str, ...]:
    """Whose leaders alone open the step of direction (chỉ đạo xử lý); of other steps nobody's."""
    if step.kind != "direct":
        return ()
    led, _ = units_of(tx, incident, plan, (*step.lead, *plan.having("direct_serious")))
    return tuple(dict.fromkeys((*incident.deciding, *led)))


def units_of(
    tx: Transaction, incident: Incident, plan: Plan, functions: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The units that have these functions for where it happened; and the names of those without."""
    agency = agency_of(tx)
    operator = operator_of(agency, incident.system, incident.unit)
    return having(agency, plan, incident.unit, operator, functions)


def names(plan: Plan, functions: Iterable[str]) -> tuple[str, ...]:
    """As the plan calls them."""
    return tuple(plan.functions[one].name for one in functions)
