"""From when to when, in time to come: "25/11 đến 27/11", "7h30 mai đến 17h", "thứ Hai".

Read to the last word or not at all, as `moments` does for what is past: better asked again than a
shift that is on the wrong day.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.errors import InvalidAnswer
from bot.domain.moment import Moment
from bot.views.hearing import time_words as words
from bot.views.hearing.time_words import TimeWords
from bot.views.voice import HERE

DAY = timedelta(days=1)
LONGEST = 120  # characters
FARTHEST = timedelta(days=400)
SOON = timedelta(days=200)
NIGHT = (17, 7)  # hours of "đêm nay", as its button says
BETWEEN = re.compile(r" ?\b(?:den(?: het)?|to|until)\b ?| - |(?<=\d) ?- ?(?=\d\d?:)")
CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b")
NEAR = re.compile(r"\b(?:(hom nay)|((?:ngay )?mai|tomorrow)|((?:ngay )?mot|ngay kia))\b")
WEEKDAY = re.compile(
    r"\b(?:thu (?P<name>[2-7]|hai|ba|tu|nam|sau|bay)|chu nhat)\b(?P<next> tuan sau)?"
)
DATE = re.compile(r"\b(?:ngay )?(\d{1,2})(?:[/.-]| thang )(\d{1,2})(?:(?:[/.-]| nam )(\d{4}))?\b")
FILLING = frozenset(("tu", "luc", "ngay", "from", "at", "on"))


def understand(typed: str, now: datetime) -> Moment | None:
    """With its end; None: not understood, past, or farther than 400 days.

    A day without an hour is the whole day; an hour needs its end.
    """
    if len(typed) > LONGEST:
        return None
    here, text = now.astimezone(HERE), TimeWords(typed)
    text.spell_clocks()
    parts = BETWEEN.split(text.text)
    if len(parts) > 2:
        return None
    first = _point(parts[0], here)
    last = _point(parts[1], here) if len(parts) == 2 else first
    if first is None or last is None or (len(parts) == 1 and first[1] is not None):
        return None
    both = last[0] if first[1] and last[1] and first[1] < last[1] else None  # "7h đến 17h mai"
    begins_on = first[0] or both or here.date()
    ends_on = last[0] or begins_on
    begins = _at(begins_on, first[1] or time())
    ends = _at(ends_on, last[1]) if last[1] else _at(ends_on + DAY, time())
    if last[0] is None and ends <= begins:
        ends += DAY  # "17h đến 7h": the next morning
    if ends <= begins or ends <= here or begins < here - DAY or ends - here > FARTHEST:
        return None
    return _moment(begins, ends)


def offered(option: str, now: datetime) -> Moment:
    """The period of a button: today, tonight, tomorrow, three_days, this_week."""
    here = now.astimezone(HERE)
    today = here.date()
    match option:
        case "today":
            return _moment(here, _at(today + DAY, time()))
        case "tonight":
            begins = max(here, _at(today, time(NIGHT[0])))
            return _moment(begins, _at(today + DAY, time(NIGHT[1])))
        case "tomorrow":
            return _moment(_at(today + DAY, time()), _at(today + 2 * DAY, time()))
        case "three_days":
            return _moment(here, _at(today + 3 * DAY, time()))
        case "this_week":
            return _moment(here, _at(today + (7 - today.weekday()) * DAY, time()))
    raise InvalidAnswer(option=option)


def _point(text: str, here: datetime) -> tuple[date | None, time | None] | None:
    """A day, an hour, or both; None: there is more in it than that, or nothing."""
    left = f" {text} "
    clock, day = None, None
    if found := CLOCK.search(left):
        if int(found[1]) > 23 or int(found[2]) > 59:
            return None
        clock, left = time(int(found[1]), int(found[2])), _cut(left, found)
    today = here.date()
    if found := NEAR.search(left):
        place = next(at for at in (1, 2, 3) if found[at])
        day, left = today + (place - 1) * DAY, _cut(left, found)
    elif found := WEEKDAY.search(left):
        named = found["name"] or "chu nhat"
        number = next(at for at, names in enumerate(words.WEEKDAYS) if named in names)
        day = today + ((number - today.weekday()) % 7) * DAY
        if found["next"]:
            day = today + (7 - today.weekday() + number) * DAY
        left = _cut(left, found)
    elif found := DATE.search(left):
        day = _date(int(found[1]), int(found[2]), int(found[3] or 0), today)
        if day is None:
            return None
        left = _cut(left, found)
    if (clock is None and day is None) or not FILLING.issuperset(left.split()):
        return None
    return day, clock


def _date(day: int, month: int, year: int, today: date) -> date | None:
    """Without a year the next one that comes; just past, it is a slip and not next year's."""
    try:
        found = date(year or today.year, month, day)
        if not year and found < today - DAY:
            found = date(today.year + 1, month, day)
            return found if found - today < SOON else None
    except ValueError:
        return None
    return found


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, HERE)


def _moment(begins: datetime, ends: datetime) -> Moment:
    return Moment(begins.astimezone(UTC), ends.astimezone(UTC))
