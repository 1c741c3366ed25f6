"""Every own item of the five packs stands at its line in the plan's own text, in its words.

Folded: white space, capitals, and a blank that the text forgets after a comma.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.domain.playbook import Plan
from playbooks.loader import load_plans

DOCUMENTS = Path(__file__).parents[2] / "playbooks" / "documents"
FIVE = [plan for plan in load_plans().values() if plan.kind != "base"]
# An item goes on over at most so many lines of the text.
REACH = 25


def folded(text: str) -> str:
    return " ".join(re.sub(r",(?=[^\W\d])", ", ", text).split()).casefold()


def lines_of(plan: Plan) -> list[str]:
    return (DOCUMENTS / f"{plan.id}.txt").read_text("utf-8").splitlines()


def own_items(plan: Plan) -> list[tuple[str, Any]]:
    """With the words that stand at its line."""
    named = (*plan.functions.values(), *plan.phases, *plan.steps, *plan.duties, *plan.causes)
    items = [
        *((one.name, one) for one in (*named, *plan.scenarios, *plan.special_authority)),
        *((one.name, one) for one in plan.reporting),
        *((one.text, one) for one in plan.criteria.values()),
        *((plan.functions[one.functions[0]].name, one) for one in plan.contacts),
    ]
    return [(words, one) for words, one in items if one.source.inherited_from is None]


@pytest.mark.parametrize("plan", FIVE, ids=lambda plan: plan.id)
def test_a_name_begins_in_the_line_that_is_quoted(plan: Plan) -> None:
    lines = lines_of(plan)
    missing = []
    for words, item in own_items(plan):
        here = item.source.line - 1
        begins = folded(" ".join(lines[here : here + REACH])).find(folded(words))
        if not 0 <= begins < len(folded(lines[here])):
            missing.append((item.source.line, words))
    assert missing == []


@pytest.mark.parametrize("plan", FIVE, ids=lambda plan: plan.id)
def test_conditions_evidence_and_times_are_in_the_words_of_the_text(plan: Plan) -> None:
    text = folded(" ".join(lines_of(plan)))
    own = [step for step in plan.steps if step.source.inherited_from is None]
    said = [
        *(words for step in own for words in (step.evidence, step.loop.text if step.loop else "")),
        *(duty.cadence for duty in plan.duties),
        *(duty.deadline for duty in plan.duties),
        *(one.when for one in plan.reporting),
        *(words for group in plan.scenarios for words in own_words(group)),
    ]
    assert [words for words in said if words and folded(words) not in text] == []
    conditions = [part for step in own for part in step.condition.split("; ")]
    contents = folded(" ".join(f"{step.name} {step.content}" for step in own))
    assert [part for part in conditions if folded(part) not in contents] == []


def own_words(group: Any) -> tuple[str, ...]:
    return tuple(group.items.values()) if group.source.inherited_from is None else ()


@pytest.mark.parametrize("plan", FIVE, ids=lambda plan: plan.id)
def test_what_is_to_be_done_is_copied_word_by_word(plan: Plan) -> None:
    """In at most two pieces: a table's cell may go on after the turn of a page."""
    text = folded(" ".join(lines_of(plan))).replace("tt- ", "tt-")
    items = [*plan.steps, *plan.duties]
    contents = [one.content for one in items if one.source.inherited_from is None]
    assert [words for words in contents if words and pieces(folded(words), text) > 2] == []


def pieces(words: str, text: str) -> int:
    """Of how many passages of the text the words are put together, each as long as can be."""
    rest, count = words.split(), 0
    while rest:
        length = next((n for n in range(len(rest), 3, -1) if " ".join(rest[:n]) in text), None)
        if length is None:
            return len(words)
        rest, count = rest[length:], count + 1
    return count


@pytest.mark.parametrize("plan", FIVE, ids=lambda plan: plan.id)
def test_nobody_is_named_and_nothing_leads_out(plan: Plan) -> None:
    text = "\n".join(lines_of(plan))
    assert "@" not in text
    assert "http" not in text
