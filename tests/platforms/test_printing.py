"""The call list on disk: whole or not at all, its owner's alone, written only when it says more."""

import errno
import os
from pathlib import Path

import pytest

from bot.jobs.printing import write, write_if_new
from bot.views.call_list import page
from bot.views.voice import Voice
from tests.views.roster_values import HOUR, LIST
from tests.views.values import NOON

FIRST = page(LIST, Voice("vi", NOON))
LATER = page(LIST, Voice("vi", NOON + HOUR))
CHANGED = page(LIST, Voice("en", NOON))


def test_it_is_written_when_it_says_something_else_or_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "list.html"
    assert write_if_new(path, FIRST)
    assert path.stat().st_mode & 0o777 == 0o600
    assert not write_if_new(path, LATER)
    assert path.read_text("utf-8") == FIRST
    assert write_if_new(path, CHANGED)
    path.unlink()
    assert write_if_new(path, CHANGED)
    path.write_bytes(b"\xff\xfe broken by somebody")
    assert write_if_new(path, CHANGED)
    assert [one.name for one in tmp_path.iterdir()] == ["list.html"]


@pytest.mark.skipif(os.name != "posix", reason="there are no such rights elsewhere")
def test_what_others_may_read_is_written_anew_for_its_owner_alone(tmp_path: Path) -> None:
    """Put back from a copy, say: it holds everybody's telephone number."""
    path = tmp_path / "list.html"
    write(path, FIRST)
    path.chmod(0o644)
    assert write_if_new(path, LATER)
    assert path.stat().st_mode & 0o777 == 0o600
    assert not write_if_new(path, LATER)


def test_on_a_full_disk_the_one_before_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.html"
    write(path, FIRST)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(path, CHANGED)
    assert path.read_text("utf-8") == FIRST
    assert [one.name for one in tmp_path.iterdir()] == ["list.html"]
