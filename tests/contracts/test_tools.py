"""The tools of the house are content: style, types, and the layers of the imports."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = {
    "ruff": ("ruff", "check", "--no-cache", "--output-format", "concise", "."),
    "mypy": ("mypy",),
    "import layers": ("lint-imports",),
    "bandit": (
        *("bandit", "-q", "-ll", "-c", "pyproject.toml"),
        *("-r", "bot", "handlers", "storage", "playbooks"),
    ),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_is_content(tool: str) -> None:
    command, *arguments = TOOLS[tool]
    beside = Path(sys.executable).parent
    program = shutil.which(command, path=beside)
    assert program, f"{command} is not installed beside Python: make test installs it"
    done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        said = f"{done.stdout}{done.stderr}".replace(f"{beside}/", "").replace(f"{ROOT}/", "")
        pytest.fail(f"{tool} finds:\n{said}", pytrace=False)
