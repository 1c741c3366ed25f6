"""A step of the plan becomes a task: who leads it, who may take it, by when, and who is told."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.incident import Incident
from bot.domain.notice import Card, Notice
from bot.domain.people import DOERS, Act, Person, Role
from bot.domain.platform import can
from bot.domain.playbook import Phase, Plan, Step
from bot.domain.scenario_work import job_named
from bot.domain.severity import SeriousByPlan
from bot.domain.task import ENDED, Task
from bot.services import standing_in
from bot.services.parts import part
from bot.services.ports.store import Transaction
from bot.services.telling import duties, rooms

DOERS_FIRST: Sequence[Sequence[Role]] = (DOERS, (Role.LEADER,))
LEADERS_FIRST = DOERS_FIRST[::-1]  # of what a leader has to do (a scenario's job)


def add(tx: Transaction, act: Act, incident: Incident, plan: Plan, step: Step) -> Task:
    """Open at once; "nếu cần" is only offered, "nghiêm trọng" waits for the leader's decision.

    Its card is for `show`, once all of the phase are there.
    """
    lead, coordinating, units = _units(tx, incident, plan, step)
    due_at = None if step.confidential else due(plan, step.phase, act.at)
    task = Task(
        id=0,
        incident_id=incident.id,
        number=0,
        kind="step",
        state="open",
        opened_at=act.at,
        step=step.id,
        phase=step.phase,
        lap=incident.lap,
        lead_units=lead,
        coordinating=coordinating,
        units=units,
        confidential=step.confidential,
        due_at=due_at,
    )
    task = tx.tasks.add(_as_asked(task, step, incident).reminded(act.at))
    _log(tx, task, plan)
    return task


def again(tx: Transaction, act: Act, incident: Incident, plan: Plan, task: Task) -> Task:
    """Done in an earlier lap and asked for again; what is not needed now stays as it is."""
    step = plan.step(task.step)
    fresh = task.started(act.at, due(plan, task.phase, act.at), incident.lap)
    if fresh == task or (step.only_if_serious and not is_serious(incident)):
        return task
    fresh = _as_asked(fresh, step, incident)
    _log(tx, fresh, plan)
    return keep(tx, incident, fresh)


def keep(tx: Transaction, incident: Incident, task: Task) -> Task:
    """Saved, and shown on the cards."""
    tx.tasks.save(task)
    if task.stands_in_room:
        show(tx, incident, [task])
    else:
        tx.cards.want_again("task", task.id)
    tx.cards.want_again("incident", incident.id, loud=task.state == "blocked")
    return tx.tasks.get(task.id)


def show(tx: Transaction, incident: Incident, tasks: Iterable[Task]) -> None:
    """A card for each of them that may stand in the team's groups; where cards cannot be edited
    the incident's own names them."""
    shown = [task for task in tasks if task.stands_in_room]
    groups = [one for one in rooms(tx, incident) if can(one.address).edits] if shown else ()
    tx.cards.want(Card(room.address, "task", task.id) for room in groups for task in shown)


def want_cards(tx: Transaction, incident: Incident, room: str) -> None:
    """For a group that has just come to the incident: what runs stands there too."""
    running = [task for task in tx.tasks.of(incident.id) if task.stands_in_room]
    tx.cards.want([Card(room, "incident", incident.id)])
    if can(room).edits:
        tx.cards.want(Card(room, "task", task.id) for task in running)


def tell(
    tx: Transaction,
    act: Act,
    incident: Incident,
    phase: Phase,
    tasks: Sequence[Task],
    quiet: int = 0,
) -> None:
    """One message for each person, whatever the number of tasks; coordinating units are only
    informed. `quiet`: whoever sees it on a screen already."""
    plan = tx.plans.of(incident)
    theirs: dict[int, list[int]] = {}
    informed: set[int] = set()
    running = [task for task in tasks if task.runs]
    for task in running:
        for person in _whose(tx, incident, task):
            theirs.setdefault(person.id, []).append(task.id)
        if not task.confidential:
            informed |= {one.id for one in tx.people.holding(DOERS, task.coordinating)}
    in_view = [task.id for task in running if not task.confidential]
    for who in in_charge(tx, incident) if in_view else ():
        theirs[who] = list(dict.fromkeys((*theirs.get(who, ()), *in_view)))
    facts: dict[str, object] = {"phase": plan.called(phase.id), "lap": incident.lap}
    notices = [
        Notice("tasks.opened", who, None, incident.id, facts={**facts, "tasks": ids})
        for who, ids in theirs.items()
        if who != quiet
    ]
    notices += _without_successor(tx, incident, plan, running)
    notices += [
        Notice("tasks.informed", who, None, incident.id, facts=facts, urgency="quiet")
        for who in sorted(informed - set(theirs) - {quiet})
    ]
    tx.notices.add(notices, act.at)


