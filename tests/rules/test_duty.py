"""Who is on duty when: turns, layers, planned shifts, stand-ins, absences, holidays."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duty import (
    DAY,
    HERE,
    Absence,
    Book,
    Calendar,
    Layer,
    Roster,
    Shift,
    on_duty,
    present,
    spans,
    turns,
)

BINH, TUYET, HUNG, MINH = 1, 2, 3, 4
NIGHT = (time(17, 30), time(7, 30))


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Of November 2026, local; the 16th is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=HERE)


STARTS = at(16, 7, 30)
WEEKLY = Layer((BINH, TUYET), STARTS, 7)


def roster(*layers: Layer, name: str = "truc_ban") -> Roster:
    return Roster(name, "xa", "duty", "Trực ban", layers)


def book(*layers: Layer, **rows: object) -> Book:
    return Book((roster(*layers),), **rows)  # type: ignore[arg-type]


def line(of: Book, begins: datetime, ends: datetime) -> list[tuple[datetime, int, str]]:
    return [(one.begins, one.person_id, one.how) for one in spans(of, of.rosters[0], begins, ends)]


def shift(number: int, who: int, begins: datetime, ends: datetime, **about: object) -> Shift:
    return Shift(number, "truc_ban", who, begins, ends, **about)  # type: ignore[arg-type]


def test_turns_follow_each_other_at_the_local_hour() -> None:
    assert line(book(WEEKLY), at(16, 7, 30), at(30, 12)) == [
        (at(16, 7, 30), BINH, "layer"),
        (at(23, 7, 30), TUYET, "layer"),
        (at(30, 7, 30), BINH, "layer"),
    ]


def test_before_the_first_turn_nobody_has_it() -> None:
    before = spans(book(WEEKLY), roster(WEEKLY), at(15), at(17))
    assert [(one.person_id, one.how) for one in before] == [(0, "nobody"), (BINH, "layer")]
    assert line(book(), at(16), at(17)) == [(at(16), 0, "nobody")]
    assert line(book(Layer((), STARTS)), at(16), at(17)) == [(at(16), 0, "nobody")]
    assert line(book(WEEKLY), at(17), at(17)) == []


@pytest.mark.parametrize("zone", [UTC, HERE])
def test_rotations_are_not_wrong_unless_utc_and_follow_no_editors_zone(zone: object) -> None:
    """Lesson (Time): the same instant, in whatever zone it is said, is the same person's."""
    said = replace(WEEKLY, starts=STARTS.astimezone(zone))  # type: ignore[arg-type]
    for minute, who in ((29, BINH), (30, TUYET)):
        moment = at(23, 7, minute).astimezone(zone)  # type: ignore[arg-type]
        assert on_duty(book(said), roster(said), moment).person_id == who
    nights = Layer((BINH,), STARTS, hours=NIGHT)
    for hour, who in ((18, BINH), (17, 0)):
        moment = at(24, hour).astimezone(zone)  # type: ignore[arg-type]
        assert on_duty(book(nights), roster(nights), moment).person_id == who


def test_naive_moments_are_refused_lest_the_machines_zone_decides() -> None:
    naive = datetime(2026, 11, 16, 7, 30)  # noqa: DTZ001
    for refused in (
        lambda: Layer((BINH,), naive),
        lambda: shift(1, BINH, naive, at(17)),
        lambda: Absence(1, BINH, at(16), naive),
        lambda: spans(book(WEEKLY), roster(WEEKLY), naive, at(17)),
    ):
        with pytest.raises(ValueError, match="naive"):
            refused()
    with pytest.raises(ValueError, match="less than a day"):
        Layer((BINH,), STARTS, 0)


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    workdays = Layer((BINH,), at(1), days="workdays", hours=NIGHT)
    rest = Layer((TUYET,), at(1), days="days_off")
    found = line(book(workdays, rest), at(20, 12), at(23, 12))
    assert found == [
        (at(20, 12), 0, "nobody"),
        (at(20, 17, 30), BINH, "layer"),  # Friday night, over midnight, as far as the other lets it
        (at(21), TUYET, "layer"),
        (at(23), 0, "nobody"),
    ]
    whole = Layer((BINH,), at(1), hours=(time(7, 30), time(7, 30)))
    assert line(book(whole), at(20), at(22)) == [(at(20), BINH, "layer")]
    day = Layer((BINH,), at(1), hours=(time(8), time(17)))
    assert [who for _, who, _ in line(book(day), at(20), at(21))] == [0, BINH, 0]


