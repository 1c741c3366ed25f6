"""Thứ tự báo tin: the ladder of a page, read off the plan, the rosters and who is away.

It is copied into the page when that begins, so that later edits do not reach it. The same ladder
answers "ai được báo?" for a moment that is still to come.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from bot.domain.escalation import TOGETHER, Kind, Rung, Team
from bot.domain.incident import Incident
from bot.domain.people import DOERS, Person, Role
from bot.services import shifts, standing_in
from bot.services.ports.store import Transaction
from bot.services.telling import duties, duty_order


@dataclass(frozen=True, slots=True)
class Ladder:
    """`deserted`: lead units of which nobody is there at all (không có người trực)."""

    rungs: tuple[Rung, ...]
    teams: tuple[Team, ...] = ()
    deserted: tuple[str, ...] = ()


def ladder_for(
    tx: Transaction,
    incident: Incident,
    kind: Kind,
    at: datetime,
    knows: Collection[int] = (),
) -> Ladder:
    """`respond`: the lead units' people in their order, those on shift before the others, the duty
    officer with the first of them. `verify`: the duty officers, one after the other; leaders are
    never woken by "chưa rõ". `knows`: whoever files it, and need not be told.
    """
    policy = tx.plans.of(incident).paging
    wait = timedelta(minutes=policy.wait_minutes)
    if kind == "verify":
        order = duty_order(tx, incident, at)
        return Ladder(tuple(Rung((one.id,), wait, policy.times) for one in order))
    duty = tuple(person.id for person in duties(tx, incident, at))
    spared = {*duty, incident.lead_id}
    orders = {unit: _order(tx, unit, at) for unit in incident.lead_units}
    teams = [
        Team(unit, tuple(one.id for one in people if one.id not in spared))
        for unit, people in orders.items()
    ]
    told = [team for team in teams if team.person_ids]
    places = _places(told, TOGETHER if incident.standing.is_serious else 1)
    beside = tuple(who for who in duty if who not in knows)
    absent = tx.people.absent({who for place in places for who in place})
    rungs = _with_duty(places, duty, beside, absent)
    return Ladder(
        tuple(Rung(who, wait, policy.times) for who in rungs),
        tuple(told) if len(told) > 1 else (),
        tuple(unit for unit, people in orders.items() if not people),
    )


def _order(tx: Transaction, unit: str, at: datetime) -> Sequence[Person]:
    """Of one unit, each once: on shift first, then by the order of the agency's file."""
    first = shifts.on_shift(tx, Role.RESPONDER, (unit,), at)
    known = {one.id for one in first}
    others = standing_in.there(tx, tx.people.holding(DOERS, (unit,)), at)
    return (*first, *(one for one in others if one.id not in known))


def _places(teams: Sequence[Team], together: int) -> list[tuple[int, ...]]:
    """The places of the ladder: so many of each unit at once, the units side by side."""
    columns = [
        [team.person_ids[n : n + together] for n in range(0, len(team.person_ids), together)]
        for team in teams
    ]
    rows = zip_longest(*columns, fillvalue=())
    told: set[int] = set()
    places = []
    for row in rows:
        here = tuple(dict.fromkeys(who for part in row for who in part if who not in told))
        told |= set(here)
        places += [here] if here else []
    return places


def _with_duty(
    places: Sequence[tuple[int, ...]],
    duty: tuple[int, ...],
    beside: tuple[int, ...],
    absent: frozenset[int],
) -> list[tuple[int, ...]]:
    """The duty officer with the first place that can be told; those before are passed at once."""
    first = next((n for n, who in enumerate(places) if set(who) - absent), None)
    if first is None:
        return [*places, duty] if duty else list(places)
    return [(*who, *beside) if n == first else who for n, who in enumerate(places)]
