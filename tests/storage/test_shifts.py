"""Shifts that change hands, worked by the use cases over rows: nobody is given what they cannot
have, and nobody is left out of what is told."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.agency import Agency, Post
from bot.domain.duty import HERE, Absence, Shift, spans
from bot.domain.duty_forms import (
    ABSENCE,
    COVER,
    NO_RETURN,
    NOBODY_ACTS,
    SWAP,
    shift_name,
    shift_value,
)
from bot.domain.errors import AwayThen, NotOfRoster
from bot.domain.form import Draft, Form
from bot.domain.handover import Handover
from bot.domain.people import CONSOLE_IDENTITY, Act, Identity, Role
from bot.domain.roster_import import Reading, Turn
from bot.domain.roster_plan import LayerPlan, RosterPlan
from bot.services import absences, covers, importing, joining, rosters, swaps
from bot.services.desk import Desk
from bot.services.duty_outcomes import CoverShown
from bot.services.import_outcomes import Wish
from bot.services.ports.store import Transaction
from bot.services.shifts import on_shift
from storage.store import SqlStore
from tests.storage.rows import connect, person

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOON = datetime(2026, 11, 21, 12, tzinfo=HERE)
CONSOLE = Act(CONSOLE_IDENTITY, NOON)
STARTS = datetime(2026, 11, 21, 7, 30, tzinfo=HERE)
TURNS = ("binh", "hung", "minh")


class Door(Desk):
    """The door, and the rows behind it."""

    def __init__(self, store: SqlStore) -> None:
        super().__init__(store)
        self.store = store


def by(key: str, at: datetime = NOON) -> Act:
    return Act(Identity("test", "bot", key), at, f"test:bot:{key}")


def in_turn(agency: Agency, *order: str, days: int = 1, duty: tuple[str, ...] = TURNS) -> Agency:
    """These are duty officers; `order`: each for so many days, the first from this morning on."""
    people = tuple(
        replace(one, roles=(*one.roles, Post("duty", "thi_xa", 3)))
        if one.id in duty and one.id != "binh"
        else one
        for one in agency.people
    )
    layer = LayerPlan(order, STARTS, days)
    roster = RosterPlan("truc", "thi_xa", "duty", "Trực ban", (layer,))
    return replace(agency, people=people, rosters=(roster,))


async def applied(desk: Door, agency: Agency) -> None:
    await desk.do(joining.apply_agency, CONSOLE, agency)


@pytest.fixture
async def desk(store: SqlStore, sample: Agency) -> Door:
    """Anh Bình today, anh Hùng tomorrow, anh Minh the day after, and again; all have joined."""
    await applied(Door(store), in_turn(sample, *TURNS))

    def join(tx: Transaction) -> None:
        for key in (*TURNS, "phuc"):
            connect(tx, key)

    await store.run(join)
    return Door(store)


async def ids_of(desk: Door) -> dict[str, int]:
    def found(tx: Transaction) -> dict[str, int]:
        return {key: person(tx, key).id for key in (*TURNS, "phuc")}

    return await desk.store.look(found)


async def line(desk: Door, days: int = 4) -> list[str]:
    """Whose each day from today's shift on is; "": nobody's."""

    def read(tx: Transaction) -> list[str]:
        book = tx.rosters.book(STARTS, STARTS + days * DAY)
        found = spans(book, book.rosters[0], STARTS, STARTS + days * DAY)
        moments = (STARTS + number * DAY + HOUR for number in range(days))
        who = (
            next(span.person_id for span in found if span.begins <= at < span.ends)
            for at in moments
        )
        return [tx.people.get(one).key if one else "" for one in who]

    return await desk.store.look(read)


async def told(desk: Door, kind: str) -> list[str]:
    """To whom something of this kind was written, by their keys."""

    def read(tx: Transaction) -> list[str]:
        due = tx.notices.claim(NOON + 9 * DAY, HOUR, 500)
        found = {one.notice.to or 0 for one in due if one.notice.kind == kind}
        return sorted(tx.people.get(who).key for who in found)

    return await desk.store.run(read)


def draft(form: Form, **answers: str) -> Draft:
    return Draft(1, form, 0, "sent", answers=answers)


async def asked(desk: Door, mine: int, back: int | None = None) -> int:
    """Anh Bình asks anh Hùng to take his shift, perhaps for one of his; days from today."""
    hung = (await ids_of(desk))["hung"]
    mine_at, back_at = (STARTS + day * DAY for day in (mine, back or 0))
    answers = {
        "shift": shift_value(0, mine_at),
        "partner": str(hung),
        "in_return": NO_RETURN if back is None else shift_value(0, back_at),
    }
    return (await desk.do(swaps.send, by("binh"), draft(SWAP, **answers))).value.swap.id


async def away(desk: Door, key: str, day: float, acting: int = 0) -> int:
    """For one day, so many days from this morning; the row's number."""
    begins = STARTS + day * DAY

    def write(tx: Transaction) -> int:
        one = Absence(0, person(tx, key).id, begins, begins + DAY, "sick", acting)
        return tx.rosters.add_absence(one, 1, NOON).id

    return await desk.store.run(write)


