"""The files that are, or are about to be, committed: what a fresh clone would hold."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = ("bot", "handlers", "storage", "playbooks")


@cache
def files() -> tuple[Path, ...]:
    """Paths from the project's root, in order."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    paths = sorted({Path(name) for name in listed.split("\0") if name})
    return tuple(path for path in paths if (ROOT / path).is_file())


def python(*rooms: str) -> tuple[Path, ...]:
    """The Python files of these rooms."""
    return tuple(path for path in files() if path.suffix == ".py" and path.parts[0] in rooms)


@cache
def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))
