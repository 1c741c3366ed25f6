"""A task (việc): a step of the plan that somebody does, or a telephone call to be made.

A step becomes a task once; a loop back (Krông Pắc, Phụ lục III.3) opens the same task again in
the next lap, so that nothing stands twice. Every change is a new value; what changes nothing
gives back the same one, and whoever comes later is shown what is true.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from bot.domain.incident import Incident

# recheck: xác minh lại nguyên nhân; scenario: asked for by the tình huống beside the plan's steps;
# nominate: cử người tham gia; join: tham gia theo đề nghị.
Kind = Literal["step", "recheck", "call", "scenario", "nominate", "join"]
# offered: "nếu cần", proposed; held: waits until a leader decides that it is serious;
# given: passed on or assigned and not taken yet; dropped: not needed.
State = Literal["offered", "held", "open", "given", "taken", "blocked", "done", "dropped"]
WAITING: tuple[State, ...] = ("offered", "held")
RUNNING: tuple[State, ...] = ("open", "given", "taken", "blocked")
ENDED: tuple[State, ...] = ("done", "dropped")

NOT_STABLE = "not_stable"  # what a check after recovery can find
TAKEN_MEANWHILE = "taken_meanwhile"  # nobody need be telephoned any more
# Beside the plan's steps: not counted among them, and without a card of their own.
BESIDE: tuple[Kind, ...] = ("call", "nominate", "join", "scenario")
ERASED = "erased"  # stands for words that are kept no longer: it has become a secret

SOONEST, LATEST = timedelta(minutes=5), timedelta(minutes=30)  # before it is due
AFTER, FAR = timedelta(minutes=30), timedelta(days=1)  # between reminders of what is overdue
TO_ACCEPT, TO_ACCEPT_AGAIN = timedelta(minutes=10), timedelta(hours=1)  # for whom it was given to


@dataclass(frozen=True, slots=True)
class Task:
    id: int
    incident_id: int
    number: int  # within the incident: people say "12.3"
    kind: Kind
    state: State
    opened_at: datetime
    step: str = ""  # of the plan; of a scenario "ma_hoa.rut_mang"; empty for a call
    phase: str = ""
    lap: int = 1  # of the incident when it was opened last
    why: str = "plan"  # plan | optional | serious | loop | call | scenario
    lead_units: tuple[str, ...] = ()  # đơn vị chủ trì
    coordinating: tuple[str, ...] = ()  # đơn vị phối hợp: told, not asked
    units: tuple[str, ...] = ()  # whose people may take it: the lead's, or who stands in for them
    confidential: bool = False  # only leaders and those it was given to see it
    person_id: int = 0  # who has it, or is asked to take it
    given_by: int = 0
    callee_id: int = 0  # of a call: whom to telephone
    result: str = ""  # an option, or words
    trouble: str = ""  # gặp vướng mắc: an option, or words
    due_at: datetime | None = None
    remind_at: datetime | None = None
    done_at: datetime | None = None
    version: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)  # of the step's own form
    name: str = ""  # of a scenario's job, as its playbook called it when it was opened

    @property
    def code(self) -> str:
        """What is said and typed: 12.3"""
        return f"{self.incident_id}.{self.number}"

    @property
    def runs(self) -> bool:
        return self.state in RUNNING

    @property
    def stands_in_room(self) -> bool:
        """It has a card: what is confidential, who is to be telephoned or named stand in none."""
        return self.runs and not self.confidential and self.kind not in BESIDE

    @property
    def has_holder(self) -> bool:
        """Somebody has said that they do it."""
        return self.state in ("taken", "blocked")

    def is_overdue(self, now: datetime) -> bool:
        return self.runs and self.due_at is not None and self.due_at <= now

    def taken_by(self, person_id: int, now: datetime) -> "Task":
        """Nhận việc; of somebody who was blocked: goes on with it."""
        free = self.state in ("open", "given")
        goes_on = self.state == "blocked" and self.person_id == person_id
        if not (free or goes_on):
            return self
        taken = replace(self, state="taken", person_id=person_id, given_by=0, trouble="")
        return taken._reminded_after(now)

    def finished_by(
        self, person_id: int, result: str, now: datetime, answers: Mapping[str, str] | None = None
    ) -> "Task":
        """Đã xong, with what came of it and what its step asked; the first word stands."""
        if not self.runs:
            return self
        who = self.person_id if self.state in ("taken", "blocked") else person_id
        return replace(
            self,
            state="done",
            person_id=who,
            given_by=0,
            result=result,
            trouble="",
            done_at=now,
            remind_at=None,
            answers=answers or {},
        )

    def kept_by(self, person_id: int, answers: Mapping[str, str], now: datetime) -> "Task":
        """Not done yet, and what is known of it so far: whoever said so goes on with it."""
        if not self.runs or (self.has_holder and dict(self.answers) == dict(answers)):
            return self
        mine = self if self.has_holder else self.taken_by(person_id, now)
        return replace(mine, answers=answers)

    def blocked_by(self, person_id: int, trouble: str, now: datetime) -> "Task":
        """Gặp vướng mắc, and why."""
        if not self.runs or (self.state == "blocked" and self.trouble == trouble):
            return self
        blocked = replace(self, state="blocked", person_id=person_id, given_by=0, trouble=trouble)
        return blocked._reminded_after(now)

    def handed_to(self, person_id: int, by: int, now: datetime) -> "Task":
        """Chuyển người khác, of peers; phân công, of superiors. It is theirs once they take it."""
        if not self.runs or self.person_id == person_id:
            return self
        given = replace(self, state="given", person_id=person_id, given_by=by, trouble="")
        return replace(given, remind_at=now + TO_ACCEPT)

    def started(self, now: datetime, due_at: datetime | None, lap: int) -> "Task":
        """What was offered or held is opened; what was done in an earlier lap is done again."""
        again = self.state in ENDED and self.lap < lap
        if not (again or self.state in WAITING):
            return self
        fresh = replace(self, state="open", person_id=0, given_by=0, result="", done_at=None)
        fresh = replace(fresh, answers={})
        why = "loop" if again else self.why
        return replace(fresh, lap=lap, why=why, opened_at=now, due_at=due_at)._reminded_after(now)

    def dropped(self, by: int, now: datetime) -> "Task":
        """Chưa cần, or the incident has ended."""
        if self.state in ENDED:
            return self
        who = self.person_id if self.has_holder else 0
        gone = replace(self, state="dropped", person_id=who, given_by=by, trouble="")
        return replace(gone, done_at=now, remind_at=None)

    def held_back(self) -> "Task":
        """The decision that it rests on is denied: whoever has taken it is told, and stops."""
        if self.state not in ("open", "given", "dropped"):
            return self
        held = replace(self, state="held", person_id=0, given_by=0, trouble="")
        return replace(held, due_at=None, done_at=None, remind_at=None)

    def undone(self, now: datetime) -> "Task":
        """Pressed by mistake: whoever had it has it again."""
        if self.state not in ENDED:
            return self
        state: State = "taken" if self.person_id else "open"
        back = replace(self, state=state, result="", done_at=None, given_by=0, answers={})
        return back._reminded_after(now)

    def reminded(self, now: datetime) -> "Task":
        """What was given and is not taken is asked for again, whether or not it is ever due."""
        if self.state == "given":
            return replace(self, remind_at=now + TO_ACCEPT_AGAIN)
        return self._reminded_after(now)

    def _reminded_after(self, now: datetime) -> "Task":
        return replace(self, remind_at=next_reminder(self.opened_at, self.due_at, now))


class TaskOf(NamedTuple):
    """A task with its incident: what the gate has to know.

    deciders: units whose leaders alone open it, where the plan leaves that to them.
    """

    task: Task
    incident: Incident
    deciders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a phase stands."""

    phase: str
    done: int
    total: int
    running: tuple[Task, ...]  # what is due first stands first
    blocked: tuple[Task, ...]
    overdue: tuple[Task, ...]
    waiting: tuple[Task, ...]  # offered, or held for a leader's decision
    beside: tuple[Task, ...]  # what runs for the scenario: it keeps no phase from ending
    is_again: bool  # what is done in it was done before (làm lại)

    @property
    def is_finished(self) -> bool:
        """What is offered or held keeps no phase from ending; neither does what is confidential."""
        return not self.running and self.done > 0


