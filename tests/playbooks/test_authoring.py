"""A plan that is written, checked, read and compared, as an administrator does it."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.playbook import Plan
from playbooks.authoring.checking import check
from playbooks.authoring.describing import page
from playbooks.authoring.diagram import diagram
from playbooks.authoring.differences import differences
from playbooks.authoring.skeleton import UNWRITTEN, Wanted, skeleton
from playbooks.errors import BadData
from playbooks.loader import load_plan, load_plans, load_texts, make_plan
from playbooks.reading import parse
from tests.playbooks.files import BASE, PLAN, line_of, put

PLANS = load_plans()
TEXTS = load_texts()
TODAY = date(2026, 11, 21)


def made(text: str) -> Plan:
    return make_plan(text, BASE)


def exact(where: Path, text: str | bytes, name: str = "thu.yaml") -> list[str]:
    """What `plan check` says of a file with this text."""
    file = where / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadData) as bad:
        check(file, TODAY, PLANS)
    return [fault.exact for fault in bad.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "at", "column"),
    [
        ("phase: mot", "phase: hai", "phase: hai", 5),  # the key
        ("[focal]", "[focal, fokal]", "fokal", 19),  # the item of a list in one line
        ("{any: [c2, c6]}", "{any: [c2, c9]}", "c9", 22),
        ('period: {words: "năm 2026"}', "period: {wrds: a}", "wrds", 10),
        ('number: "1"', "number: 0905000111", "0905", 13),  # the value that lost its zero
        ("kind: plan", "kind: plan\nkind: plan", "base:", None),
    ],
)
def test_a_fault_stands_at_its_column(
    tmp_path: Path, old: str, new: str, at: str, column: int | None
) -> None:
    text = put(PLAN, old, new)
    found = exact(tmp_path, text)
    if column is None:  # a doubled key stands where it comes again
        assert f"thu.yaml:{line_of(text, at) - 1}:1: kind: " in found[0]
        return
    line = line_of(text, at)
    assert any(fault.startswith(f"thu.yaml:{line}:{column}: ") for fault in found), found


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"a: b\nc: \xff\xfe", "2:4"),
        ("a: ấ\xff".encode("latin-1", "ignore"), "1:4"),
        (b"a: 'b\n", "2:1"),
        (b"a: b\n  c: d\n", "2:4"),
        (b"- a\n", "1:1"),
    ],
)
def test_what_is_no_yaml_of_ours_has_a_column_too(tmp_path: Path, raw: bytes, place: str) -> None:
    (found,) = exact(tmp_path, raw)
    assert found.startswith(f"thu.yaml:{place}: ")


def test_all_faults_come_at_once_and_a_period_that_is_over_is_one(tmp_path: Path) -> None:
    period = 'period: {words: "năm 2025", begins: "2025-01-01", ends: "2025-12-31"}'
    text = put(PLAN, 'period: {words: "năm 2026"}', period)
    (over,) = exact(tmp_path, text)
    assert "đã hết kỳ ngày 31/12/2025" in over
    assert f"thu.yaml:{line_of(text, 'period:')}:" in over
    wrong = put(put(text, "[focal]", "[fokal]"), "phase: mot", "phase: x")
    assert len(exact(tmp_path, wrong)) == 3
    kept = put(text, '"2025-12-31"}', '"2025-12-31", extended: "Công văn 5"}')
    (tmp_path / "thu.yaml").write_text(kept, "utf-8")
    assert check(tmp_path / "thu.yaml", TODAY, PLANS).startswith("Kế hoạch Thử 2026: ")


def test_a_good_file_is_told_in_one_line(tmp_path: Path) -> None:
    """Of every kind of file."""
    text = put(PLAN, 'section: "III.1"}', 'section: "III.1", ended: "2025-07-01"}')
    (tmp_path / "thu.yaml").write_text(text, "utf-8")
    said = check(tmp_path / "thu.yaml", TODAY, PLANS)
    assert "1 bước" in said
    assert "1 đơn vị không còn và chưa xác định đơn vị kế thừa" in said
    assert "mục theo gói nền" in said
    assert "\n" not in said
    rooms = Path(load_plan.__code__.co_filename).parent
    assert "chế độ đúng" in check(rooms / "law" / "vn_2017.yaml", TODAY, PLANS)
    assert "tệp cơ quan đúng" in check(rooms / "samples" / "agency.yaml", TODAY, PLANS)
    assert "kịch bản đúng" in check(rooms / "scenarios" / "ma_hoa.yaml", TODAY, PLANS)


@pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
def test_a_page_says_every_item_and_where_it_stands(plan: Plan) -> None:
    said = page(plan)
    for function in plan.functions.values():
        assert function.name in said
    for step in plan.steps:
        assert f"### {step.label}\n" in said
    for duty in plan.duties:
        assert duty.name in said
    for note in plan.notes:
        assert f"- {note}" in said
    steps = said.count("\n- **Nguồn**: ")
    assert steps >= len(plan.steps)
    assert "None" not in said
    assert page(plan) == said


def test_a_page_marks_what_is_inherited_unsure_or_ended() -> None:
    text = put(PLAN, 'section: "III.1"}', 'section: "III.1", line: 7, ended: "2025-07-01"}')
    text = put(text, '    rule: {any: [c2, c6]}\n    section: "II.2"', INHERITED_RULE)
    said = page(made(text))
    assert (
        "| Phòng Văn hóa |  | không còn từ ngày 01/07/2025; đơn vị kế thừa: chưa xác định" in said
    )
    assert "| III.1, dòng 7 |" in said
    assert "một trong: có khả năng lộ bí mật nhà nước; (đồng thời: " in said
    assert "vượt khả năng xử lý của đơn vị (chưa rõ tính là có)" in said
    assert "Nguồn: II.2 – cần pháp chế xác nhận (nguồn thứ cấp)." in said
    assert "theo gói nền (Kế hoạch Mỹ Hào 2025, II.1.c)" in said
    assert "theo gói nền (mặc định) – cần pháp chế xác nhận (chưa xác minh)" in said
    assert "lấy ở gói nền: đơn vị; tiêu chí; quy tắc cần ứng phó" in said
    loop = 'loop: {when: "chưa ổn", text: "làm tiếp"}'
    silent = page(made(put(PLAN, 'number: "1"', f'number: "1"\n    {loop}')))
    assert "chưa ổn → văn bản không nêu quay về đâu, nên theo gói nền (làm tiếp)" in silent


INHERITED_RULE = """\
    rule: {any: [c2, {all: [c1, {is: c6, unknown_as: "yes"}]}]}
    section: "II.2"
    status: secondary"""
LOOP = 'loop: {when: "chưa ổn", back_to: [mot], text: "làm lại từ đầu"}\n    optional: true'


def test_the_diagram_shows_the_way_the_loops_and_what_is_not_always_there() -> None:
    drawn = diagram(PLANS["krong_pac_2023"]).splitlines()
    assert drawn[:2] == ["```mermaid", "flowchart TD"]
    assert "  s_i_1 --> s_i_2" in drawn
    assert '  s_iii_3 -. "hệ thống chưa hoạt động ổn định" .-> s_ii_1' in drawn
    assert any(line.startswith("  class ") and "s_i_4" in line for line in drawn)
    odd = made(put(PLAN, 'name: "Tiếp nhận"\n    lead', "name: 'Nhận \"nóng\" #1'\n    lead"))
    assert "s_nhan[\"1 Nhận 'nóng' 1\"]" in diagram(odd)
    back = made(put(PLAN, 'number: "1"', f'number: "1."\n    {LOOP}'))
    assert '  s_nhan -. "chưa ổn" .-> s_nhan' in diagram(back).splitlines()
    assert 's_nhan["1 Tiếp nhận"]' in diagram(back)
    assert "  class s_nhan special" in diagram(back).splitlines()


STEP = """\
  xong:
    phase: mot
    kind: review
    number: "2"
    name: "Tổng kết"
    lead: [focal]
    section: "II.3"
