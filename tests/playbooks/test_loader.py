"""Whatever is wrong in a plan's file is said at once, with the line and the cure."""

from pathlib import Path

import pytest

from playbooks.errors import BadData
from playbooks.loader import load_plans
from tests.playbooks.files import BASE, PLAN, folder, line_of, plan_faults, put

WRONG = [  # (what stands in the good file, what is put there, where it is found, what is said)
    ('section: "II.2"', 'sction: "II.2"', "sction", "có phải “section”?"),
    ("{any: [c2, c6]}", "{any: [c2, c9]}", "c9", "không có tiêu chí (criteria) nào tên “c9”"),
    ("{any: [c2, c6]}", "{any: [c2, {alll: [c6]}]}", "alll", "không phải một quy tắc"),
    ("{any: [c2, c6]}", "{any: [c2, 6]}", "{any", "không phải một quy tắc"),
    ("{any: [c2, c6]}", "{all: []}", "{all", "danh sách trống"),
    ("{any: [c2, c6]}", "{is: c2, unknown_as: maybe}", "{is", "chọn một: 'yes', 'no'"),
    ("[focal]", "[fokal]", "fokal", "có phải “focal”?"),
    ("[focal]", "[]", "lead: []", "cần ít nhất một"),
    ("[focal]", "focal", "lead: focal", "phải là một danh sách"),
    ("phase: mot", "phase: hai", "phase: hai", "không có giai đoạn (phases) nào tên “hai”"),
    ('number: "1"', "number: 1", "number: 1", 'đặt trong dấu ngoặc kép: "1"'),
    ('number: "1"', "number: 1.3", "number: 1.3", 'đặt trong dấu ngoặc kép: "1.3"'),
    ('number: "1"', "number: 0905000111", "number: 0905", 'ngoặc kép: "0905000111"'),
    ('number: "1"', "number: true", "number: true", 'đặt trong dấu ngoặc kép: "true"'),
    ('number: "1"', "number: [a]", "number: [a]", "phải là một dòng chữ"),
    ('number: "1"', "number:", "number:", "để trống (điền chữ vào"),
    ('number: "1"', 'number: " "', 'number: " "', "để trống"),
    ('number: "1"', 'number: "1"\n    number: "2"', 'number: "2"', "có hai lần, lần đầu ở dòng 16"),
    ('number: "1"', 'number: &x "1"\n    note: *x', "number: &x", "không dùng neo"),
    ('number: "1"', 'number: "1"\n    [a]: b', "[a]: b", "tên mục phải là một từ"),
    ('number: "1"', 'number: "1"\n    optional: "có"', "optional:", "phải là true hoặc false"),
    ('    number: "1"\n', "", "  nhan:", "steps.nhan.number: thiếu mục này"),
    ("  nhan:", "  tiếp-nhận:", "  tiếp-nhận:", "chỉ a–z, 0–9 và _"),
    ("phases:\n", "phases: 3\ncauses:\n", "phases: 3", "phải là một nhóm “tên: giá trị”"),
    ("base: goi_nen", "base: goi_nem", "base: goi_nem", "có phải “goi_nen”?"),
    ("id: thu", "id: khac", "id: khac", "phải trùng tên tệp"),
    ("kind: plan", "kind: plans", "kind: plans", "chọn một: 'plan', 'directive'"),
    ('short: "Kế hoạch Thử 2026"', f'short: "{"K" * 61}"', "short:", "dài quá 60 ký tự"),
]