def progress(tasks: Iterable[Task], phase: str, now: datetime) -> Progress:
    """Of the plan's steps in this phase; what stands beside them or is confidential counts not.

    What a scenario asks for is named where it is stuck or late: whether the phase is finished is
    the plan's question alone.
    """
    seen = [task for task in tasks if task.phase == phase and not task.confidential]
    here = [task for task in seen if task.kind not in BESIDE]
    running = by_urgency(task for task in here if task.runs)
    beside = by_urgency(task for task in seen if task.runs and task.kind == "scenario")
    everything = (*running, *beside)
    done = [task for task in here if task.state in ENDED]
    return Progress(
        phase,
        len(done),
        len(running) + len(done),
        tuple(running),
        tuple(task for task in everything if task.state == "blocked"),
        tuple(task for task in everything if task.is_overdue(now)),
        tuple(task for task in here if task.state in WAITING),
        tuple(beside),
        any(task.why == "loop" for task in here),
    )


def by_urgency(tasks: Iterable[Task]) -> list[Task]:
    """What is due first stands first; without a due time it stands last."""
    return sorted(tasks, key=lambda t: (t.due_at is None, t.due_at or t.opened_at, t.id))


def next_reminder(opened_at: datetime, due_at: datetime | None, now: datetime) -> datetime | None:
    """Once before it is due, when it is due, then at growing intervals; None: it is never due."""
    if due_at is None:
        return None
    before = min(max((due_at - opened_at) / 4, SOONEST), LATEST)
    moment, step = due_at, AFTER
    if now < due_at - before:
        return due_at - before
    while moment <= now:
        moment, step = moment + step, min(step * 2, FAR)
    return moment
