"""A roster kept elsewhere: names become people only where it is sure, and nothing outside its own
time is changed."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duty import HERE, Book, Layer, Roster, Shift, Span, spans
from bot.domain.roster_import import (
    Changed,
    Hours,
    Known,
    Turn,
    Usual,
    changed,
    days_of,
    extent,
    match,
    of_month,
    of_roster,
    replaced,
    shifts_of,
    too_long,
    usual_of,
)

HOUR = timedelta(hours=1)
BINH = Known(1, "binh", "Bình", "anh Bình")
VAN = Known(2, "van", "Nguyễn Thị Vân", "chị Vân")
LAN = Known(3, "lan", "Lan", "chị Lan", holds=False)
PEOPLE = (BINH, VAN, LAN)


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=HERE)


def turn(kind: str = "", column: str = "", seat: int = 1, name: str = "Bình", day: int = 1) -> Turn:
    return Turn("T11, C7", name, at(day, 8), at(day, 17), kind, column, seat)


def shift(who: int, begins: datetime, ends: datetime, number: int = 0) -> Shift:
    return Shift(number, "truc_ban", who, begins, ends)


def test_hours_go_past_midnight_and_may_begin_the_evening_before() -> None:
    day = date(2026, 11, 2)
    assert Hours(time(7, 30), time(17, 30)).on(day)[1] - at(2) == 17.5 * HOUR
    assert Hours(time(17), time(7)).on(day) == (at(2, 17), at(3, 7))
    assert Hours(time(7), time(7)).on(day) == (at(2, 7), at(3, 7))
    assert Hours(time(17), time(7), 1).on(day) == (at(1, 17), at(2, 7))


def test_a_whole_turn_is_as_long_as_the_roster_says() -> None:
    always = Layer((1,), at(1))
    assert usual_of(Roster("truc_ban", "xa", "duty", "Trực ban", (always,))) == Usual()
    eight = Layer((1,), at(1), hours=(time(8), time(8)))
    roster = Roster("truc_ban", "xa", "duty", "Trực ban", (always, eight))
    assert usual_of(roster) == Usual(whole=Hours(time(8), time(8)))


def test_a_name_is_taken_without_marks_and_by_its_end_where_one_person_alone_can_be_meant() -> None:
    for name, why, who in (
        ("NGUYEN THI VAN", "same", VAN),
        ("Vân", "part", VAN),
        ("Trần Văn Bình", "part", BINH),
        ("binh", "same", BINH),
    ):
        found = match(name, PEOPLE, {})
        assert (found.why, found.who) == (why, who)


def test_two_of_one_name_are_asked_for() -> None:
    other = Known(4, "binh2", "Lê Văn Bình", "anh Bình")
    found = match("Bình", (*PEOPLE, other), {})
    assert (found.why, found.who, found.near) == ("several", None, (BINH, other))
    assert match("Lê Văn Bình", (*PEOPLE, other), {}).who == other
    twin = Known(5, "binh3", "Lê Văn Bình", "anh Bình")
    assert match("Lê Văn Bình", (other, twin), {}).why == "several"
    outside = Known(6, "binh4", "Trần Văn Bình", "anh Bình", holds=False)
    assert match("Trần Văn Bình", (BINH, outside), {}).why == "several"


def test_a_near_name_is_never_taken_silently() -> None:
    for name in ("Bính", "Bìng"):
        found = match(name, PEOPLE, {})
        assert (found.why, found.who, found.near) == ("near", None, (BINH,))
    near = match("Nguyễn Thị Vâng", PEOPLE, {})
    assert (near.why, near.who, near.near) == ("near", None, (VAN,))
    assert match("Quang", PEOPLE, {}).why == "unknown"


def test_who_lacks_the_role_is_listed_and_not_imported() -> None:
    found = match("Chị Lan".removeprefix("Chị "), PEOPLE, {})
    assert (found.why, found.who, found.near) == ("no_role", None, (LAN,))


def test_a_choice_is_by_id_and_holds_the_role() -> None:
    assert match("Bìng", PEOPLE, {"bing": "binh"}).who == BINH
    assert match("Bìng", PEOPLE, {"bing": "lan"}).why == "unknown"
    assert match("Bìng", PEOPLE, {"bing": "nobody"}).who is None


def test_a_roster_takes_its_own_column_else_one_that_says_nothing() -> None:
    leader, duty, second = turn("leader"), turn("duty", "Cán bộ trực"), turn("duty", seat=2)
    turns = (leader, duty, second)
    assert of_roster(turns, "duty") == ((duty,), (second,))
    assert of_roster(turns, "leader") == ((leader,), ())
    assert of_roster(turns, "responder") == ((), ())
    assert of_roster((leader, turn()), "duty")[0] == (turn(),)
    assert of_roster(turns, "leader", "can bo")[0] == (duty,)
    assert of_roster(turns, "duty", seat=2) == ((second,), (duty,))


def test_a_month_is_of_what_begins_in_it() -> None:
    assert of_month([turn(day=1), turn(day=30)], date(2026, 11, 1))
    assert not of_month([turn()], date(2026, 12, 1))


def test_only_those_who_are_sure_become_shifts_once_each() -> None:
    turns = [turn(day=2), turn(), turn(), turn(name="Quang")]
    matches = {name: match(name, PEOPLE, {}) for name in ("Bình", "Quang")}
    found = shifts_of(turns, matches, "truc_ban")
    assert [one.begins for one in found] == [at(1, 8), at(2, 8)]
    assert days_of(found) == {1: (date(2026, 11, 1), date(2026, 11, 2))}
    assert not too_long(found)
    assert too_long([shift(1, at(1), at(2)), shift(1, at(1), at(2) + timedelta(days=366))])


def test_one_calendar_imported_twice_changes_nothing() -> None:
    """One calendar edit posted every 10 minutes (OC#1553)."""
    new = [shift(1, at(1), at(2)), shift(2, at(2), at(3))]
    standing = [shift(2, at(2), at(3), 8), shift(1, at(1), at(2), 7)]
    assert replaced(standing, new) == ((), ())
    assert replaced([], new) == ((), tuple(new))


def test_what_reaches_over_the_ends_keeps_what_lies_outside() -> None:
    before = shift(1, at(1), at(3), 5)
    after = shift(1, at(4), at(6), 6)
    elsewhere = shift(1, at(8), at(9), 7)
    new = [shift(2, at(2), at(5))]
    cancelled, added = replaced([before, after, elsewhere], new)
    assert cancelled == (before, after)
    assert added == (shift(1, at(1), at(2)), shift(1, at(5), at(6)), *new)


def test_changes_are_told_by_time_and_by_who_had_it() -> None:
    before = [Span(at(1), at(3), 1), Span(at(3), at(5))]
    after = [
        Span(at(1), at(2), 1),
        Span(at(2), at(3), 2),
        Span(at(3), at(4), 2),
        Span(at(4), at(5)),
    ]
    assert changed(before, after) == (Changed(at(2), at(3), 1, 2), Changed(at(3), at(4), 0, 2))
    once = [Span(at(1), at(2), 1), Span(at(2), at(3), 1, "layer")]
    assert changed(once, [Span(at(1), at(3), 2)]) == (Changed(at(1), at(3), 1, 2),)
    assert changed(before, before) == ()


DAYS = st.integers(1, 27)
ROSTER = Roster("truc_ban", "thi_xa", "duty", "Trực ban", (Layer((9,), at(1)),))


@st.composite
def some(draw: st.DrawFn, least: int = 0) -> list[Shift]:
    found = []
    for number in range(draw(st.integers(least, 6))):
        begins = at(draw(DAYS), draw(st.integers(0, 23)))
        length = draw(st.integers(1, 60)) * HOUR
        found.append(shift(draw(st.integers(1, 3)), begins, begins + length, number + 1))
    return sorted(found, key=lambda one: (one.begins, one.ends))


@given(some(), some(least=1))
def test_its_own_time_is_the_files_and_nothing_outside_is_changed(
    before: list[Shift], new: list[Shift]
) -> None:
    begins, ends = extent(new)
    cancelled, added = replaced(before, new)
    stay = [one for one in before if one not in cancelled]
    old, now, alone = (Book((ROSTER,), tuple(some)) for some in (before, (*stay, *added), new))
    first, last = at(1), at(30) + 3 * 24 * HOUR
    for from_, to in ((first, begins), (ends, last)):
        assert changed(spans(old, ROSTER, from_, to), spans(now, ROSTER, from_, to)) == ()
    within = spans(now, ROSTER, begins, ends)
    if cancelled or added:
        assert changed(spans(alone, ROSTER, begins, ends), within) == ()
    again = replaced([*stay, *added], new)
    assert again == ((), ())
