"""Calendars: zones, whole days, recurrences with their exceptions, limits."""

from datetime import date

import pytest

from tests.playbooks.roster_samples import notes_of, read, told

HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//thu//vi\n"
ZONE = "TZID=Asia/Ho_Chi_Minh"
DAILY = f"UID:1\nDTSTART;{ZONE}:20261102T073000\nDTEND;{ZONE}:20261102T173000\nSUMMARY:anh Bình\n"


def calendar(*events: str) -> bytes:
    inside = "".join(f"BEGIN:VEVENT\n{one.strip()}\nEND:VEVENT\n" for one in events)
    return f"{HEAD}{inside}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def turns(*events: str) -> list[str]:
    return [told(one) for one in read(calendar(*events), "lich.ics").turns]


def test_times_in_any_zone_are_those_of_vietnam() -> None:
    """Time (lessons): rotations that were wrong unless kept in UTC."""
    utc = "UID:2\nDTSTART:20261103T103000Z\nDURATION:PT14H\nSUMMARY:Vân; Hùng"
    tokyo = "UID:3\nDTSTART;TZID=Asia/Tokyo:20261104T093000\nDURATION:PT10H\nSUMMARY:Hoa"
    assert turns(DAILY, utc, tokyo) == [
        "Bình 02/11 07:30-17:30",
        "Vân 03/11 17:30-07:30",
        "Hùng 03/11 17:30-07:30",
        "Hoa 04/11 07:30-17:30",
    ]


def test_a_time_without_a_zone_is_taken_as_vietnams_and_said() -> None:
    found = read(calendar("UID:1\nDTSTART:20261102T073000\nDURATION:PT10H\nSUMMARY:Bình"), "l.ics")
    assert [told(one) for one in found.turns] == ["Bình 02/11 07:30-17:30"]
    assert notes_of(found) == [("floating", "l.ics", "1")]


def test_whole_days_have_the_usual_hours_a_turn_for_each() -> None:
    days = "UID:1\nDTSTART;VALUE=DATE:20261102\nDTEND;VALUE=DATE:20261104\n"
    found = read(calendar(f"{days}SUMMARY:Trực lãnh đạo: Đ/c Phúc"), "lich.ics")
    assert [told(one) for one in found.turns] == [
        "Phúc 02/11 07:30-07:30",
        "Phúc 03/11 07:30-07:30",
    ]
    assert {(one.kind, one.assumed) for one in found.turns} == {("leader", "whole")}


def test_a_recurrence_with_what_was_left_out_moved_and_added() -> None:
    repeated = f"{DAILY}RRULE:FREQ=DAILY;UNTIL=20261106T165959Z\nEXDATE;{ZONE}:20261104T073000\n"
    moved = f"UID:1\nRECURRENCE-ID;{ZONE}:20261105T073000\n"
    moved += "DTSTART:20261105T003000Z\nDURATION:PT1H\nSUMMARY:Vân"
    dropped = f"UID:1\nRECURRENCE-ID;{ZONE}:20261106T073000\n"
    dropped += "DTSTART:20261106T003000Z\nSTATUS:CANCELLED\nSUMMARY:Bình"
    added = f"RDATE;{ZONE}:20261110T073000\n"
    assert turns(repeated + added, moved, dropped) == [
        "Bình 02/11 07:30-17:30",
        "Bình 03/11 07:30-17:30",
        "Bình 10/11 07:30-17:30",
        "Vân 05/11 07:30-08:30",
    ]


def test_a_day_that_is_left_out_whole_is_left_out_of_turns_with_hours() -> None:
    repeated = f"{DAILY}RRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20261103\n"
    assert turns(repeated) == ["Bình 02/11 07:30-17:30", "Bình 04/11 07:30-17:30"]


def test_a_recurrence_ends_by_the_clock_of_its_own_zone() -> None:
    evening = DAILY.replace("T173000", "T223000").replace("T073000", "T173000")
    assert turns(f"{evening}RRULE:FREQ=DAILY;UNTIL=20261103T165959Z") == [
        "Bình 02/11 17:30-22:30",
        "Bình 03/11 17:30-22:30",
    ]


def test_a_recurrence_without_an_end_stops_after_a_year() -> None:
    found = read(calendar(f"{DAILY.replace('20261102', '20200101')}RRULE:FREQ=WEEKLY"), "lich.ics")
    days = [one.begins.date() for one in found.turns]
    assert (days[0], len(days)) == (date(2026, 11, 4), 52)


def test_what_is_cancelled_nameless_or_cannot_be_is_left_out_and_said() -> None:
    cancelled = f"{DAILY}STATUS:CANCELLED\n"
    often = f"{DAILY}RRULE:FREQ=SECONDLY\n"
    no_time = DAILY.replace("173000", "073000")
    nobody = DAILY.replace("anh Bình", "Trực ban")
    old = DAILY.replace("20261102", "20251102")
    unwritten = "UID:7\nDTSTART:mai\nSUMMARY:Hoa"
    events = (cancelled, often, no_time, nobody, old, "UID:9\nSUMMARY:Vân", unwritten)
    found = read(calendar(*events), "l.ics")
    assert found.turns == ()
    assert notes_of(found) == [
        ("recurrence", "l.ics, 2", "anh Bình"),
        ("no_hours", "l.ics, 3", "anh Bình"),
        ("no_name", "l.ics, 4", "Trực ban"),
        ("no_day", "l.ics, 6", "Vân"),
        ("no_day", "l.ics, 7", "Hoa"),
        ("outside", "l.ics", "1"),
    ]
    assert found.trouble == "nothing"


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"BEGIN:VCALENDAR\ncut off", "no_calendar"),
        (calendar(*[DAILY] * 2001), "too_many"),
        (calendar(*[f"{DAILY}RRULE:FREQ=DAILY"] * 6), "too_many"),
        (b"BEGIN:VCALENDAR" + bytes(6 * 2**20), "too_big"),
    ],
)
def test_a_calendar_that_cannot_be_read_has_its_trouble(content: bytes, trouble: str) -> None:
    assert read(content, "lich.ics").trouble == trouble
