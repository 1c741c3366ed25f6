"""Rosters as offices keep them, made by code: merged titles and days, titles before names."""

import io
from collections.abc import Iterable
from datetime import date, timedelta

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.duty import HERE
from bot.domain.roster_import import Reading, Turn, Usual
from playbooks.roster_files import read_roster

TODAY = date(2026, 11, 21)
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "CN")


def sheet(name: str = "Tháng 11") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    found = book.worksheets[0]
    found.title = name
    return book, found


def merge(sheet: Worksheet, *areas: str) -> None:
    for area in areas:
        sheet.merge_cells(area)


def saved(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(content: bytes, name: str = "lich.xlsx", month: date | None = None) -> Reading:
    return read_roster(content, name, Usual(), month, TODAY)


def duty_of(reading: Reading, kind: str = "duty") -> list[str]:
    """ "Bình 01/11 07:30-17:30" for each turn."""
    return [told(one) for one in reading.turns if one.kind == kind]


def told(one: Turn) -> str:
    begins, ends = one.begins.astimezone(HERE), one.ends.astimezone(HERE)
    return f"{one.name} {begins:%d/%m %H:%M}-{ends:%H:%M}"


def notes_of(reading: Reading) -> list[tuple[str, str, str]]:
    return [(one.kind, one.place, one.said) for one in reading.notes]


def of_the_commune() -> tuple[Workbook, Worksheet]:
    """Two rows of head, a leader over two days, several names in a cell."""
    book, made = sheet()
    made.append(["UBND XÃ TÂN LẬP", *[None] * 4, "Tân Lập, ngày 25 tháng 10 năm 2026"])
    made.append(["LỊCH TRỰC BAN THÁNG 11/2026"])
    made.append([])
    made.append(["TT", "Ngày", "Thứ", "Lãnh đạo trực", None, "Cán bộ trực", None, "Ghi chú"])
    below = ["Họ và tên", "Điện thoại", "Ca ngày (7h30–17h30)", "Ca đêm 17g30-7g30"]
    made.append([None, None, None, *below])
    merge(made, "A1:D1", "F1:H1", "A2:H2", "A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:G4", "H4:H5")
    leader = "Đ/c Nguyễn Văn Phúc – PCT"
    made.append([1, date(2026, 11, 1), "CN", leader, "0905 000 666", "Ông Trần Bình", "Đ.c Hùng"])
    made.append([2, "02/11", "Thứ Hai", None, None, "ThS. Vân; anh Bình", "Bà Lê Thị Thảo", "x"])
    made.append([3, "Thứ Ba, ngày 03/11", "", "PCT Nguyễn Văn Phúc", None, "Bình", "…"])
    made.append([])
    made.append([None, None, None, None, None, "CHỦ TỊCH"])
    merge(made, "D6:D7", "E6:E7")
    return book, made


def days_across(marks: Iterable[tuple[object, ...]]) -> Workbook:
    book, made = sheet("T11")
    made.append(["BẢNG PHÂN CÔNG TRỰC THÁNG 11 NĂM 2026"])
    merge(made, "A1:AG1")
    made.append(["STT", "Họ và tên", *range(1, 31), "Tổng"])
    first = date(2026, 11, 1)
    made.append([None, None, *(WEEKDAYS[(first + timedelta(n)).weekday()] for n in range(30))])
    for line in marks:
        made.append(list(line))
    return book
