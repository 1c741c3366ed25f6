"""Ten real incidents, judged by the rules of the base pack as every pack inherits them."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.domain.rule import Answer
from bot.domain.severity import level_answer, verdicts
from playbooks.loader import load_plans

CASES = YAML(typ="safe", pure=True).load(Path(__file__).parents[1] / "cases" / "open.yaml")
PLANS = load_plans()


def test_there_are_ten() -> None:
    assert len({case["id"] for case in CASES}) == 10


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_is_judged_as_expected(case: dict[str, Any], plan: str) -> None:
    answers = {name.lower(): Answer(said) for name, said in case["criteria"].items()}
    assert set(answers) == {"c1", "c2", "c3", "c4", "c5", "c6"}
    answers["a"] = level_answer(None if case["level"] == "unknown" else case["level"])
    found = verdicts(PLANS[plan].rules, answers)
    assert found.needs_response.value == case["expect"]["needs_response"]
    assert found.serious_by_law.value == case["expect"]["serious"]
