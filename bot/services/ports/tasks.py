"""Tasks of incidents, and what is read of one for a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import Person
from bot.domain.playbook import Step
from bot.domain.scenario import Job
from bot.domain.task import Task
from bot.services.ports.incidents import Brief, Situation


@dataclass(frozen=True, slots=True)
class Sheet:
    """A task as its screens need it: names beside ids."""

    task: Task
    brief: Brief
    step: Step | None  # None of a call, and of "xác minh lại nguyên nhân"
    lead: Sequence[str]  # đơn vị chủ trì
    coordinating: Sequence[str]  # đơn vị phối hợp
    missing: Sequence[str]  # lead units that the plan names and nobody has succeeded
    stand_in: bool  # nobody of the lead units can be told: the team and the duty officer do it
    holder: Person | None
    giver: Person | None
    callee: Person | None
    waits_for: Sequence[str] = ()  # steps that the plan wants done before, and that are not
    not_convened: Sequence[str] = ()  # lead units that have a part once convened (triệu tập)
    two_leads: Sequence[str] = ()  # the plan's text and table disagree, and nobody has settled it
    deciders: Sequence[str] = ()  # to whom the plan leaves its powers
    job: Job | None = None  # of a scenario, where its playbook still has it
    situation: Situation | None = None  # the one that asks for it


class Tasks(Protocol):
    def get(self, task_id: int) -> Task:
        """NotFound."""

    def find(self, incident_id: int, number: int) -> Task:
        """NotFound: the incident has no such task."""

    def of(self, incident_id: int) -> Sequence[Task]:
        """In the order in which they came."""

    def held_by(self, person_id: int) -> Sequence[Task]:
        """What this person has, or was given, of all open incidents; confidential ones outlast."""

    def free_for(self, units: Sequence[str]) -> Sequence[Task]:
        """What nobody has taken yet and people of these units may take."""

    def due(self, now: datetime) -> Sequence[Task]:
        """Those that somebody has to be reminded of."""

    def add(self, task: Task) -> Task:
        """With its id, and its number in the incident."""

    def save(self, task: Task) -> None:
        """Outdated when somebody else has moved it."""

    def erase_words(self, incident_id: int) -> None: ...
