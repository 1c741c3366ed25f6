"""A roster kept in a spreadsheet: a day in each row, or the days across and marks below them.

What was understood is said by sheet and columns, what was not by sheet and cell. Nothing is
invented: a day without a year, a mark that nobody explained, a part of the day without hours are
notes, not shifts.
"""

import re

from bot.domain.folding import fold
from bot.domain.roster_import import Note, Usual
from playbooks.roster_marks import Marks, days_across
from playbooks.roster_rows import Rows, head_of
from playbooks.roster_times import month_in
from playbooks.roster_turns import Found
from playbooks.workbooks import Grid

TITLE_ROWS = 12  # above the head
TITLE = re.compile(r"lich|truc|phan cong")
SIGNED = re.compile(r"ngay\W*\d*\W*thang")


def read_grid(grid: Grid, usual: Usual, month: tuple[int, int] | None) -> Found:
    """month: (year, month), where whoever imports has said it and the sheet does not."""
    found = Found()
    about = _about(grid, month)
    if (head := days_across(grid, about)) is not None:
        Marks(grid, usual, head, found).read()
    elif (rows := head_of(grid)) is not None:
        Rows(grid, usual, about, rows, found).read()
    elif grid.rows:
        found.notes.append(Note("no_layout", grid.name))
    return found


def _about(grid: Grid, month: tuple[int, int] | None) -> tuple[int, int]:
    """Of what month the sheet is: as its title says, as its name says, as was said by whoever
    imports. "Tân Lập, ngày 25 tháng 10 năm 2026" is when it was signed."""
    rows = sorted(grid.rows)[:TITLE_ROWS]
    said = dict.fromkeys(grid.text(row, column) for row in rows for column in grid.rows[row])
    titles = [one for one in said if "thang" in fold(one) and not SIGNED.search(fold(one))]
    titles.sort(key=lambda one: not TITLE.search(fold(one)))
    found = [one for one in map(month_in, [*titles, grid.name]) if one]
    year, in_year = next((one for one in found if one[0]), (found or [(0, 0)])[0])
    if year or month is None:
        return year, in_year
    return month[0], in_year or month[1]
