"""What a plan's file may not say: each is refused with its file, its line and the cure."""

from datetime import date
from pathlib import Path

import pytest

from playbooks.errors import BadData, Fault
from playbooks.loader import load_plan
from tests.playbooks.files import line_of, put

TODAY = date(2026, 11, 21)

GOOD = """\
id: thu
kind: plan
base: goi_nen
title: "Kế hoạch Thử"
short: "Kế hoạch Thử 2026"
issuer: "UBND xã Thử"
period: {words: "năm 2026", begins: 2026-01-01, ends: 2026-12-31}
functions:
  focal:
    name: "Phòng Văn hóa"
    note: "Điện thoại 0262 000 000"
    section: "III.1"
criteria:
  c7:
    text: "Người dân bị lừa."
    word: "người dân bị lừa"
    section: "II.1"
phases:
  mot: {name: "Tiếp nhận", section: "II.1"}
  hai: {name: "Xử lý", section: "II.2"}
steps:
  nhan:
    phase: mot
    kind: verify
    number: "1.a"
    name: "Tiếp nhận, xác minh"
    lead: [focal]
    section: "II.1.a"
  bao:
    phase: mot
    kind: report
    number: "1.b"
    name: "Báo cáo"
    lead: [office]
    after: [nhan]
    section: "II.1.b"
  go:
    phase: hai
    kind: remove
    number: "2.a"
    name: "Gỡ bỏ"
    lead: [operator]
    coordinating: [members]
    after: [bao]
    section: "II.2.a"
  thu_lai:
    phase: hai
    kind: check
    number: "2.b"
    name: "Kiểm tra lại"
    lead: [operator]
    loop: {when: "chưa ổn định", back_to: [hai], text: "làm lại"}
    section: "II.2.b"
rules:
  serious_by_plan:
    rule: {any: [c2, c7]}
    section: "II.3"
"""

CIRCLE = (
    'lead: [focal]\n    section: "II.1.a"',
    'lead: [focal]\n    after: [go]\n    section: "x"',
)
NO_LEAD = ("    lead: [office]\n", "")
LEAD_OF_NOBODY = ("lead: [office]", "lead: []")
NO_SUCH_UNIT = ("[members]", "[menbers]")
NO_SUCH_LEAD = ("lead: [focal]", "lead: [phong_la]")
NO_SUCH_CRITERION = ("{any: [c2, c7]}", "{any: [c2, c8]}")
NOWHERE = ("back_to: [hai]", "back_to: [ba]")
FORWARD = ("after: [bao]", "loop: {when: x, back_to: [thu_lai], text: x}")
FORWARD_PHASE = ("after: [nhan]", "loop: {when: x, back_to: [hai], text: x}")
TWICE = ('    name: "Gỡ bỏ"\n', '    name: "Gỡ bỏ"\n    name: "Gỡ bỏ mã độc"\n')
STEP_TWICE = ("  thu_lai:", "  nhan:")
PHONE = ('"Điện thoại 0262 000 000"', "0262000000")
FULL_PHONE = ('"Điện thoại 0262 000 000"', "+84262000000")
OVER = ("ends: 2026-12-31", "ends: 2026-11-20")
NO_DAY = ("ends: 2026-12-31", 'ends: "31/12/2026"')
AFTER_NOTHING = ("after: [nhan]", "after: [nham]")

