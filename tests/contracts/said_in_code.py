"""What the code says by a literal or an f-string: kinds of events, what was done to a task."""

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

from bot.services import opening
from tests.contracts.tracked import python, tree


def recorded() -> Iterator[str]:
    """The kinds of the events that stand in an incident's timeline."""
    for path in python("bot"):
        for call in ast.walk(tree(path)):
            if not isinstance(call, ast.Call):
                continue
            if name_of(call) == "_record" and len(call.args) > 2:  # (tx, job, kind)
                yield from literals(call.args[2], path)
            elif name_of(call) == "record":
                chain, kind = call.args[:2]
                if of_an_incident(chain):
                    yield from literals(kind, path)


def of_an_incident(chain: ast.expr) -> bool:
    named = isinstance(chain, ast.Name | ast.Call)  # given before, or chain_of(task)
    return named or any(written.startswith("incident/") for written in alternatives(chain))


def literals(node: ast.expr, path: Path) -> Iterator[str]:
    """What is written there, or was given to this name in the same file."""
    values = [node]
    if isinstance(node, ast.Name):
        given = [each for each in ast.walk(tree(path)) if isinstance(each, ast.Assign)]
        values = [each.value for each in given if ast.unparse(each.targets[0]) == node.id]
    for written in (one for value in values for one in alternatives(value)):
        if written == "task.*":
            yield from (f"task.{kind}" for kind in ("opened", *opening.KINDS.values()))
        elif "*" not in written:
            yield written


def done_to_a_task() -> Iterator[str]:
    """What a screen says that was just done to a task."""
    path = Path("bot/services/tasks.py")
    for call in ast.walk(tree(path)):
        if isinstance(call, ast.Call) and name_of(call) in ("shown", "see") and len(call.args) == 4:
            yield from literals(call.args[3], path)


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def alternatives(node: ast.AST) -> set[str]:
    """What a string expression may be; a part that is not written there is a *."""
    match node:
        case ast.Constant(value=str(value)):
            return {value}
        case ast.IfExp(body=body, orelse=other):
            return alternatives(body) | alternatives(other)
        case ast.JoinedStr(values=parts):
            inner = [p.value if isinstance(p, ast.FormattedValue) else p for p in parts]
            return {"".join(each) for each in itertools.product(*map(alternatives, inner))}
    return {"*"}
