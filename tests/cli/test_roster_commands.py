"""roster import, roster table: as whoever sits at the server types them, on a real database.

In this process, which is quicker: what a process of its own would show, other commands do.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.commands import app
from tests.cli.test_agency import SAMPLE
from tests.playbooks.roster_samples import saved, sheet

ROSTER = ("--roster", "truc_ban")
NAMES = ("Đ/c Trần Bình – Trực ban", "Bà Tuyết", "Bính", "Chị Thảo")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """The commands run here and not in a process: they set up logs for an output that ends."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def run(*words: str) -> tuple[int, list[str]]:
    """Exit code, what was said."""
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output.splitlines()


def november(path: Path, *names: str) -> None:
    """A day in each row, from 02/11 on."""
    book, made = sheet("Tháng 11")
    made.append(["LỊCH TRỰC THÁNG 11/2026"])
    made.append(["Ngày", "Cán bộ trực (7h30 - 7h30 hôm sau)", "Điện thoại"])
    for day, name in enumerate(names, 2):
        made.append([f"{day:02}/11", name, "0905 999 999" if day == 2 else None])
    path.write_bytes(saved(book))


def standing(folder: Path) -> list[tuple[int, int]]:
    """How many shifts are planned, and how often a roster was imported."""
    rows = sqlite3.connect(folder / "data" / "trucban.db")
    shifts = rows.execute("SELECT count(*) FROM shifts WHERE cancelled_at IS NULL").fetchone()[0]
    said = rows.execute("SELECT count(*) FROM events WHERE kind = 'roster.imported'").fetchone()[0]
    rows.close()
    return [(shifts, said)]


def test_nothing_is_changed_before_it_was_looked_at_and_the_same_file_twice_changes_nothing(
    here: Path,
) -> None:
    """One calendar edit posted every 10 minutes (OC#1553)."""
    november(here / "lich.xlsx", *NAMES)
    run("init", str(SAMPLE))
    code, text = run("roster", "import", "lich.xlsx", *ROSTER)
    assert code == 1, text
    assert text[0] == "Trực ban thị xã – xem trước tệp lich.xlsx"
    assert "Đọc được 2 ca, 07:30 ngày 2/11 – 07:30 ngày 4/11." in text
    assert "- anh Bình (tệp ghi: Trần Bình): 1 ngày, 2/11–2/11" in text
    assert "- “Bính”: có phải anh Bình?" in text
    assert '  nếu là anh Bình (Bình): --as "Bính=binh"' in text
    assert any("“Thảo”: chị Thảo không giữ vai trò này" in line for line in text)
    assert any("anh Bình 0905 999 999 / 0905 000 222" in line for line in text)
    assert any("trước không có người trực, nay anh Bình" in line for line in text)
    assert text[-1].endswith("thêm: --apply")
    assert standing(here) == [(0, 0)]
    words = ("roster", "import", "lich.xlsx", *ROSTER, "--as", "Bính=binh", "--apply")
    assert "Ghi 3 ca, bỏ 0 ca cũ" in "\n".join(run(*words)[1])
    assert standing(here) == [(3, 1)]
    assert run(*words)[1][0] == "🟢 Trực ban thị xã: tệp lich.xlsx đúng như lịch đang có"
    assert standing(here) == [(3, 1)]
    november(here / "lich.xlsx", "Tuyết", "Tuyết", "Tuyết")
    code, text = run("roster", "import", "lich.xlsx", *ROSTER, "--apply")
    assert code == 0, text
    assert "So với lịch đang có: thay đổi 2 chỗ" in text
    assert "- 07:30 ngày 2/11 – 07:30 ngày 3/11: trước anh Bình, nay chị Tuyết" in text
    assert standing(here) == [(3, 2)]


def test_the_table_of_a_month_is_a_draft_to_print(here: Path) -> None:
    november(here / "lich.xlsx", "Bình", "Tuyết")
    run("init", str(SAMPLE))
    run("roster", "import", "lich.xlsx", *ROSTER, "--apply")
    code, text = run("roster", "table", "--month", "11/2026", *ROSTER, "--out", "bang.xlsx")
    assert code == 0, text
    page = load_workbook(here / "bang.xlsx").worksheets[0]
    cells = [cell.value for row in page.iter_rows() for cell in row if cell.value is not None]
    for words in ("DỰ THẢO", "BẢNG KÊ TRỰC THÁNG 11/2026", "Người lập bảng", "Thủ trưởng đơn vị"):
        assert words in cells
    assert any("Điều 106; chưa kiểm chứng" in str(one) for one in cells)
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    tuyet = next(row for row in page.iter_rows(values_only=True) if row[1] == "Tuyết")
    assert tuyet[3:11] == (1, 16, 8, 0, 0, 0, 0, 24)


def test_what_cannot_be_has_one_line_with_its_cure(here: Path) -> None:
    november(here / "lich.xlsx", "Bình")
    words = ("roster", "import", "lich.xlsx")
    (here / "cu.xls").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(99))
    assert "chưa có lịch trực nào" in run(*words)[1][-1]
    run("init", str(SAMPLE))
    for tried, code, said in (
        (words, 2, "nêu --roster, một trong: truc_ban (Trực ban thị xã)"),
        ((*words, "--month", "13/2026"), 2, "viết tháng/năm, ví dụ 11/2026"),
        ((*words, "--whole", "sáng"), 2, "ví dụ 7h30-17h30"),
        ((*words, "--as", "Bình"), 2, "Bình=binh"),
        (("roster", "import", "khong.xlsx"), 2, "kiểm tra đường dẫn"),
        (("roster", "import", "cu.xls", *ROSTER), 1, "Lưu thành, kiểu .xlsx"),
        ((*words, *ROSTER, "--month", "12/2026"), 1, "Xem lại tháng"),
        ((*words, *ROSTER, "--column", "Kỹ thuật"), 1, "Tệp có: Cán bộ trực"),
        (("roster", "table", "--month", "", "--out", "b.xlsx"), 2, "--month 10/2026"),
    ):
        found = run(*tried)
        assert found[0] == code
        assert said in found[1][-1]
