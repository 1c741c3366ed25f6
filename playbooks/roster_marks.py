"""A spreadsheet with the days of a month across, names down, and marks: x, N (ngày), Đ (đêm)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.folding import fold
from bot.domain.roster_import import Layout, Note, Usual
from playbooks.roster_headers import Part, kind_of
from playbooks.roster_names import LONGEST, names_in
from playbooks.roster_times import days_in, hours_in
from playbooks.roster_turns import Found, turns_on
from playbooks.workbooks import Grid

SEARCHED = 24  # rows in which the row of days may be
ACROSS = 7  # days in a row make it a head of days
NAMES = ("ho va ten", "ho ten", "ten", "nguoi truc", "can bo truc", "ho va ten can bo", "can bo")
MARKS: Mapping[str, tuple[Part, ...]] = {
    **dict.fromkeys(("x", "v", "t", "tr", "1", "24", "24/24", "24h", "ca"), ("whole",)),
    **dict.fromkeys(("n", "ng", "ngay"), ("day",)),
    **dict.fromkeys(("d", "dem"), ("night",)),
    **dict.fromkeys(("n/d", "nd", "n,d", "n+d", "n-d", "d/n", "n d"), ("day", "night")),
}
SIGNS = ("✓", "✔", "☑", "+", "●", "*", "×", "√")
NONE = ("", "0", "-", "–", "o")


@dataclass(frozen=True)
class Across:
    """The row of days and on which day each column is; names: the column of names."""

    row: int
    days: Mapping[int, date]
    names: int


def days_across(grid: Grid, about: tuple[int, int]) -> Across | None:
    for row in sorted(grid.rows)[:SEARCHED]:
        days: dict[int, date] = {}
        for column in sorted(grid.rows[row]):
            one = days_in(grid.rows[row][column], about)
            if len(one) == 1 and one[0] not in days.values():
                days[column] = one[0]
        if len(days) < ACROSS:
            continue
        heads = [grid.text(one, c) for one in (row - 1, row, row + 1) for c in range(1, min(days))]
        columns = [*range(1, min(days))] * 3
        for text, column in zip(heads, columns, strict=True):
            if fold(text) in NAMES:
                return Across(row, days, column)
    return None


class Marks:
    """What stands below the row of days."""

    def __init__(self, grid: Grid, usual: Usual, head: Across, found: Found) -> None:
        self._grid, self._usual, self._head, self._found = grid, usual, head, found

    def read(self) -> None:
        head, grid = self._head, self._grid
        self._found.layouts.append(Layout(grid.name, "grid"))
        kind = ""
        for row in sorted(one for one in grid.rows if one > head.row):
            text = grid.text(row, head.names)
            marked = [c for c in head.days if fold(grid.text(row, c)) or _sign(grid.text(row, c))]
            across = bool(marked) and grid.origin(row, marked[0]) == grid.origin(row, head.names)
            if not marked or across:  # "II. Cán bộ trực", over those below it
                kind = kind_of(text or next(self._texts(row), "")) or kind
                continue
            names = names_in(text)
            if fold(text) in NAMES or not text:
                continue
            if len(names) != 1:
                self._found.notes.append(
                    Note("no_name", grid.place(row, head.names), text[:LONGEST])
                )
                continue
            for column in marked:
                self._mark(row, column, names[0].name, names[0].phone, kind)

    def _texts(self, row: int) -> Iterator[str]:
        return (self._grid.text(row, column) for column in sorted(self._grid.rows[row]))

    def _mark(self, row: int, column: int, name: str, phone: str, kind: str) -> None:
        text, place = self._grid.text(row, column), self._grid.place(row, column)
        mark = fold(text.removesuffix(".0"))
        if mark in NONE and not _sign(text):
            return
        hours = hours_in(text)
        parts = ("whole",) if hours or _sign(text) else MARKS.get(mark)
        if parts is None:
            self._found.notes.append(Note("mark", place, text[:LONGEST]))
            return
        for part in parts:
            about = (kind, "", 1, phone)
            days = [self._head.days[column]]
            self._found.turns += turns_on(place, name, days, part, hours, self._usual, about)


def _sign(text: str) -> bool:
    return text.strip() in SIGNS
