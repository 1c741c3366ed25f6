"""init FILE: checked whole before anything is written; the difference is shown, then applied."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from playbooks.loader import PLANS
from tests.cli.conftest import Bot
from tests.cli.test_cures import told
from tests.faults.processes import ROOT, really_started

SAMPLE = ROOT / "playbooks" / "samples" / "agency.yaml"
PROGRAM = ("bot", "handlers", "playbooks", "storage")


@pytest.fixture
def agency(tmp_path: Path) -> Callable[..., str]:
    """The sample with these words in the place of those, as a file of this name."""

    def write(*changes: tuple[str, str], name: str = "agency.yaml") -> str:
        text = SAMPLE.read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text
            text = text.replace(before, after, 1)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write


async def test_it_is_loaded_once_and_then_only_what_differs(
    bot: Bot, agency: Callable[..., str]
) -> None:
    first = await bot("init", agency())
    assert first.code == 0, first.told()
    assert "UBND thị xã Mẫu: đã ghi" in first.out.lines[-1]
    again = await bot("init", agency())
    assert (again.code, again.out.lines) == (
        0,
        ["UBND thị xã Mẫu: không có gì khác, không ghi gì."],
    )
    changed = agency(('"0905 000 555"', '"0905 000 556"'))
    other = await bot("init", changed)
    table = "\n".join(other.out.lines)
    assert other.code == 0
    assert all(word in table for word in ("minh", "0905 000 555", "0905 000 556"))
    assert other.out.lines[-1] == "UBND thị xã Mẫu: đã ghi 1 thay đổi."
    assert (await bot("init", changed)).out.lines == again.out.lines


async def test_every_fault_of_a_file_has_its_place_and_nothing_is_written(
    bot: Bot, agency: Callable[..., str]
) -> None:
    changes = (("{role: official", "{role: chief"), ("level: 2", "level: 9"))
    process = await bot("init", agency(*changes))
    text = SAMPLE.read_text(encoding="utf-8").splitlines()
    lines = [number for number, line in enumerate(text, 1) if "{role: official" in line][:1]
    lines += [number for number, line in enumerate(text, 1) if "level: 2" in line][:1]
    told(process, *(f"agency.yaml:{line}: " for line in lines), "chief", "9", lines=2)
    told(await bot("verify"), "Chưa có nhật ký")


async def test_the_call_list_is_written_where_it_is_wanted(
    bot: Bot, agency: Callable[..., str], tmp_path: Path
) -> None:
    told(await bot("call-list"), "Chưa có dữ liệu của cơ quan")
    await bot("init", agency())
    written = await bot("call-list", "--to", "goi.html")
    assert written.code == 0, written.told()
    text = (tmp_path / "goi.html").read_text(encoding="utf-8")
    assert "Danh sách gọi – UBND thị xã Mẫu" in text
    assert "0905 000 222" in text
    told(await bot("call-list", "--to", "nowhere/goi.html"), "Không ghi được", "--to")


async def test_a_file_that_is_no_yaml_or_is_not_there(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("name: [\n", encoding="utf-8")
    told(await bot("init", "broken.yaml"), "broken.yaml:2: ", "YAML")
    told(await bot("init", "nowhere.yaml"), "nowhere.yaml", "kiểm tra đường dẫn")


async def test_a_broken_plan_stops_every_command_with_its_place(tmp_path: Path) -> None:
    """The plans belong to the program, so a copy of it is broken and really started."""
    for room in PROGRAM:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    plan = tmp_path / PLANS.relative_to(ROOT) / "krong_pac_2023.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(f"{text}\nsurprise: 1\n", encoding="utf-8")
    environ = {"PYTHONPATH": str(tmp_path)}
    process = await really_started("verify", folder=tmp_path, environ=environ)
    await process.ended()
    place = f"krong_pac_2023.yaml:{len(text.splitlines()) + 2}: "
    told(process, place, "surprise")
