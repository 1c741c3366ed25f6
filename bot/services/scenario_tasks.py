"""The tasks of the confirmed scenario: opened with the phase, beside the plan's own steps.

Each stands once, whatever is confirmed how often: a loop opens it again as it does a step, and
what nobody has taken goes when another scenario is confirmed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.incident import Incident
from bot.domain.people import Act, Role
from bot.domain.scenario import Job
from bot.domain.scenario_work import place_of, scenario_of, wanted
from bot.domain.severity import level_answer
from bot.domain.task import Task
from bot.services import opening
from bot.services.opening import chain_of, facts_of, keep, reachable
from bot.services.ports.store import Transaction
from bot.services.telling import duties


def follow(tx: Transaction, act: Act, incident: Incident, quiet: int = 0) -> Sequence[Task]:
    """What is asked for as the scenario and the answers are now; one message to each person.

    `quiet`: whoever sees it on a screen already.
    """
    _drop_others(tx, act, incident)
    opened = open_wanted(tx, act, incident)
    if opened:
        phase = tx.plans.of(incident).phase(incident.phase)
        opening.tell(tx, act, incident, phase, opened, quiet)
    return opened


def open_wanted(tx: Transaction, act: Act, incident: Incident) -> list[Task]:
    """Of the present phase, what does not stand or run yet. Whoever asks tells people of it."""
    scenario = tx.scenarios.get(incident.scenario)
    if scenario is None or incident.is_secret:
        return []
    plan = tx.plans.of(incident)
    answers = {**incident.answers, "a": level_answer(incident.level)}
    before = {task.step: task for task in tx.tasks.of(incident.id) if task.kind == "scenario"}
    new, again = [], []
    for job in wanted(scenario, plan, incident.phase, answers) if incident.phase else ():
        place = place_of(scenario.id, job.id)
        task = before.get(place)
        if task is None:
            new.append(tx.tasks.add(_new(tx, act, incident, place, job)))
        elif (fresh := _again(task, act, incident, job)) != task:
            again.append(keep(tx, incident, fresh))
    for task in (*new, *again):
        opening.stands_again(tx, task, plan)
    return [*new, *again]


def _drop_others(tx: Transaction, act: Act, incident: Incident) -> None:
    """What another scenario asked for, and nobody does."""
    for task in tx.tasks.of(incident.id):
        if task.kind != "scenario" or scenario_of(task.step) == incident.scenario:
            continue
        if task.runs and not task.has_holder:
            tx.record(chain_of(task), "task.skipped", **facts_of(task, tx.plans.of(incident)))
            keep(tx, incident, task.dropped(act.person.id, act.at))


def _new(tx: Transaction, act: Act, incident: Incident, place: str, job: Job) -> Task:
    lead = _lead(tx, incident, job)
    theirs = job.whose == "duty" or reachable(tx, lead)
    secluded = job.at == "violation"  # as the plan's own step of the kind: leaders alone see it
    due = None if secluded else act.at + timedelta(minutes=job.minutes)
    task = Task(
        id=0,
        incident_id=incident.id,
        number=0,
        kind="scenario",
        state="open",
        opened_at=act.at,
        step=place,
        name=job.name,
        phase=incident.phase,
        lap=incident.lap,
        why="scenario",
        lead_units=lead,
        units=lead if theirs else incident.lead_units,
        confidential=secluded,
        due_at=due,
    )
    return task.reminded(act.at)


def _again(task: Task, act: Act, incident: Incident, job: Job) -> Task:
    """Done in an earlier lap, or dropped for another scenario; what runs or is done stays."""
    if task.confidential and task.state == "done":
        return task
    due = None if task.confidential else act.at + timedelta(minutes=job.minutes)
    started = task.started(act.at, due, incident.lap)
    if started != task or task.state != "dropped":
        return started
    return replace(task.undone(act.at), opened_at=act.at, due_at=due).reminded(act.at)


def _lead(tx: Transaction, incident: Incident, job: Job) -> tuple[str, ...]:
    """Whose it is: the unit where it happened, the team that answers, or trực ban's."""
    match job.whose:
        case "responder":
            return incident.lead_units
        case "duty":
            posts = [post for person in duties(tx, incident) for post in person.posts]
            return tuple(dict.fromkeys(p.unit for p in posts if p.role is Role.DUTY))
    return (incident.unit,)
