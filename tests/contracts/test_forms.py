"""What a form does at its end asks the gate: who drew the question may not be allowed any more.

Filling one's own form asks for Verb.FILL alone, so that an end without a gate of its own would
pass every other contract.
"""

import ast
import inspect
from collections.abc import Callable
from textwrap import dedent
from typing import Any

import pytest

from bot.services.dialogs import FINISH

ASKS_NOTHING = {"join"}  # who one is of the list; the code has let the person in already


@pytest.mark.parametrize("form", sorted(set(FINISH) - ASKS_NOTHING))
def test_the_end_of_a_form_asks_the_gate(form: str) -> None:
    assert asks(FINISH[form], set()), f"{form}: no act.require before what it does"


def asks(use_case: Callable[..., Any], met: set[str]) -> bool:
    """In its own body, or in a function beside it to which it hands the act."""
    met.add(use_case.__name__)
    beside = inspect.getmodule(use_case)
    for call in ast.walk(ast.parse(dedent(inspect.getsource(use_case)))):
        if not isinstance(call, ast.Call):
            continue
        if ast.unparse(call.func) == "act.require":
            return True
        name = getattr(call.func, "id", "")
        handed = any(isinstance(one, ast.Name) and one.id == "act" for one in call.args)
        following = getattr(beside, name, None) if handed else None
        if inspect.isfunction(following) and name not in met and asks(following, met):
            return True
    return False
