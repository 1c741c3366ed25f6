"""Days and hours as rosters write them: 01/11, Thứ Hai 02/11, Từ 02/11 đến 08/11, 7h30–17h30."""

import re
from datetime import date, datetime, time, timedelta

from bot.domain.folding import fold
from bot.domain.roster_import import Hours

DAY = timedelta(days=1)
LONGEST = 31  # days that one row may stand for
MONTH = re.compile(r"thang\s*(\d{1,2})\s*(?:[/.-]|nam)\s*(\d{4})")
MONTH_ALONE = re.compile(r"(?<![a-z])(?:thang|t)\s*\.?\s*(\d{1,2})(?!\d)")
SHEET = re.compile(r"(?<!\d)(\d{1,2})\s*[-./_]\s*(20\d\d)")
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
WRITTEN = re.compile(r"(\d{1,2})\s*thang\s*(\d{1,2})(?:\s*nam\s*(\d{4}))?")
DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?(?!\d)")
SPAN = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s*(?:den|-|–|—|→)\s*(?:ngay\s*)?(\d{1,2})\s*/\s*(\d{1,2})"
)
TO = re.compile(r"den|toi|[–—→]|\s-\s")
CLOCK = re.compile(r"(?<![\d/])(\d{1,2})\s*(?:gio|h|g|:)\s*([0-5]\d)?(?!\d)")
ALL_DAY = re.compile(r"24\s*/\s*24|24\s*h\s*/\s*24|24\s*/\s*7|ca ngay dem|ca ngay lan dem")
WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
WEEKDAY = re.compile(r"(?<![a-z])(?:thu\s*|t)(hai|ba|tu|nam|sau|bay|[2-7])(?![a-z\d])")
SUNDAY = re.compile(r"chu nhat|(?<![a-z])cn(?![a-z])")


def month_in(text: str) -> tuple[int, int] | None:
    """(year, month) of a title or a sheet's name; year 0 where it is not said."""
    said = fold(text)
    if found := MONTH.search(said) or SHEET.search(said):
        month, year = int(found[1]), int(found[2])
        return (year, month) if 1 <= month <= 12 else None
    if found := MONTH_ALONE.search(said):
        year_said = YEAR.search(said)
        month = int(found[1])
        return (int(year_said[0]) if year_said else 0, month) if 1 <= month <= 12 else None
    return None


def days_in(value: object, about: tuple[int, int]) -> list[date]:
    """The days of a cell; none where it names none, or no year is known. about: (year, month) of
    the sheet, 0 where not known. A bare number is a day of that month."""
    if isinstance(value, datetime):
        return [value.date()]
    if isinstance(value, date):
        return [value]
    said = fold(str(value)) if value is not None else ""
    if re.fullmatch(r"(?:ngay\s*)?\d{1,2}(?:\.0)?", said):
        day = int(re.sub(r"\D|\.0$", "", said))
        return _those(_day(about[0], about[1], day))
    if found := SPAN.search(said):
        year = DATE.search(said, found.start(2))
        in_year = _year(year[3] if year else None, int(found[3]), about)
        return _between(
            _day(in_year, int(found[3]), int(found[1])), _day(in_year, int(found[3]), int(found[2]))
        )
    dates = [
        _day(_year(one[3], int(one[2]), about), int(one[2]), int(one[1]))
        for one in (*WRITTEN.finditer(said), *DATE.finditer(said))
    ]
    if len(dates) == 2 and TO.search(said):
        return _between(*dates)
    return _those(*dates)


def hours_in(text: str) -> Hours | None:
    """Two times of day: from when until when."""
    said = fold(text)
    found = [(int(one[1]), int(one[2] or 0), one.end()) for one in CLOCK.finditer(said)]
    if len(found) != 2 or any(hour > 24 for hour, _, _ in found):
        return None
    (first, minute, end), (last, last_minute, _) = found
    before = int("hom truoc" in said[end : end + 12])
    return Hours(time(first % 24, minute), time(last % 24, last_minute), before)


def is_all_day(text: str) -> bool:
    """24/24, without saying when it begins."""
    return ALL_DAY.search(fold(text)) is not None


def weekday_in(text: str) -> int | None:
    """0 for Monday; None where no day of the week is named."""
    said = fold(text)
    if SUNDAY.search(said):
        return 6
    found = WEEKDAY.search(said)
    if found is None:
        return None
    return int(found[1]) - 2 if found[1].isdigit() else WEEKDAYS[found[1]]


def _year(said: str | None, month: int, about: tuple[int, int]) -> int:
    """The year of a day that names none: the sheet's, and the next over New Year."""
    if said:
        return int(said) if len(said) == 4 else 2000 + int(said)
    year, around = about
    if not year:
        return 0
    return year + (around == 12 and month == 1) - (around == 1 and month == 12)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _those(*days: date | None) -> list[date]:
    return [one for one in days if one is not None]


def _between(first: date | None, last: date | None) -> list[date]:
    if first is None or last is None:
        return []
    if last < first:  # 29/12 đến 04/01: the year was said once
        last = date(last.year + 1, last.month, last.day)
    length = (last - first).days + 1
    return [first + number * DAY for number in range(length)] if length <= LONGEST else []
