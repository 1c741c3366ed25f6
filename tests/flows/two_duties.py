"""Two duty officers in turn, each for a day from 07:30: anh Bình today, anh Hùng tomorrow.

A change of the sample file and no file of its own: the house where everybody has joined serves.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import groupby

from bot.domain.agency import Agency, Post
from bot.domain.duty import spans
from bot.domain.people import Role
from bot.domain.roster_plan import LayerPlan, RosterPlan
from bot.services import shifts
from bot.services.ports.store import Transaction
from tests.flows.house import HERE, House

ROSTER, NAME = "truc_ban", "Trực ban thị xã"
DAY = timedelta(days=1)


def began(house: House) -> datetime:
    """When anh Bình's shift began; at noon that is this morning."""
    here = house.office.clock.now().astimezone(HERE)
    return datetime.combine(here.date(), time(7, 30), HERE)


def in_turn(
    house: House, *order: str, starts: datetime | None = None
) -> Callable[[Agency], Agency]:
    since = starts or began(house)

    def change(agency: Agency) -> Agency:
        also = Post("duty", "thi_xa", 2)
        people = tuple(
            replace(one, roles=(*one.roles, also)) if one.id == "hung" else one
            for one in agency.people
        )
        layer = LayerPlan(order or ("binh", "hung"), since)
        roster = RosterPlan(ROSTER, "thi_xa", "duty", NAME, (layer,))
        return replace(agency, people=people, rosters=(roster,))

    return change


async def with_two_duties(house: House) -> House:
    """At noon: anh Bình is on duty until 07:30 tomorrow."""
    await until(house, time(12), days=1)
    await house.apply(in_turn(house))
    return house


async def until(house: House, hour: time, days: int = 0) -> None:
    """Pushes the clock to this hour, so many days later; the program has heard of it."""
    here = house.office.clock.now().astimezone(HERE)
    then = datetime.combine(here.date() + days * DAY, hour, HERE)
    await house.forward((then - here) // timedelta(minutes=1) + 1)
    await house.office.clock.sleep_until(then)


async def line(house: House, days: int = 4) -> list[str]:
    """Who has the duty from now on, one after the other, by name."""
    now = house.office.clock.now()

    def read(tx: Transaction) -> list[str]:
        book = tx.rosters.book(now, now + days * DAY)
        roster = book.roster(ROSTER)
        assert roster
        found = spans(book, roster, now, now + days * DAY)
        names = tx.people.named({span.person_id for span in found} - {0})
        said = [names[span.person_id].name if span.person_id else "" for span in found]
        return [name for name, _ in groupby(said)]

    return await house.office.store.look(read)


async def on_duty(house: House) -> list[str]:
    """Who is told as the duty officers now."""
    now = house.office.clock.now()

    def read(tx: Transaction) -> list[str]:
        tx.at = now
        return [one.name for one in shifts.on_shift(tx, Role.DUTY, None, now)]

    return await house.office.store.look(read)
