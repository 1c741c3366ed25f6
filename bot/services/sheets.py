"""A task with the names that its screens need, and what a person may do with it."""

from collections.abc import Iterable, Sequence

from bot.domain.incident import Incident
from bot.domain.people import DOERS, Act, Person, Role, Verb, may
from bot.domain.playbook import Plan, Step
from bot.domain.scenario_work import job_named, scenario_of
from bot.domain.task import ENDED, Task, TaskOf
from bot.services.briefing import brief, unit_name
from bot.services.parts import Part, deciders, names, part
from bot.services.ports.incidents import Brief, Situation
from bot.services.ports.store import Transaction
from bot.services.ports.tasks import Sheet
from bot.services.recognising import situation_of
from bot.services.telling import agency_of


def sheet(tx: Transaction, task: Task, about: Brief | None = None) -> Sheet:
    """`about`: its incident, where that has been read already."""
    known = about or brief(tx, tx.incidents.get(task.incident_id))
    agency, step = agency_of(tx), step_of(tx, known.incident, task)
    plan = tx.plans.of(known.incident)
    here = part(tx, known.incident, plan, step) if step else Part((), ())
    people = tx.people.named({task.person_id, task.given_by, task.callee_id} - {0, -1})
    return Sheet(
        task=task,
        brief=known,
        step=step,
        lead=[unit_name(agency, unit) for unit in task.lead_units],
        coordinating=[unit_name(agency, unit) for unit in task.coordinating],
        missing=here.missing,
        stand_in=bool(task.lead_units) and not set(task.lead_units) & set(task.units),
        holder=people.get(task.person_id),
        giver=people.get(task.given_by),
        callee=people.get(task.callee_id),
        job=None if known.incident.is_secret else job_named(tx.scenarios, task.step),
        situation=_situation(tx, known.incident, task),
        waits_for=_waits_for(tx, task, plan, step) if step else (),
        not_convened=here.not_convened,
        two_leads=here.two_leads,
        deciders=_deciders(plan, step) if step else (),
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
    steps = (step for step in tx.plans.of(incident).steps if step.id == task.step)
    return next(steps, None)


def _situation(tx: Transaction, incident: Incident, task: Task) -> Situation | None:
    """Whose task it is: of another scenario than the confirmed one, too, once it was begun."""
    if task.kind != "scenario" or incident.is_secret:
        return None
    return situation_of(tx, incident, scenario_of(task.step))


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
    incident = tx.incidents.get(task.incident_id)
    step = step_of(tx, incident, task)
    above = deciders(tx, incident, tx.plans.of(incident), step) if step else ()
    return TaskOf(task, incident, above)


def others(tx: Transaction, act: Act, job: TaskOf) -> Sequence[Person]:
    """To whom it can be passed on or assigned: the lead units' people, then the team's."""
    roles = (*DOERS, Role.DUTY, Role.LEADER)
    units = dict.fromkeys((*job.task.units, *job.incident.lead_units, *job.task.coordinating))
    found = tx.people.holding(roles, units)
    absent = tx.people.absent([person.id for person in found], for_a_page=False)
    gone = {*act.person.ids, job.task.person_id} | absent
    return [person for person in found if person.id not in gone]


def named(person: Person) -> str:
    """With the position, where somebody is to be chosen."""
    return f"{person.name} ({person.position})" if person.position else person.name


def _waits_for(tx: Transaction, task: Task, plan: Plan, step: Step) -> Sequence[str]:
    """The steps before it that are not done yet, as the plan counts them: "I.2"."""
    if not step.after or not task.runs:
        return ()
    ended = {one.step for one in tx.tasks.of(task.incident_id) if one.state in ENDED}
    return [plan.step(one).number for one in step.after if one not in ended]


def _deciders(plan: Plan, step: Step) -> Sequence[str]:
    functions = [function for power in step.powers for function in plan.having(power)]
    return names(plan, dict.fromkeys(functions))
