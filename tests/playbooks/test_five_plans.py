"""What the five plans say, and what each of them leaves out."""

from datetime import date

from bot.domain.playbook import POWERS, STEP_KINDS, Source
from playbooks.loader import load_plans
from tests.playbooks.sources import sources

PLANS = load_plans()
BASE_PACK, MY_HAO, KRONG_PAC = PLANS["goi_nen"], PLANS["my_hao_2025"], PLANS["krong_pac_2023"]
KHANH_HOA, DONG_THAP = PLANS["sxd_khanh_hoa_2022"], PLANS["dong_thap_2021_2025"]
DAK_LAK = PLANS["dak_lak_2022"]
FIVE = [plan for plan in PLANS.values() if plan.kind != "base"]
WITH_STEPS = [KRONG_PAC, KHANH_HOA, DONG_THAP]


def test_my_hao_states_the_criteria_and_has_no_steps() -> None:
    needs = MY_HAO.rules.needs_response.source
    assert (needs.document, needs.section) == ("Kế hoạch Mỹ Hào 2025", "II.1.c")
    assert needs.inherited_from is None
    assert MY_HAO.criteria["c6"].source.inherited_from is None
    assert MY_HAO.criteria["a"].source.inherited_from == "goi_nen"
    assert MY_HAO.rules.serious_by_law.source.inherited_from == "goi_nen"
    assert {step.source.inherited_from for step in MY_HAO.steps} == {"goi_nen"}
    assert [step.id for step in MY_HAO.steps] == [step.id for step in BASE_PACK.steps]
    assert MY_HAO.regimes == BASE_PACK.regimes
    paging = MY_HAO.paging
    assert (paging.lead, paging.coordinating) == (("focal",), ("members",))
    assert paging.source.section == "II.1.d"
    assert paging.pace_source.inherited_from == paging.decides_source.inherited_from == "goi_nen"
    assert [len(group.items) for group in MY_HAO.scenarios] == [10, 1, 5, 5]
    assert len(MY_HAO.causes) == 4
    assert {contact.source.inherited_from for contact in MY_HAO.contacts} == {"goi_nen"}


def test_my_haos_units_name_a_person_and_the_focal_unit_joins_when_asked() -> None:
    joining = MY_HAO.joining
    assert joining is not None
    assert (joining.nominates, joining.on_request) == (("members",), ("focal",))
    assert (joining.source.section, joining.source.line) == ("II.1.d", 118)
    assert [plan.id for plan in PLANS.values() if plan.joining] == ["my_hao_2025"]


def test_krong_pac_states_the_steps_and_has_no_criteria() -> None:
    assert KRONG_PAC.rules.needs_response.source.inherited_from == "goi_nen"
    assert KRONG_PAC.criteria["c1"].source.inherited_from == "goi_nen"
    assert KRONG_PAC.rules.serious_by_plan.source == Source(
        "Kế hoạch Krông Pắc 2023", "Phụ lục I.4", "unverified", None, 554
    )
    assert [s.number for s in KRONG_PAC.steps if s.confidential] == ["III.4"]
    first = KRONG_PAC.step("i_1")
    assert (first.lead, first.coordinating) == (("operator",), ("focal", "office", "others"))
    assert KRONG_PAC.paging.coordinating == ("focal", "office")
    assert KRONG_PAC.functions["focal"].name == "Phòng Văn hóa và Thông tin huyện"
    assert KRONG_PAC.functions["focal"].successor is None


def test_the_steps_are_counted_as_the_plans_count_them() -> None:
    numbers = [" ".join(step.number for step in plan.steps) for plan in WITH_STEPS]
    assert numbers == [
        "I.1 I.2 I.3 I.4 I.5 I.6 II.1 III.1 III.2 III.3 III.4 IV.1",
        "2.1.a 2.1.b 2.1.c 2.1.d 2.1.e 2.1.f 2.2 2.3.a 2.3.b 2.3.c 2.4",
        "1 2 3 4 5 6 7 8 9 10 11",
    ]
    for plan in WITH_STEPS:
        kinds = [step.kind for step in plan.steps]
        assert kinds == [k for k in STEP_KINDS if k != "violation" or plan is KRONG_PAC]
        assert [phase.id for phase in plan.phases] == ["i", "ii", "iii", "iv"]
        assert all(step.content for step in plan.steps)


