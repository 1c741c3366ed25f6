"""A time still to come: "bây giờ", "đêm nay 02:00", "thứ Bảy 2h sáng", "mai 14h", "25/11 8h".

What is not understood to its last word is no answer. Days and hours are Vietnamese ones.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import InvalidAnswer
from bot.domain.moment import Moment
from bot.views.hearing import time_words as words
from bot.views.hearing.time_words import TimeWords

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FARTHEST = timedelta(days=100)  # no roster reaches farther
SMALL_HOURS = 6  # of a night that is named by the day before
NIGHT_HOUR = time(2)
SATURDAY = 5
LONGEST = 60  # characters
_TOMORROW = re.compile(r"\b(?:ngay )?mai\b|\btomorrow\b")
_TONIGHT = re.compile(r"\btonight\b")
_NEXT_WEEK = re.compile(r"\btuan (?:sau|toi|den)\b")
_DATE = re.compile(
    r"\b(?:ngay )?(?P<day>\d{1,2})(?:[/.-]| thang )(?P<month>\d{1,2})"
    r"(?:(?:[/.-]| nam )(?P<year>\d{4}))?\b"
)
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH_DAY = re.compile(rf"\b(?:on )?(?P<name>{'|'.join(_ENGLISH_DAYS)})\b")


def coming(typed: str, now: datetime) -> Moment | None:
    """The next moment that is meant; None: not understood, past, or more than 100 days ahead."""
    if len(typed) > LONGEST:
        return None
    here = now.astimezone(ZONE)
    text = TimeWords(typed)
    if words.JUST_NOW.fullmatch(text.text) or text.text == "now":
        return Moment(now.astimezone(UTC))
    text.spell_clocks()
    clock = text.take(words.CLOCKS, leave=words.TAKEN)
    if clock is None or clock[3] or int(clock[1]) > 24 or int(clock[2]) > 59:
        return None
    part = text.take(words.PART)
    tonight = text.take(_TONIGHT) is not None
    named = "dem" if tonight else part["part"] if part else ""
    days = list(_days(text, here, tonight or bool(part and part["of"] == "nay")))
    if (part and part["of"] in ("qua", "kia")) or not text.all_understood():
        return None
    hour = int(clock[1]) + 12 * (int(clock[1]) in words.TWELVE_LATER.get(named, ()))
    of_the_night = named in words.NIGHT and hour < SMALL_HOURS
    length = timedelta(hours=hour + 24 * of_the_night, minutes=int(clock[2]))
    ahead = (datetime.combine(day, time(), ZONE) + length for day in days)
    found = next((at for at in ahead if at >= here), None)
    return Moment(found.astimezone(UTC)) if found and found - here <= FARTHEST else None


def offered_ahead(option: str, now: datetime) -> Moment:
    """The moment of a button: now_on, coming_night, coming_saturday; two o'clock in the morning."""
    here = now.astimezone(ZONE)
    match option:
        case "now_on":
            return Moment(now.astimezone(UTC))
        case "coming_night":
            days = (here.date() + timedelta(days=each) for each in range(2))
        case "coming_saturday":
            week = (here.date() + timedelta(days=each) for each in range(8))
            days = (day for day in week if day.weekday() == SATURDAY)
        case _:
            raise InvalidAnswer(option=option)
    ahead = (datetime.combine(day, NIGHT_HOUR, ZONE) for day in days)
    return Moment(next(at for at in ahead if at > here).astimezone(UTC))


def _days(text: TimeWords, here: datetime, this_night: bool) -> Iterator[date]:
    """The days that may be meant, the nearest first. Said in the small hours, "đêm nay" is the
    night that has begun."""
    today = here.date()
    if text.take(_TOMORROW):
        yield today + timedelta(days=1)
        return
    near = text.take(words.NEAR_DAY)
    if this_night or near:
        if near is None or near["of"] == "nay":
            yield from (today - timedelta(days=1), today) if this_night else (today,)
        return
    if (number := _weekday(text)) is not None:
        first = today + timedelta(days=(number - today.weekday()) % 7)
        weeks = (1,) if text.take(_NEXT_WEEK) else (0, 1)
        yield from (first + timedelta(days=7 * week) for week in weeks)
        return
    if found := text.take(_DATE):
        yield from _dates(int(found["day"]), int(found["month"]), found["year"], today)
        return
    yield from (today, today + timedelta(days=1))


def _weekday(text: TimeWords) -> int | None:
    if english := text.take(_ENGLISH_DAY):
        return _ENGLISH_DAYS.index(english["name"])
    found = text.take(words.WEEKDAY)
    if found is None:
        return None
    name = found["name"] or "chu nhat"
    return next(at for at, names in enumerate(words.WEEKDAYS) if name in names)


def _dates(day: int, month: int, year: str | None, today: date) -> Iterator[date]:
    for each in (int(year),) if year else (today.year, today.year + 1):
        try:
            yield date(each, month, day)
        except ValueError:
            continue
