"""Spreadsheets as they are really kept: understood by their heads, or said where they are not."""

import io
import zipfile
from datetime import date, time

import pytest

from bot.domain.roster_import import Hours, Layout, Usual
from playbooks import workbooks
from playbooks.roster_files import read_roster
from playbooks.roster_names import Named, names_in
from playbooks.roster_times import days_in, hours_in, month_in, weekday_in
from tests.playbooks.roster_samples import (
    TODAY,
    days_across,
    duty_of,
    merge,
    notes_of,
    of_the_commune,
    read,
    saved,
    sheet,
    told,
)

NOV = (2026, 11)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Đ/c Nguyễn Văn Bình – PCT", ["Nguyễn Văn Bình"]),
        ("Đ/C NGUYỄN VĂN BÌNH (Trực chính)", ["NGUYỄN VĂN BÌNH"]),
        ("1. Ông Trần Bình\n2. Bà Lê Thị Hạnh", ["Trần Bình", "Lê Thị Hạnh"]),
        ("Đ.c Hùng, TS. Vân; anh Y Thắng", ["Hùng", "Vân", "Y Thắng"]),
        ("Đồng chí ThS. Lê An, Phó Chủ tịch", ["Lê An"]),
        ("PCT Nguyễn Văn Phúc", ["Nguyễn Văn Phúc"]),
        ("Phó Chủ tịch UBND Nguyễn Văn Phúc", ["Nguyễn Văn Phúc"]),
        ("H'Linh và chị Nga", ["H'Linh", "Nga"]),
        ("Trực chính: Đ/c Bình\nTrực phụ: Vân, SĐT: 0905 000 333", ["Bình", "Vân"]),
        ("Chị Anh", ["Anh"]),
        ("dc Binh / a Tuan", ["Binh", "a Tuan"]),
        ("Lãnh đạo", []),
        ("…", []),
        ("x", ["x"]),
        ("Đ/c Bình - Đ/c Hùng", ["Bình", "Hùng"]),
        ("Nguyễn Văn Bình – Trần Văn Hùng", ["Nguyễn Văn Bình", "Trần Văn Hùng"]),
        ("Đại úy Nguyễn Văn Nam; Thượng tá Hùng", ["Nguyễn Văn Nam", "Hùng"]),
        ("BS.CKI Trần Bình - chuyên viên", ["Trần Bình"]),
    ],
)
def test_a_name_is_freed_of_title_and_position(written: str, names: list[str]) -> None:
    assert [one.name for one in names_in(written)] == names


def test_a_telephone_beside_a_name_is_its_own() -> None:
    assert names_in("Bình 0905 000 222\nVân (0905.000.333)") == [
        Named("Bình", "0905 000 222"),
        Named("Vân", "0905.000.333"),
    ]
    assert names_in("Bình\n0905000222") == [Named("Bình", "0905000222")]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        (date(2026, 11, 1), ["01/11/2026"]),
        (7, ["07/11/2026"]),
        ("01/11", ["01/11/2026"]),
        ("1-11-2026", ["01/11/2026"]),
        (7.0, ["07/11/2026"]),  # as some programs write whole numbers
        ("1.0", ["01/11/2026"]),
        ("2026-11-02", ["02/11/2026"]),
        ("Thứ Hai 02/11", ["02/11/2026"]),
        ("Thứ 7 - 14/11/2026", ["14/11/2026"]),  # and not from the 7th on
        ("T7–14/11", ["14/11/2026"]),
        ("Thứ 5/ 05/11", ["05/11/2026"]),
        ("CN, ngày 15", ["15/11/2026"]),
        ("ngày 05 tháng 11 năm 2026", ["05/11/2026"]),
        ("02/11, 05/11", ["02/11/2026", "05/11/2026"]),
        ("Từ 30/11 đến 02/12", ["30/11/2026", "01/12/2026", "02/12/2026"]),
        ("02-04/11", ["02/11/2026", "03/11/2026", "04/11/2026"]),
        ("02/11-04/11", ["02/11/2026", "03/11/2026", "04/11/2026"]),
        ("02/11 - 04/11/2026", ["02/11/2026", "03/11/2026", "04/11/2026"]),
        ("Thứ 7 07/11 - CN 08/11", ["07/11/2026", "08/11/2026"]),
        ("31/11", []),
        ("Thứ Hai", []),
        ("từ 01/01 đến 31/12", []),
        ("", []),
        (None, []),
    ],
)
def test_days_as_they_are_written(written: object, days: list[str]) -> None:
    assert [f"{one:%d/%m/%Y}" for one in days_in(written, NOV)] == days


