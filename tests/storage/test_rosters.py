"""Rosters in rows: what the file plans, what lies over it, which days are off."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.agency import Agency
from bot.domain.duty import HERE, Absence, Shift, on_duty, spans
from bot.domain.errors import NotFound
from bot.domain.people import Role
from bot.domain.playbook import Plan
from bot.domain.roster_plan import DayOff, LayerPlan, RosterPlan
from bot.services.ports.books import Books
from bot.services.ports.store import Transaction
from bot.services.shifts import on_shift
from bot.services.standing_in import with_posts
from playbooks.calendars import load_holidays
from storage.store import SqlStore
from tests.storage.rows import NOON, person

DAY = timedelta(days=1)
STARTS = datetime(2026, 11, 16, 7, 30, tzinfo=HERE)
PLAN = RosterPlan("truc", "thi_xa", "duty", "Trực ban", (LayerPlan(("binh", "hung"), STARTS, 7),))


async def planned(store: SqlStore, agency: Agency) -> None:
    await store.run(lambda tx: tx.agencies.apply(agency, (), NOON))


async def test_a_book_holds_what_touches_its_time(store: SqlStore, sample: Agency) -> None:
    await planned(store, replace(sample, rosters=(PLAN,)))

    def lay(tx: Transaction) -> None:
        binh, minh = person(tx, "binh").id, person(tx, "minh").id
        tx.rosters.add_shift(Shift(0, "truc", minh, STARTS, STARTS + DAY, "cover", binh), 1, NOON)
        gone = tx.rosters.add_shift(Shift(0, "truc", minh, STARTS, STARTS + DAY), 1, NOON)
        tx.rosters.cancel_shift(gone.id, NOON)
        away = Absence(0, binh, STARTS + DAY, STARTS + 2 * DAY, "nghỉ", minh, "số 5/PC")
        tx.rosters.add_absence(away, 1, NOON)
        other = tx.rosters.add_absence(replace(away, acting_id=0), 1, NOON)
        tx.rosters.cancel_absence(other.id, NOON)

    await store.run(lay)

    def look(tx: Transaction) -> None:
        binh, hung, minh = (person(tx, key).id for key in ("binh", "hung", "minh"))
        book = tx.rosters.book(STARTS, STARTS + 10 * DAY)
        (roster,) = book.rosters
        assert [len(book.shifts), len(book.absences)] == [1, 1]
        who = [on_duty(book, roster, STARTS + number * DAY).person_id for number in (0, 1, 2, 8)]
        assert who == [minh, minh, binh, hung]
        assert book.absences[0].paper == "số 5/PC"
        later = tx.rosters.book(STARTS + 3 * DAY, STARTS + 4 * DAY)
        assert [later.shifts, later.absences] == [(), ()]
        assert [one.person_id for one in tx.rosters.acting_for(minh, STARTS + DAY)] == [binh]
        assert set(tx.rosters.away(STARTS + DAY)) == {binh}
        assert tx.rosters.away(STARTS) == {}
        for ask in (tx.rosters.shift, tx.rosters.absence):
            with pytest.raises(NotFound):
                ask(99)

    await store.look(look)


async def test_whoever_has_left_leaves_a_hole_and_nobody_else_in_their_place(
    store: SqlStore, sample: Agency
) -> None:
    people = tuple(one for one in sample.people if one.id != "hung")
    await planned(store, replace(sample, rosters=(PLAN,)))
    await planned(store, replace(sample, rosters=(PLAN,), people=people))

    def look(tx: Transaction) -> None:
        book = tx.rosters.book(STARTS, STARTS + 10 * DAY)
        span = on_duty(book, book.rosters[0], STARTS + 8 * DAY)
        assert (span.person_id, span.how) == (0, "layer")

    await store.look(look)


async def test_who_has_left_is_on_no_shift_and_acts_for_nobody(
    store: SqlStore, sample: Agency
) -> None:
    """A page to somebody who has left is a page to nobody: the others are to hear it."""
    people = tuple(one for one in sample.people if one.id != "hung")
    empty = replace(PLAN, layers=())
    await planned(store, replace(sample, rosters=(empty,)))

    def lay(tx: Transaction) -> None:
        hung, phuc = person(tx, "hung").id, person(tx, "phuc").id
        tx.rosters.add_shift(Shift(0, "truc", hung, NOON - DAY, NOON + DAY), 1, NOON)
        tx.rosters.add_absence(Absence(0, phuc, NOON - DAY, NOON + DAY, "", hung), 1, NOON)

    await store.run(lay)

    def look(tx: Transaction) -> tuple[list[int], list[int], list[int]]:
        book = tx.rosters.book(NOON - DAY, NOON + DAY)
        line = [one.person_id for one in spans(book, book.rosters[0], NOON - DAY, NOON + DAY)]
        on_it = [one.id for one in on_shift(tx, Role.DUTY, None, NOON)]
        return line, on_it, [one.acting_id for one in tx.rosters.away(NOON).values()]

    (hung,), on_it, acting = await store.look(look)
    assert (on_it, acting) == ([hung], [hung])
    await planned(store, replace(sample, rosters=(empty,), people=people))
    assert await store.look(look) == ([hung, 0], [], [0])  # until they left it was theirs


async def test_of_two_rows_about_one_person_only_the_newer_gives_the_posts(
    store: SqlStore, sample: Agency
) -> None:
    """Whoever was replaced as the stand-in of a leader must not go on as the leader."""
    await planned(store, sample)

    def lay(tx: Transaction) -> tuple[list[str], list[str]]:
        phuc, binh, minh = (person(tx, key).id for key in ("phuc", "binh", "minh"))
        for who in (binh, minh):
            tx.rosters.add_absence(Absence(0, phuc, NOON - DAY, NOON + DAY, "", who), 1, NOON)
        found = (with_posts(tx, person(tx, key), NOON) for key in ("binh", "minh"))
        first, second = ([str(post.role) for post in one.posts] for one in found)
        return first, second

    before, newer = await store.run(lay)
    assert "leader" not in before
    assert "leader" in newer


async def test_the_agencys_own_days_have_the_last_word_over_the_calendar(
    file: Path, plans: dict[str, Plan], sample: Agency
) -> None:
    """The library knows Tết and the National Day; what is decreed each year it may not."""
    decreed = (
        DayOff(date(2026, 9, 1), "làm việc bình thường", working=True),
        DayOff(date(2026, 9, 3), "nghỉ thêm", paper="Thông báo số 1"),
        DayOff(date(2026, 9, 5), "làm bù", working=True),
    )
    store = SqlStore(f"sqlite:///{file}", Books(plans, holidays=load_holidays()))
    await planned(store, replace(sample, rosters=(PLAN,), days_off=decreed))
    begins = datetime(2026, 9, 1, tzinfo=HERE)
    book = await store.look(lambda tx: tx.rosters.book(begins, begins + 7 * DAY))
    off = [day for day in range(1, 8) if book.calendar.is_off(date(2026, 9, day))]
    assert off == [2, 3, 6]
    assert book.calendar.names[date(2026, 9, 3)] == "nghỉ thêm"
    assert date(2026, 9, 1) not in book.calendar.names  # it is worked
    assert "Quốc khánh" in book.calendar.names[date(2026, 9, 2)]
    before = await store.look(lambda tx: tx.rosters.book(begins - 9 * DAY, begins - 8 * DAY))
    assert date(2026, 9, 3) not in before.calendar.off
    await store.close()


async def test_without_a_roster_absences_are_still_known(store: SqlStore, sample: Agency) -> None:
    await planned(store, replace(sample, rosters=()))

    def away(tx: Transaction) -> None:
        one = Absence(0, person(tx, "phuc").id, STARTS, STARTS + DAY)
        tx.rosters.add_absence(one, 1, NOON)

    await store.run(away)
    book = await store.look(lambda tx: tx.rosters.book(STARTS, STARTS + DAY))
    assert (book.rosters, len(book.absences)) == ((), 1)


async def test_a_mark_is_the_newest(store: SqlStore) -> None:
    def write(tx: Transaction) -> None:
        assert tx.marks.get("rosters.found") is None
        tx.marks.set("rosters.found", "1", NOON)
        tx.marks.set("rosters.found", "2", NOON + DAY)

    await store.run(write)
    mark = await store.look(lambda tx: tx.marks.get("rosters.found"))
    assert mark is not None
    assert (mark.value, mark.at) == ("2", NOON + DAY)