@pytest.mark.parametrize(("old", "new", "at", "said"), WRONG, ids=[w[1][:30] for w in WRONG])
def test_a_fault_names_its_line_and_the_cure(
    tmp_path: Path, old: str, new: str, at: str, said: str
) -> None:
    text = put(PLAN, old, new)
    found = plan_faults(tmp_path, thu=text)
    lines = [str(fault) for fault in found if said in str(fault)]
    assert lines, found
    assert lines[0].startswith(f"thu.yaml:{line_of(text, at)}: ")
    assert "(" in lines[0]  # the cure


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    one = put(put(PLAN, "[focal]", "[fokal]"), 'section: "II.2"', "secton: 1")
    two = put(PLAN, "id: thu", "id: hai").replace("phase: mot", "phase: ba")
    base = put(BASE, "times: 2", "times: 0").replace("verify_minutes: 15", "verify_minutes: 9999")
    found = plan_faults(tmp_path, thu=one, hai=two, ba="a: [", goi_nen=base)
    assert [(fault.file, fault.path) for fault in found] == [
        ("ba.yaml", ""),
        ("goi_nen.yaml", "paging.pace.times"),
        ("goi_nen.yaml", "paging.pace.verify_minutes"),
        ("hai.yaml", "steps.nhan.phase"),
        ("thu.yaml", "steps.nhan.lead.0"),
        ("thu.yaml", "rules.serious_by_plan.section"),
        ("thu.yaml", "rules.serious_by_plan.secton"),
    ]


def test_a_loop_goes_only_where_there_is_something(tmp_path: Path) -> None:
    loop = 'loop: {when: "chưa ổn", back_to: [mot, nhan, xa], text: "làm lại"}'
    found = plan_faults(tmp_path, thu=put(PLAN, 'number: "1"', f'number: "1"\n    {loop}'))
    assert [fault.path for fault in found] == ["steps.nhan.loop.back_to.2"]
    assert "giai đoạn hay bước" in found[0].message


def test_phases_without_steps_leave_the_inherited_ones_nowhere(tmp_path: Path) -> None:
    text = PLAN[: PLAN.index("steps:")]
    (found,) = plan_faults(tmp_path, thu=text)
    assert (found.line, found.path) == (line_of(text, "phases:"), "phases")
    assert "có giai đoạn thì phải có bước" in found.message


def test_steps_may_stand_in_the_bases_phases(tmp_path: Path) -> None:
    phases = PLAN[PLAN.index("phases:") : PLAN.index("steps:")]
    text = put(PLAN, phases, "").replace("phase: mot", "phase: iv")
    plan = load_plans(folder(tmp_path, thu=text))["thu"]
    assert plan.phase(plan.step("nhan").phase).source.inherited_from == "goi_nen"


@pytest.mark.parametrize(
    ("raw", "line", "said"),
    [
        (b"a: b\nc: \xff\xfe", 2, "không phải chữ UTF-8"),
        (b"a: b\n  c: d\n", 2, "sai cú pháp YAML"),
        (b"a: 'b\n", 2, "sai cú pháp YAML"),
        (b"a: b\x07c", 1, "không đọc được YAML"),
        (b"[" * 100_000, 1, "không đọc được YAML"),
        (b"- a\n- b\n", 1, "tên: giá trị"),
        (b"", 1, "tên: giá trị"),
        (b"# " + b"x" * 1_000_001, 1, "tệp quá lớn"),
    ],
)
def test_what_is_no_yaml_of_ours(tmp_path: Path, raw: bytes, line: int, said: str) -> None:
    where = folder(tmp_path)
    (where / "thu.yaml").write_bytes(raw)
    with pytest.raises(BadData) as bad:
        load_plans(where)
    (found,) = bad.value.faults
    assert (found.file, found.line) == ("thu.yaml", line)
    assert said in found.message


def test_an_empty_folder_and_an_unreadable_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="không có tệp kế hoạch"):
        load_plans(tmp_path)
    (tmp_path / "thu.yaml").mkdir()
    with pytest.raises(BadData, match=r"thu\.yaml:1: không đọc được tệp"):
        load_plans(tmp_path)


def test_a_base_pack_must_be_whole(tmp_path: Path) -> None:
    paging = BASE[BASE.index("paging:") : BASE.index("# Ai được quyết định điều gì")]
    found = plan_faults(tmp_path, goi_nen=put(BASE, paging, ""), thu=PLAN)
    assert [str(fault) for fault in found] == [
        "goi_nen.yaml:1: paging: thiếu mục này (thêm dòng “paging: …”)"
    ]