def test_a_year_is_never_invented_and_turns_with_the_year() -> None:
    assert days_in("01/11", (0, 0)) == []
    assert days_in("29/12 đến 02/01", (2026, 12))[-1] == date(2027, 1, 2)
    over = days_in("29/12 - 02/01/2027", (0, 0))  # said once, for both
    assert (over[0], over[-1]) == (date(2026, 12, 29), date(2027, 1, 2))
    assert days_in("02/11 - 08/11/2026", (0, 0))[0] == date(2026, 11, 2)
    assert days_in("31/12", (2027, 1)) == [date(2026, 12, 31)]


def test_hours_months_and_weekdays_as_they_are_written() -> None:
    evening = Hours(time(17, 30), time(7, 30))
    for said in ("17h30–7h30", "từ 17g30 đến 7g30", "17:30 - 07:30", "17 giờ 30 – 7 giờ 30"):
        assert hours_in(said) == evening
    before = hours_in("Từ 17h30 hôm trước đến 7h30")
    assert before is not None
    assert before.days_before == 1
    assert hours_in("24/24") is hours_in("7h30") is hours_in("1 Hùng\n2 Hoa") is None
    assert month_in("LỊCH TRỰC THÁNG 11/2026") == month_in("tháng 11 năm 2026") == (2026, 11)
    assert month_in("T11") == (0, 11)
    assert month_in("11-2026") == (2026, 11)
    assert month_in("Quý IV") is month_in("tháng 13/2026") is None
    assert [weekday_in(one) for one in ("Thứ Hai", "T7", "CN", "Chủ nhật", "Ngày")] == [
        0,
        5,
        6,
        6,
        None,
    ]


def test_a_roster_with_merged_cells_two_rows_of_head_and_titles() -> None:
    book, _ = of_the_commune()
    found = read(saved(book))
    people = ("Lãnh đạo trực – Họ và tên", "Cán bộ trực – Ca ngày (7h30–17h30)")
    assert found.layouts == (
        Layout("Tháng 11", "list", (*people, "Cán bộ trực – Ca đêm 17g30-7g30")),
    )
    assert duty_of(found) == [
        "Trần Bình 01/11 07:30-17:30",
        "Hùng 01/11 17:30-07:30",
        "Vân 02/11 07:30-17:30",
        "Bình 02/11 07:30-17:30",
        "Lê Thị Thảo 02/11 17:30-07:30",
        "Bình 03/11 07:30-17:30",
    ]
    assert [one.seat for one in found.turns if one.place == "Tháng 11, F7"] == [1, 2]
    leaders = [one for one in found.turns if one.kind == "leader"]
    assert {one.name for one in leaders} == {"Nguyễn Văn Phúc"}
    assert [one.place for one in leaders] == ["Tháng 11, D6", "Tháng 11, D6", "Tháng 11, D8"]
    assert [one.phone for one in leaders] == ["0905 000 666", "0905 000 666", ""]
    assert {one.assumed for one in leaders} == {"whole"}
    assert notes_of(found) == [("no_name", "Tháng 11, G8", "…")]


def test_what_is_wrong_is_said_by_sheet_and_cell_and_nothing_is_invented() -> None:
    book, made = of_the_commune()
    made["B7"] = date(2026, 2, 11)  # day and month changed places on the way
    made["B8"] = "Thứ Hai, ngày 03/11"
    made["F8"] = "=F7"
    made["G6"] = "Trực theo phân công của Ban Chỉ huy quân sự xã trong những ngày cao điểm"
    assert notes_of(read(saved(book)))[:4] == [
        ("formula", "Tháng 11, F8", ""),
        ("no_name", "Tháng 11, G6", "Trực theo phân công của Ban Chỉ huy quân sự xã trong những n"),
        ("other_month", "Tháng 11, B7", "11/02/2026"),
        ("weekday", "Tháng 11, B8", "03/11/2026"),
    ]


def test_days_across_and_marks_below() -> None:
    whole = ("x", None, None)
    book = days_across(
        [
            ("I. Lãnh đạo",),
            (1, "Đồng chí Phúc", *whole * 10, 10),
            ("II. Cán bộ trực",),
            (1, "Anh Bình", "N", "Đ", None, "N/Đ", "-", "P"),
            (2, "Chị Vân", "✓", None, "17h-22h"),
        ]
    )
    found = read(saved(book))
    assert found.layouts == (Layout("T11", "grid"),)
    assert len(duty_of(found, "leader")) == 10
    assert duty_of(found) == [
        "Bình 01/11 07:30-17:30",
        "Bình 02/11 17:30-07:30",
        "Bình 04/11 07:30-17:30",
        "Bình 04/11 17:30-07:30",
        "Vân 01/11 07:30-07:30",
        "Vân 03/11 17:00-22:00",
    ]
    assert notes_of(found) == [("mark", "T11, H7", "P")]


