"""The agency's file: the sample is one, and whatever is wrong in a file is said with its line."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.domain.agency import OWN_FUNCTIONS, Agency
from playbooks.agency_file import load_agency
from playbooks.errors import BadData
from playbooks.loader import load_plans
from tests.playbooks.files import line_of, put

SAMPLE = Path(__file__).parents[2] / "playbooks" / "samples" / "agency.yaml"
PLANS = load_plans()
TODAY = date(2026, 11, 21)

AGENCY = """\
name: "UBND xã Thử"
about: "Thử"
contact: {phone: "0262 000 000", email: "a@thu.example.vn", hours: "24/24"}
units:
  xa:
    name: "UBND xã Thử"
    short: "xã"
    plan: my_hao_2025
    functions: {focal: doi}
    secret_contact: {person: "anh Sơn", place: "phòng 1"}
  doi:
    name: "Đội"
    short: "Đội"
    parent: xa
people:
  binh:
    name: "Bình"
    title: "anh"
    position: "Trực ban"
    phone: "0905 000 222"
    roles:
      - {role: duty, unit: xa}
      - {role: admin, unit: xa, order: 2}
systems:
  pc: {name: "Máy tính", level: 1, operator: doi, unit: xa}
contacts:
  ca:
    kind: police
    name: "Công an tỉnh Thử"
    phone: "0262 000 113"
    functions: [focal]
    checked: "2026-11-20"
"""
ROSTERS = """\
rosters:
  truc:
    unit: xa
    role: duty
    name: "Trực ban xã"
    layers:
      - people: [binh]
        starts: "2026-11-16 07:30"
        every_days: 7
        hours: "17:30-07:30"
days_off:
  - {day: "2026-12-31", name: "nghỉ bù", paper: "Thông báo số 1"}
