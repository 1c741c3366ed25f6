"""Spreadsheets as plain grids: merged cells spread, what is hidden left out, limits kept.

Sizes are looked at before anything is unpacked.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.roster_import import Note

MB = 1024 * 1024
MOST_BYTES = 5 * MB
MOST_UNPACKED, MOST_OF_A_SHEET = 20 * MB, 5 * MB
MOST_PARTS, MOST_SHEETS = 500, 40
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 2_000, 120, 60_000
MERGED = re.compile(rb"mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']*)")
MOST_MERGED = 200_000  # cells of a workbook: the library makes one for each, wherever they end
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
DAMAGED = (  # what openpyxl lets out of damaged parts, and what the archive does: cut off, another
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError, OSError),
    *(zlib.error, EOFError, RuntimeError),  # compression, a password
)
LOCKED = "EncryptedPackage".encode("utf-16-le")
Value = str | int | float | date | datetime | None


class Unreadable(Exception):
    """Why no grid can be had of a file: of the words importing.trouble."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. rows: of values by row and column from 1; merged: where the value of a place was
    written, if elsewhere."""

    name: str
    rows: Mapping[int, Mapping[int, Value]]
    merged: Mapping[tuple[int, int], tuple[int, int]]

    def text(self, row: int, column: int) -> str:
        value = self.rows.get(row, {}).get(column)
        return "" if value is None else str(value).strip()

    def origin(self, row: int, column: int) -> tuple[int, int]:
        return self.merged.get((row, column), (row, column))

    def place(self, row: int, column: int) -> str:
        """ "Tháng 11, C7": the cell in which it was written."""
        at, letter = self.origin(row, column)
        return f"{self.name}, {get_column_letter(letter)}{at}"


def grids_of(name: str, content: bytes) -> tuple[list[Grid], list[Note]]:
    """Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_big")
    if content.startswith(OLD_OFFICE):
        raise Unreadable("locked" if LOCKED in content else "old")
    if content.startswith(b"PK"):
        return _workbook(content)
    if name.lower().endswith(".csv"):
        return [_listed(content)], []
    raise Unreadable("no_sheet")


def _workbook(content: bytes) -> tuple[list[Grid], list[Note]]:
    try:
        _admit(content)
        kept = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        written = load_workbook(io.BytesIO(content), keep_links=False)
    except Unreadable:
        raise
    except (zipfile.BadZipFile, InvalidFileException) as error:
        raise Unreadable("no_sheet") from error
    except DAMAGED as error:
        raise Unreadable("broken") from error
    grids, notes = [], []
    for sheet in kept.worksheets:
        if sheet.sheet_state != "visible":
            notes.append(Note("hidden_sheet", sheet.title))
            continue
        grid, more = _grid(sheet, written[sheet.title])
        grids.append(grid)
        notes += more
    return grids, notes


