"""Use cases of readiness (sẵn sàng): who is reached and who is not, and who is told of it in time.

Asked for by /lienlac; said unasked on Monday morning, and at once when somebody is lost.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.agency import Agency
from bot.domain.errors import NotFound, NotHere
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Role, Verb
from bot.domain.quota import month_of
from bot.domain.reach import PARTS, Known, Proof, needed_of, reach, week_to_tell, worst
from bot.services import quiet
from bot.services.ports.store import Transaction
from bot.services.readiness_outcomes import Readiness, Ready
from bot.services.shifts import on_shift
from bot.services.telling import agency_of

READERS = (Role.ADMIN, Role.DUTY, Role.LEADER)
WITH_A_PART = tuple(dict.fromkeys(role for roles in PARTS.values() for role in roles))
MOST = 25  # people in one message; of more none is hidden, another message names them
LOST, WEEK = "reach.lost", "reach.weekly"


def listed(tx: Transaction, act: Act, number: int | None = None) -> Readiness:
    """/lienlac, /lienlac 5: of whoever has a part in telling, in the units of who asks.

    NotHere: a group; who is not reached is nobody else's to read. NotFound: no such person here.
    """
    act.require(Verb.SEE_READINESS)
    if not act.private:
        raise NotHere("readiness")
    agency = agency_of(tx)
    people = tx.people.holding(WITH_A_PART, units_of(agency, act.person, READERS))
    found = of(tx, people, act.at)
    mends = act.person.holds((Role.ADMIN,))
    if number is not None:
        one = next((each for each in found if each.person.id == number), None)
        if one is None:
            raise NotFound(number, name=str(number))
        return Readiness(found, act.at, mends=mends, one=one)
    brief = not act.person.holds((Role.ADMIN, Role.DUTY))
    duty = on_shift(tx, Role.DUTY, None, act.at) or tx.people.holding((Role.DUTY,))
    return Readiness(found, act.at, brief, mends, duty=duty[:1] if brief else ())


def of(tx: Transaction, people: Sequence[Person], at: datetime) -> list[Ready]:
    """Each with what the rows tell of them at this moment; in the same order."""
    agency, ids = agency_of(tx), [one.id for one in people]
    offered = tuple(dict.fromkeys(one.platform for one in tx.accounts.all() if not one.left_at))
    channels, proofs = tx.channels.of(ids, at), tx.rounds.proofs(ids)
    hours, hushed = tx.quiet_hours.of(ids), quiet.hushed(tx, ids, at)
    away = tx.rosters.away(at)
    full = frozenset(one.account for one in tx.quotas.of(month_of(at)) if one.standing == "full")
    acting = tx.people.named({one.acting_id for one in away.values()} - {0})
    found = []
    for one in people:
        absence = away.get(one.id)
        known = Known(
            tuple(channels.get(one.id, ())),
            bool(one.phone),
            hours.get(one.id) if one.id in hushed else None,
            absence,
            proofs.get(one.id, Proof()),
            full,
        )
        each = {needed: reach(known, needed, offered) for needed in needed_of(one)}
        stands_in = acting.get(absence.acting_id) if absence else None
        found.append(
            Ready(
                one,
                unit_of(agency, one),
                worst(each.values()),
                each,
                known,
                stands_in.name if stands_in else "",
                hours.get(one.id),
            )
        )
    return found


def warn(tx: Transaction, act: Act) -> int:
    """A sweep's whole work: who has just been lost is told at once, all of them on Mondays.

    Those who were never reached when the program began are told on Monday, not one by one.
    """
    act.require(Verb.SWEEP)
    if tx.agencies.current() is None:
        return 0
    people = tx.people.holding(WITH_A_PART)
    lost = tx.people.absent(one.id for one in people)
    return _just_lost(tx, act, people, lost) + _weekly(tx, act, people, lost)


def _just_lost(tx: Transaction, act: Act, people: Sequence[Person], lost: Collection[int]) -> int:
    before = tx.marks.get(LOST)
    known = set(json.loads(before.value)) if before else set(lost)
    if before is not None and known == set(lost):
        return 0
    tx.marks.set(LOST, json.dumps(sorted(lost)), act.at)
    new = [one for one in people if one.id in lost and one.id not in known]
    tx.record("agency", "reach.changed", lost=[one.name for one in new], count=len(lost))
    _tell(tx, act, Notice("reach.lost"), new)
    return len(new)


def _weekly(tx: Transaction, act: Act, people: Sequence[Person], lost: Collection[int]) -> int:
    done = tx.marks.get(WEEK)
    week = week_to_tell(act.at, done.value if done else None)
    if not week:
        return 0
    those = [one for one in people if one.id in lost] if done else []
    tx.marks.set(WEEK, week, act.at)
    tx.record("agency", "reach.told", week=week, count=len(those))
    _tell(tx, act, Notice("reach.weekly"), those)
    return len(those)


def _tell(tx: Transaction, act: Act, notice: Notice, those: Sequence[Person]) -> None:
    """Said to whoever can do something about it, and can be told."""
    if not those:
        return
    lines = [
        [one.person.name, one.unit, one.reach.why, list(one.reach.networks)]
        for one in of(tx, those, act.at)
    ]
    parts = [{"people": lines[n : n + MOST]} for n in range(0, len(lines), MOST)]
    said = (replace(notice, to=one.id, facts=part) for one in _menders(tx) for part in parts)
    tx.notices.add(said, act.at)


def _menders(tx: Transaction) -> list[Person]:
    """Administrators, who invite and mend the file, and duty officers, who are called instead.
    Where it is they who are lost, the leaders of the topmost units."""
    tops = [unit.id for unit in agency_of(tx).units if unit.parent is None]
    menders = tx.people.holding((Role.ADMIN, Role.DUTY))
    leaders = tx.people.holding((Role.LEADER,), tops)
    absent = tx.people.absent((one.id for one in (*menders, *leaders)), for_a_page=False)
    there = [one for one in menders if one.id not in absent]
    return there or [one for one in leaders if one.id not in absent]


def short_name(agency: Agency, unit_id: str) -> str:
    """As it is called every day; what the agency's file has lost meanwhile by its id."""
    return next((unit.short for unit in agency.units if unit.id == unit_id), unit_id)


def unit_of(agency: Agency, person: Person) -> str:
    """Where the person stands first; "" without a post."""
    return next((short_name(agency, post.unit) for post in person.posts), "")


def units_of(agency: Agency, person: Person, roles: Iterable[Role]) -> tuple[str, ...]:
    """Where this person holds such a role, and all below; of an administrator every unit."""
    if person.holds((Role.ADMIN,)):
        return tuple(unit.id for unit in agency.units)
    among = set(roles)
    here = {post.unit for post in person.posts if post.role in among}
    return tuple(
        unit.id for unit in agency.units if here & {one.id for one in agency.line(unit.id)}
    )
