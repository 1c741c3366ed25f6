"""How the files of the program read: small, with a docstring, and with the habits kept.

Each rule is a function from a module's text to its faults, tried on a sample that breaks it.
"""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.domain.platform import PLATFORMS
from tests.contracts.tracked import PROGRAM, python, text, tree

LONGEST_FILE = 400  # lines
LONGEST_HANDLER = 10  # lines of a body, without docstring and blank lines
FROZEN = Path("storage/migrations/versions")  # a migration is a copy of the tables of its day

# Where everything is caught, and why that is right there.
BROAD = {
    ("bot/jobs/auditor.py", "_alone"): "a page that cannot be moved must not hold up the others",
    ("bot/jobs/scheduler.py", "_run"): "one sweep's fault must not end the clockwork",
    ("bot/platforms/clock.py", "start"): "the connection is closed, the fault goes on",
    ("bot/platforms/polling.py", "_step"): "one broken update must not stop everybody's",
    ("bot/platforms/steps.py", "_in_turn"): "a broken update must not be brought for ever",
    ("bot/sandbox/store.py", "step"): "the transaction is taken back, the fault goes on",
    ("storage/writer.py", "_attempt"): "a failed step takes back its own rows only; handed back",
    ("storage/writer.py", "_commit_together"): "a failed commit is handed to all who waited",
}
# Who may ask the machine what time it is.
# The watchdog asks for itself: it runs elsewhere, and nothing of the program may mislead it.
CLOCKS = (Path("bot/platforms/clock.py"), Path("bot/sandbox"), Path("bot/watchdog"))
# Who speaks of a platform by its name.
WIRES = (Path("bot/platforms"), Path("bot/sandbox"))

Fault = tuple[int, str]


def broad_excepts(module: ast.Module) -> Iterator[Fault]:
    """`except:`, `except Exception` and wider, alone or in a tuple, and suppress() of them."""

    def is_broad(node: ast.expr | None) -> bool:
        if isinstance(node, ast.Tuple):
            return any(map(is_broad, node.elts))
        return node is None or ast.unparse(node) in ("Exception", "BaseException")

    for function, node in in_functions(module):
        caught = isinstance(node, ast.ExceptHandler) and is_broad(node.type)
        suppressed = (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith("suppress")
            and any(map(is_broad, node.args))
        )
        if caught or suppressed:
            yield node.lineno, function


def platform_names(module: ast.Module) -> Iterator[Fault]:
    """A decision by the platform's name: `x.platform == "zalo"`, `match act.platform`, or by what
    an address begins with: `chat.startswith("zalo:")`, `"zalo" in chat`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call | ast.Compare) and is_by_address(node):
            yield node.lineno, ast.unparse(node)
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            named = any(is_platform(side) for side in sides)
            if named and any(is_written_out(side) for side in sides):
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Match) and is_platform(node.subject):
            yield node.lineno, f"match {ast.unparse(node.subject)}"


def own_clocks(module: ast.Module) -> Iterator[Fault]:
    """datetime.now(), utcnow(), today(), time.time(): the clock is handed in."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = ast.unparse(node.func)
            owner, _, name = called.rpartition(".")
            asks = owner.endswith(("datetime", "date")) and name in ("now", "utcnow", "today")
            if asks or called in ("time.time", "time.time_ns"):
                yield node.lineno, called


def long_functions(module: ast.Module) -> Iterator[Fault]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > LONGEST_HANDLER:
                yield node.lineno, f"{node.name}: {lines} lines"


def without_docstring(module: ast.Module) -> Iterator[Fault]:
    """Every module says what lives in it; an empty one has nothing to say."""
    if module.body and not ast.get_docstring(module):
        yield 1, "no docstring"