async def test_who_is_away_by_now_is_not_given_the_shift(desk: Door) -> None:
    """It would be nobody's, and each of the two would trust that the other has it."""
    number = await asked(desk, 3)
    row = await away(desk, "hung", 3)
    before = await line(desk)
    with pytest.raises(AwayThen):
        await desk.do(swaps.agree, by("hung"), number)
    assert await line(desk) == before
    await desk.do(absences.back, by("hung"), row)
    assert (await desk.do(swaps.agree, by("hung"), number)).value.swap.state == "agreed"
    assert await line(desk) == ["binh", "hung", "minh", "hung"]


async def test_nobody_asks_for_a_shift_in_return_in_which_they_are_away(desk: Door) -> None:
    await away(desk, "binh", 4)
    with pytest.raises(AwayThen):
        await asked(desk, 3, 4)
    hung = str((await ids_of(desk))["hung"])
    answers = {"shift": shift_value(0, STARTS + 3 * DAY), "partner": hung}
    seen = (await desk.look(swaps.choices, by("binh"), draft(SWAP, **answers))).value
    offered = [value for value, _ in seen.context["returns"]]
    assert shift_value(0, STARTS + DAY) in offered
    assert shift_value(0, STARTS + 4 * DAY) not in offered


async def test_who_has_lost_the_role_is_not_given_the_shift(desk: Door, sample: Agency) -> None:
    number = await asked(desk, 3)
    await applied(desk, in_turn(sample, "binh", "minh", "minh", duty=("minh",)))
    with pytest.raises(NotOfRoster):
        await desk.do(swaps.agree, by("hung"), number)
    assert await line(desk) == ["binh", "minh", "minh", "binh"]


async def test_a_long_turn_is_swapped_to_its_own_end(desk: Door, sample: Agency) -> None:
    """A month each: the shift was cut off 35 days from now, at whatever minute that was."""
    await applied(desk, in_turn(sample, "hung", "binh", days=27, duty=("hung",)))
    seen = (await desk.look(swaps.choices, by("binh"), draft(SWAP))).value
    begins = STARTS + 27 * DAY
    assert [name for _, name in seen.context["shifts"]] == [shift_name(begins, begins + 27 * DAY)]


async def test_each_whose_duty_is_covered_hears_it_and_that_it_is_theirs_again(desk: Door) -> None:
    """Three days of one who stands in are the shifts of three: each is told, and is told again
    when it is taken back."""
    minh = str((await ids_of(desk))["minh"])
    when = f"{NOON.isoformat()}/{(NOON + 3 * DAY).isoformat()}"
    answers = {"roster": "truc", "when": when, "cover_by": minh}
    given: CoverShown = (await desk.do(covers.give, by("phuc"), draft(COVER, **answers))).value
    assert [one.key for one in given.instead] == ["binh", "hung"]  # and two days are his own
    assert await line(desk) == ["binh", "minh", "minh", "minh"]
    assert await told(desk, "cover.given") == ["binh", "hung", "minh"]
    later = by("phuc", NOON + DAY)
    ended: CoverShown = (await desk.do(covers.end, later, given.shift.id)).value
    assert [one.key for one in ended.instead] == ["hung", "binh"]
    assert await told(desk, "cover.ended") == ["binh", "hung", "minh"]


async def test_who_is_away_does_not_stand_in(desk: Door) -> None:
    hung = str((await ids_of(desk))["hung"])
    when = f"{NOON.isoformat()}/{(NOON + 3 * HOUR).isoformat()}"
    answers = {"roster": "truc", "when": when, "cover_by": hung}
    await away(desk, "hung", 0)  # since the form was drawn
    with pytest.raises(AwayThen):
        await desk.do(covers.give, by("phuc"), draft(COVER, **answers))
    seen = (await desk.look(covers.choices, by("hung"), draft(COVER, **answers))).value
    assert hung not in dict(seen.context["covers"])  # nor do they put themselves in
    leader = str((await ids_of(desk))["phuc"])
    other = draft(COVER, **{**answers, "cover_by": leader})
    with pytest.raises(NotOfRoster):
        await desk.do(covers.give, by("binh"), other)


async def test_who_is_away_in_that_time_is_not_offered_as_a_stand_in(desk: Door) -> None:
    """Nobody would hear it: what is handed to somebody for another is not handed on."""
    await away(desk, "phuc", 1)
    people = await ids_of(desk)
    answers = {"absent": str(people["binh"]), "reason": "sick", "stand_in": str(people["phuc"])}
    for day, free in ((1, False), (3, True)):
        begins = STARTS + day * DAY
        when = f"{begins.isoformat()}/{(begins + DAY).isoformat()}"
        form = draft(ABSENCE, **answers, when=when)
        seen = (await desk.look(absences.choices, by("binh"), form)).value
        assert (str(people["phuc"]) in dict(seen.context["stand_ins"])) is free
        assert NOBODY_ACTS in dict(seen.context["stand_ins"])
        if free:
            done = (await desk.do(absences.send, by("binh"), form)).value
            assert done.absence.acting_id == people["phuc"]
        else:
            with pytest.raises(AwayThen):
                await desk.do(absences.send, by("binh"), form)