def _admit(content: bytes) -> None:
    """A small archive may hold a great deal: its own list says how much."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {one.filename for one in parts}
        if "xl/workbook.xml" not in names:
            raise Unreadable("no_sheet")
        sheets = [one for one in parts if one.filename.startswith("xl/worksheets/")]
        if (
            len(parts) > MOST_PARTS
            or len(sheets) > MOST_SHEETS
            or sum(one.file_size for one in parts) > MOST_UNPACKED
            or any(one.file_size > MOST_OF_A_SHEET for one in sheets)
        ):
            raise Unreadable("too_big")
        for one in parts:  # an office program writes no document type; a bomb of entities has one
            if one.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(one):
                raise Unreadable("broken")
        if sum(_merged(archive.read(one)) for one in sheets) > MOST_MERGED:
            raise Unreadable("too_big")


def _merged(sheet: bytes) -> int:
    """How many cells its merged areas hold."""
    count = 0
    for area in MERGED.findall(sheet):
        left, first, right, last = range_boundaries(area.decode())
        if None in (left, first, right, last):  # a whole column
            raise Unreadable("too_big")
        count += (int(last or 0) - int(first or 0) + 1) * (int(right or 0) - int(left or 0) + 1)
    return count


def _grid(sheet: Worksheet, written: Worksheet) -> tuple[Grid, list[Note]]:
    if sheet.max_row > MOST_ROWS * 10 or sheet.max_row * sheet.max_column > MOST_CELLS * 100:
        raise Unreadable("too_big")
    hidden_rows = {at for at, one in sheet.row_dimensions.items() if one.hidden}
    hidden_columns = _hidden_columns(sheet)
    rows: dict[int, dict[int, Value]] = {}
    notes: list[Note] = []
    count, hides = 0, set[str]()
    last_column = min(sheet.max_column, MOST_COLUMNS)
    for (row, column), cell in sorted(_cells(sheet).items()):
        value = _value(cell)
        if row in hidden_rows or column in hidden_columns:
            if value is not None:
                hides.add("hidden_rows" if row in hidden_rows else "hidden_columns")
            continue
        if row > MOST_ROWS or column > MOST_COLUMNS:
            if value is not None:  # a year across: half of it is worse than none
                raise Unreadable("too_big")
            continue
        if value is None and _is_formula(written, row, column):
            notes.append(Note("formula", f"{sheet.title}, {cell.coordinate}"))
        if value is not None:
            rows.setdefault(row, {})[column] = value
            count += 1
            if count > MOST_CELLS:
                raise Unreadable("too_big")
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        first = _value(_cells(sheet).get((area.min_row, area.min_col)))
        if first is None:
            continue
        for at in range(area.min_row, min(area.max_row, MOST_ROWS) + 1):
            for column in range(area.min_col, min(area.max_col, last_column) + 1):
                if at in hidden_rows or column in hidden_columns:
                    continue
                merged[at, column] = (area.min_row, area.min_col)
                rows.setdefault(at, {})[column] = first
    notes += [Note(one, sheet.title) for one in sorted(hides)]
    return Grid(sheet.title, rows, merged), notes


def _cells(sheet: Worksheet) -> Mapping[tuple[int, int], Cell | MergedCell]:
    """Those that the file has; asked for a place that it has not, the library makes a cell there:
    one stray mark far below would cost a quarter of a million of them."""
    found: Mapping[tuple[int, int], Cell | MergedCell] = sheet._cells
    return found


def _is_formula(written: Worksheet, row: int, column: int) -> bool:
    cell = _cells(written).get((row, column))
    return cell is not None and cell.data_type == "f"


def _hidden_columns(sheet: Worksheet) -> set[int]:
    return {
        column
        for one in sheet.column_dimensions.values()
        if one.hidden
        for column in range(one.min or 0, (one.max or 0) + 1)
    }


def _value(cell: object) -> Value:
    value = cell.value if isinstance(cell, Cell) else None
    if isinstance(value, str):
        return value if value.strip() else None
    return value if isinstance(value, int | float | date | datetime) else None


def _listed(content: bytes) -> Grid:
    try:
        text = content.decode(
            "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        )
    except UnicodeDecodeError as error:
        raise Unreadable("csv_letters") from error
    if "\0" in text:
        raise Unreadable("no_sheet")
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4096], ",;\t")
    except csv.Error:
        dialect = csv.excel
    rows = _lines(csv.reader(io.StringIO(text), dialect))
    return Grid("CSV", rows, {})


def _lines(found: Iterable[list[str]]) -> dict[int, dict[int, Value]]:
    rows: dict[int, dict[int, Value]] = {}
    try:
        for at, line in enumerate(found, 1):
            if at > MOST_ROWS or len(line) > MOST_COLUMNS:
                raise Unreadable("too_big")
            rows[at] = {column: one for column, one in enumerate(line, 1) if one.strip()}
    except csv.Error as error:
        raise Unreadable("no_sheet") from error
    return rows
