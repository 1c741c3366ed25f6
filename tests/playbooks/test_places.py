"""Where a commune of today stands: found as people type it, with what has changed."""

from datetime import date
from pathlib import Path

import pytest

from playbooks.authoring.grounds import FILE, load_grounds
from playbooks.authoring.places import communes, find
from playbooks.authoring.standing import standing
from playbooks.errors import BadData
from playbooks.law_files import load_regimes
from playbooks.loader import load_plans
from tests.playbooks.files import line_of, put

PLANS = load_plans()
GROUNDS = load_grounds(PLANS)
TODAY = date(2026, 11, 21)


def told(typed: str) -> str:
    return "\n".join(standing(typed, GROUNDS, PLANS, load_regimes(), TODAY))


def test_the_list_has_every_province_and_commune_once() -> None:
    assert len(communes()) == 34
    every = [one for province in communes().values() for one in province]
    assert len(every) == 3321
    assert len({(one.province, one.listed) for one in every}) == 3321
    kinds = [sum(one.kind == kind for one in every) for kind in ("xã", "phường", "đặc khu")]
    assert kinds == [2621, 687, 13]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("xã Krông Pắc", "xã Krông Pắc, tỉnh Đắk Lắk"),
        ("krong pac", "xã Krông Pắc, tỉnh Đắk Lắk"),
        ("UBND xã Ea Knuec", "xã Ea Knuếc, tỉnh Đắk Lắk"),
        ("P.Mỹ Hào", "phường Mỹ Hào, tỉnh Hưng Yên"),
        ("mdrak", "xã M'Drắk, tỉnh Đắk Lắk"),
        ("tan lap dak lak", "phường Tân Lập, tỉnh Đắk Lắk"),
        ("xã Tân Lập, Tây Ninh", "xã Tân Lập, tỉnh Tây Ninh"),
        ("xã Tân Lập tỉnh Tây Ninh", "xã Tân Lập, tỉnh Tây Ninh"),
        ("Phú Mỹ, TP. Hồ Chí Minh", "phường Phú Mỹ, thành phố Hồ Chí Minh"),
        ("hoang sa", "đặc khu Hoàng Sa, thành phố Đà Nẵng"),
        ("Tân Thạnh, Đồng Tháp", "xã Tân Thạnh, tỉnh Đồng Tháp"),  # not Tân Thành
        ("xã Vụ Bôn", "xã Vụ Bổn, tỉnh Đắk Lắk"),  # a wrong mark
    ],
)
def test_a_commune_is_found_as_it_is_typed(typed: str, found: str) -> None:
    assert [one.whole for one in find(typed).matches] == [found]


def test_what_stands_in_several_places_is_listed() -> None:
    said = told("xã tân lập")
    assert "“xã tân lập”: có 3 nơi." in said
    for province in ("Quảng Trị", "Lâm Đồng", "Tây Ninh"):
        assert f"- xã Tân Lập, tỉnh {province}" in said
    assert [one.province for one in find("tan thanh, dong thap").matches] == ["Tỉnh Đồng Tháp"] * 2


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("xã Tân Lập, Đắk Lắk", "phường Tân Lập, tỉnh Đắk Lắk"),
        ("xã tan lap dak lak", "phường Tân Lập, tỉnh Đắk Lắk"),
        ("Krong Pak", "xã Krông Pắc, tỉnh Đắk Lắk"),
    ],
)
def test_what_is_nearly_so_is_suggested(typed: str, near: str) -> None:
    assert find(typed).matches == ()
    assert near in [one.whole for one in find(typed).near]
    assert f"- {near}" in told(typed)


def test_nothing_found_is_said_clearly() -> None:
    first, last = told("xã Không Đâu Cả").splitlines()
    assert "không có trong 34 tỉnh, thành phố và 3.321 xã" in first
    assert "Kiểm tra chính tả" in last


def test_the_ground_of_an_old_district_is_told_with_what_has_changed() -> None:
    said = told("xã Krông Pắc")
    plan, directive = said.index("krong_pac_2023"), said.index("dak_lak_2022")
    assert plan < directive
    assert "Trước đây: huyện Krông Pắc, tỉnh Đắk Lắk (cần pháp chế xác nhận)" in said
    assert "hết kỳ ngày 31/12/2023: đã qua" in said
    assert "Phòng Văn hóa và Thông tin huyện" in said
    assert "Cấp huyện kết thúc hoạt động từ ngày 1/7/2025" in said
    assert "Tỉnh Phú Yên nhập vào tỉnh Đắk Lắk năm 2025 (cần pháp chế xác nhận)." in said
    assert "Chưa tính đến: Nghị định 331/2026" in said
    assert said.endswith(
        "Xem: python -m bot plan show krong_pac_2023 · soạn kế hoạch của mình: "
        "python -m bot plan new"
    )


@pytest.mark.parametrize(
    ("place", "plans"),
    [
        ("xã Vụ Bổn, Đắk Lắk", ["krong_pac_2023", "dak_lak_2022"]),
        ("phường Buôn Ma Thuột", ["dak_lak_2022"]),
        ("phường Tuy Hòa", []),  # Phú Yên then
        ("phường Thượng Hồng", ["my_hao_2025"]),
        ("phường Phố Hiến", []),  # Hưng Yên, but not Mỹ Hào
        ("phường Cao Lãnh", ["dong_thap_2021_2025"]),
        ("phường Mỹ Tho", []),  # Tiền Giang then
        ("phường Nha Trang", ["sxd_khanh_hoa_2022"]),  # a department's own
        ("phường Hoàn Kiếm", []),
    ],
)
def test_every_plan_stands_on_its_own_ground_only(place: str, plans: list[str]) -> None:
    said = told(place)
    assert [name for name in PLANS if f"({name})" in said] == sorted(plans)
    assert "python -m bot plan new" in said
    if not plans or plans == ["sxd_khanh_hoa_2022"]:
        assert "Không có kế hoạch mẫu nào trên đất này" in said
        assert "gói nền" in said


def test_a_district_and_a_province_are_understood_too() -> None:
    said = told("huyện krong pac")
    assert "không còn từ ngày 1/7/2025" in said
    assert "xã Krông Pắc, xã Ea Knuếc, xã Tân Tiến, xã Ea Phê, xã Ea Kly, xã Vụ Bổn" in said
    assert told("Đắk Lắk").startswith("Tỉnh Đắk Lắk: 102 xã, phường, đặc khu.")


def test_every_plan_of_the_product_has_its_ground() -> None:
    assert {one.plan for one in GROUNDS.grounds} == {
        plan.id for plan in PLANS.values() if plan.kind != "base"
    }
    assert all(one.source.status == "secondary" for one in GROUNDS.grounds)


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("Xã Vụ Bổn]", "Xã Vụ Bôn]", "Xã Vụ Bôn", "không có trong danh sách của Tỉnh Đắk Lắk"),
        ("  my_hao_2025:", "  my_hao_2026:", "my_hao_2026", "có phải “my_hao_2025”?"),
        ('province: "Tỉnh Hưng Yên"', 'province: "Tỉnh Hưng Yen"', "Hưng Yen", "có phải"),
        ("one_agency: true", "one_agncy: true", "one_agncy", "có phải “one_agency”?"),
    ],
)
def test_a_fault_in_the_grounds_has_its_line(
    tmp_path: Path, old: str, new: str, at: str, said: str
) -> None:
    text = put(FILE.read_text("utf-8"), old, new)
    file = tmp_path / "grounds.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadData) as bad:
        load_grounds(PLANS, file)
    (found,) = bad.value.faults
    assert found.line == line_of(text, at)
    assert said in found.message