def test_a_week_in_a_row_a_column_of_shifts_and_one_of_hours() -> None:
    book, made = sheet("Quý IV")
    made.append(["Tuần", "Người trực", "SĐT"])
    made.append(["Từ 02/11/2026 đến 08/11/2026", "Bình", "0905 000 222"])
    made.append(["Từ 09/11 đến 15/11", "Vân", ""])
    found = read(saved(book))
    assert len(found.turns) == 7
    assert {one.phone for one in found.turns} == {"0905 000 222"}
    assert notes_of(found) == [("no_day", "Quý IV, A3", "Từ 09/11 đến 15/11")]
    book, made = sheet("T11")
    made.append(["Ngày", "Ca trực", "Giờ", "Cán bộ trực"])
    made.append(["01/11/2026", "Ngày", "", "Bình"])
    made.append([None, "Đêm", "", "Vân"])
    made.append(["02/11/2026", "", "17h30 hôm trước – 7h30", "Hùng"])
    made.append(["03/11/2026", "Sáng", "", "Hoa"])
    merge(made, "A2:A3")
    found = read(saved(book))
    assert duty_of(found) == [
        "Bình 01/11 07:30-17:30",
        "Vân 01/11 17:30-07:30",
        "Hùng 01/11 17:30-07:30",
    ]
    assert [one.assumed for one in found.turns] == ["day", "night", ""]
    assert notes_of(found) == [("no_hours", "T11, D5", "Cán bộ trực")]


def test_hours_that_are_not_understood_are_said_and_not_taken_for_a_whole_day() -> None:
    book, made = sheet("T11")
    made.append(["Ngày", "Trực hành chính (7h–11h30, 13h30–17h)", "Trực 24h"])
    made.append(["01/11/2026", "Bình", "Vân"])
    made.append(["02/11/2026", "Hoa từ 17h", None])
    found = read(saved(book))
    assert [told(one) for one in found.turns] == ["Vân 01/11 07:30-07:30"]
    assert notes_of(found) == [
        ("no_hours", "T11, B2", "Trực hành chính (7h–11h30, 13h30–17h)"),
        ("no_hours", "T11, B3", "Hoa từ 17h"),
    ]


def test_what_is_hidden_is_not_read_and_said() -> None:
    book, made = of_the_commune()
    made.row_dimensions[7].hidden = True
    made.column_dimensions["G"].hidden = True
    old = book.create_sheet("Tháng 10")
    old.append(["Ngày", "Cán bộ trực"])
    old.append(["01/10/2026", "Hoa"])
    old.sheet_state = "hidden"
    found = read(saved(book))
    assert [one[:11] for one in duty_of(found)] == ["Trần Bình 0", "Bình 03/11 "]
    assert notes_of(found) == [
        ("hidden_columns", "Tháng 11", ""),
        ("hidden_rows", "Tháng 11", ""),
        ("hidden_sheet", "Tháng 10", ""),
    ]


def test_a_sheet_for_each_month_and_a_month_that_was_said() -> None:
    book, made = sheet("Tháng 10")
    made.append(["Ngày", "Cán bộ trực"])
    made.append([31, "Hoa"])
    assert notes_of(read(saved(book))) == [("no_day", "Tháng 10, A2", "31")]
    assert duty_of(read(saved(book), month=date(2026, 10, 1))) == ["Hoa 31/10 07:30-07:30"]
    made.title = "T10-2026"
    other = book.create_sheet("T11-2026")
    other.append(["Ngày", "Cán bộ trực"])
    other.append([1, "Vân"])
    book.create_sheet("Danh bạ").append(["Bình", "0905 000 222"])
    found = read(saved(book))
    assert duty_of(found) == ["Hoa 31/10 07:30-07:30", "Vân 01/11 07:30-07:30"]
    assert notes_of(found) == [("no_layout", "Danh bạ", "")]


