"""plan check, show, diff, for, new, apply, versions: as an administrator types them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands import app
from playbooks.loader import PLANS, load_plans
from tests.cli.conftest import Bot
from tests.cli.test_cures import told
from tests.playbooks.files import PLAN, line_of, put

BASE = str(list(load_plans()).index("goi_nen") + 1)
FROM_BASE = ["UBND xã Thử Nghiệm", "1", "2026", "2030", "Văn phòng xã", "Phòng Văn hóa", BASE]
FILE = "xa_thu_nghiem_2030.yaml"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str, typed: tuple[str, ...] | list[str] = ()) -> tuple[int, str]:
    """In this process, which is quicker where no database is needed: exit code, all it said."""
    done = CliRunner().invoke(app, ["plan", *words], input="".join(f"{one}\n" for one in typed))
    return done.exit_code, done.output


def test_check_tells_every_fault_with_its_column_or_one_good_line(here: Path) -> None:
    text = put(put(PLAN, "[focal]", "[fokal]"), "phase: mot", "phase: hai")
    Path("thu.yaml").write_text(text, "utf-8")
    code, said = run("check", "thu.yaml")
    first, second, last = said.splitlines()
    assert code == 2
    assert first.startswith(f"thu.yaml:{line_of(text, 'phase: hai')}:5: steps.nhan.phase: ")
    assert second.startswith(f"thu.yaml:{line_of(text, 'fokal')}:12: steps.nhan.lead.0: ")
    assert last == "2 chỗ sai. Sửa rồi chạy lại lệnh này."
    Path("thu.yaml").write_text(PLAN, "utf-8")
    code, said = run("check", "thu.yaml")
    assert code == 0
    assert len(said.splitlines()) == 1
    assert said.startswith("Kế hoạch Thử 2026: tệp kế hoạch đúng; 1 bước")


def test_a_period_is_looked_at_on_a_day() -> None:
    plan = str(PLANS / "my_hao_2025.yaml")
    assert run("check", plan, "--on", "2025-12-31")[0] == 0
    code, said = run("check", plan, "--on", "2026-01-01")
    assert code == 2
    assert "đã hết kỳ ngày 31/12/2025" in said
    assert "không phải một ngày" in run("check", plan, "--on", "hôm qua")[1]


def test_a_plan_is_shown_and_compared_by_its_name_or_its_file(here: Path) -> None:
    code, said = run("show", "krong_pac_2023")
    assert code == 0
    assert "```mermaid" in said
    assert run("diff", "my_hao_2025", "my_hao_2025") == (
        0,
        "Kế hoạch Mỹ Hào 2025: không có gì khác.\n",
    )
    Path("thu.yaml").write_text(PLAN, "utf-8")
    Path("moi.yaml").write_text(put(PLAN, '"Phòng Văn hóa"', '"Phòng Nội vụ"'), "utf-8")
    code, said = run("diff", "thu.yaml", "moi.yaml")
    assert said.splitlines() == [
        "Kế hoạch Thử 2026 thay đổi 1 chỗ:",
        "- Đơn vị “Phòng Văn hóa”: tên trước “Phòng Văn hóa”, nay “Phòng Nội vụ”.",
    ]
    code, said = run("show", "my_hao_2026")
    assert code == 2
    assert "Không có kế hoạch nào tên “my_hao_2026” (có phải “my_hao_2025”?)" in said
    assert "kiểm tra đường dẫn" in run("show", "nowhere.yaml")[1]


def test_where_a_commune_stands() -> None:
    code, said = run("for", "xã Krông Pắc")
    assert code == 0
    assert said.startswith("Xã Krông Pắc, tỉnh Đắk Lắk.\n")
    assert "(krong_pac_2023)" in said


def test_a_new_plan_is_asked_for_written_and_good_at_once(here: Path) -> None:
    code, said = run("new", typed=[*FROM_BASE, ""])
    assert code == 0, said
    assert f"Đã ghi {FILE}." in said
    assert run("check", FILE, "--on", "2026-11-21")[0] == 0
    mine = f"{Path(FILE).read_text('utf-8')}# của tôi\n"
    Path(FILE).write_text(mine, "utf-8")
    for answer in ("", "không", "n"):
        code, said = run("new", typed=[*FROM_BASE, "", answer])
        assert f"Đã giữ nguyên {FILE}, chưa ghi gì." in said
        assert Path(FILE).read_text("utf-8") == mine
    assert run("new", typed=[*FROM_BASE, "", "có"])[0] == 0
    assert Path(FILE).read_text("utf-8") != mine


def test_an_answer_that_does_not_fit_is_asked_again(here: Path) -> None:
    typed = ["", "UBND xã Thử Nghiệm", "3", "1", "năm nay", "2026", "2025", "2030", "Văn phòng xã"]
    code, said = run("new", typed=[*typed, "", "0", "99", BASE, ""])
    assert code == 0, said
    for cure in ("Cần có tên.", "Gõ 1 hoặc 2.", "từ 2020 đến 2100", "từ 2026", "từ 1 đến"):
        assert cure in said
    code, said = run("new", typed=["UBND xã Thử"])
    assert code == 2
    assert "Đã dừng, chưa ghi gì." in said
    assert [one.name for one in here.iterdir()] == [FILE]


async def test_a_version_is_put_in_force_and_the_earlier_ones_are_kept(
    bot: Bot, tmp_path: Path
) -> None:
    """Through the real program and a real database file."""
    file = tmp_path / "thu.yaml"
    file.write_text(PLAN, "utf-8")
    first = await bot("plan", "apply", "thu.yaml", "--yes")
    assert first.code == 0, first.told()
    assert "Chưa có bản nào của thu đang áp dụng." in first.out.lines
    assert "sự cố đang mở vẫn theo bản cũ" in first.out.lines[-2]
    again = await bot("plan", "apply", "thu.yaml", "--yes")
    assert again.out.lines == ["Kế hoạch Thử 2026: bản này đang áp dụng rồi, không có gì thay đổi."]
    file.write_text(put(PLAN, '"Phòng Văn hóa"', '"Phòng Nội vụ"'), "utf-8")
    unasked = await bot("plan", "apply", "thu.yaml")  # nobody answers the question
    assert unasked.out.lines[-1] == "Chưa đưa vào áp dụng, không có gì thay đổi."
    assert len((await bot("plan", "versions", "thu")).out.lines) == 2
    second = await bot("plan", "apply", "thu.yaml", "--yes")
    assert "- Đơn vị “Phòng Văn hóa”: tên trước" in "\n".join(second.out.lines)
    newest, older, _ = (await bot("plan", "versions", "thu")).out.lines
    assert "đang áp dụng" in newest
    assert "đã giữ" in older
    assert newest.split()[0] in second.out.lines[-3]


async def test_a_broken_file_changes_nothing(bot: Bot, tmp_path: Path) -> None:
    file = tmp_path / "thu.yaml"
    file.write_text(PLAN, "utf-8")
    await bot("plan", "apply", "thu.yaml", "--yes")
    before = (await bot("plan", "versions", "thu")).out.lines
    broken = put(PLAN, "[focal]", "[fokal]")
    over = put(PLAN, '{words: "năm 2026"}', '{words: "năm 2025", ends: "2025-12-31"}')
    for text, place in ((broken, "12: steps.nhan.lead.0"), (over, "period.ends")):
        file.write_text(text, "utf-8")
        process = await bot("plan", "apply", "thu.yaml", "--yes")
        told(process, place, "bản đang áp dụng vẫn giữ nguyên", lines=2)
        assert (await bot("plan", "versions", "thu")).out.lines == before


async def test_versions_of_a_plan_that_there_is_not(bot: Bot) -> None:
    told(await bot("plan", "versions", "nope"), "Không có kế hoạch nào tên “nope”")
    process = await bot("plan", "versions", "my_hao_2025")
    assert process.out.lines[0] == "my_hao_2025: đang áp dụng bản kèm chương trình."