def test_duties_causes_and_scenarios_are_all_there() -> None:
    counts = [(len(p.duties), len(p.causes), [len(g.items) for g in p.scenarios]) for p in FIVE]
    of_base = (5, [10, 5, 5, 1, 1])
    assert dict(zip([plan.id for plan in FIVE], counts, strict=True)) == {
        "krong_pac_2023": (20, *of_base),
        "sxd_khanh_hoa_2022": (15, 5, [10, 4, 5, 1]),
        "dong_thap_2021_2025": (16, *of_base),
        "my_hao_2025": (14, 4, [10, 1, 5, 5]),
        "dak_lak_2022": (25, *of_base),
    }
    assert KHANH_HOA.called_scenario("nguoi_dung") is None
    assert MY_HAO.called_scenario("mat_internet") == "sự cố đường kết nối mạng Internet"


def test_a_figure_stands_beside_the_words_that_give_it() -> None:
    duties = [duty for plan in FIVE for duty in plan.duties]
    assert [duty.id for duty in duties if duty.every_months and not duty.cadence] == []
    assert [d.id for d in duties if d.by and not (d.deadline or d.cadence)] == []
    figures = {duty.id: duty.every_months for duty in DONG_THAP.duties if duty.every_months}
    assert (figures["pl_ii_2"], figures["iv_2_c"]) == (12, 6)
    hunt, scripts, intake = (
        next(duty for duty in DAK_LAK.duties if duty.id == name)
        for name in ("m1_2_san_lung", "m1_2_kich_ban", "m1_6")
    )
    assert (hunt.every_months, scripts.by, intake.by) == (
        6,
        date(2022, 12, 31),
        date(2022, 12, 1),
    )
    officer = next(duty for duty in KHANH_HOA.duties if duty.id == "vi_1_b_bao")
    assert officer.on_event is not None


def test_a_loop_goes_where_its_plan_says_or_nowhere() -> None:
    loops = {plan.id: [step for step in plan.steps if step.loop] for plan in WITH_STEPS}
    assert [len(steps) for steps in loops.values()] == [1, 1, 1]
    again = [
        [one.number for place in step.loop.back_to for one in plan.steps_of(place)]
        for plan in WITH_STEPS
        for step in loops[plan.id]
        if step.loop
    ]
    assert again == [
        ["II.1", "III.1", "III.2", "III.3", "III.4"],
        ["2.2", "2.3.a", "2.3.b", "2.3.c"],
        [],
    ]


def test_only_whom_the_plan_names_has_a_power() -> None:
    own = [one for one in KHANH_HOA.special_authority if one.source.inherited_from is None]
    assert {one.id: one.functions for one in own} == dict.fromkeys(POWERS, ("steering",))
    assert KHANH_HOA.step("i_4").powers == POWERS
    assert DONG_THAP.step("i_4").powers == ("convene_team", "assign_spokesperson")
    assert DONG_THAP.having("convene_team") == ("steering",)
    for plan in (KRONG_PAC, MY_HAO, DAK_LAK):
        assert plan.having("convene_team") == ()


def test_a_power_of_which_a_plan_is_silent_is_the_bases_and_says_so() -> None:
    inherited = {
        plan.id: [one.id for one in plan.special_authority if one.source.inherited_from]
        for plan in FIVE
    }
    assert inherited == {
        "krong_pac_2023": ["assign_spokesperson"],
        "sxd_khanh_hoa_2022": [],
        "dong_thap_2021_2025": ["direct_serious"],
        "my_hao_2025": ["direct_serious", "assign_spokesperson"],
        "dak_lak_2022": ["direct_serious", "assign_spokesperson"],
    }


def test_a_provincial_team_has_a_part_only_once_convened() -> None:
    on_call = {p.id: [f.id for f in p.functions.values() if f.on_call] for p in PLANS.values()}
    team = ["province_team"]
    assert on_call == {
        "goi_nen": [],
        "krong_pac_2023": team,
        "sxd_khanh_hoa_2022": team,
        "dong_thap_2021_2025": team,
        "my_hao_2025": [],
        "dak_lak_2022": team,
    }
    leads = [[s.number for s in plan.steps if team[0] in s.lead] for plan in WITH_STEPS]
    assert leads == [[], ["2.2"], ["7", "8"]]


