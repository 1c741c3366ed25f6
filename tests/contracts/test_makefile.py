"""The two commands, what stands behind them, and the locks they install.

`install.sh` meets a stand-in Python here, which keeps a record of what it was asked to do: the
real thing takes half a minute and a network.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.browser import chromium

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)

PYTHON = f"""#!/bin/sh
case "$*" in
    "-m venv .venv")
        echo venv >>asked
        [ ! -e no-venv ] || exit 1
        mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    "-m pip install "*)
        echo "pip ${{*##* }}" >>asked
        [ ! -e no-network ] ;;
    "-m ensurepip") echo ensurepip >>asked ;;
    "-c import ensurepip, venv") [ ! -e no-ensurepip ] ;;
    "-c import pip") [ ! -e no-pip ] ;;
    "-c import sys; sys.exit(sys.version_info < (3, 11))") [ ! -e old ] ;;
    *) exec {sys.executable} "$@" ;;
esac
"""


def make(*arguments: str) -> str:
    environ = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["make", "-C", str(ROOT), "--no-print-directory", *arguments],
        env=environ, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_help_is_the_default_and_lists_every_target_in_one_line_each():
    listed = make()
    assert re.findall(r"^  make ([a-z]+) ", listed, re.MULTILINE) == TARGETS
    assert {"run", "test"} <= set(TARGETS)
    assert set(TARGETS) == set(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split())
    assert listed == make("help")
    assert all(" · " in line for line in listed.splitlines())


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ((), "bot sandbox"),
        (("FRESH=1",), "bot sandbox --fresh"),
        (("FRESH=0",), "bot sandbox"),
        (("PORT=8090",), "bot sandbox --port 8090"),
        (("FRESH=1", "PORT=8090"), "bot sandbox --fresh --port 8090"),
    ],
)
def test_run_starts_the_sandbox(arguments: tuple[str, ...], command: str):
    *_, last = make("-n", "run", *arguments).splitlines()
    assert last.endswith(f"python -m {command}")


def test_the_long_kill_test_kills_a_thousand_times_unless_told_otherwise():
    assert "KILLS=1000 " in make("-n", "kill")
    assert "KILLS=7 " in make("-n", "kill", "KILLS=7")
    assert "MESSAGES=1000 " in make("-n", "zalo")


def test_the_machine_runs_what_a_person_runs():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "BROWSER_TESTS=required exec make test" in script.read_text(encoding="utf-8")
    assert "--cov" in make("-n", "test")


@dataclass
class Clone:
    """A copy of what `make` installs from, on a machine that has only the stand-in Python."""

    root: Path

    def install(
        self, kind: str, path: str | None = None, **environ: str
    ) -> subprocess.CompletedProcess[str]:
        path = path or f"{self.root / 'bin'}:/usr/bin:/bin"
        return subprocess.run(
            ["/bin/sh", str(self.root / "requirements" / "install.sh"), kind],
            env={"PATH": path, "PYTHON": "stand-in", **environ},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def asked(self) -> list[str]:
        record = self.root / "asked"
        lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
        record.unlink(missing_ok=True)
        return lines


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    for program, text in {"stand-in": PYTHON, "chromium": "#!/bin/sh\n"}.items():
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / program).write_text(text, encoding="utf-8")
        (tmp_path / "bin" / program).chmod(0o755)
    return Clone(tmp_path)


def test_it_installs_once_and_again_only_when_the_lock_changes(clone: Clone):
    assert clone.install("run").returncode == 0
    assert clone.asked() == ["venv", "pip requirements/run.txt"]
    assert clone.install("run").stdout == ""
    assert clone.asked() == []
    lock = clone.root / "requirements" / "run.txt"
    lock.write_text(lock.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
    assert clone.install("run").returncode == 0
    assert clone.asked() == ["pip requirements/run.txt"]


def test_what_the_tests_need_is_enough_to_run(clone: Clone):
    assert clone.install("test").returncode == 0
    assert clone.install("run").returncode == 0
    assert clone.install("test").returncode == 0
    assert clone.asked() == ["venv", "pip requirements/test.txt"]


def test_what_was_interrupted_is_begun_anew(clone: Clone):
    for hindrance, words in {"no-venv": "", "no-network": "kiểm tra mạng"}.items():
        (clone.root / hindrance).touch()
        halted = clone.install("run")
        assert halted.returncode != 0
        assert words in halted.stderr
        (clone.root / hindrance).unlink()
        clone.asked()
        (clone.root / ".venv" / "half-unpacked").touch()
        assert clone.install("run").returncode == 0
        assert clone.asked() == ["venv", "pip requirements/run.txt"]
        assert not (clone.root / ".venv" / "half-unpacked").exists()
        shutil.rmtree(clone.root / ".venv")


def test_a_venv_made_without_pip_gets_it(clone: Clone):
    (clone.root / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(clone.root / "bin" / "stand-in", clone.root / ".venv" / "bin" / "python")
    (clone.root / "no-pip").touch()
    assert clone.install("run").returncode == 0
    assert clone.asked() == ["ensurepip", "pip requirements/run.txt"]


@pytest.mark.parametrize(
    ("hindrance", "words"), [("old", "Python 3.11"), ("no-ensurepip", "python3-venv")]
)
def test_without_a_fitting_python_it_names_the_cure(clone: Clone, hindrance: str, words: str):
    (clone.root / hindrance).touch()
    refused = clone.install("run")
    assert refused.returncode == 2
    assert words in refused.stderr.splitlines()[0] + refused.stderr.splitlines()[1]
    assert "apt-get install" in refused.stderr
    assert not (clone.root / ".venv").exists()


def test_a_browser_is_demanded_only_where_it_is_required(clone: Clone):
    assert clone.install("test").returncode == 0
    (clone.root / "bin" / "chromium").unlink()
    (clone.root / "bin" / "id").write_text("#!/bin/sh\necho 1000\n", encoding="utf-8")
    (clone.root / "bin" / "id").chmod(0o755)
    alone = str(clone.root / "bin")
    refused = clone.install("test", path=alone, BROWSER_TESTS="required")
    assert refused.returncode == 2
    assert "chromium" in refused.stderr
    assert clone.install("test", path=alone).returncode == 0
    assert clone.install("run", path=alone, BROWSER_TESTS="required").returncode == 0


def test_without_a_browser_one_line_says_what_is_not_run_and_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
):
    said = collected_without_a_browser()
    assert "test_page.py" not in said
    (line,) = [line for line in said.splitlines() if "tests/browser" in line]
    assert "Chromium" in line
    assert "apt-get install" in line
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("BROWSER_TESTS", raising=False)
    assert chromium.left_out()
    monkeypatch.setenv("BROWSER_TESTS", "required")
    assert not chromium.left_out()


def collected_without_a_browser() -> str:
    """Which of the browser's tests pytest would run, and what it says at the end."""
    rooms = [
        path for path in (ROOT / "tests").iterdir() if path.is_dir() and path.stem != "browser"
    ]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "tests"]
        + [f"--ignore={path}" for path in rooms],
        cwd=ROOT, env={"PATH": "/nowhere"}, capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip


def locked(kind: str) -> dict[str, str]:
    """Name to version; every line must be pinned and hashed."""
    text = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    entries = re.sub(r" *\\\n", " ", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    pins = {}
    for entry in entries:
        requirement, _, hashes = entry.partition(" --hash=sha256:")
        assert hashes, f"no hash: {entry[:80]}"
        parsed = Requirement(requirement)
        pins[canonicalize_name(parsed.name)] = str(parsed.specifier).removeprefix("==")
    return pins


@pytest.mark.parametrize("kind", ["run", "test"])
def test_a_lock_holds_every_dependency_within_its_bounds(kind: str):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    if kind == "test":
        wanted += project["optional-dependencies"]["test"]
    pins = locked(kind)
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        assert name in pins, f"run `make lock`: {name} is not in {kind}.txt"
        assert requirement.specifier.contains(pins[name]), f"run `make lock`: {name}"


def test_what_is_tested_is_what_runs():
    tested = locked("test")
    assert {name: tested.get(name) for name in locked("run")} == locked("run")


@pytest.mark.parametrize("kind", ["run", "test"])
def test_no_address_stands_in_a_lock(kind: str):
    text = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    assert not re.findall(r"://|index-url|find-links|trusted-host", text)