def regrouped(tx: Transaction, incident: Incident) -> list[Task]:
    """The team was convened, or is not any more: whose the tasks are now. Those that changed."""
    plan, changed = tx.plans.of(incident), []
    for task in tx.tasks.of(incident.id):
        if task.kind != "step" or task.state in ENDED:
            continue
        lead, coordinating, units = _units(tx, incident, plan, plan.step(task.step))
        moved = replace(task, lead_units=lead, coordinating=coordinating, units=units)
        if moved != task:
            changed.append(keep(tx, incident, moved))
    return changed


def in_charge(tx: Transaction, incident: Incident) -> tuple[int, ...]:
    """Whoever leads the response; while nobody does who can be told, the duty officers."""
    if incident.lead_id and not tx.people.absent([incident.lead_id], for_a_page=False):
        return (incident.lead_id,)
    return tuple(person.id for person in duties(tx, incident))


def is_serious(incident: Incident) -> bool:
    """By a named leader's decision; a proposal opens nothing."""
    return incident.standing.serious_by_plan is SeriousByPlan.CONFIRMED


def due(plan: Plan, phase: str, now: datetime) -> datetime | None:
    work = plan.work.get(phase)
    return now + timedelta(minutes=work.minutes) if work else None


def chain_of(task: Task) -> str:
    """What is confidential is logged in a chain of its own, which no timeline shows."""
    return f"{'confidential' if task.confidential else 'incident'}/{task.incident_id}"


def facts_of(task: Task, plan: Plan) -> dict[str, str]:
    """How the timeline names it."""
    step = next((step for step in plan.steps if step.id == task.step), None)
    return {"task": task.code, "name": step.label if step else task.name or task.kind}


def stands_again(tx: Transaction, task: Task, plan: Plan) -> None:
    """In the log: what was dropped is to be done again, by whoever had it, or by anybody."""
    facts = facts_of(task, plan)
    if task.has_holder:
        tx.record(chain_of(task), "task.resumed", **facts, who=[tx.people.get(task.person_id).name])
    else:
        tx.record(chain_of(task), "task.opened", **facts)


def _log(tx: Transaction, task: Task, plan: Plan) -> None:
    facts = facts_of(task, plan)
    match task.state:
        case "held":
            tx.record(chain_of(task), "task.held", **facts)
        case "offered":
            tx.record(chain_of(task), "task.offered", **facts)
        case _:
            tx.record(chain_of(task), "task.opened", **facts)


def _as_asked(task: Task, step: Step, incident: Incident) -> Task:
    if step.only_if_serious and not is_serious(incident):
        return replace(task, state="held", why="serious")
    if step.optional:
        return replace(task, state="offered", why="optional")
    return task


def _units(
    tx: Transaction, incident: Incident, plan: Plan, step: Step
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Lead, coordinating, and whose people may take it: where nobody of the lead units can be
    told, the team that answers the incident stands in for them."""
    here = part(tx, incident, plan, step)
    reached = bool(reachable(tx, here.lead))
    return here.lead, here.coordinating, here.lead if reached else incident.lead_units


def _without_successor(
    tx: Transaction, incident: Incident, plan: Plan, tasks: Sequence[Task]
) -> list[Notice]:
    """What a body leads that is gone: the duty officer gets it, with the plan's old name."""
    steps = {step.id: step for step in plan.steps}
    orphans = [
        task.id
        for task in tasks
        if task.step in steps
        and not task.confidential
        and part(tx, incident, plan, steps[task.step]).missing
    ]
    if not orphans:
        return []
    told = Notice("tasks.no_successor", incident=incident.id, facts={"tasks": orphans})
    return [replace(told, to=person.id) for person in duties(tx, incident)]


def _whose(tx: Transaction, incident: Incident, task: Task) -> Sequence[Person]:
    if task.confidential:
        return standing_in.leaders(tx, (*task.lead_units, *incident.deciding))
    job = job_named(tx.scenarios, task.step)
    if job is not None and job.whose == "duty":
        return duties(tx, incident)
    order = LEADERS_FIRST if job is not None and job.whose == "leader" else DOERS_FIRST
    return reachable(tx, task.units, order) or duties(tx, incident)


def reachable(
    tx: Transaction, units: Iterable[str], order: Sequence[Sequence[Role]] = DOERS_FIRST
) -> list[Person]:
    """Doers first; a body that has none acts by its leaders (Ban Chỉ đạo)."""
    where = tuple(units)
    for roles in order:
        people = tx.people.holding(roles, where) if where else ()
        absent = tx.people.absent([person.id for person in people], for_a_page=False)
        if present := [person for person in people if person.id not in absent]:
            return present
    return []