def test_a_csv_file_and_the_hours_that_are_usual_here() -> None:
    text = "Ngày;Cán bộ trực\n01/11/2026;Đ/c Bình\n"
    usual = Usual(whole=Hours(time(8), time(8)))
    for code in ("utf-8", "utf-8-sig", "utf-16"):
        found = read_roster(text.encode(code), "lich.csv", usual, None, TODAY)
        assert duty_of(found) == ["Bình 01/11 08:00-08:00"]


def bomb(size: int, name: str = "xl/worksheets/sheet1.xml", content: bytes = b" ") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr(name, content * size)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "trouble"),
    [
        (b"", "lich.xlsx", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "lich.xls", "old"),
        (b"\xd0\xcf\x11\xe0" + workbooks.LOCKED, "lich.xlsx", "locked"),
        (b"%PDF-1.7", "lich.xlsx", "no_sheet"),
        (b"PK\x03\x04 cut off", "lich.xlsx", "no_sheet"),
        (
            bomb(1, "word/document.xml").replace(b"xl/workbook", b"xx/workbook"),
            "a.xlsx",
            "no_sheet",
        ),
        (bomb(1), "lich.xlsx", "broken"),
        (bomb(1, content=b"<!DOCTYPE lol>"), "lich.xlsx", "broken"),
        (bomb(6 * 2**20), "lich.xlsx", "too_big"),
        (bomb(21 * 2**20, "xl/media/image1.png"), "lich.xlsx", "too_big"),
        (bytes(5 * 2**20 + 1), "lich.xlsx", "too_big"),
        ("Ngày;Cán bộ\n".encode("cp1258", "replace") + b"\xff\xe0", "lich.csv", "csv_letters"),
        (b"a\0b", "lich.csv", "no_sheet"),
        (b"chao\n", "lich.csv", "nothing"),
    ],
)
def test_a_file_that_is_no_roster_has_its_trouble_and_breaks_nothing(
    content: bytes, name: str, trouble: str
) -> None:
    found = read(content, name)
    assert (found.trouble, found.turns) == (trouble, ())
    assert len(found.digest) == 64


def test_a_sheet_with_a_cell_at_its_very_end_is_refused_quickly() -> None:
    book, made = of_the_commune()
    made.cell(1_048_576, 16_384, "x")
    assert read(saved(book)).trouble == "too_big"


def test_a_damaged_archive_is_a_trouble_wherever_the_damage_is() -> None:
    """A file that was cut or changed on its way; an archive with a password, an unknown packing."""
    book, _ = of_the_commune()
    whole = saved(book)
    packed = whole.index(b"xl/worksheets/sheet1.xml") + 200
    found = set()
    for at in range(packed, packed + 300, 7):
        found.add(read(whole[:at] + b"\xff\x00\xff" + whole[at + 3 :]).trouble)
    assert found <= {"broken", "no_sheet"}
    assert "broken" in found
    for head, at, value in ((b"PK\x01\x02", 8, 1), (b"PK\x01\x02", 10, 99)):
        changed, place = bytearray(whole), -1
        while (place := changed.find(head, place + 1)) >= 0:
            changed[place + at] = value
        assert read(bytes(changed)).trouble == "broken"


@pytest.mark.parametrize("area", ["A20:Z40000", "A1:XFD1048576", "A:Z"])
def test_a_merged_area_without_end_is_refused_before_it_is_unpacked(area: str) -> None:
    """The library makes a cell for each place of it: of one such area a process dies."""
    book, made = of_the_commune()
    merge(made, "A12:B12")
    whole, kept = zipfile.ZipFile(io.BytesIO(saved(book))), io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name).replace(b"A12:B12", area.encode()))
    assert read(kept.getvalue()).trouble == "too_big"


@pytest.mark.parametrize("place", [(2_001, 3), (4, 121)])
def test_what_is_beyond_the_limits_is_refused_and_not_cut_off(place: tuple[int, int]) -> None:
    """A year with its days across: to read it until April alone would leave people out."""
    book, made = of_the_commune()
    made.cell(*place, "Bình")
    assert read(saved(book)).trouble == "too_big"


def test_stray_marks_far_below_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for each place of a sheet, the library makes a cell there: forty sheets with one mark
    at their end were ten million."""
    book, made = of_the_commune()
    made.cell(workbooks.MOST_ROWS, workbooks.MOST_COLUMNS, " ")

    def asked(*_: object, **__: object) -> None:
        raise AssertionError("a cell was made")

    content = saved(book)
    monkeypatch.setattr(workbooks.Worksheet, "cell", asked)
    monkeypatch.setattr(workbooks.Worksheet, "iter_rows", asked)
    assert len(duty_of(read(content))) == 6