async def test_who_is_back_is_back_however_often_they_were_said_to_be_away(desk: Door) -> None:
    """Said once by themselves and once by their leader: one "đã về" ends both, or they would be
    passed over for days and not know it."""
    people = await ids_of(desk)
    await away(desk, "binh", 0, people["hung"])
    await away(desk, "binh", 0, people["minh"])
    to_come = {day: await away(desk, "binh", day) for day in (0.75, 6)}
    await desk.do(absences.back, by("binh"))
    assert not await desk.store.look(lambda tx: tx.rosters.away(NOON))
    assert set(await told(desk, "absence.ended")) >= {"hung", "minh"}
    moments = [STARTS + day * DAY + HOUR for day in to_come]
    still = await desk.store.look(lambda tx: [tx.rosters.away(at) for at in moments])
    assert [one.id for rows in still for one in rows.values()] == list(to_come.values())


async def the_past(desk: Door, days: int) -> list[str]:
    """Whose each day was, from the first one on, with how it is known."""

    def read(tx: Transaction) -> list[str]:
        book = tx.rosters.book(STARTS, STARTS + days * DAY)
        found = spans(book, book.rosters[0], STARTS, STARTS + days * DAY)
        who = ((one, tx.people.get(one.person_id).key if one.person_id else "") for one in found)
        return [f"{one.begins.astimezone(HERE):%d %H:%M} {key} {one.how}" for one, key in who]

    return await desk.store.look(read)


async def test_a_new_file_does_not_rewrite_who_had_the_duty(desk: Door, sample: Agency) -> None:
    """What is paid by these hours, and asked about after an incident, is what was."""
    later = replace(CONSOLE, at=STARTS + 2 * DAY)
    agency = in_turn(sample, "minh", "binh", duty=("minh",))  # anh Hùng has left as well
    people = tuple(one for one in agency.people if one.id != "hung")
    await desk.do(joining.apply_agency, later, replace(agency, people=people))
    assert await the_past(desk, 3) == [
        "21 07:30 minh layer",  # until noon no file had been applied
        "21 12:00 binh planned",
        "22 07:30 hung planned",
        "23 07:30 minh layer",
    ]
    again = replace(CONSOLE, at=STARTS + 2 * DAY + HOUR / 2)
    await desk.do(joining.apply_agency, again, in_turn(sample, "binh", duty=("minh",)))
    assert (await the_past(desk, 3))[1:] == [
        "21 12:00 binh planned",
        "22 07:30 hung planned",
        "23 07:30 binh layer",  # half an hour is a file that was mended
    ]


async def test_what_is_brought_in_is_looked_at_with_what_was_before(desk: Door) -> None:
    """A day more for somebody who has had the duty until then is two days without rest."""
    hung = (await ids_of(desk))["hung"]

    def write(tx: Transaction) -> None:
        shift = Shift(0, "truc", hung, STARTS + 2 * DAY, STARTS + 3 * DAY)
        tx.rosters.add_shift(shift, 1, NOON)

    await desk.store.run(write)
    turn = Turn("T11, B2", "Hùng", STARTS + 3 * DAY, STARTS + 4 * DAY, "duty")
    reading = Reading("lich.xlsx", "0" * 64, (turn,))
    seen = (await desk.look(importing.preview, CONSOLE, reading, Wish("truc"))).value
    assert [(one.kind, one.begins) for one in seen.findings] == [("long", STARTS + DAY)]
    assert (seen.added, seen.cancelled, seen.covers) == (1, 0, 0)


async def test_until_a_handover_is_accepted_the_roster_shows_whom_the_pages_reach(
    desk: Door,
) -> None:
    """At two in the morning somebody reads the telephone number of whoever is on duty there."""
    people = await ids_of(desk)
    at = STARTS + DAY + HOUR  # anh Hùng's by the roster

    def ask(tx: Transaction) -> Handover:
        one = Handover(0, "truc", people["binh"], people["hung"], "", at - 2 * HOUR)
        return tx.handovers.add(one)

    handover = await desk.store.run(ask)
    (shown,) = (await desk.look(rosters.shown, by("minh", at))).value.rosters
    assert shown.now.who
    assert (shown.now.who.key, shown.now.ends) == ("binh", None)
    assert shown.handed_to
    assert shown.handed_to.key == "hung"
    reached = await desk.store.look(lambda tx: on_shift(tx, Role.DUTY, None, at))
    assert [one.key for one in reached] == ["binh"]
    settled = replace(handover, state="accepted", settled_at=at)
    await desk.store.run(lambda tx: tx.handovers.save(settled))
    (shown,) = (await desk.look(rosters.shown, by("minh", at))).value.rosters
    assert shown.now.who
    assert (shown.now.who.key, shown.now.ends) == ("hung", STARTS + 2 * DAY)
    assert shown.handed_to is None
