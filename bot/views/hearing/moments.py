"""When it was noticed: typed Vietnamese times as moments, never in the future (words.md §3, câu 3).

The clock, the part of the day and the near days are read here; a date ("20/11", "20 tháng 11",
"3 ngày trước") goes to dateparser. What is not understood to its last word is no answer: better
asked again than a legal clock that starts at the wrong time.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.domain.errors import InvalidAnswer
from bot.domain.moment import Moment
from bot.views.hearing import time_words as words
from bot.views.hearing.time_words import TimeWords

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OLDEST = timedelta(days=400)
OLDEST_WITHOUT_YEAR = timedelta(days=200)  # "23/11" typed on the 22nd: a slip, not last year's
AHEAD = timedelta(minutes=5)  # a watch a little before ours
SMALL_HOURS = 5  # until then "tối nay", "8h sáng nay" may be of the day just past
_Span = tuple[datetime, datetime | None]
LONGEST = 120  # characters; longer is a story, not a time


def understand(typed: str, now: datetime) -> Moment | None:
    """The moment meant; None: not understood, in the future, or older than 400 days.

    A clock time alone that is later than now is yesterday's; up to five minutes later is now.
    """
    if len(typed) > LONGEST:
        return None
    here = now.astimezone(ZONE)
    text = TimeWords(typed)
    moment = _just_now(text, here) or _ago(text, here) or _on_a_day(text, here)
    if moment is None or not text.all_understood() or here - moment.at > OLDEST:
        return None
    return moment


def offered(option: str, now: datetime) -> Moment:
    """The moment of a button: just_now or said_now, last_hour, this_afternoon, this_morning,
    yesterday.

    A part of the day that has not begun is that of the day before: the button is an old one.
    """
    here = now.astimezone(ZONE)
    today = here.date()
    match option:
        case "just_now" | "said_now":
            return _moment(here, here)
        case "last_hour":
            return _moment(here, here - timedelta(hours=1), here)
        case "yesterday":
            return _moment(here, _at(today, -24), _at(today, 0))
        case "this_morning" | "this_afternoon":
            part = "sang" if option == "this_morning" else "chieu"
            spans = (_part_span(today - timedelta(days=back), part, here) for back in (0, 1))
            return _moment(here, *next(span for span in spans if span[0] <= here))
    raise InvalidAnswer(option=option)


def _just_now(text: TimeWords, here: datetime) -> Moment | None:
    exact = words.JUST_NOW.fullmatch(text.text)
    if not exact and not words.A_WHILE_AGO.fullmatch(text.text):
        return None
    text.text = ""
    return _moment(here, here, roughly=not exact)


def _ago(text: TimeWords, here: datetime) -> Moment | None:
    """ "2 tiếng trước", "30 phút nay", "trong 1 giờ qua"; "8h nay" is a clock time, not a span."""
    found = words.AGO.search(text.text)
    if not found or not (found["since"] or found["ago"]):
        return None
    of_the_clock = found["unit"] in ("h", "gio") and not (found["since"] or found["within"])
    if of_the_clock and found["ago"] not in (" truoc", " qua"):
        return None
    amount = 0.5 if found["n"] == "nua" else float(found["n"]) + (0.5 if found["half"] else 0)
    in_hours = found["unit"] in ("tieng", "gio", "h")
    length = timedelta(hours=amount) if in_hours else timedelta(minutes=amount)
    start = here - length - timedelta(minutes=int(found["minutes"] or 0))
    text.take(words.ROUGHLY)
    text.take(words.AGO)
    return _moment(here, start, here if found["within"] else None, roughly=True)


def _on_a_day(text: TimeWords, here: datetime) -> Moment | None:
    roughly = text.take(words.ROUGHLY) is not None
    text.spell_clocks()
    clocks = text.take(words.CLOCKS, leave=words.TAKEN)
    found = text.take(words.PART)
    part, of = (found["part"], found["of"]) if found else ("", None)
    days = _days(text, here, part, of)
    if not (clocks or part or days is not None):
        return None
    near = days is None or bool(of)  # no date: the hours after midnight belong to the night before
    for day in (here.date(), here.date() - timedelta(days=1)) if days is None else days:
        span = _clock_span(clocks, day, part, near) if clocks else _part_span(day, part, here)
        if span and span[0] <= here + AHEAD:
            return _moment(here, *span, roughly=roughly)
    return None


def _days(text: TimeWords, here: datetime, part: str, of: str | None) -> list[date] | None:
    """The days that may be meant, the latest first; None: no day is said."""
    today = here.date()
    near = text.take(words.NEAR_DAY)
    if near or of:
        back = words.DAYS_BACK[near["of"] if near else str(of)]
        day_before = back == 0 and part and here.hour < SMALL_HOURS  # who is still up says "nay"
        return [today - timedelta(days=each) for each in ((0, 1) if day_before else (back,))]
    if weekday := text.take(words.WEEKDAY):
        named = weekday["name"] or "chu nhat"
        number = next(at for at, names in enumerate(words.WEEKDAYS) if named in names)
        if weekday["before"]:
            return [today + timedelta(days=number - today.weekday() - 7)]
        latest = today - timedelta(days=(today.weekday() - number) % 7)
        return [latest, latest - timedelta(days=7)]
    if found := text.take(words.DATE):
        return _dates(found[0], bool(found["year"]), today)
    return None


def _dates(text: str, has_year: bool, today: date) -> list[date]:
    settings = {
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "DMY",
    }
    parsed = _dateparser()(words.with_marks(text), languages=["vi"], settings=settings)
    said_whole = has_year or re.search(r"\d{4}|truoc", text)
    if parsed is None or not (said_whole or today - parsed.date() <= OLDEST_WITHOUT_YEAR):
        return []
    return [parsed.date()]


@cache
def _dateparser() -> Callable[..., datetime | None]:
    """Imported when the first date is typed: it takes a tenth of a second."""
    import dateparser

    return dateparser.parse  # type: ignore[no-any-return]


def _clock_span(clocks: re.Match[str], day: date, part: str, near: bool) -> _Span | None:
    """From "21:30", or from "8:00 den 9:00"; None: no such time on a clock."""
    hours = [int(each) for each in clocks.group(1, 3) if each]
    minutes = [int(each) for each in clocks.group(2, 4) if each]
    if max(hours) > 24 or max(minutes) > 59:
        return None
    meant = [hour + 12 * (hour in words.TWELVE_LATER.get(part, ())) for hour in hours]
    if near and part in words.NIGHT:
        meant = [hour + 24 * (hour < SMALL_HOURS + 1) for hour in meant]
    start, *ends = (_at(day, *each) for each in zip(meant, minutes, strict=True))
    return start, next((end + timedelta(days=end < start) for end in ends), None)


def _part_span(day: date, part: str, here: datetime) -> _Span:
    first, last = words.PARTS.get(part, (0, 24))
    if part == "sang" and _at(day, first) > here:
        first = 0  # said before six: since midnight
    return _at(day, first), _at(day, last)


def _at(day: date, hours: int, minutes: int = 0) -> datetime:
    """So many hours after the midnight that begins the day; there is no summer time here."""
    return datetime.combine(day, time(), ZONE) + timedelta(hours=hours, minutes=minutes)


def _moment(
    here: datetime, start: datetime, end: datetime | None = None, roughly: bool = False
) -> Moment:
    return Moment(
        at=min(start, here).astimezone(UTC),
        until=min(end, here).astimezone(UTC) if end else None,
        approximate=roughly or end is not None,
    )