"""

WRONG = [
    ("parent: xa", "parent: xaa", "parent: xaa", "có phải “xa”?"),
    ("parent: xa", "plan: my_hao_2025", "  doi:", "đã có đơn vị gốc “xa”"),
    ("plan: my_hao_2025", "plan: my_hao", "plan: my_hao", "không có kế hoạch nào tên “my_hao”"),
    ("    plan: my_hao_2025\n", "", "  xa:", "không theo kế hoạch nào"),
    ("{focal: doi}", "{fokal: doi}", "{fokal", "chức năng của Kế hoạch Mỹ Hào 2025"),
    ("{focal: doi}", "{focal: doii}", "{focal: doii", "có phải “doi”?"),
    ("    secret_contact: ", "    # ", "  xa:", "chưa có người gặp trực tiếp"),
    ("role: admin", "role: boss", "role: boss", "chọn một: 'official', 'responder'"),
    ("role: admin", "role: official", "people:", "chưa có ai là quản trị"),
    ("role: duty", "role: official", "people:", "chưa có ai là trực ban"),
    ("role: admin, unit: xa", "role: duty, unit: xa", "order: 2", "đã nêu ở trên"),
    ("order: 2", "order: 0", "order: 0", "từ 1 trở lên"),
    ("unit: xa, order", "unit: xx, order", "unit: xx", "không có đơn vị (units) nào tên “xx”"),
    ('phone: "0905 000 222"', "phone: 0905000222", "phone: 0905", 'kép: "0905000222"'),
    ('phone: "0905 000 222"', 'phone: "gọi Bình"', 'phone: "gọi', 'ví dụ đúng: "0905 000 111"'),
    ('title: "anh"', 'title: "ông"', 'title: "ông"', "chọn một: 'anh', 'chị', 'đồng chí'"),
    ('title: "anh"', 'title: "anh"\n    email: "a@b.vn,c@d.vn"', 'email: "a@b', "ví dụ đúng"),
    ('title: "anh"', 'title: "anh"\n    ntfy: "a b"', 'ntfy: "a b"', "truc-ban-8f3k2q"),
    ("a@thu.example.vn", "a thu", "a thu", "ví dụ đúng"),
    ("level: 1", "level: 6", "level: 6", "nhiều nhất 5"),
    ("level: 1", "level: 0", "level: 0", "từ 1 trở lên"),
    ("level: 1", 'level: "1"', 'level: "1"', "phải là số nguyên"),
    ("level: 1, ", "", "  pc:", "systems.pc.level: thiếu mục này"),
    ("operator: doi", "operator: dai", "operator: dai", "có phải “doi”?"),
    ("systems:", "  binh: {}\nsystems:", "  binh: {}", "có hai lần, lần đầu ở dòng 16"),
    ('    title: "anh"\n', "", "  binh:", "thiếu title"),
    ('title: "anh"', "shared_by: [binhh]", "shared_by: [binhh]", "có phải “binh”?"),
    ('title: "anh"', "shared_by: [binh]", "shared_by: [binh]", "cũng là máy dùng chung"),
    ('title: "anh"', "shared_by: []", "shared_by: []", "ít nhất một người"),
    ('title: "anh"', 'title: "anh"\n    shared_by: [x]', 'title: "anh"', "không có title"),
    ('title: "anh"', "shared_by: binh", "shared_by: binh", "phải là một danh sách"),
    ("kind: police", "kind: polic", "kind: polic", "chọn một: 'police', 'military'"),
    ("    kind: police\n", "", "  ca:", "contacts.ca.kind: thiếu mục này"),
    ('phone: "0262 000 113"', "phone: 0262000113", "phone: 0262", 'kép: "0262000113"'),
    ('phone: "0262 000 113"', 'phone: "gọi PA05"', 'phone: "gọi', 'ví dụ đúng: "0905 000 111"'),
    ("functions: [focal]", "functions: [fokal]", "functions: [fokal]", "có phải “focal”?"),
    ("functions: [focal]", "functions: focal", "functions: focal", "phải là một danh sách"),
    ("functions: [focal]", 'email: "ca"', 'email: "ca"', "nguoi.truc@coquan.gov.vn"),
    ("functions: [focal]", 'hour: "24/24"', 'hour: "24/24"', "có phải “hours”?"),
    ("2026-11-20", "2026-11-22", "2026-11-22", "ngày 22/11/2026 chưa tới"),
    ("2026-11-20", "20/11/2026", "20/11/2026", "năm-tháng-ngày"),
    ("people:", "people: []\nothers:", "people: []", "phải là một nhóm “tên: giá trị”"),
]

WRONG_ROSTERS = [
    ("people: [binh]", "people: [bin]", "people: [bin]", "có phải “binh”?"),
    ("people: [binh]", "people: [lan]", "people: [lan]", "không có người (people) nào tên “lan”"),
    ("role: duty\n", "role: leader\n", "people: [binh]", "không có vai trò leader ở đơn vị xa"),
    ("unit: xa\n    role", "unit: doi\n    role", "people: [binh]", "vai trò duty ở đơn vị doi"),
    ("unit: xa\n    role", "unit: xx\n    role", "    unit: xx", "đơn vị (units) nào tên “xx”"),
    ("role: duty\n", "role: boss\n", "    role: boss", "chọn một: 'duty', 'leader', 'responder'"),
    ("people: [binh]", "people: []", "people: []", "layers.0.people"),
    ('"2026-11-16 07:30"', '"2026-11-16 07:30+07:00"', "starts:", "không ghi múi giờ"),
    ('"2026-11-16 07:30"', '"2026-11-16T07:30:00Z"', "starts:", '"2026-11-16 07:30"'),
    ('"2026-11-16 07:30"', '"16/11/2026 7h30"', "starts:", '"2026-11-16 07:30"'),
    ('"2026-11-16 07:30"', '"2026-02-30 07:30"', "starts:", "không phải một ngày giờ"),
    ("every_days: 7", "every_days: 0", "every_days: 0", "từ 1 trở lên"),
    ("every_days: 7", 'every_days: "7"', "every_days:", "phải là số nguyên"),
    ('hours: "17:30-07:30"', "hours: 1730", "hours: 1730", 'kép: "1730"'),
    ('hours: "17:30-07:30"', "hours: 1:30", "hours: 1:30", '"17:30-07:30"'),
    ('hours: "17:30-07:30"', 'hours: "17:30-24:00"', "hours:", "từ 00:00 đến 23:59"),
    ('hours: "17:30-07:30"', "days: weekends", "days: weekends", "'workdays', 'days_off'"),
    ("2026-12-31", "31/12/2026", "31/12/2026", "năm-tháng-ngày"),
    ('name: "nghỉ bù", ', "", '{day: "2026-12-31"', "thiếu mục này"),
    (
        "days_off:\n",
        'days_off:\n  - {day: "2026-12-31", name: "x"}\n',
        '  - {day: "2026-12-31", name: "nghỉ',
        "đã nêu ở trên",
    ),
]


def faults(where: Path, text: str) -> list[str]:
    path = where / "co_quan.yaml"
    path.write_text(text, "utf-8")
    try:
        load_agency(path, PLANS, TODAY)
    except BadData as error:
        return str(error).splitlines()
    return []


def test_the_good_file_is_good(tmp_path: Path) -> None:
    assert faults(tmp_path, AGENCY) == []


@pytest.mark.parametrize(("old", "new", "at", "said"), WRONG, ids=[w[3][:30] for w in WRONG])
def test_a_fault_names_its_line_and_the_cure(
    tmp_path: Path, old: str, new: str, at: str, said: str
) -> None:
    text = put(AGENCY, old, new)
    found = [line for line in faults(tmp_path, text) if said in line]
    assert found, faults(tmp_path, text)
    assert found[0].startswith(f"co_quan.yaml:{line_of(text, at)}: ")
    assert "(" in found[0]  # the cure


@pytest.mark.parametrize(
    ("old", "new", "at", "said"), WRONG_ROSTERS, ids=[w[3][:30] for w in WRONG_ROSTERS]
)
def test_so_does_a_fault_in_a_roster(
    tmp_path: Path, old: str, new: str, at: str, said: str
) -> None:
    assert faults(tmp_path, AGENCY + ROSTERS) == []
    text = AGENCY + put(ROSTERS, old, new)
    found = [line for line in faults(tmp_path, text) if said in line]
    assert found, faults(tmp_path, text)
    line = AGENCY.count("\n") + line_of(put(ROSTERS, old, new), at)
    assert found[0].startswith(f"co_quan.yaml:{line}: ")
    assert "(" in found[0]  # the cure


def test_a_unit_under_itself_is_told_for_each_of_the_ring(tmp_path: Path) -> None:
    ring = put(AGENCY, 'short: "xã"\n', 'short: "xã"\n    parent: doi\n')
    found = faults(tmp_path, ring)
    assert [line.split(": ")[1] for line in found] == ["units.xa.parent", "units.doi.parent"]
    assert "xa → doi → xa" in found[0]
    alone = put(AGENCY, "parent: xa", "parent: doi")
    assert any("doi → doi" in line for line in faults(tmp_path, alone))


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = put(put(put(AGENCY, "role: duty", "role: boss"), "level: 1", "level: 9"), "{focal", "{f")
    assert len(faults(tmp_path, text)) == 4  # no duty officer left, too


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"nope\.yaml:1: không đọc được tệp"):
        load_agency(tmp_path / "nope.yaml", PLANS)


@pytest.fixture(scope="module")
def sample() -> Agency:
    return load_agency(SAMPLE, PLANS)


def test_the_sample_says_that_it_is_one(sample: Agency) -> None:
    assert "Tệp mẫu" in sample.about
    assert SAMPLE.read_text("utf-8").startswith("# TỆP MẪU")


def test_the_sample_follows_two_plans(sample: Agency) -> None:
    assert sample.plan_of("thi_xa") == sample.plan_of("doi_ung_cuu") == "my_hao_2025"
    assert sample.plan_of("tan_lap") == sample.plan_of("ea_mau") == "krong_pac_2023"
    assert sample.function("tan_lap", "focal") == "doi_ung_cuu"
    assert sample.function("ea_mau", "focal") is None  # chưa xác định
    assert sample.function("ea_mau", "steering") == "ban_chi_dao"


@pytest.mark.parametrize("unit", ["thi_xa", "tan_lap", "ea_mau"])
def test_the_sample_offers_the_five_everyday_names_in_order(sample: Agency, unit: str) -> None:
    systems = sample.systems_for(unit)
    assert [system.name for system in systems] == [
        "Máy tính, mạng cơ quan",
        "Một cửa, dịch vụ công",
        "Quản lý văn bản",
        "Trang thông tin điện tử",
        "Trang Facebook, Zalo của cơ quan",
    ]
    assert [(system.level, system.shared) for system in systems[1:3]] == [(3, True), (2, True)]
    assert systems[4].level is None


def test_in_the_sample_somebody_can_always_be_told(sample: Agency) -> None:
    for unit in sample.units:
        plan = PLANS[str(sample.plan_of(unit.id))]
        assert sample.secret_contact(unit.id)
        leads = [sample.function(unit.id, name) for name in plan.paging.lead]
        assert None not in leads
        decides = [sample.function(unit.id, name) for name in plan.paging.decides_serious]
        staff = {post.unit for person in sample.people for post in person.roles}
        assert set(decides) <= staff
        assert set(OWN_FUNCTIONS) <= set(plan.functions)


def test_a_day_is_to_come_only_where_today_is_known(tmp_path: Path) -> None:
    path = tmp_path / "co_quan.yaml"
    path.write_text(put(AGENCY, "2026-11-20", "2126-11-20"), "utf-8")
    assert load_agency(path, PLANS).contacts[0].checked == date(2126, 11, 20)


def test_the_sample_telephones_whom_the_plans_and_the_scenarios_need(sample: Agency) -> None:
    kinds = {one.kind for one in sample.contacts}
    assert {"police", "national", "telecom", "vendor", "power"} <= kinds
    stands_for = {name for one in sample.contacts for name in one.functions}
    assert {"police", "national", "telecoms", "vendors"} <= stands_for
    assert all("000" in one.phone for one in sample.contacts)  # invented


SETTLED = [
    ("settled: {i_5: operator}", ""),
    ("settled: {i_55: operator}", "không có bước mà Kế hoạch Krông Pắc 2023 nêu hai nơi nào"),
    ("settled: {i_1: operator}", "bước mà Kế hoạch Krông Pắc 2023 nêu hai nơi"),
    ("settled: {i_5: steering}", "nơi được nêu ở bước i_5 của Kế hoạch Krông Pắc 2023"),
]


@pytest.mark.parametrize(("line", "said"), SETTLED, ids=[line for line, _ in SETTLED])
def test_who_does_a_step_is_settled_where_text_and_table_disagree(
    tmp_path: Path, line: str, said: str
) -> None:
    text = put(AGENCY, "plan: my_hao_2025", "plan: krong_pac_2023")
    text = put(text, "functions: {focal: doi}", f"functions: {{focal: doi}}\n    {line}")
    found = faults(tmp_path, text)
    if not said:
        assert found == []
        agency = load_agency(tmp_path / "co_quan.yaml", PLANS)
        assert agency.settled("doi", "i_5") == "operator"
    else:
        assert next(one for one in found if said in one).startswith(
            f"co_quan.yaml:{line_of(text, line)}: "
        )


def test_a_roster_is_read_with_its_zone_and_its_quotes(tmp_path: Path) -> None:
    """What people write is local time; from here on every moment says where."""
    path = tmp_path / "co_quan.yaml"
    path.write_text(AGENCY + ROSTERS, "utf-8")
    agency = load_agency(path, PLANS, TODAY)
    (roster,), (day,) = agency.rosters, agency.days_off
    (layer,) = roster.layers
    assert layer.starts.isoformat() == "2026-11-16T07:30:00+07:00"
    assert layer.hours == (time(17, 30), time(7, 30))
    assert (day.day, day.working, day.paper) == (date(2026, 12, 31), False, "Thông báo số 1")
    path.write_text(AGENCY + put(ROSTERS, "17:30-07:30", "7:30 – 17:30"), "utf-8")
    assert load_agency(path, PLANS).rosters[0].layers[0].hours == (time(7, 30), time(17, 30))


@pytest.mark.parametrize("wrong", ["rosters: 1", "rosters: {truc: 1}", "days_off: 1"])
def test_a_roster_of_a_wrong_shape_is_a_fault_and_no_trace(tmp_path: Path, wrong: str) -> None:
    text = AGENCY + wrong
    assert faults(tmp_path, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("      - people: [binh]\n", "      - people: binh\n"),
        ("    layers:\n", "    layers: 1\n    other:\n"),
        ("      - people: [binh]\n", "      - 1\n      - people: [binh]\n"),
        ("      - {role: duty, unit: xa}\n", "      - 1\n"),
        ('- {day: "2026-12-31", name: "nghỉ bù", paper: "Thông báo số 1"}', "- 1"),
    ],
)
def test_so_is_each_of_its_parts(tmp_path: Path, old: str, new: str) -> None:
    assert faults(tmp_path, put(AGENCY + ROSTERS, old, new))
