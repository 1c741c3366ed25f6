"""A spreadsheet with a day, or a week, in each row and people in columns."""

from datetime import date

from bot.domain.folding import fold
from bot.domain.roster_import import Hours, Layout, Note, Usual
from playbooks.roster_headers import Column, Of, Part, column_of, is_day, part_of
from playbooks.roster_names import LONGEST, names_in, phone_in
from playbooks.roster_times import days_in, hours_in, says_hours, weekday_in
from playbooks.roster_turns import Found, near, turns_on
from playbooks.workbooks import Grid

HEADER_ROWS = 3  # of one head, at most
SEARCHED = 24  # rows in which a head may begin


def head_of(grid: Grid) -> tuple[list[int], list[Column]] | None:
    """The rows of the head and what the columns hold."""
    for row in sorted(grid.rows)[:SEARCHED]:
        day = next((c for c in sorted(grid.rows[row]) if is_day(grid.text(row, c))), None)
        if day is None:
            continue
        rows = [row]
        while len(rows) < HEADER_ROWS and _goes_on(grid, rows[-1] + 1, row, day):
            rows.append(rows[-1] + 1)
        numbers = sorted({column for one in rows for column in grid.rows.get(one, {})})
        columns = [column_of(c, [grid.text(one, c) for one in rows]) for c in numbers]
        if any(one.of == "people" for one in columns):
            return rows, _one_day(columns)
    return None


def _one_day(columns: list[Column]) -> list[Column]:
    """Of two columns that could be the day the first is; "Thời gian" beside "Ngày" is its hours."""
    days = [one for one in columns if one.of == "day"]
    day = next((one for one in days if fold(one.title).startswith(("ngay", "thu"))), days[0])
    return [
        Column(one.number, "hours", one.title) if one.of == "day" and one != day else one
        for one in columns
    ]


def _goes_on(grid: Grid, row: int, head: int, day: int) -> bool:
    """The next row is still the head: its day is the merged cell above, or there is none."""
    if row not in grid.rows:
        return False
    if grid.origin(row, day) == grid.origin(head, day):
        return (row, day) in grid.merged
    return not grid.text(row, day) and not any(
        days_in(value, (0, 0)) for value in grid.rows[row].values()
    )


class Rows:
    """A day, or a week, in each row; people in columns."""

    def __init__(
        self,
        grid: Grid,
        usual: Usual,
        about: tuple[int, int],
        head: tuple[list[int], list[Column]],
        found: Found,
    ) -> None:
        self._grid, self._usual, self._about, self._found = grid, usual, about, found
        rows, self._columns = head
        self._first = rows[-1] + 1
        self._seen: set[tuple[tuple[int, int], tuple[date, ...], Part, Hours | None]] = set()

    def read(self) -> None:
        people = [one for one in self._columns if one.of == "people"]
        titles = tuple(one.title for one in people)
        self._found.layouts.append(Layout(self._grid.name, "list", titles))
        day = self._only("day")
        assert day is not None  # there is no head without one
        for row in sorted(one for one in self._grid.rows if one >= self._first):
            named = [one for one in people if self._grid.text(row, one.number)]
            days = self._days(row, day, bool(named))
            for column in named if days else ():
                self._cell(row, column, days)

    def _only(self, of: Of) -> Column | None:
        return next((one for one in self._columns if one.of == of), None)

    def _days(self, row: int, column: Column, named: bool) -> list[date]:
        """Those of this row; one that cannot be is said and left out."""
        grid, notes = self._grid, self._found.notes
        said, place = grid.text(row, column.number), grid.place(row, column.number)
        days = days_in(grid.rows[row].get(column.number), self._about)
        if not days:
            if named and said:
                notes.append(Note("no_day", place, said[:LONGEST]))
            return []
        if not named:
            return []
        far = [one for one in days if not near(one, self._about)]
        if far:
            notes.append(Note("other_month", place, f"{far[0]:%d/%m/%Y}"))
            return []
        beside = self._only("weekday")
        told = {weekday_in(one) for one in (said, grid.text(row, beside.number) if beside else "")}
        if len(days) == 1 and told - {None, days[0].weekday()}:
            notes.append(Note("weekday", place, f"{days[0]:%d/%m/%Y}"))
        return days

    def _cell(self, row: int, column: Column, days: list[date]) -> None:
        grid, text = self._grid, self._grid.text(row, column.number)
        place = grid.place(row, column.number)
        said = [text]
        for beside in (self._only("shift"), self._only("hours")):
            said += [grid.text(row, beside.number)] if beside else []
        hours = next((one for one in map(hours_in, reversed(said)) if one), column.hours)
        part = next((one for one in map(part_of, said[1:]) if one), column.part) or "whole"
        names = names_in(_without_hours(text))
        what = (grid.origin(row, column.number), tuple(days), part, hours)
        if what in self._seen:  # one merged cell over rows of one day
            return
        self._seen.add(what)
        if not names or any(len(one.name) > LONGEST for one in names):
            self._found.notes.append(Note("no_name", place, text[:LONGEST]))
            return
        unclear = next((one for one in (*said, column.title) if says_hours(one)), "")
        if hours is None and unclear:  # 7h–11h30, 13h30–17h: not to be taken for a whole day
            self._found.notes.append(Note("no_hours", place, unclear[:LONGEST]))
            return
        if hours is None and part == "part":
            self._found.notes.append(Note("no_hours", place, column.title))
            return
        phones = self._phones(row, column)
        for seat, (name, phone) in enumerate(names, 1):
            phone = phone or (phones[seat - 1] if seat <= len(phones) else "")
            about = (column.kind, column.title, seat, phone)
            self._found.turns += turns_on(place, name, days, part, hours, self._usual, about)

    def _phones(self, row: int, column: Column) -> list[str]:
        """From the column of telephones to the right, before the next people."""
        after = [one for one in self._columns if one.number > column.number]
        for one in after:
            if one.of == "people":
                return []
            if one.of == "phone":
                lines = self._grid.text(row, one.number).replace(";", "\n").replace(",", "\n")
                return [phone_in(line) for line in lines.split("\n")]
        return []


def _without_hours(text: str) -> str:
    """ "7h30-17h30: Bình" is Bình."""
    head, colon, rest = text.rpartition(":")
    return (
        rest if colon and hours_in(head) else "" if hours_in(text) and not _letters(text) else text
    )


def _letters(text: str) -> bool:
    return any(len(word) > 2 and word.isalpha() for word in text.split())
