"""Tasks: the plan's steps as somebody's work, and telephone calls to be made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, or_, select, update

from bot.domain.errors import NotFound, Outdated
from bot.domain.forms import TASK_FORMS
from bot.domain.task import ERASED, RUNNING, TAKEN_MEANWHILE, Task
from storage.tables import incidents, tasks

GET = select(tasks).where(tasks.c.id == bindparam("number"))
OF = select(tasks).where(tasks.c.incident_id == bindparam("incident")).order_by(tasks.c.number)
NEXT = select(func.coalesce(func.max(tasks.c.number), 0) + 1).where(
    tasks.c.incident_id == bindparam("incident")
)
ADD = insert(tasks).returning(tasks.c.id)
SAVE = update(tasks).where(tasks.c.id == bindparam("key"), tasks.c.version == bindparam("before"))
# Xử lý vi phạm may outlast the incident (words.md, story 1.11).
ALIVE = or_(incidents.c.state == "open", tasks.c.confidential)
RUNS = and_(tasks.c.state.in_(RUNNING), ALIVE)
MINE = (
    select(tasks)
    .join(incidents, incidents.c.id == tasks.c.incident_id)
    .where(tasks.c.person_id == bindparam("person"), RUNS)
    .order_by(tasks.c.id)
)
FREE = (
    select(tasks)
    .join(incidents, incidents.c.id == tasks.c.incident_id)
    .where(tasks.c.state == "open", ALIVE)
    .order_by(tasks.c.id)
)
DUE = (
    select(tasks)
    .join(incidents, incidents.c.id == tasks.c.incident_id)
    .where(tasks.c.remind_at.is_not(None), tasks.c.remind_at <= bindparam("now"), RUNS)
    .order_by(tasks.c.remind_at, tasks.c.id)
    .limit(200)
)
LISTS = ("lead_units", "coordinating", "units")
PEOPLE = ("person_id", "callee_id")  # no row of theirs where it is 0
OURS = {option for form in TASK_FORMS for step in form.steps for option in step.options}
KEPT = ("", TAKEN_MEANWHILE, ERASED, *sorted(OURS))


@dataclass(frozen=True, slots=True)
class SqlTasks:
    rows: Connection

    def get(self, task_id: int) -> Task:
        row = self.rows.execute(GET, {"number": task_id}).one_or_none()
        if row is None:
            raise NotFound(task_id, task=str(task_id))
        return _task(row)

    def find(self, incident_id: int, number: int) -> Task:
        for task in self.of(incident_id):
            if task.number == number:
                return task
        raise NotFound(number, task=f"{incident_id}.{number}")

    def of(self, incident_id: int) -> Sequence[Task]:
        return [_task(row) for row in self.rows.execute(OF, {"incident": incident_id})]

    def held_by(self, person_id: int) -> Sequence[Task]:
        return [_task(row) for row in self.rows.execute(MINE, {"person": person_id})]

    def free_for(self, units: Sequence[str]) -> Sequence[Task]:
        found = [_task(row) for row in self.rows.execute(FREE)]
        return [task for task in found if set(task.units) & set(units)]

    def due(self, now: datetime) -> Sequence[Task]:
        return [_task(row) for row in self.rows.execute(DUE, {"now": now})]

    def add(self, task: Task) -> Task:
        number = self.rows.execute(NEXT, {"incident": task.incident_id}).scalar_one()
        numbered = replace(task, number=number)
        return replace(numbered, id=self.rows.execute(ADD, _values(numbered)).scalar_one())

    def save(self, task: Task) -> None:
        values = {**_values(task), "version": task.version + 1}
        key = {"key": task.id, "before": task.version}
        if not self.rows.execute(SAVE, {**values, **key}).rowcount:
            raise Outdated(task.id, chain=f"incident/{task.incident_id}")

    def erase_words(self, incident_id: int) -> None:
        """What is one of our own options says nothing of the incident and stays; names go, too."""
        about = tasks.c.incident_id == incident_id
        for words in (tasks.c.result, tasks.c.trouble):
            own = update(tasks).where(about, words.not_in(KEPT))
            self.rows.execute(own.values({words: ERASED}))
        for row in self.rows.execute(select(tasks.c.id, tasks.c.answers).where(about)).all():
            kept = {step: said if said in KEPT else ERASED for step, said in row.answers.items()}
            if kept != row.answers:
                one = update(tasks).where(tasks.c.id == row.id)
                self.rows.execute(one.values(answers=kept))
        self.rows.execute(update(tasks).where(about).values(name=""))  # says which scenario it is


def _task(row: Row[Any]) -> Task:
    values = dict(row._mapping)
    values |= {name: tuple(values[name]) for name in LISTS}
    return Task(**values | {name: values[name] or 0 for name in PEOPLE})


def _values(task: Task) -> dict[str, Any]:
    values = {name: getattr(task, name) for name in task.__slots__ if name != "id"}
    values |= {name: list(values[name]) for name in LISTS}
    values["answers"] = dict(task.answers)
    return values | {name: values[name] or None for name in PEOPLE}