def test_serious_optional_and_what_must_come_before() -> None:
    serious = [[s.number for s in plan.steps if s.only_if_serious] for plan in WITH_STEPS]
    assert serious == [["I.4"], ["2.1.d"], []]
    optional = [[s.number for s in plan.steps if s.optional] for plan in WITH_STEPS]
    assert optional == [[], [], ["4"]]
    after = [{s.number: s.after for s in plan.steps if s.after} for plan in WITH_STEPS]
    assert after == [
        {"I.5": ("i_2",), "III.1": ("ii_1",), "III.3": ("iii_2",)},
        {"2.1.b": ("i_1",), "2.1.e": ("i_2",), "2.3.a": ("ii_1",)},
        {},
    ]
    acting = [s.number for s in KRONG_PAC.steps if s.actor]
    assert acting == ["I.5", "I.6", "III.1", "III.2", "III.3", "III.4", "IV.1"]
    assert [step.asks for step in (p.of_kind("option")[0] for p in WITH_STEPS)] == [
        ("manager",),
        ("head", "steering"),
        ("owner",),
    ]


def test_the_review_goes_to_every_recipient_that_the_plan_names() -> None:
    recipients = [
        [plan.functions[one].name for one in plan.of_kind("review")[0].reports_to]
        for plan in WITH_STEPS
    ]
    coordinator = "Cơ quan điều phối quốc gia (Trung tâm Ứng cứu khẩn cấp không gian mạng Việt Nam"
    assert recipients == [
        [
            "Chủ quản hệ thống thông tin",
            "Ban Chỉ đạo xây dựng Chính quyền điện tử tỉnh Đắk Lắk",
            f"{coordinator} - VNCERT/CC)",
        ],
        [
            "Giám đốc Sở Xây dựng",
            "Ban Chỉ đạo Chuyển đổi số tỉnh Khánh Hòa",
            f"{coordinator} - VNCERT/CC)",
        ],
        ["Chủ quản hệ thống thông tin", "Ban Chỉ đạo Chuyển đổi số tỉnh Đồng Tháp", "VNCERT"],
    ]


def test_what_was_carried_down_from_the_row_above_says_so() -> None:
    carried = [step for step in DONG_THAP.steps if step.source.status == "secondary"]
    assert [step.number for step in carried] == ["2", "3", "10", "11"]
    duties = [duty for duty in DONG_THAP.duties if duty.source.status == "secondary"]
    assert [duty.id for duty in duties] == ["pl_ii_4", "pl_ii_6"]
    assert all("trống hoặc gộp" in str(item.note) for item in (*carried, *duties))


def test_a_body_that_has_gone_says_since_when_and_has_no_successor_yet() -> None:
    ended = {(f.ended, p.id) for p in FIVE for f in p.functions.values() if f.ended}
    districts, department = date(2025, 7, 1), date(2025, 3, 1)
    assert ended == {
        (districts, "krong_pac_2023"),
        (districts, "my_hao_2025"),
        *((department, name) for name in ("krong_pac_2023", "sxd_khanh_hoa_2022")),
        *((department, name) for name in ("dong_thap_2021_2025", "dak_lak_2022")),
    }
    for function in (f for p in FIVE for f in p.functions.values() if f.ended):
        assert function.successor is None
        assert "nguồn ngoài" in str(function.note)


def test_a_directive_has_duties_only() -> None:
    assert {duty.source.inherited_from for duty in DAK_LAK.duties} == {None}
    parts = (DAK_LAK.steps, DAK_LAK.phases, DAK_LAK.causes, DAK_LAK.scenarios, DAK_LAK.criteria)
    marks = {source.inherited_from for part in parts for source in sources(part)}
    assert marks == {"goi_nen"}
    assert {source.inherited_from for source in sources(DAK_LAK.rules)} == {"goi_nen"}
    assert DAK_LAK.regimes == BASE_PACK.regimes
    needed = {contact.id: contact.duties for contact in DAK_LAK.contacts}
    assert needed["military"] == needed["police"] == ("m3",)


def test_periods_that_are_over() -> None:
    over = [plan.id for plan in FIVE if plan.period.is_over(date(2026, 1, 1))]
    assert sorted(over) == sorted({plan.id for plan in FIVE} - {"dak_lak_2022"})
    assert not DONG_THAP.period.is_over(date(2025, 12, 31))
    assert DAK_LAK.period.ends is None
