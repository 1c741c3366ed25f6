"""The monthly table of duty: hours by what day they are, and nothing else."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duty import HERE, Book, Calendar, Layer, Roster, Shift, Span, spans
from bot.domain.duty_table import Row, StoodIn, month_of, table

HOUR = timedelta(hours=1)
BINH, VAN = 1, 2
NEW_YEAR = date(2027, 1, 1)  # a Friday
TET = Calendar(off=frozenset({NEW_YEAR}), working=frozenset({date(2027, 1, 9)}))
FIRST = datetime(2027, 1, 1, tzinfo=HERE)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2027, 1, day, hour, minute, tzinfo=HERE)


def of(row: Row) -> tuple[float, ...]:
    """Working days by day and night, days off, holidays, all."""
    parts = (row.of("workday", False), row.of("workday", True), row.of("weekend"))
    return tuple(part / HOUR for part in (*parts, row.of("holiday"), row.whole))


def one(begins: datetime, ends: datetime) -> Row:
    return table([Span(begins, ends, BINH, "layer")], TET).rows[0]


def test_an_evening_of_a_working_day_is_night_from_22_to_6() -> None:
    assert of(one(at(5, 17, 30), at(6, 7, 30))) == (6, 8, 0, 0, 14)
    assert of(one(at(5, 22), at(6, 6))) == (0, 8, 0, 0, 8)
    assert of(one(at(5, 6), at(5, 22))) == (16, 0, 0, 0, 16)


def test_from_a_holiday_over_the_weekend_each_hour_has_its_own_day() -> None:
    row = one(at(1, 7, 30), at(4, 7, 30))
    assert of(row) == (1.5, 6, 48, 16.5, 72)
    assert row.of("holiday", True) / HOUR == 2
    assert row.of("weekend", True) / HOUR == 16
    assert row.shifts == 3


def test_a_saturday_that_is_worked_is_a_working_day() -> None:
    assert of(one(at(9, 7, 30), at(9, 17, 30))) == (10, 0, 0, 0, 10)


def test_days_are_those_of_vietnam_whatever_zone_a_moment_is_kept_in() -> None:
    """Time (lessons): rotations that were wrong unless the server stood in UTC."""
    utc = [each.astimezone(datetime.now().astimezone().tzinfo) for each in (at(5, 22), at(6, 6))]
    assert of(one(*utc)) == (0, 8, 0, 0, 8)


def test_who_stood_in_has_the_hours_and_nobody_else() -> None:
    cover = Span(at(6, 7, 30), at(7, 7, 30), VAN, "cover", BINH)
    found = table([Span(at(5, 7, 30), at(6, 7, 30), BINH), cover, Span(at(7), at(8))], TET)
    assert [(row.person_id, row.shifts) for row in found.rows] == [(BINH, 1), (VAN, 1)]
    assert found.stood_in == (StoodIn(VAN, BINH, at(6, 7, 30), at(7, 7, 30)),)
    assert found.nobody == 24 * HOUR


def test_a_day_of_ones_own_and_a_night_for_another_are_one_shift_of_24_hours() -> None:
    """As the sheet says that it counts; the hours for another are listed all the same."""
    own, night = Span(at(5, 7, 30), at(5, 17, 30), BINH, "planned"), at(6, 7, 30)
    found = table([own, Span(at(5, 17, 30), night, BINH, "cover", VAN)], TET)
    assert [(row.person_id, row.shifts, row.whole) for row in found.rows] == [(BINH, 1, 24 * HOUR)]
    assert found.stood_in == (StoodIn(BINH, VAN, at(5, 17, 30), night),)


def test_a_month_ends_where_the_next_begins() -> None:
    assert month_of(date(2027, 2, 1)) == (
        datetime(2027, 2, 1, tzinfo=HERE),
        datetime(2027, 3, 1, tzinfo=HERE),
    )
    assert month_of(date(2026, 12, 1))[1] == FIRST


MINUTES = st.integers(0, 31 * 24 * 60)
LAYER = Layer((BINH, VAN, 0), FIRST + 450 * timedelta(minutes=1), 1)
ROSTER = Roster("truc_ban", "thi_xa", "duty", "Trực ban", (LAYER,))


@st.composite
def covers(draw: st.DrawFn) -> tuple[Shift, ...]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        begins = FIRST + draw(MINUTES) * timedelta(minutes=1)
        length = draw(st.integers(1, 3000)) * timedelta(minutes=1)
        who, whom = draw(st.permutations([BINH, VAN, 3]).map(lambda two: two[:2]))
        found.append(Shift(number, "truc_ban", who, begins, begins + length, "cover", whom))
    return tuple(found)


@given(covers())
def test_every_hour_of_duty_is_of_one_kind_and_none_is_made(shifts: tuple[Shift, ...]) -> None:
    begins, ends = month_of(date(2027, 1, 1))
    line = spans(Book((ROSTER,), shifts, (), TET), ROSTER, begins, ends)
    found = table(line, TET)
    for row in found.rows:
        held = [span.ends - span.begins for span in line if span.person_id == row.person_id]
        assert sum(of(row)[:4]) * HOUR == row.whole == sum(held, timedelta())
    whole = sum((row.whole for row in found.rows), found.nobody)
    assert whole == ends - begins


@given(st.integers(0, 28), st.integers(0, 28))
def test_a_swap_moves_hours_and_never_makes_any(one_day: int, other_day: int) -> None:
    begins, ends = month_of(date(2027, 1, 1))
    layer = Layer((BINH, VAN), LAYER.starts)
    roster = Roster("truc_ban", "thi_xa", "duty", "Trực ban", (layer,))
    first, second = (LAYER.starts + day * timedelta(days=1) for day in (one_day, other_day))
    before = table(spans(Book((roster,)), roster, begins, ends), TET)
    swapped = tuple(
        Shift(number, "truc_ban", who, day, day + timedelta(days=1), "cover", 3 - who)
        for number, (day, who) in enumerate(((first, VAN), (second, BINH)))
    )
    after = table(spans(Book((roster,), swapped), roster, begins, ends), TET)
    for kind in ("workday", "weekend", "holiday"):
        for night in (True, False):
            parts = [
                sum((row.of(kind, night) for row in one.rows), timedelta())  # type: ignore[arg-type]
                for one in (before, after)
            ]
            assert parts[0] == parts[1]