BAD = {  # what is put wrong, where it is found, what is said, and the cure of it
    "a circle": (
        CIRCLE,
        "after: [nhan]",
        "chờ nhau thành vòng: bao → nhan → go → bao",
        "bỏ một chỗ",
    ),
    "no lead": (NO_LEAD, "  bao:", "steps.bao.lead: thiếu mục này", "(thêm dòng “lead: …”)"),
    "an empty lead": (LEAD_OF_NOBODY, "lead: []", "danh sách trống", "(cần ít nhất một)"),
    "no such unit": (NO_SUCH_UNIT, "menbers", "chức năng (functions) nào tên “menbers”", "members"),
    "no such lead": (NO_SUCH_LEAD, "phong_la", "(functions) nào tên “phong_la”", "(có: "),
    "no such criterion": (
        NO_SUCH_CRITERION,
        "c8]",
        "tiêu chí (criteria) nào tên “c8”",
        "(có: a, c1",
    ),
    "a loop to nowhere": (
        NOWHERE,
        "[ba]",
        "giai đoạn hay bước (phases, steps) nào tên “ba”",
        "(có",
    ),
    "a loop forward": (FORWARD, "[thu_lai]", "đi tới phía sau: thu_lai", "(nêu giai đoạn hay bước"),
    "a loop to a later phase": (FORWARD_PHASE, "back_to: [hai], text: x", "phía sau: hai", "(nêu"),
    "a doubled key": (TWICE, '"Gỡ bỏ mã độc"', "có hai lần, lần đầu ở dòng 41", "(giữ một"),
    "a doubled step": (STEP_TWICE, "  nhan:\n    phase: hai", "hai lần, lần đầu ở dòng 22", "(giữ"),
    "a phone number": (PHONE, "0262000000", "mất số 0 ở đầu", '(đặt trong dấu ngoặc kép: "0262'),
    "a whole phone number": (FULL_PHONE, "+8426", "đọc thành số", 'ngoặc kép: "+84262000000")'),
    "an expired period": (OVER, "2026-11-20", "đã hết kỳ ngày 20/11/2026", "(sửa ends, hoặc thêm"),
    "a day as we write it": (NO_DAY, '"31/12/2026"', "không phải một ngày", "(viết năm-tháng-ngày"),
    "after nothing": (AFTER_NOTHING, "[nham]", "không có bước (steps) nào tên “nham”", "“nhan”?)"),
}


def refused(where: Path, text: str, today: date | None = TODAY) -> tuple[Fault, ...]:
    path = where / "thu.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadData) as bad:
        load_plan(path, today)
    return bad.value.faults


def test_the_good_one_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "thu.yaml"
    path.write_text(GOOD, "utf-8")
    plan, text, base = load_plan(path, TODAY)
    assert [step.id for step in plan.steps] == ["nhan", "bao", "go", "thu_lai"]
    assert text == GOOD
    assert base.startswith("# yaml-language-server:")


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_with_line_and_cure(tmp_path: Path, name: str) -> None:
    (old, new), at, said, cure = BAD[name]
    text = put(GOOD, old, new)
    line = line_of(text, at)
    (found,) = refused(tmp_path, text)
    assert str(found).startswith(f"thu.yaml:{line}: "), found
    assert said in str(found)
    assert cure in found.message
    assert found.message.endswith(")"), "the cure stands last, in parentheses"


def test_all_of_them_come_at_once(tmp_path: Path) -> None:
    text = GOOD
    for old, new in (
        CIRCLE,
        NO_LEAD,
        NO_SUCH_UNIT,
        NO_SUCH_CRITERION,
        NOWHERE,
        TWICE,
        PHONE,
        OVER,
    ):
        text = put(text, old, new)
    told = "\n".join(str(fault) for fault in refused(tmp_path, text))
    for name in (
        "a circle",
        "no lead",
        "no such unit",
        "no such criterion",
        "a loop to nowhere",
        "a doubled key",
        "a phone number",
        "an expired period",
    ):
        said = BAD[name][2].split(", lần đầu")[0]
        assert said in told, f"{name} is not told beside the others:\n{told}"


def test_a_period_counts_only_when_asked_for_and_may_be_extended(tmp_path: Path) -> None:
    path = tmp_path / "thu.yaml"
    path.write_text(put(GOOD, *OVER), "utf-8")
    assert load_plan(path)[0].period.is_over(TODAY)  # read again from what was kept
    kept = 'ends: 2026-11-20, extended: "Công văn số 12/UBND-VHXH"'
    path.write_text(put(GOOD, "ends: 2026-12-31", kept), "utf-8")
    assert not load_plan(path, TODAY)[0].period.is_over(TODAY)


def test_the_last_day_still_counts(tmp_path: Path) -> None:
    path = tmp_path / "thu.yaml"
    path.write_text(put(GOOD, "ends: 2026-12-31", "ends: 2026-11-21"), "utf-8")
    assert load_plan(path, TODAY)[0].id == "thu"
