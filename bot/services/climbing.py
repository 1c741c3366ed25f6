"""One step up the order of telling, read off the rows as they are now: nothing is written.

The sweep does what this says; "ai được báo?" asks the same for a moment that is to come.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.channel import beyond
from bot.domain.escalation import Call, Page, climb
from bot.domain.incident import Incident
from bot.domain.people import Person, Role
from bot.domain.rehearsal import Step
from bot.services import quiet, standing_in
from bot.services.ports.store import Transaction
from bot.services.telling import duties, duty_order


def step_of(tx: Transaction, incident: Incident, page: Page, at: datetime) -> Step:
    """What the ladder says at this moment: who is told, if anybody; who cannot be, or is spared."""
    absent, everybody = absent_of(tx, page, at), everybody_of(page)
    hushed = quiet.hushed(tx, everybody, at)
    if page.due_at and at >= page.due_at and is_deserted(tx, incident, page, absent):
        page = page.hurried(at)
    return Step(*climb(page, at, absent, hushed), absent, hushed)


def absent_of(tx: Transaction, page: Page, at: datetime) -> frozenset[int]:
    """Who of the ladder cannot be told: by no way, or since they are away."""
    everybody = everybody_of(page)
    return tx.people.absent(everybody) | (everybody & tx.rosters.away(at).keys())


def is_deserted(tx: Transaction, incident: Incident, page: Page, absent: frozenset[int]) -> bool:
    """Whoever was asked is gone; the duty officer only hears it beside them."""
    here = set(here_of(page))
    duty = {one.id for one in duties(tx, incident)}
    return bool(here) and absent >= (here - duty or here)


def everybody_of(page: Page) -> set[int]:
    return {who for rung in page.ladder for who in rung.person_ids}


def here_of(page: Page) -> tuple[int, ...]:
    """Who is being told now; nobody before the first and after the last."""
    return page.ladder[page.rung].person_ids if 0 <= page.rung < len(page.ladder) else ()


def turns(tx: Transaction, page: Page, call: Call, at: datetime) -> dict[int, list[int]]:
    """Each time one channel of a person's; the last time all those that were not used yet."""
    rung = page.ladder[page.rung]
    found = {who: [call.heard] for who in call.person_ids}
    if page.told < rung.times:
        return found
    for who, ways in tx.channels.of(call.person_ids, at).items():
        found[who] += [call.heard + more + 1 for more in range(beyond(ways, rung.times))]
    return found


def loud(
    tx: Transaction, incident: Incident, page: Page, absent: frozenset[int]
) -> Sequence[Person]:
    """Who hears it when nobody has answered: whoever is on duty, else whoever can still act, near
    before far; of each the first who can be told at all."""
    order = duty_order(tx, incident)
    gone = absent | tx.people.absent({one.id for one in order})  # they need not be on the ladder
    for duty in (duties(tx, incident), order):
        if there := [one for one in duty if one.id not in gone]:
            return there
    roles = (Role.ADMIN, Role.LEADER) if page.kind == "respond" else (Role.ADMIN,)
    near, far = tx.people.holding(roles, incident.scope), tx.people.holding(roles)
    for people in (near, far):
        here = standing_in.there(tx, people)
        out = tx.people.absent({one.id for one in here})
        if there := [one for one in here if one.id not in out]:
            return there
    return near or far
