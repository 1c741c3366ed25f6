"""What a unit does not say is found above it; two agencies differ only in what differs."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.agency import (
    Agency,
    Change,
    Contact,
    Listed,
    Post,
    SecretContact,
    System,
    Unit,
    changes,
)
from bot.domain.contact import Outside
from bot.domain.errors import NotFound

AT_ROOT = SecretContact("đồng chí Phúc", "phòng 201")
ROOT = Unit("root", "UBND thị xã", "thị xã", None, "mh", {"focal": "team"}, AT_ROOT)
TEAM = Unit("team", "Đội ứng cứu", "Đội", "root", None, {}, None)
COMMUNE = Unit("xa", "UBND xã", "xã", "root", None, {"members": "van_phong"}, None)
OFFICE = Unit("van_phong", "Văn phòng xã", "Văn phòng", "xa", None, {}, None)
OTHER = Unit(
    "xa_2", "UBND xã Hai", "xã Hai", "root", "kp", {"office": None, "steering": "root"}, None
)
FREE = Unit("ngoai", "Đơn vị ngoài", "ngoài", None, None, {}, None)
LAN = Listed("lan", "Lan", "chị", "Văn phòng", "0905 000 111", (Post("official", "xa", 1),))
BINH = Listed("binh", "Bình", "anh", "Trực ban", "0905 000 222", (Post("duty", "root", 1),), "T2")
OWN = System("pc", "Máy tính", 1, "xa", False, "xa")
SHARED = System("mot_cua", "Một cửa", 3, "root", True, "root")
ROOTS = System("web", "Trang thông tin", 2, "root", False, "root")
AGENCY = Agency(
    "UBND thị xã Mẫu",
    "Tệp mẫu",
    Contact("0262 000 000", "a@b.vn", "24/24"),
    (ROOT, TEAM, COMMUNE, OFFICE, OTHER, FREE),
    (LAN, BINH),
    (OWN, SHARED, ROOTS),
)


def test_units() -> None:
    assert AGENCY.unit("xa") is COMMUNE
    assert AGENCY.line("van_phong") == (OFFICE, COMMUNE, ROOT)
    with pytest.raises(NotFound) as refused:
        AGENCY.unit("nope")
    assert refused.value.facts == {"name": "nope"}


def test_what_the_administrator_settled_holds_below_and_not_for_another_plan() -> None:
    root = replace(ROOT, settled={"i_5": "operator"})
    agency = replace(AGENCY, units=(root, TEAM, COMMUNE, OFFICE, OTHER, FREE))
    assert agency.settled("van_phong", "i_5") == "operator"
    assert agency.settled("van_phong", "i_6") is None
    assert agency.settled("xa_2", "i_5") is None
    assert agency.settled("ngoai", "i_5") is None


def test_the_plan_is_the_nearest_named() -> None:
    assert [AGENCY.plan_of(unit.id) for unit in AGENCY.units] == [
        "mh",
        "mh",
        "mh",
        "mh",
        "kp",
        None,
    ]


@pytest.mark.parametrize(
    ("unit", "function", "found"),
    [
        ("root", "focal", "team"),
        ("van_phong", "focal", "team"),
        ("van_phong", "members", "van_phong"),  # what its commune says
        ("xa", "operator", "xa"),  # nobody named: the unit itself
        ("team", "members", "team"),
        ("xa_2", "members", "xa_2"),
        ("xa_2", "steering", "root"),
        ("xa_2", "office", None),  # said to be chưa xác định
        ("xa_2", "focal", None),  # the town's focal unit is another plan's
        ("xa", "finance", None),
        ("ngoai", "operator", "ngoai"),
        ("ngoai", "focal", None),
    ],
)
def test_who_has_a_function_of_the_plan(unit: str, function: str, found: str | None) -> None:
    assert AGENCY.function(unit, function) == found


def test_whom_to_see_about_secrets() -> None:
    own = SecretContact("anh Sơn", "phòng Chủ tịch")
    agency = replace(AGENCY, units=(ROOT, replace(COMMUNE, secret_contact=own), OFFICE, FREE))
    assert agency.secret_contact("root") == AT_ROOT
    assert agency.secret_contact("van_phong") == own
    assert agency.secret_contact("ngoai") is None


def test_the_systems_people_choose_from() -> None:
    assert AGENCY.systems_for("xa") == (OWN, SHARED)
    assert AGENCY.systems_for("van_phong") == (SHARED,)
    assert AGENCY.systems_for("root") == (SHARED, ROOTS)
    assert AGENCY.systems_for("ngoai") == ()


def test_a_first_load_adds_everything() -> None:
    found = changes(None, AGENCY)
    assert found[0] == Change("added", "agency", "", "", "", "UBND thị xã Mẫu")
    assert {change.kind for change in found} == {"added"}
    assert [(change.what, change.id) for change in found[1:]] == [
        *(("unit", unit.id) for unit in AGENCY.units),
        ("person", "lan"),
        ("person", "binh"),
        ("system", "pc"),
        ("system", "mot_cua"),
        ("system", "web"),
    ]


def test_the_same_again_changes_nothing() -> None:
    assert changes(AGENCY, AGENCY) == ()


def test_only_what_differs_is_told() -> None:
    contact = Contact("0262 111 111", "a@b.vn", "24/24")
    moved = replace(COMMUNE, functions={"focal": None, "members": "xa"}, secret_contact=AT_ROOT)
    posts = (Post("official", "xa", 1), Post("responder", "team", 2))
    lan = replace(LAN, phone="0905 999 111", roles=posts)
    after = replace(
        AGENCY,
        contact=contact,
        units=(ROOT, TEAM, moved, OFFICE, FREE),
        people=(lan, BINH),
        systems=(
            replace(OWN, level=None),
            SHARED,
            ROOTS,
            System("zalo", "Zalo", 1, "xa", False, "xa"),
        ),
    )
    assert changes(AGENCY, after) == (
        Change(
            "changed",
            "agency",
            "",
            "contact",
            "0262 000 000 · a@b.vn · 24/24",
            "0262 111 111 · a@b.vn · 24/24",
        ),
        Change("changed", "unit", "xa", "functions", "members: van_phong", "focal: ?, members: xa"),
        Change("changed", "unit", "xa", "secret_contact", "", "đồng chí Phúc · phòng 201"),
        Change("removed", "unit", "xa_2", "", "UBND xã Hai", ""),
        Change("changed", "person", "lan", "phone", "0905 000 111", "0905 999 111"),
        Change(
            "changed", "person", "lan", "roles", "official xa 1", "official xa 1, responder team 2"
        ),
        Change("changed", "system", "pc", "level", "1", ""),
        Change("added", "system", "zalo", "", "", "Zalo"),
    )


def test_contacts_beyond_the_agency_and_regimes_are_told_as_well() -> None:
    police = Outside("ca", "police", "Công an tỉnh", "113", functions=("police",))
    power = Outside("dl", "power", "Điện lực", "1900 0000")
    before = replace(AGENCY, contacts=(police, power))
    assert changes(None, before)[-2:] == (
        Change("added", "contact", "ca", "", "", "Công an tỉnh"),
        Change("added", "contact", "dl", "", "", "Điện lực"),
    )
    tried = replace(police, functions=("police", "ministry"), checked=date(2026, 3, 1))
    after = replace(AGENCY, regimes=("vn_2026",), contacts=(tried,))
    assert changes(before, after) == (
        Change("changed", "agency", "", "regimes", "", "vn_2026"),
        Change("changed", "contact", "ca", "functions", "police", "police, ministry"),
        Change("changed", "contact", "ca", "checked", "", "2026-03-01"),
        Change("removed", "contact", "dl", "", "Điện lực", ""),
    )
