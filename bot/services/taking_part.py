"""Where the plan has no steps of its own, how units come in (Mỹ Hào, II.1.d): each names a person
for the incident (cử tham gia), and others join when they are asked to (tham gia theo đề nghị).
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import NotFound
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Role
from bot.domain.playbook import Plan
from bot.domain.task import Kind, Task, TaskOf
from bot.services import opening
from bot.services.briefing import unit_name
from bot.services.opening import chain_of, facts_of
from bot.services.parts import names, units_of
from bot.services.ports.store import Transaction
from bot.services.sheets import named as with_position
from bot.services.telling import agency_of, duties, operator_of

WHO = (Role.SECURITY_OFFICER, Role.RESPONDER, Role.LEADER, Role.DUTY, Role.OFFICIAL)


def begin(tx: Transaction, act: Act, incident: Incident) -> None:
    """At the start each unit that the plan asks to name somebody gets a task; of a shared system
    its operator, too."""
    plan = tx.plans.of(incident)
    if plan.joining is None:
        return
    agency = agency_of(tx)
    functions = plan.joining.nominates
    units, _ = units_of(tx, incident, plan, functions)
    operator = operator_of(agency, incident.system, incident.unit)
    ours = (operator,) if "members" in functions else ()
    for unit in dict.fromkeys((*units, *ours)):
        task = _add(tx, act, incident, "nominate", unit)
        _tell(tx, act, incident, task, "people.nominate")


def asked(tx: Transaction, act: Act, incident: Incident) -> tuple[Person, ...]:
    """Somebody asks the units that join on request: paged at once; who they are.

    Where such a body is gone the duty officer gets it, with the plan's old name.
    """
    plan = tx.plans.of(incident)
    functions = plan.joining.on_request if plan.joining else ()
    units, missing = units_of(tx, incident, plan, functions)
    told: dict[int, Person] = {}
    for unit in units:
        stands = _standing(tx, incident, unit)
        task = stands or _add(tx, act, incident, "join", unit)
        told |= {one.id: one for one in _tell(tx, act, incident, task, "people.join", "page")}
    if missing:
        facts = {"missing": list(missing), "by": act.person.name}
        notice = Notice("people.join_missing", incident=incident.id, facts=facts)
        whom = [one for one in duties(tx, incident) if one.id not in act.person.ids]
        tx.notices.add((replace(notice, to=one.id) for one in whom), act.at)
        told |= {one.id: one for one in whom}
    return tuple(told.values())


def on_request(plan: Plan) -> Sequence[str]:
    """Who can be asked to join, as the plan calls them."""
    return names(plan, plan.joining.on_request) if plan.joining else ()


def candidates(tx: Transaction, job: TaskOf) -> list[list[str]]:
    """The unit's people, whose work it is first."""
    found: dict[int, Person] = {}
    for role in WHO:
        found |= {one.id: one for one in tx.people.holding((role,), job.task.lead_units)}
    listed = [one for one in found.values() if not one.shared_by]
    if not listed:
        raise NotFound("nominate", nobody=job.task.code)
    return [[str(one.id), with_position(one)] for one in listed]


def unit(tx: Transaction, job: TaskOf) -> str:
    agency = agency_of(tx)
    return ", ".join(unit_name(agency, one) for one in job.task.lead_units)


def named(tx: Transaction, act: Act, job: TaskOf, whom: int) -> None:
    """Cử tham gia ứng cứu: told, and may take tasks of the incident from now on."""
    incident, person = tx.incidents.get(job.incident.id), tx.people.get(whom)
    joined = tuple(dict.fromkeys((*incident.joined, whom)))
    tx.incidents.save(replace(incident, joined=joined))
    tx.record(f"incident/{incident.id}", "people.nominated", who=person.name, unit=unit(tx, job))
    if whom not in act.person.ids:
        facts = {"by": act.person.name}
        tx.notices.add(
            [Notice("people.nominated", whom, incident=incident.id, facts=facts)], act.at
        )


def _standing(tx: Transaction, incident: Incident, unit_id: str) -> Task | None:
    """Asked again, the same task stands."""
    every = (task for task in tx.tasks.of(incident.id) if task.kind == "join" and task.runs)
    return next((task for task in every if task.lead_units == (unit_id,)), None)


def _add(tx: Transaction, act: Act, incident: Incident, kind: Kind, unit_id: str) -> Task:
    plan = tx.plans.of(incident)
    phase = incident.phase or plan.phases[0].id
    task = Task(
        id=0,
        incident_id=incident.id,
        number=0,
        kind=kind,
        state="open",
        opened_at=act.at,
        phase=phase,
        lap=incident.lap,
        lead_units=(unit_id,),
        units=(unit_id,),
        due_at=opening.due(plan, phase, act.at),
    )
    task = tx.tasks.add(task.reminded(act.at))
    tx.record(chain_of(task), "task.opened", **facts_of(task, plan))
    return task


def _tell(
    tx: Transaction, act: Act, incident: Incident, task: Task, kind: str, loud: str = "notice"
) -> Sequence[Person]:
    people = opening.reachable(tx, task.units) or list(duties(tx, incident))
    notice = Notice(kind, incident=incident.id, facts={"tasks": [task.id], "by": act.person.name})
    if loud == "page":
        notice = replace(notice, urgency="page")
    whom = [one for one in people if one.id not in act.person.ids]
    tx.notices.add((replace(notice, to=one.id) for one in whom), act.at)
    return whom
