"""A scenario (tình huống sự cố) as a playbook: signs, first ten minutes, evidence, tasks.

Values only, made from `playbooks/scenarios/*.yaml` by `playbooks.scenario_files`. The text is ours,
written for an official of a commune; the technical member's part stands apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from bot.domain.playbook import StepKind
from bot.domain.rule import Answer, Rule, judge

Group = Literal["attack", "fault", "operator", "user", "disaster"]
GROUPS: tuple[Group, ...] = get_args(Group)
# Whose a task is: the unit where it happened (official, security_officer, leader), the team that
# answers it (responder), or trực ban.
Whose = Literal["official", "security_officer", "responder", "duty", "leader"]


@dataclass(frozen=True, slots=True)
class Question:
    """To be put to the reporter; `criterion`: the one that its answer settles, "" where none."""

    text: str
    criterion: str


@dataclass(frozen=True, slots=True)
class Proof:
    """chứng cứ: what to take, and how it is taken without spoiling it"""

    what: str
    how: str


@dataclass(frozen=True, slots=True)
class Job:
    """A task that the scenario asks for beside the plan's own steps.

    at: the kind of step beside which it stands, so its phase. minutes: from when it is opened.
    when: on which answers; None: always; what is "chưa rõ" counts as yes. condition: the same in
    words. why: the reason that is shown with it. calls: kinds of contact beyond the agency that it
    is to telephone.
    """

    id: str
    at: StepKind
    name: str
    whose: Whose
    minutes: int
    when: Rule | None
    condition: str
    why: str
    calls: tuple[str, ...] = ()

    def is_wanted(self, answers: Mapping[str, Answer]) -> bool:
        return self.when is None or judge(self.when, answers) is not Answer.NO


@dataclass(frozen=True, slots=True)
class Scenario:
    """One playbook (kịch bản ứng cứu). first and never are told to the reporter; what stands from
    contain to check is for who is technical."""

    id: str
    group: Group
    name: str  # as it is called where no plan calls it otherwise
    english: str
    signs: tuple[str, ...]
    first: tuple[str, ...]  # the first ten minutes
    never: tuple[str, ...]  # what never to do
    questions: tuple[Question, ...]
    evidence: tuple[Proof, ...]
    options: tuple[str, ...]  # phương án ứng cứu to choose from
    contain: tuple[str, ...]
    remove: tuple[str, ...]
    recover: tuple[str, ...]
    check: tuple[str, ...]
    lessons: tuple[str, ...]
    jobs: tuple[Job, ...]
    suggests: Mapping[str, Answer]  # criteria that it usually answers; a person confirms
    personal: bool  # people's data may be exposed: the question is asked
    contacts: tuple[str, ...]  # kinds of contact beyond the agency that are likely needed
    sources: tuple[str, ...]  # public guidance that facts rest on
    reviewed: date | None
    tested: date | None

    def job(self, job_id: str) -> Job | None:
        return next((job for job in self.jobs if job.id == job_id), None)