@pytest.mark.parametrize("hour", [0, 8, 17])
def test_a_night_is_one_persons_wherever_the_turns_are_counted_from(hour: int) -> None:
    """ "Từ ngày 16" is written as 00:00: at midnight nobody goes home and nobody is woken."""
    nights = book(Layer((BINH, TUYET), at(16, hour), hours=NIGHT))
    assert line(nights, at(16, 17, 30), at(18, 7, 30)) == [
        (at(16, 17, 30), BINH, "layer"),
        (at(17, 7, 30), 0, "nobody"),
        (at(17, 17, 30), TUYET, "layer"),
    ]
    weekly = book(Layer((BINH, TUYET), at(16), 7, hours=(time(7, 30), time(7, 30))))
    assert [one for one in line(weekly, at(22), at(24)) if one[1] == TUYET] == [
        (at(23, 7, 30), TUYET, "layer")
    ]


def test_holidays_weekends_and_days_that_are_worked_instead() -> None:
    culture, made_up = date(2026, 11, 24), date(2026, 11, 28)
    calendar = Calendar(frozenset({culture}), frozenset({made_up}), {culture: "Ngày Văn hóa"})
    assert calendar.is_off(culture)
    assert calendar.is_holiday(culture)
    assert calendar.is_off(date(2026, 11, 29))
    assert not calendar.is_holiday(date(2026, 11, 29))
    assert not calendar.is_off(made_up)
    assert not calendar.is_off(date(2026, 11, 25))
    both = Calendar(frozenset({made_up}), frozenset({made_up}))
    assert not both.is_holiday(made_up)
    off = book(Layer((BINH,), at(1), days="days_off"), calendar=calendar)
    days = {one.begins.date() for one in turns(off.rosters[0].layers[0], calendar, at(23), at(30))}
    assert days == {culture, date(2026, 11, 29)}


def test_what_stands_later_covers_what_stands_earlier() -> None:
    of = book(
        WEEKLY,
        shifts=(
            shift(1, HUNG, at(17), at(19), kind="cover"),
            shift(2, MINH, at(16, 12), at(18), kind="planned"),
            Shift(3, "another", HUNG, at(16), at(30)),
        ),
    )
    found = spans(of, of.rosters[0], at(16, 8), at(20))
    assert [(one.begins, one.person_id, one.how) for one in found] == [
        (at(16, 8), BINH, "layer"),
        (at(16, 12), MINH, "planned"),
        (at(17), HUNG, "cover"),
        (at(18), HUNG, "cover"),
        (at(19), BINH, "layer"),
    ]
    assert [one.instead_of for one in found] == [0, 0, MINH, BINH, 0]
    assert of.roster("truc_ban") is of.rosters[0]
    assert of.roster("none") is None


def test_nobody_stands_in_for_themselves() -> None:
    """Somebody who takes over a whole week has days of their own in it."""
    days = Layer((BINH, HUNG), at(16))
    of = book(days, shifts=(shift(1, HUNG, at(16), at(19), kind="cover", instead_of=BINH),))
    found = spans(of, of.rosters[0], at(16), at(19))
    whose = [(one.person_id, one.instead_of) for one in found]
    assert whose == [(HUNG, BINH), (HUNG, 0), (HUNG, BINH)]


def away(number: int, who: int, begins: datetime, ends: datetime, acting: int = 0) -> Absence:
    return Absence(number, who, begins, ends, acting_id=acting)


def test_who_acts_for_whoever_is_away_has_the_duty() -> None:
    of = book(WEEKLY, absences=(away(1, BINH, at(18), at(19), HUNG), away(2, BINH, at(20), at(21))))
    found = spans(of, of.rosters[0], at(17), at(22))
    assert [(one.person_id, one.how, one.instead_of) for one in found] == [
        (BINH, "layer", 0),
        (HUNG, "acting", BINH),
        (BINH, "layer", 0),
        (0, "nobody", BINH),
        (BINH, "layer", 0),
    ]
    assert of.away(at(18)) == {BINH: of.absences[0]}
    assert of.away(at(19)) == {}


@pytest.mark.parametrize("newer_first", [False, True])
def test_of_two_rows_the_newer_says_who_acts(newer_first: bool) -> None:
    rows = (away(1, BINH, at(17), at(20), HUNG), away(2, BINH, at(18), at(19), MINH))
    of = book(WEEKLY, absences=rows[::-1] if newer_first else rows)
    found = [who for _, who, _ in line(of, at(17), at(20))]
    assert found == [HUNG, MINH, HUNG]
    if not newer_first:
        assert of.away(at(18))[BINH].acting_id == MINH


@pytest.mark.parametrize("number", [1, 3])
def test_who_acts_and_is_away_as_well_hands_it_on_to_nobody(number: int) -> None:
    rows = (away(2, BINH, at(17), at(20), HUNG), away(number, HUNG, at(18), at(19), MINH))
    found = spans(book(WEEKLY, absences=rows), roster(WEEKLY), at(17), at(20))
    assert [(one.person_id, one.how, one.instead_of) for one in found] == [
        (HUNG, "acting", BINH),
        (0, "nobody", BINH),
        (HUNG, "acting", BINH),
    ]