def in_functions(node: ast.AST, function: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Every node below with the name of the function it stands in."""
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        inside = child.name if named else function  # type: ignore[attr-defined]
        yield inside, child
        yield from in_functions(child, inside)


def is_platform(node: ast.expr) -> bool:
    name = ast.unparse(node)
    last = name.split(".")[-1]
    return last in ("platform", "platform_name", "network") and name != "sys.platform"


def is_by_address(node: ast.Call | ast.Compare) -> bool:
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        said = node.args if called in ("startswith", "removeprefix", "partition", "find") else []
    else:
        said = [node.left, *node.comparators]
    parts = [part for one in said for part in (one.elts if isinstance(one, ast.Tuple) else [one])]
    return any(
        isinstance(part, ast.Constant) and str(part.value).partition(":")[0] in PLATFORMS
        for part in parts
    )


def is_written_out(node: ast.expr) -> bool:
    parts = node.elts if isinstance(node, ast.Tuple | ast.Set | ast.List) else [node]
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in parts)


def faults(rule: Callable[[ast.Module], Iterator[Fault]], *paths: Path) -> list[str]:
    return [f"{path}:{line}: {what}" for path in paths for line, what in rule(tree(path))]


def outside(*rooms: Path) -> list[Path]:
    return [path for path in python(*PROGRAM) if not any(path.is_relative_to(r) for r in rooms)]


def test_the_rooms_are_seen() -> None:
    assert {path.parts[0] for path in python(*PROGRAM)} == set(PROGRAM)


def test_no_file_is_long() -> None:
    paths = [path for path in python(*PROGRAM, "tests", "bench") if not path.is_relative_to(FROZEN)]
    lengths = {str(path): len(text(path).splitlines()) for path in paths}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_every_module_says_what_lives_in_it() -> None:
    assert faults(without_docstring, *python(*PROGRAM)) == []


def test_only_the_wires_know_platforms_by_name() -> None:
    """The sandbox plays them, `make run` puts people on them; nobody else asks which one it is."""
    assert faults(platform_names, *outside(*WIRES)) == []
    for path in python("handlers"):
        assert "bot.platforms" not in text(path), path


def test_handlers_are_short() -> None:
    assert faults(long_functions, *python("handlers")) == []


def test_everything_is_caught_only_where_a_reason_is_given() -> None:
    paths = python(*PROGRAM)
    found = {(str(path), place) for path in paths for _, place in broad_excepts(tree(path))}
    assert found - set(BROAD) == set(), "a broad except without its reason here"
    assert set(BROAD) - found == set(), "a reason whose except is gone"


def test_only_the_clock_asks_what_time_it_is() -> None:
    assert faults(own_clocks, *outside(*CLOCKS)) == []


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        (broad_excepts, "try: a()\nexcept: b()", "try: a()\nexcept OSError: b()"),
        (broad_excepts, "try: a()\nexcept (OSError, Exception): b()", "raise Exception"),
        (broad_excepts, "with suppress(Exception): a()", "with suppress(OSError): a()"),
        (platform_names, "if act.platform == 'zalo': a()", "if act.platform == other: a()"),
        (platform_names, "a() if platform in ('zalo',) else b()", "sys.platform == 'win32'"),
        (platform_names, "if one.network != 'zalo': a()", "if one.network: a()"),
        (platform_names, "chat.startswith('zalo:')", "chat.startswith(account)"),
        (platform_names, "chat.startswith(('a', 'telegram'))", "chat.partition(':')"),
        (platform_names, "a = 'zalo' in chat", "a = 'thoi' in words"),
        (platform_names, "match act.platform:\n  case 'zalo': a()", "match a:\n  case 1: a()"),
        (own_clocks, "datetime.now(UTC)", "clock.now()"),
        (own_clocks, "datetime.datetime.utcnow()", "datetime.min"),
        (own_clocks, "date.today()", "now.date()"),
        (own_clocks, "time.time()", "time.monotonic()"),
        (long_functions, "def f():\n" + "  a()\n" * 11, "def f():\n  'b'\n" + "  a()\n" * 10),
        (without_docstring, "a = 1", "'what lives here'\na = 1"),
        (without_docstring, "import a", ""),
    ],
)
def test_a_rule_sees_what_breaks_it(
    rule: Callable[[ast.Module], Iterator[Fault]], bad: str, good: str
) -> None:
    assert list(rule(ast.parse(bad)))
    assert not list(rule(ast.parse(good)))
