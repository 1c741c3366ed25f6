"""The figures that docs/recognition.md states are those of the lexicon that is there."""

import pytest

from bot.domain.scenario import Scenario
from playbooks.scenario_files import load_scenarios
from tests.cases.measuring import BEGINS, ENDS, NAMES, PAGE, block, cases, outcomes, two_figures


@pytest.fixture(scope="module")
def scenarios() -> dict[str, Scenario]:
    return dict(load_scenarios())


def test_the_page_states_the_figures() -> None:
    """After a change of the lexicon: `python -m tests.cases.measuring` prints the block anew."""
    stated = PAGE.read_text("utf-8").partition(BEGINS)[2].partition(ENDS)[0]
    assert stated == block(list(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_every_case_names_scenarios_that_there_are(
    name: str, scenarios: dict[str, Scenario]
) -> None:
    assert {each for case in cases(name) for each in case.wanted} <= set(scenarios)


def test_what_was_asked_for_is_reached() -> None:
    first, among_three = two_figures("told_unseen")
    assert first >= 70
    assert among_three >= 88


def test_no_suggested_answer_contradicts_the_seen_cases() -> None:
    for name in ("open", "told_seen"):
        for one in outcomes(name):
            assert "wrong" not in one.hints(), one.case.id
