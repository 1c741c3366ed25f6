"""The use cases, found in the code: plain functions whose first parameters are (tx, act)."""

import ast
from collections.abc import Iterator
from functools import cache

from tests.contracts.tracked import python, tree

SERVICES = tuple(path for path in python("bot") if path.parts[:-1] == ("bot", "services"))
AT_THE_CONSOLE = ("app.py", "stage.py", "commands.py", "plan_commands.py", "roster_commands.py")
# From where a use case may be asked for: handlers, clockwork, wires, the command line.
DOORS = tuple(
    path
    for path in python("bot", "handlers")
    if path.parts[0] == "handlers"
    or path.parts[:2] in (("bot", "jobs"), ("bot", "platforms"))
    or (path not in SERVICES and path.name in AT_THE_CONSOLE)
)


@cache
def use_cases() -> dict[str, ast.FunctionDef]:
    """By "module.name"."""
    return {
        f"{path.stem}.{node.name}": node
        for path in SERVICES
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and [one.arg for one in node.args.args[:2]] == ["tx", "act"]
    }


def at_the_doors() -> set[str]:
    """The use cases that are asked for from outside."""
    return {name for path in DOORS for name in _named(tree(path), "")} & use_cases().keys()


def reached() -> set[str]:
    """Those, and whatever they lead to, through any function or table of the services."""
    parts: dict[str, list[ast.AST]] = {}
    for path in SERVICES:
        for node in tree(path).body:
            for name in _defined(node):
                parts.setdefault(f"{path.stem}.{name}", []).append(node)
    found, ahead = set[str](), at_the_doors()
    while ahead:
        name = ahead.pop()
        found.add(name)
        module = name.partition(".")[0]
        for part in parts.get(name, []):
            ahead |= {each for each in _named(part, module) if each in parts} - found
    return found


def _defined(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def _named(part: ast.AST, module: str) -> Iterator[str]:
    """ "module.name" of whatever is named in it: its own module's names, and other modules'."""
    imported = _imported(module)
    for node in ast.walk(part):
        match node:
            case ast.Attribute(value=ast.Name(id=of), attr=name):
                yield f"{of}.{name}"
            case ast.Name(id=name):
                yield f"{imported.get(name, module)}.{name}"


@cache
def _imported(module: str) -> dict[str, str]:
    """What a service takes by name from another, and from which."""
    return {
        alias.name: (node.module or "").rpartition(".")[2]
        for path in SERVICES
        if path.stem == module
        for node in tree(path).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
