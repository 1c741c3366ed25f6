"""What is wrong with a roster ahead of time, and what of it is told, once and once more."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given

from bot.domain.duty import DAY, Absence, Book, Calendar, Layer, Roster, Shift, spans
from bot.domain.roster_findings import Finding, Told, findings, is_hole, to_tell
from bot.domain.roster_plan import DayOff, LayerPlan
from tests.rules.test_duty import (
    BINH,
    HUNG,
    MINH,
    STARTS,
    TUYET,
    WEEKLY,
    at,
    away,
    book,
    books,
    moments,
    roster,
    shift,
)

HOUR = timedelta(hours=1)


def found(of: Book, begins: object = at(17), ends: object = at(20), **about: object) -> list[str]:
    of_all = findings(of, of.rosters[0], begins, ends, **about)  # type: ignore[arg-type]
    return [f"{one.kind} {one.begins:%d %H:%M} {one.ends:%d %H:%M}" for one in of_all]


def test_a_good_roster_has_nothing_to_tell() -> None:
    assert found(book(WEEKLY)) == []
    assert found(book(Layer((BINH,), STARTS))) == []


def test_a_time_with_nobody_is_a_hole_and_an_office_that_is_open_is_none() -> None:
    assert found(book(), at(17), at(18)) == ["gap 17 00:00 18 00:00"]
    nights = Layer((BINH, TUYET), at(1), hours=(time(17), time(8)))
    assert found(book(nights), at(17), at(20)) == []  # 8:00 to 17:00 of working days
    saturday = [line for line in found(book(nights), at(20), at(23, 12)) if line]
    assert saturday == ["gap 21 08:00 21 17:00", "gap 22 08:00 22 17:00"]
    late = Layer((BINH,), at(1), hours=(time(19), time(8)))
    assert found(book(late), at(17), at(18)) == ["gap 17 08:00 17 19:00"]
    early = Layer((BINH,), at(1), hours=(time(17), time(6)))
    assert found(book(early), at(17), at(18)) == ["gap 17 06:00 17 17:00"]
    holiday = Calendar(frozenset({date(2026, 11, 17)}))
    assert found(book(nights, calendar=holiday), at(17), at(18)) == ["gap 17 08:00 17 17:00"]
    working = Calendar(working=frozenset({date(2026, 11, 21)}))
    assert found(book(nights, calendar=working), at(21), at(22)) == []


def test_whose_turn_it_is_has_left_or_is_away_and_nobody_acts() -> None:
    left = book(Layer((0, TUYET), STARTS, 7))
    assert found(left) == ["left 17 00:00 20 00:00"]
    rows = (shift(1, HUNG, at(17), at(18)), shift(2, MINH, at(18), at(19), kind="cover"))
    gone = book(WEEKLY, shifts=rows, left={HUNG: at(1), MINH: at(1)})
    assert found(gone) == ["left 17 00:00 18 00:00", "left 18 00:00 19 00:00"]
    office = away(1, BINH, at(17, 9), at(17, 10))  # office hours, but somebody was to be there
    assert found(book(WEEKLY, absences=(office,))) == ["away 17 09:00 17 10:00"]
    (one,) = findings(book(WEEKLY, absences=(office,)), roster(WEEKLY), at(17), at(20))
    assert one.people == (BINH,)
    acted = replace(office, acting_id=TUYET)
    assert found(book(WEEKLY, absences=(acted,))) == []


def test_two_planned_at_once_and_one_person_in_two_rosters() -> None:
    rows = (
        shift(1, BINH, at(17), at(18)),
        shift(2, HUNG, at(17, 12), at(19)),
        shift(3, HUNG, at(18), at(19)),  # the same person twice is one
        shift(4, MINH, at(17), at(19), kind="cover"),
        shift(5, MINH, at(25), at(26)),
    )
    assert found(book(WEEKLY, shifts=rows)) == ["overlap 17 12:00 18 00:00"]
    other = Roster("ky_thuat", "doi", "responder", "Kỹ thuật", (Layer((TUYET, BINH), at(17), 1),))
    both = Book((roster(WEEKLY), other))
    assert found(both) == ["double 18 00:00 19 00:00"]
    assert findings(both, other, at(17), at(20)) == ()  # said once, of the first


def test_a_turn_that_the_roster_plans_is_no_overload_and_two_running_are() -> None:
    rows = (shift(1, BINH, at(23, 7, 30), at(26), kind="cover", instead_of=TUYET),)
    of = book(WEEKLY, shifts=rows)
    assert found(of, at(24), at(27)) == ["long 16 07:30 26 00:00"]
    daily = Layer((BINH, TUYET), STARTS)
    once = (shift(1, BINH, at(17, 7, 30), at(17, 12), kind="cover"),)
    assert found(book(daily, shifts=once)) == ["long 16 07:30 17 12:00"]


def test_eleven_hours_of_rest_are_none_and_twelve_are_one() -> None:
    planned = (shift(1, BINH, at(17), at(17, 20)), shift(2, BINH, at(18, 7), at(18, 20)))
    cover = (shift(3, TUYET, at(16), at(17)), shift(4, TUYET, at(17, 20), at(18, 7)))
    cover = (*cover, shift(5, TUYET, at(18, 20), at(20)))
    of = Book((roster(),), planned + cover)
    assert "long 17 00:00 18 20:00" in found(of)
    rested = (*planned[:1], shift(2, BINH, at(18, 8), at(18, 20)))
    assert "long 17 00:00 18 20:00" not in found(Book((roster(),), (*rested, *cover)))
    tuyet = [line for line in found(Book((roster(),), (*rested, *cover))) if "long" in line]
    assert tuyet == ["long 18 20:00 20 00:00"]  # 28 hours, where the roster plans no turns
    again = (*rested, shift(9, BINH, at(19, 20), at(21)))
    assert found(Book((roster(),), again), at(19, 21), at(22))[-2:] == [
        "long 19 20:00 21 00:00",
        "gap 21 00:00 22 00:00",
    ]
    past = (shift(1, BINH, at(10), at(13)), shift(2, BINH, at(17), at(18)))
    assert not [one for one in found(Book((roster(),), past)) if "long" in one]


def test_who_is_on_duty_and_gets_no_message() -> None:
    assert found(book(WEEKLY), unreachable={BINH}) == ["unreachable 17 00:00 20 00:00"]
    assert found(book(WEEKLY), unreachable={TUYET}) == []


GAP = Finding("gap", "truc_ban", at(20, 7), at(20, 20))


def test_each_is_told_once_and_again_when_it_is_a_day_away() -> None:
    said, told = to_tell([GAP], (), at(18))
    assert said == (GAP,)
    assert to_tell([GAP], told, at(18, 1)) == ((), told)
    said, told = to_tell([GAP], told, at(19, 7))
    assert (said, told) == ((GAP,), (Told(GAP, True),))
    assert to_tell([GAP], told, at(19, 8)) == ((), told)
    assert to_tell([], told, at(21)) == ((), ())  # it is past
    assert to_tell([GAP], (), at(19, 12)) == ((GAP,), (Told(GAP, True),))


def test_one_calendar_edit_never_posts_every_ten_minutes() -> None:
    """Lesson (Grafana OnCall#1553): edited, undone, moved by an hour, edited again: said once."""
    told: tuple[Told, ...] = ()
    said = 0
    moved = replace(GAP, begins=GAP.begins - HOUR, ends=GAP.ends + HOUR)
    for step, now in enumerate(at(17, 8) + timedelta(minutes=10) * n for n in range(60)):
        seen = ([GAP], [], [moved], [])[step % 4]
        new, told = to_tell(seen, told, now)
        said += len(new)
    assert said == 1


def test_what_goes_on_as_the_days_pass_stays_the_same_finding() -> None:
    told: tuple[Told, ...] = ()
    said = 0
    for hour in range(200):
        now = at(1) + hour * HOUR
        new, told = to_tell([replace(GAP, begins=now, ends=now + 3 * DAY)], told, now)
        said += len(new)
    assert said == 1
    other = replace(GAP, roster="another", begins=at(9), ends=at(10))
    assert to_tell([other], told, at(8, 9))[0] == (other,)
    later = Finding("gap", "truc_ban", at(25), at(26))
    assert to_tell([later], told, at(8, 9))[0] == (later,)


@given(books, moments)
def test_every_moment_without_anybody_is_told_or_the_office_is_open(of: Book, now: object) -> None:
    begins, ends = now, now + 3 * DAY  # type: ignore[operator]
    holes = [
        one
        for one in spans(of, of.rosters[0], begins, ends)  # type: ignore[arg-type]
        if is_hole(one, of.calendar)
    ]
    vacant = [
        one
        for one in findings(of, of.rosters[0], begins, ends)  # type: ignore[arg-type]
        if one.kind in ("gap", "left", "away")
    ]
    assert [(one.begins, one.ends) for one in holes] == [(one.begins, one.ends) for one in vacant]


def test_a_plan_reads_as_one_line() -> None:
    plan = LayerPlan(("binh", "tuyet"), STARTS, 7)
    assert str(plan) == "binh, tuyet · 2026-11-16 07:30 · 7 · all"
    nights = LayerPlan(("binh",), STARTS, days="workdays", hours=(time(17, 30), time(7, 30)))
    assert str(nights) == "binh · 2026-11-16 07:30 · 1 · workdays · 17:30-07:30"
    assert DayOff(date(2026, 12, 31), "nghỉ bù").id == "2026-12-31"


def test_absences_know_when_they_hold() -> None:
    one = Absence(1, BINH, at(17), at(18))
    assert one.holds_at(at(17))
    assert not one.holds_at(at(18))
    assert Shift(1, "r", BINH, at(17), at(18)).kind == "planned"