def test_whoever_has_left_has_no_duty_from_then_on_and_nobody_in_their_place() -> None:
    rows = (
        shift(1, HUNG, at(17), at(19)),
        shift(2, MINH, at(20), at(21), kind="cover", instead_of=BINH),
    )
    of = book(WEEKLY, shifts=rows, left={HUNG: at(18), MINH: at(1), TUYET: at(30)})
    assert line(of, at(17), at(22)) == [
        (at(17), HUNG, "planned"),
        (at(18), 0, "planned"),
        (at(19), BINH, "layer"),
        (at(20), 0, "cover"),
        (at(21), BINH, "layer"),
    ]
    acted = book(WEEKLY, absences=(away(1, BINH, at(17), at(20), HUNG),), left={HUNG: at(18)})
    found = spans(acted, roster(WEEKLY), at(17), at(20))
    assert [(one.person_id, one.how, one.instead_of) for one in found] == [
        (HUNG, "acting", BINH),
        (0, "nobody", BINH),
    ]


def test_in_place_of_who_is_away_whoever_acts_for_them() -> None:
    rows = {BINH: away(1, BINH, at(1), at(30), HUNG), MINH: away(2, MINH, at(1), at(30))}
    assert present((BINH, TUYET), rows) == (HUNG, TUYET)
    assert present((BINH, HUNG), rows) == (HUNG,)
    assert present((MINH, TUYET), rows) == (TUYET,)
    assert present((MINH,), rows) == ()  # whoever asks knows what to do then
    both = {**rows, HUNG: away(3, HUNG, at(1), at(30), BINH)}
    assert present((BINH, TUYET), both) == (TUYET,)


people = st.integers(0, 4)
moments = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 15)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=HERE)
)
ranges = st.tuples(moments, st.integers(0, 15 * 24 * 60)).map(
    lambda one: (one[0], one[0] + timedelta(minutes=one[1]))
)
hours = st.none() | st.tuples(st.times(), st.times())
layers = st.builds(
    Layer,
    st.lists(people, max_size=3).map(tuple),
    moments,
    st.integers(1, 9),
    st.sampled_from(["all", "workdays", "days_off"]),
    hours,
)
rows = st.tuples(st.integers(1, 99), people, ranges, st.sampled_from(["planned", "cover"]), people)
shifts = rows.map(lambda one: shift(one[0], one[1], *one[2], kind=one[3], instead_of=one[4]))
absences = rows.map(lambda one: away(one[0], one[1] or 1, *one[2], one[4]))
days = st.frozensets(st.dates(date(2026, 11, 1), date(2026, 12, 20)), max_size=5)
books = st.builds(
    lambda layers, shifts, absences, calendar, left: Book(
        (roster(*layers),), tuple(shifts), tuple(absences), calendar, left
    ),
    st.lists(layers, max_size=3),
    st.lists(shifts, max_size=4),
    st.lists(absences, max_size=4),
    st.builds(Calendar, days, days),
    st.dictionaries(people, moments, max_size=2),
)


@given(books, ranges)
def test_spans_tile_the_time_without_a_hole_or_an_overlap(
    of: Book, between: tuple[datetime, datetime]
) -> None:
    begins, ends = between
    found = spans(of, of.rosters[0], begins, ends)
    assert bool(found) == (begins < ends)
    if found:
        assert (found[0].begins, found[-1].ends) == (begins, ends)
        assert all(one.begins < one.ends for one in found)
        assert all(one.ends == after.begins for one, after in pairwise(found))


@given(books, ranges)
def test_whoever_is_away_never_has_a_duty(of: Book, between: tuple[datetime, datetime]) -> None:
    for span in spans(of, of.rosters[0], *between):
        for one in of.absences:
            touch = max(one.begins, span.begins) < min(one.ends, span.ends)
            assert not (touch and one.person_id == span.person_id)


@given(books, ranges)
def test_whoever_has_left_never_has_a_duty(of: Book, between: tuple[datetime, datetime]) -> None:
    for span in spans(of, of.rosters[0], *between):
        assert span.person_id == 0 or of.left.get(span.person_id, span.ends) >= span.ends


@given(books, moments)
def test_now_is_the_same_as_a_moment_of_the_week(of: Book, moment: datetime) -> None:
    week = spans(of, of.rosters[0], moment - 3 * DAY, moment + 3 * DAY)
    (here,) = [one for one in week if one.begins <= moment < one.ends]
    now = on_duty(of, of.rosters[0], moment)
    assert (now.person_id, now.how, now.instead_of) == (here.person_id, here.how, here.instead_of)
