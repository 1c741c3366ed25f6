"""Days and hours as rosters write them: 01/11, Thứ Hai 02/11, Từ 02/11 đến 08/11, 7h30–17h30."""

import re
from datetime import date, datetime, time, timedelta
from itertools import starmap
from typing import NamedTuple

from bot.domain.folding import fold
from bot.domain.roster_import import Hours

DAY = timedelta(days=1)
LONGEST = 31  # days that one row may stand for
MONTH = re.compile(r"thang\s*(\d{1,2})\s*(?:[/.-]|nam)\s*(\d{4})")
MONTH_ALONE = re.compile(r"(?<![a-z])(?:thang|t)\s*\.?\s*(\d{1,2})(?!\d)")
SHEET = re.compile(r"(?<!\d)(\d{1,2})\s*[-./_]\s*(20\d\d)")
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
WRITTEN = re.compile(r"(\d{1,2})\s*thang\s*(\d{1,2})(?:\s*nam\s*(\d{4}))?")
DATE = re.compile(  # one sign between its parts: 02/11-08/11 are two days and no year 2008
    r"(?<!\d)(\d{1,2})\s*([/.-])\s*(\d{1,2})(?:\s*\2\s*(\d{4})|\2(\d{2}))?(?!\d)"
)
ISO = re.compile(r"(?<!\d)(20\d\d)-(\d{1,2})-(\d{1,2})(?!\d)")
ALONE = re.compile(r"(?:ngay\s*)?(\d{1,2})(?:\.0)?")
SPAN = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s*(?:den|-|–|—|→)\s*(?:ngay\s*)?(\d{1,2})\s*/\s*(\d{1,2})"
)
TO = re.compile(r"den|toi|[–—→-]")
CLOCK = re.compile(r"(?<![\d/])(\d{1,2})\s*(?:gio|h|g|:)(?![a-z])\s*([0-5]\d)?(?!\d)")
ALL_DAY = re.compile(r"24\s*/\s*24|24\s*h\s*/\s*24|24\s*/\s*7|ca ngay dem|ca ngay lan dem")
WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
WEEKDAY = re.compile(r"(?<![a-z])(?:thu\s*|t)(hai|ba|tu|nam|sau|bay|[2-7])(?![a-z\d])")
SUNDAY = re.compile(r"chu nhat|(?<![a-z])cn(?![a-z])")
EDGES = " ,;:./()–—-"  # what is left of "Thứ 7 - 14/11" without its weekday


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
    said = ISO.sub(r"\3/\2/\1", fold(str(value)) if value is not None else "")
    said = SUNDAY.sub(" ", WEEKDAY.sub(" ", said)).strip(EDGES)  # "Thứ 7 - 14/11" is one day
    if found := ALONE.fullmatch(said):
        return _those(_day(about[0], about[1], int(found[1])))
    if found := SPAN.search(said):
        year = DATE.search(said, found.start(2))
        in_year = _year(year[4] or year[5] if year else None, int(found[3]), about)
        return _between(
            _day(in_year, int(found[3]), int(found[1])), _day(in_year, int(found[3]), int(found[2]))
        )
    dates = _dates(said)
    days = [_day(_year(one.year, one.month, about), one.month, one.day) for one in dates]
    if len(dates) == 2 and TO.search(said[dates[0].ends : dates[1].begins]):
        return _between(*days)
    return _those(*days)


class _Date(NamedTuple):
    """begins, ends: where in the cell. year: as it stands there, None where it does not."""

    begins: int
    ends: int
    day: int
    month: int
    year: str | None


def _dates(said: str) -> list[_Date]:
    """In their order. 02/11 - 08/11/2026: the year that the last of them says is that of all."""
    written = [(*one.span(), int(one[1]), int(one[2]), one[3]) for one in WRITTEN.finditer(said)]
    short = [
        (*one.span(), int(one[1]), int(one[3]), one[4] or one[5]) for one in DATE.finditer(said)
    ]
    found = sorted(starmap(_Date, (*written, *short)))
    last = found[-1] if found else None
    if last is None or last.year is None:
        return found
    before = str(int(last.year) - 1)
    return [
        one._replace(year=one.year or (before if one.month > last.month else last.year))
        for one in found
    ]


def hours_in(text: str) -> Hours | None:
    """Two times of day: from when until when."""
    said = fold(text)
    found = [(int(one[1]), int(one[2] or 0), one.end()) for one in CLOCK.finditer(said)]
    if len(found) != 2 or any(hour > 24 for hour, _, _ in found):
        return None
    (first, minute, end), (last, last_minute, _) = found
    before = int("hom truoc" in said[end : end + 12])
    return Hours(time(first % 24, minute), time(last % 24, last_minute), before)


def says_hours(text: str) -> bool:
    """Some time of day is said, whether it is understood or not; 24h is none."""
    return any(int(one[1]) != 24 for one in CLOCK.finditer(fold(text)))


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
