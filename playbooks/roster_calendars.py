"""A roster kept in a calendar (iCalendar, RFC 5545): each event is a turn of whom it names.

Recurrences are expanded by dateutil, within limits. A time without a zone is Vietnam's, and the
preview says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from dateutil.rrule import rruleset, rrulestr  # type: ignore[import-untyped]
from icalendar import Calendar

from bot.domain.duty import HERE
from bot.domain.roster_import import MOST_DAYS, Layout, Note, Turn, Usual
from playbooks.roster_headers import kind_of
from playbooks.roster_names import Named, names_in
from playbooks.roster_turns import Found
from playbooks.workbooks import MOST_BYTES, Unreadable

MOST_EVENTS = 2_000
RANGE = timedelta(days=MOST_DAYS)
UNTIL = re.compile(r"UNTIL=(\d{8}T\d{6}Z)")
TOO_OFTEN = re.compile(r"FREQ=(?:SECOND|MINUTE|HOUR)LY")
When = datetime | date


class _NoHours(ValueError):
    """It ends when it begins, or says no end."""


@dataclass(frozen=True, slots=True)
class _Time:
    """said: the beginning as the calendar counts its recurrences."""

    said: When
    begins: datetime
    ends: datetime
    whole: bool  # a day without hours


def read_calendar(content: bytes, name: str, usual: Usual, first: date) -> Found:
    """What begins from this day on, within MOST_DAYS. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_big")
    try:
        calendar = Calendar.from_ical(content)
        events: list[Any] = list(calendar.walk("VEVENT"))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise Unreadable("no_calendar") from error
    if len(events) > MOST_EVENTS:
        raise Unreadable("too_many")
    found = Found(layouts=[Layout(name, "calendar")])
    moved = {_instance(one) for one in events if "RECURRENCE-ID" in one}  # each stands by itself
    window = datetime.combine(first, time(), HERE)
    before = floating = 0
    for number, event in enumerate(events, 1):
        place, said = f"{name}, {number}", str(event.get("SUMMARY", "")).strip()
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        names = names_in(said)
        if not names or "DTSTART" not in event:
            found.notes.append(Note("no_name" if "DTSTART" in event else "no_day", place, said))
            continue
        try:
            times = _times(event, usual, window)
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            found.notes.append(Note(_why(event, error), place, said))
            continue
        floating += _floats(event["DTSTART"].dt)
        for one in times:
            if _repeats(event) and (str(event.get("UID")), _key(one.said)) in moved:
                continue
            if not window <= one.begins < window + RANGE:
                before += 1
                continue
            found.turns += _turns(place, said, names, one)
        if len(found.turns) > MOST_EVENTS:
            raise Unreadable("too_many")
    found.notes += [Note("floating", name, str(floating))] if floating else []
    found.notes += [Note("outside", name, str(before))] if before else []
    return found


def _turns(place: str, said: str, names: list[Named], one: _Time) -> Iterator[Turn]:
    for seat, (name, phone) in enumerate(names, 1):
        about = (kind_of(said), "", seat, phone)
        yield Turn(place, name, one.begins, one.ends, *about, "whole" if one.whole else "")


def _times(event: Any, usual: Usual, window: datetime) -> list[_Time]:
    """ValueError and the like: the event says what cannot be."""
    start = event["DTSTART"].dt
    length = event.duration
    if length <= timedelta():
        raise _NoHours
    if isinstance(start, datetime):
        zone = start.tzinfo or HERE
        starts = _starts(event, start.replace(tzinfo=None), zone, window)
        aware = [one.replace(tzinfo=zone) for one in starts]
        return [
            _Time(one, one.astimezone(HERE), (one + length).astimezone(HERE), False)
            for one in aware
        ]
    starts = _starts(event, datetime.combine(start, time()), HERE, window)
    found = []
    for one in starts:
        for number in range(min(length.days, MOST_DAYS)):
            begins, ends = usual.whole.on(one.date() + timedelta(days=number))
            found.append(_Time(one.date(), begins, ends, True))
    return found


def _why(event: Any, error: Exception) -> str:
    """Of the words importing.note."""
    if isinstance(error, _NoHours):
        return "no_hours"
    return "recurrence" if _repeats(event) else "no_day"


def _starts(event: Any, start: datetime, zone: tzinfo, window: datetime) -> list[datetime]:
    """By the clock on the wall of that zone."""
    if not _repeats(event):
        return [start]
    rules = rruleset()
    rules.rdate(start)
    for rule in _each(event, "RRULE"):
        said = UNTIL.sub(lambda found: f"UNTIL={_local(found[1], zone)}", rule.to_ical().decode())
        if TOO_OFTEN.search(said):
            raise ValueError(said)
        rules.rrule(rrulestr(said, dtstart=start, ignoretz=True))
    for one in (one for group in _each(event, "RDATE") for one in group.dts):
        rules.rdate(_bare(one.dt, zone))
    left_out = [one.dt for group in _each(event, "EXDATE") for one in group.dts]
    for each in left_out:
        rules.exdate(_bare(each, zone))
    whole_days = {each for each in left_out if not isinstance(each, datetime)}
    begins = _bare(window, zone)
    found = []
    for one in rules.xafter(begins, inc=True):
        if one >= begins + RANGE:
            break
        if one.date() not in whole_days:  # some programs leave out a day, and say no hour
            found.append(one)
        if len(found) > MOST_EVENTS:
            raise Unreadable("too_many")
    return found


def _each(event: Any, name: str) -> list[Any]:
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _repeats(event: Any) -> bool:
    return ("RRULE" in event or "RDATE" in event) and "RECURRENCE-ID" not in event


def _instance(event: Any) -> tuple[str, When]:
    return str(event.get("UID")), _key(event["RECURRENCE-ID"].dt)


def _key(when: When) -> When:
    """One moment in one shape, whatever zone it was said in."""
    if not isinstance(when, datetime):
        return when
    return (when if when.tzinfo else when.replace(tzinfo=HERE)).astimezone(UTC)


def _bare(when: When, zone: tzinfo) -> datetime:
    if not isinstance(when, datetime):
        return datetime.combine(when, time())
    return (when.astimezone(zone) if when.tzinfo else when).replace(tzinfo=None)


def _local(said: str, zone: tzinfo) -> str:
    at = datetime.strptime(said, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return f"{at.astimezone(zone):%Y%m%dT%H%M%S}"


def _floats(when: When) -> bool:
    return isinstance(when, datetime) and when.tzinfo is None