"""
WITH_TWO = put(PLAN, "rules:\n", f"{STEP}rules:\n")
PACE = "paging:\n  pace: {wait_minutes: 9, times: 3, verify_minutes: 15, decide_minutes: 15, "
CHANGES = [
    (PLAN, WITH_TWO, "Thêm bước “2 Tổng kết” (giai đoạn: Tiếp nhận; loại: tổng kết, đánh giá)."),
    (WITH_TWO, PLAN, "Bỏ bước “2 Tổng kết”."),
    (
        PLAN,
        put(PLAN, 'name: "Tiếp nhận"\n    lead', 'name: "Nhận tin"\n    lead'),
        "Bước “1 Tiếp nhận”: tên trước “1 Tiếp nhận”, nay “1 Nhận tin”.",
    ),
    (
        PLAN,
        put(PLAN, "lead: [focal]", "lead: [focal]\n    coordinating: [office]"),
        "Bước “1 Tiếp nhận”: phối hợp trước không nêu, nay “Văn phòng”.",
    ),
    (
        PLAN,
        put(PLAN, '"Phòng Văn hóa"', '"Phòng Nội vụ"'),
        "Đơn vị “Phòng Văn hóa”: tên trước “Phòng Văn hóa”, nay “Phòng Nội vụ”.",
    ),
    (
        PLAN,
        put(PLAN, "{any: [c2, c6]}", "{all: [c2, c6]}"),
        "Quy tắc “Nghiêm trọng theo Kế hoạch (máy đề xuất, lãnh đạo quyết định)”: nội dung trước "
        "“một trong: có khả năng lộ bí mật nhà nước; vượt khả năng xử lý của đơn vị”, nay "
        "“đồng thời: có khả năng lộ bí mật nhà nước; vượt khả năng xử lý của đơn vị”.",
    ),
    (
        PLAN,
        put(PLAN, '{words: "năm 2026"}', '{words: "năm 2027"}'),
        "Kế hoạch: kỳ hạn trước “năm 2026”, nay “năm 2027”.",
    ),
    (
        PLAN,
        f'{PLAN}{PACE}section: "V"}}\n',
        "Tin khẩn: cách nhau (phút) trước “5”, nay “9”; số lần nhắc một người trước “2”, nay “3”; "
        "nguồn thời gian chờ trước “theo gói nền (mặc định) – cần pháp chế xác nhận (chưa xác "
        "minh)”, nay “V”.",
    ),
    (
        PLAN,
        f'{PLAN}duties:\n  tap: {{name: "Diễn tập", lead: [focal], section: "VI"}}\n',
        "Thêm nhiệm vụ “Diễn tập” (chủ trì: Phòng Văn hóa; nguồn: VI).",
    ),
    (
        PLAN,
        f"{PLAN}causes: {{}}\n",
        "Bỏ nguyên nhân “Sự cố do bị tấn công mạng”.",
    ),
    (PLAN, f'{PLAN}notes: ["Thiếu phụ lục."]\n', "Thêm ghi chú: “Thiếu phụ lục.”."),
]


@pytest.mark.parametrize(("before", "after", "said"), CHANGES, ids=[c[2][:40] for c in CHANGES])
def test_a_new_version_is_told_in_words(before: str, after: str, said: str) -> None:
    assert said in differences(made(before), made(after))


def test_a_step_that_has_moved_is_told_and_a_renamed_unit_only_once() -> None:
    moved = put(WITH_TWO, STEP, "").replace("steps:\n", f"steps:\n{STEP}", 1)
    (said,) = differences(made(WITH_TWO), made(moved))
    assert said == "Thứ tự các bước trước 1 → 2, nay 2 → 1."
    renamed = put(WITH_TWO, '"Phòng Văn hóa"', '"Phòng Nội vụ"')
    assert len(differences(made(WITH_TWO), made(renamed))) == 1


@pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
def test_the_same_plan_differs_in_nothing(plan: Plan) -> None:
    text, base = TEXTS[plan.id]
    assert differences(plan, make_plan(f"{text}\n# một lời chú\n", base)) == ()


@pytest.mark.parametrize("kind", ["plan", "directive"])
@pytest.mark.parametrize("start", list(PLANS))
def test_a_skeleton_is_accepted_as_it_is(tmp_path: Path, start: str, kind: str) -> None:
    words = ("UBND xã Krông Pắc", kind, 2027, 2028, "Văn phòng xã", "Phòng Văn hóa - Xã hội")
    wanted = Wanted(*words)  # type: ignore[arg-type]
    text = skeleton(wanted, *TEXTS[start], "../schemas/plan.schema.json")
    first = text.splitlines()[0]
    assert first == "# yaml-language-server: $schema=../schemas/plan.schema.json"
    file = tmp_path / f"{wanted.id}.yaml"
    file.write_text(text, "utf-8")
    plan, _, _ = load_plan(file, TODAY)
    assert (plan.id, plan.kind, plan.issuer) == ("xa_krong_pac_2028", kind, "UBND xã Krông Pắc")
    assert plan.functions["operator"].name == "Văn phòng xã"
    unit = plan.functions["focal"].source
    assert (unit.section, unit.status) == (UNWRITTEN, "unverified")
    own = [step.source for step in plan.steps if step.source.inherited_from is None]
    assert all(one.status == "unverified" and one.document for one in own)
    if kind == "plan" and PLANS[start].steps[0].source.inherited_from is None:
        assert [step.name for step in plan.steps] == [step.name for step in PLANS[start].steps]
    assert parse("", text).faults == ()


def test_a_long_name_still_fits() -> None:
    name = "Ban Quản lý các khu công nghiệp và chế xuất Điện Biên Phủ – Mường Thanh"
    wanted = Wanted(name, "plan", 2027, 2027, "Văn phòng", "")
    plan = make_plan(skeleton(wanted, BASE, "", "x"), BASE)
    assert len(plan.short) <= 60
    assert plan.id == "ban_quan_ly_cac_khu_2027"
    assert plan.functions["focal"].source.inherited_from == "goi_nen"
