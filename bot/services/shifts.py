"""Ca trực: who is on shift now, read off the rosters, the stand-ins and the absences."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain.duty import Span, on_duty
from bot.domain.handover import kept
from bot.domain.people import Person, Role
from bot.services.ports.store import Transaction

INSTANT = timedelta(seconds=1)


def on_shift(
    tx: Transaction, role: Role, units: Collection[str] | None, at: datetime
) -> tuple[Person, ...]:
    """In the order of the agency's rosters, each person once; empty: no roster, or nobody has it.

    units: whose rosters; None: every unit's.
    """
    found = [span.person_id for span in spans_now(tx, role, units, at) if span.person_id]
    people = tx.people.named(set(found))
    return tuple(people[who] for who in dict.fromkeys(found) if who in people)


def spans_now(
    tx: Transaction, role: Role, units: Collection[str] | None, at: datetime
) -> tuple[Span, ...]:
    """Of each roster of this role what holds at the moment; person_id 0: nobody is on duty."""
    book = tx.rosters.book(at, at + INSTANT)
    rosters = [one for one in book.rosters if one.role == role]
    if units is not None:
        rosters = [one for one in rosters if one.unit in units]
    # what is being handed over stays with whoever hands it over until it is accepted
    pending = {one.roster: one for one in tx.handovers.waiting()} if rosters else {}
    return tuple(kept(on_duty(book, one, at), pending.get(one.id), at) for one in rosters)
