"""The monthly table of duty as a workbook to print: A4 across, a sheet for each roster, a draft.

Words of people are written as words: what begins with "=" is no formula.
"""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.duty import HERE
from bot.domain.duty_table import Kind, Row, StoodIn
from bot.domain.folding import normal
from bot.services.import_outcomes import DutyTable, DutyTables
from bot.views.screen import plain
from bot.views.voice import Voice

FONT = "Times New Roman"
HOUR = timedelta(hours=1)
KINDS: tuple[Kind, ...] = ("workday", "weekend", "holiday")
WIDTHS = (5, 26, 24, 8, 11, 11, 11, 11, 11, 11, 11, 14)
LAST = len(WIDTHS)
TITLE = 31  # characters of a sheet's name
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)


def workbook(outcome: DutyTables, voice: Voice) -> bytes:
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    for one in outcome.tables:
        _fill(book.create_sheet(_title(one.roster.name)), outcome, one, voice)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def hours_of(length: timedelta) -> str:
    """ "12", "7,5": hours, at most two places."""
    return f"{length / HOUR:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _fill(sheet: Worksheet, outcome: DutyTables, one: DutyTable, voice: Voice) -> None:
    _page(sheet)
    month = {"month": f"{outcome.month.month:02}", "year": outcome.month.year}
    _across(sheet, 1, outcome.agency.upper(), 1, 6, bold=True)
    _across(sheet, 1, _said(voice, "draft").upper(), 8, LAST, bold=True)
    _across(sheet, 3, _said(voice, "title", **month).upper(), 1, LAST, bold=True, size=14)
    about = _said(voice, "about", roster=one.roster.name, unit=one.unit)
    _across(sheet, 4, about, 1, LAST)
    if one.until:
        _across(sheet, 5, plain(voice.say("duty_table.until", time=_clock(one.until))), 1, LAST)
    _head(sheet, 7, voice)
    row = 9
    for number, line in enumerate(one.table.rows, 1):
        who = (one.names.get(line.person_id, ""), one.positions.get(line.person_id, ""))
        _line(sheet, row, [number, *who, *_figures([line]), ""])
        row += 1
    _line(sheet, row, ["", _said(voice, "total"), "", *_figures(one.table.rows), ""], bold=True)
    row = _below(sheet, row + 2, one, voice)
    _across(sheet, row, _said(voice, "maker"), 2, 4, bold=True)
    _across(sheet, row, _said(voice, "head"), 8, LAST, bold=True)
    for first, last in ((2, 4), (8, LAST)):
        _across(sheet, row + 1, _said(voice, "signed"), first, last)


def _page(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "7:8"
    sheet.oddFooter.center.text = "&P/&N"  # type: ignore[union-attr]
    for number, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _head(sheet: Worksheet, row: int, voice: Voice) -> None:
    """Two rows: what day it is, by day and by night."""
    for column, key in ((1, "number"), (2, "name"), (3, "position"), (4, "shifts")):
        _boxed(sheet, row, column, _said(voice, key), bold=True, down=1)
    for place, kind in enumerate(KINDS):
        column = 5 + 2 * place
        _boxed(sheet, row, column, _said(voice, kind), bold=True, across=1)
        _boxed(sheet, row + 1, column, _said(voice, "by_day"), bold=True)
        _boxed(sheet, row + 1, column + 1, _said(voice, "by_night"), bold=True)
    for column, key in ((11, "whole"), (12, "sign")):
        _boxed(sheet, row, column, _said(voice, key), bold=True, down=1)


def _figures(rows: Sequence[Row]) -> list[float]:
    """The shifts, the hours of each kind by day and by night, all hours."""
    parts = [
        sum((row.of(kind, night) for row in rows), timedelta())
        for kind in KINDS
        for night in (False, True)
    ]
    whole = sum((row.whole for row in rows), timedelta())
    return [sum(row.shifts for row in rows), *(round(one / HOUR, 2) for one in (*parts, whole))]


def _line(sheet: Worksheet, row: int, values: Sequence[object], bold: bool = False) -> None:
    for column, value in enumerate(values, 1):
        _boxed(sheet, row, column, value, bold, left=column in (2, 3))


def _below(sheet: Worksheet, row: int, one: DutyTable, voice: Voice) -> int:
    """Who stood in for whom, how it was counted; the row below."""
    said = [_said(voice, "stood_in")] if one.table.stood_in else []
    said += [_stood_in(each, one, voice) for each in one.table.stood_in]
    if one.table.nobody:
        nobody = plain(voice.say("duty_table.nobody", hours=hours_of(one.table.nobody)))
        said.append(nobody.removeprefix("🟡 "))
    said += [_said(voice, key) for key in ("count", "night", "rates")]
    said.append(_said(voice, "made", time=_clock(voice.now)))
    for text in said:
        _across(sheet, row, text, 1, LAST, left=True)
        row += 1
    return row + 1


def _stood_in(each: StoodIn, one: DutyTable, voice: Voice) -> str:
    begins, ends = each.begins.astimezone(HERE), each.ends.astimezone(HERE)
    span = f"{begins:%H:%M %d/%m} – {ends:%H:%M %d/%m}"
    who, other = one.names.get(each.person_id, ""), one.names.get(each.instead_of, "")
    return plain(voice.say("duty_table.stood_in", span=span, name=who, other=other))


def _across(
    sheet: Worksheet,
    row: int,
    text: str,
    first: int,
    last: int,
    bold: bool = False,
    size: int = 12,
    left: bool = False,
) -> None:
    sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    cell = _put(sheet, row, first, text)
    cell.font = Font(name=FONT, bold=bold, size=size)
    cell.alignment = LEFT if left else CENTRE


def _boxed(
    sheet: Worksheet,
    row: int,
    column: int,
    value: object,
    bold: bool = False,
    across: int = 0,
    down: int = 0,
    left: bool = False,
) -> None:
    cell = _put(sheet, row, column, value)
    cell.font, cell.alignment = Font(name=FONT, bold=bold, size=12), LEFT if left else CENTRE
    if isinstance(value, float):
        cell.number_format = "0.##" if value % 1 else "0"
    for at in range(row, row + down + 1):
        for beside in range(column, column + across + 1):
            sheet.cell(at, beside).border = BOX
    if across or down:
        sheet.merge_cells(
            start_row=row, start_column=column, end_row=row + down, end_column=column + across
        )


def _put(sheet: Worksheet, row: int, column: int, value: object) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.value = normal(value)
        cell.data_type = "s"
    elif isinstance(value, int | float):
        cell.value = value
    return cell


def _said(voice: Voice, key: str, **facts: object) -> str:
    return plain(voice.say(f"duty_table.sheet.{key}", **facts))


def _clock(at: datetime) -> str:
    """With its date: a printed table is read on any day."""
    return f"{at.astimezone(HERE):%H:%M %d/%m/%Y}"


def _title(name: str) -> str:
    """A workbook takes no such signs in a sheet's name."""
    return "".join(" " if each in "[]:*?/\\" else each for each in normal(name))[:TITLE]
