"""Lists of tasks: /viec of one person over all incidents, and what runs in one incident."""

from bot.domain.incident import Incident
from bot.domain.people import Act, Person, Verb, may
from bot.domain.task import ENDED, Task, TaskOf, by_urgency
from bot.services.outcomes import TaskList
from bot.services.ports.dialogs import Prompt
from bot.services.ports.store import Transaction
from bot.services.sheets import job_of, sheets


def mine(tx: Transaction, act: Act) -> TaskList:
    """/viec: over all incidents, most urgent first; then what this person may take."""
    act.require(Verb.REPORT)
    own, free = _mine(tx, act.person)
    _asked(tx, act, 0)
    return TaskList(sheets(tx, own), sheets(tx, free), at=act.at, private=act.private)


def of_incident(tx: Transaction, act: Act, number: int) -> TaskList:
    """What runs in one incident, as far as this person may see it."""
    incident = tx.incidents.get(number)
    act.require(Verb.SEE, incident)
    own, rest = _running(tx, act.person, incident)
    _asked(tx, act, number)
    here = sheets(tx, own), sheets(tx, rest)
    return TaskList(*here, at=act.at, number=number, private=act.private)


def listed(tx: Transaction, act: Act, number: int) -> list[Task]:
    """The same tasks in the same order, for who types the number of one."""
    act.require(Verb.REPORT)
    if not number:
        return [task for part in _mine(tx, act.person) for task in part]
    incident = tx.incidents.get(number)
    act.require(Verb.SEE, incident)
    return [task for part in _running(tx, act.person, incident) for task in part]


def _mine(tx: Transaction, person: Person) -> tuple[list[Task], list[Task]]:
    held = by_urgency(task for who in person.ids for task in tx.tasks.held_by(who))
    found = tx.tasks.free_for([post.unit for post in person.posts])
    free = [task for task in found if may(person, Verb.TAKE_TASK, job_of(tx, task.id))]
    return held, by_urgency(free)


def _running(tx: Transaction, person: Person, incident: Incident) -> tuple[list[Task], list[Task]]:
    seen = [
        task
        for task in tx.tasks.of(incident.id)
        if task.state not in ENDED and may(person, Verb.SEE_TASK, TaskOf(task, incident))
    ]
    own = [task for task in seen if task.person_id in person.ids]
    return by_urgency(own), by_urgency(task for task in seen if task not in own)


def _asked(tx: Transaction, act: Act, number: int) -> None:
    """A number typed now is one of the list."""
    if act.private:
        tx.prompts.asked(act.chat, act.person.id, Prompt("tasks", number, 0), act.at)
        tx.record(f"person/{act.person.id}", "tasks.shown", number=number)
