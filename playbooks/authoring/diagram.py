"""A plan's phases and steps as a Mermaid diagram: the way forward, and the loops back."""

import re
from collections.abc import Iterator
from itertools import pairwise
from textwrap import shorten

from bot.domain.playbook import Plan, Step

LONGEST = 80  # letters of a label; the page below has the whole name


def diagram(plan: Plan) -> str:
    """A flowchart. Dashed arrows are loops; dashed boxes are steps that are not always there."""
    return "\n".join(["```mermaid", "flowchart TD", *_phases(plan), *_ways(plan), "```"])


def _phases(plan: Plan) -> Iterator[str]:
    for phase in plan.phases:
        yield f'  subgraph p_{phase.id}["{_words(plan.called(phase.id))}"]'
        yield "    direction TB"
        for step in plan.steps_of(phase.id):
            yield f'    s_{step.id}["{_words(step.label)}"]'
        yield "  end"
    special = [f"s_{step.id}" for step in plan.steps if _is_special(step)]
    if special:
        yield "  classDef special stroke-dasharray: 5 4"
        yield f"  class {','.join(special)} special"


def _ways(plan: Plan) -> Iterator[str]:
    steps = [step for phase in plan.phases for step in plan.steps_of(phase.id)]
    for before, after in pairwise(steps):
        yield f"  s_{before.id} --> s_{after.id}"
    for step in steps:
        if step.loop is None:
            continue
        for place in step.loop.back_to:  # a phase begins at its first step
            goal = plan.steps_of(place)[0]
            yield f'  s_{step.id} -. "{_words(step.loop.when)}" .-> s_{goal.id}'


def _is_special(step: Step) -> bool:
    return step.only_if_serious or step.optional or step.confidential


def _words(text: str) -> str:
    """Short, and with nothing that Mermaid takes for its own: quotes, #, "1. " of a list."""
    plain = " ".join(text.replace('"', "'").replace("#", "").split())
    plain = re.sub(r"^(\d+)\. ", r"\1 ", plain)
    return shorten(plain, LONGEST, placeholder=" …")
