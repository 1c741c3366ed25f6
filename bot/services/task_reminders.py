"""Reminders of tasks: to whoever has it, never to the whole group; before it is due, and after."""

from bot.domain.notice import Notice
from bot.domain.people import Act
from bot.domain.task import Task, TaskOf
from bot.services.opening import in_charge
from bot.services.ports.store import Transaction
from bot.services.sheets import job_of


def remind(tx: Transaction, act: Act) -> int:
    """Part of a sweep that has asked the gate: how many tasks somebody was reminded of."""
    due = tx.tasks.due(act.at)
    for task in due:
        job = job_of(tx, task.id)
        for kind, whom in _told(tx, job):
            facts = {"tasks": [task.id], "overdue": task.is_overdue(act.at)}
            about = (Notice(kind, to=who, incident=task.incident_id, facts=facts) for who in whom)
            tx.notices.add(about, act.at)
        tx.tasks.save(task.reminded(act.at))
        tx.cards.want_again("task", task.id)
        tx.cards.want_again("incident", task.incident_id, loud=task.is_overdue(act.at))
    return len(due)


def _told(tx: Transaction, job: TaskOf) -> list[tuple[str, tuple[int, ...]]]:
    task = job.task
    if task.state == "open" or _is_gone(tx, task):
        return [("task.nobody", in_charge(tx, job.incident))]
    if task.state == "given":
        givers = (task.given_by,) if task.given_by > 0 else in_charge(tx, job.incident)
        return [("task.remind_given", (task.person_id,)), ("task.not_taken", givers)]
    return [("task.remind", (task.person_id,))]


def _is_gone(tx: Transaction, task: Task) -> bool:
    """Whoever has it cannot be told anything."""
    return bool(tx.people.absent([task.person_id], for_a_page=False))
