"""A task with the names that its screens need, and what a person may do with it."""

from collections.abc import Iterable, Sequence

from bot.domain.incident import Incident
from bot.domain.people import DOERS, Act, Person, Role, Verb, may
from bot.domain.playbook import Step
from bot.domain.task import Task, TaskOf
from bot.services.briefing import brief, unit_name
from bot.services.ports.incidents import Brief
from bot.services.ports.store import Transaction
from bot.services.ports.tasks import Sheet
from bot.services.telling import agency_of, having, operator_of


def sheet(tx: Transaction, task: Task, about: Brief | None = None) -> Sheet:
    """`about`: its incident, where that has been read already."""
    known = about or brief(tx, tx.incidents.get(task.incident_id))
    agency, step = agency_of(tx), step_of(tx, known.incident, task)
    people = tx.people.named({task.person_id, task.given_by, task.callee_id} - {0, -1})
    return Sheet(
        task=task,
        brief=known,
        step=step,
        lead=[unit_name(agency, unit) for unit in task.lead_units],
        coordinating=[unit_name(agency, unit) for unit in task.coordinating],
        missing=_missing(tx, known.incident, step),
        stand_in=bool(task.lead_units) and not set(task.lead_units) & set(task.units),
        holder=people.get(task.person_id),
        giver=people.get(task.given_by),
        callee=people.get(task.callee_id),
    )


def sheets(tx: Transaction, tasks: Iterable[Task]) -> Sequence[Sheet]:
    """Of several; each incident is read once."""
    briefs: dict[int, Brief] = {}
    found = []
    for task in tasks:
        if task.incident_id not in briefs:
            briefs[task.incident_id] = brief(tx, tx.incidents.get(task.incident_id))
        found.append(sheet(tx, task, briefs[task.incident_id]))
    return found


def step_of(tx: Transaction, incident: Incident, task: Task) -> Step | None:
    """The plan's step; None of a call, or where the plan's file no longer has it."""
    steps = (step for step in tx.plans[incident.plan].steps if step.id == task.step)
    return next(steps, None)


def choices(person: Person, job: TaskOf) -> tuple[str, ...]:
    """What this person can do with it now, in the order of the buttons (and of their numbers)."""
    task = job.task
    works = may(person, Verb.WORK, job)
    match task.state:
        case "offered" | "held":
            may_open = task.state == "offered" and may(person, Verb.OPEN_STEP, job)
            return ("open", "skip") if may_open else ()
        case "done" | "dropped":
            return ("undo",) if works and task.kind != "call" else ()
    if task.kind == "call":
        return ("called",) if works else ()
    mine = task.person_id in person.ids
    can = {
        "take": not task.has_holder and may(person, Verb.TAKE_TASK, job),
        "resume": task.state == "blocked" and mine,
        "done": works,
        "block": works and task.state == "taken",
        "pass": mine or (works and task.has_holder),
        "assign": may(person, Verb.ASSIGN, job),
    }
    return tuple(what for what, allowed in can.items() if allowed)


def job_of(tx: Transaction, task_id: int) -> TaskOf:
    """NotFound: no such task."""
    task = tx.tasks.get(task_id)
    return TaskOf(task, tx.incidents.get(task.incident_id))


def others(tx: Transaction, act: Act, job: TaskOf) -> Sequence[Person]:
    """To whom it can be passed on or assigned: the lead units' people, then the team's."""
    roles = (*DOERS, Role.DUTY, Role.LEADER)
    units = dict.fromkeys((*job.task.units, *job.incident.lead_units, *job.task.coordinating))
    found = tx.people.holding(roles, units)
    absent = tx.people.absent([person.id for person in found])
    gone = {*act.person.ids, job.task.person_id} | absent
    return [person for person in found if person.id not in gone]


def _missing(tx: Transaction, incident: Incident, step: Step | None) -> Sequence[str]:
    if step is None:
        return ()
    agency, plan = agency_of(tx), tx.plans[incident.plan]
    operator = operator_of(agency, incident.system, incident.unit)
    return having(agency, plan, incident.unit, operator, step.lead)[1]
