"""A scenario (tình huống) inside a plan: what the plan calls it, and when its tasks stand.

Its tasks stand beside the plan's steps, in the phase of the step of their kind; whether a phase is
finished is the plan's question alone, so they never hold one up.
"""

from collections.abc import Mapping
from typing import NamedTuple

from bot.domain.playbook import STEP_KINDS, Plan, StepKind
from bot.domain.rule import Answer
from bot.domain.scenario import Job, Scenario


class Called(NamedTuple):
    """`inherited`: the name is not the plan's own; the base pack or the playbook gives it."""

    name: str
    inherited: bool


def called(plan: Plan, scenario: Scenario) -> Called:
    """In the plan's own wording where its list has it."""
    for group in plan.scenarios:
        if scenario.id in group.items:
            inherited = group.source.inherited_from is not None
            return Called(group.items[scenario.id], inherited)
    return Called(scenario.name, inherited=True)


def phase_of(plan: Plan, kind: StepKind) -> str:
    """Where a task of this kind stands: beside the plan's first step of the kind, else of the
    nearest kind (of two as near, the earlier). "": the plan has no steps."""
    place = STEP_KINDS.index(kind)
    nearest = sorted(STEP_KINDS, key=lambda one: abs(STEP_KINDS.index(one) - place))
    return next((step.phase for each in nearest for step in plan.of_kind(each)), "")


def wanted(
    scenario: Scenario, plan: Plan, phase: str, answers: Mapping[str, Answer]
) -> tuple[Job, ...]:
    """The tasks that it asks for in this phase, as the answers are now."""
    return tuple(
        job for job in scenario.jobs if phase_of(plan, job.at) == phase and job.is_wanted(answers)
    )


def place_of(scenario: str, job: str) -> str:
    """How a task names the job that it stands for: jobs of two scenarios may share an id."""
    return f"{scenario}.{job}"


def scenario_of(place: str) -> str:
    """The scenario of such a name."""
    return place.partition(".")[0]


def job_named(scenarios: Mapping[str, Scenario], place: str) -> Job | None:
    """The job that is named so; None: its playbook has it no more, or it is none of a playbook."""
    name, _, job = place.partition(".")
    scenario = scenarios.get(name)
    return scenario.job(job) if scenario else None
