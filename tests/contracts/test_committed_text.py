"""What is committed tells nothing of the machine it was made on, nor where packages come from.

Whoever clones it has a home and an index of their own: paths and hosts are theirs to set.
"""

import re
from pathlib import Path

import pytest

from tests.contracts.tracked import ROOT, files

# Written in pieces, so that this file is no finding of its own.
REGISTRIES = "|".join(
    rf"\b{host}".replace(".", r"\.") + r"\b"
    for host in (
        *("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com"),
        *("registry.yarn" + "pkg.com", "deb" + ".debian.org", "ftp" + ".debian.org"),
        *("security" + ".debian.org", "archive" + ".ubuntu.com", "proxy.go" + "lang.org"),
        *("crates" + ".io", "conda" + ".anaconda.org", "docker" + ".io", "ghcr" + ".io"),
    )
)
# An absolute path of a person's or a build's machine, where a path can begin.
MACHINE = r"(?<![\w./}~-])/(?:" + "|".join(("work", "root", "tmp", "Users", "home")) + r")/[\w.-]+"
FORBIDDEN = re.compile(f"(?i:{REGISTRIES})|{MACHINE}")
PICTURES = {".png", ".jpg", ".webp", ".gif", ".ico", ".woff2", ".ttf", ".otf", ".pdf", ".db"}


def findings(path: Path) -> list[str]:
    """One line each: the file, the line, what stands there. A file that is no text is a finding."""
    if path.suffix in PICTURES:
        return []
    try:
        written = (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return [f"{path}: neither UTF-8 nor a known kind of picture"]
    return [
        f"{path}:{number}: {found[0]}"
        for number, line in enumerate(written.splitlines(), start=1)
        for found in FORBIDDEN.finditer(line)
    ]


def test_the_project_is_seen() -> None:
    assert Path("pyproject.toml") in files()


def test_no_machine_and_no_registry_is_named() -> None:
    assert [found for path in files() for found in findings(path)] == []


@pytest.mark.parametrize(
    "line",
    [
        "index = https://" + "pypi" + ".org/simple",
        "https://files.Python" + "Hosted.org/x",
        "deb http://deb" + ".debian.org/debian stable main",
        "cd /" + "work/main",
        "path=/" + "root/.cache",
        'log = "/' + 'tmp/bash_jobs/1"',
        "--file=/" + "home/lan/x",
    ],
)
def test_a_trace_is_found(line: str) -> None:
    assert FORBIDDEN.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "bot/work/main.py",
        "the routes /tmpl/x and /working/y",
        "https://example.org/home/page",
        "$HOME/work/x",
        "{tmp_path}/root/a",
        "thư mục data/tmp/x",
    ],
)
def test_what_is_no_trace_passes(line: str) -> None:
    assert not FORBIDDEN.search(line)
