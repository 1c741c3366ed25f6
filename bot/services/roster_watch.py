"""What the clockwork says of rosters: what is wrong three days ahead, and whose shift begins."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from bot.domain.duty import DAY, HERE, Book, Roster, Span, spans
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Role, Verb
from bot.domain.roster_findings import (
    LOOK_BACK,
    NEAR,
    VACANT,
    Finding,
    Told,
    findings,
    to_tell,
)
from bot.services.accounts import keepers
from bot.services.ports.store import Transaction
from bot.services.shifts import on_shift

AHEAD = 3 * DAY
DECENT = range(7, 20)  # local hours in which people are told what can wait
AT_NIGHT = timedelta(hours=6)  # a hole that begins so soon is told at any hour
AT_ONCE = 20  # findings in one message; more are said in the next, none is left out
BEFORE = timedelta(hours=15)  # a morning's shift is told in the afternoon before
ENDING = timedelta(minutes=15)
FOUND, SHIFTS = "rosters.found", "shifts.told"  # marks


def look_ahead(tx: Transaction, act: Act) -> int:
    """Hourly: what is new, all in one message to whoever keeps the rosters; of how many.

    At night only what begins within hours. A leader hears of a hole that is a day away.
    """
    act.require(Verb.SWEEP)
    book = tx.rosters.book(act.at - LOOK_BACK, act.at + AHEAD)
    before = _told(tx) if book.rosters else ()
    found = _found(tx, book, act.at)
    if not _decent(act.at):
        soon = act.at + AT_NIGHT
        found = [one for one in found if one.kind in VACANT and one.begins <= soon]
    said, after = to_tell(found, before, act.at)
    told = _keepers(tx, act.at) if said else ()
    if said and not told:
        return 0  # nobody hears it yet: told once somebody does
    if after != before:
        tx.marks.set(FOUND, json.dumps([_stored(one) for one in after]), act.at)
    if said:
        _tell(tx, act, book, said, told)
        about = [[one.kind, one.roster, one.begins.isoformat()] for one in said]
        tx.record("agency", "roster.found", found=about)
    return len(said)


def tell_shifts(tx: Transaction, act: Act) -> int:
    """Each shift once, in the last 15 hours before it and between 7:00 and 20:00; a quarter of an
    hour before its end, if an incident is open, whoever goes off is reminded to hand over."""
    act.require(Verb.SWEEP)
    book = tx.rosters.book(act.at, act.at + BEFORE)
    before = _keys(tx) if book.rosters else {}
    said: dict[str, Notice] = {}
    for roster in book.rosters:
        line = spans(book, roster, act.at, act.at + BEFORE)
        for first, then in pairwise(line):
            said |= _begins(tx, act, roster, first, then, before)
        said |= _ends(tx, act, roster, line, before)
    if said:
        tx.notices.add(said.values(), act.at)
        kept = {key: at for key, at in before.items() if at > act.at - DAY}
        kept |= dict.fromkeys(said, act.at)
        stored = {key: at.isoformat() for key, at in kept.items()}
        tx.marks.set(SHIFTS, json.dumps(stored), act.at)
        tx.record("agency", "shift.told", people=[one.to for one in said.values()])
    return len(said)


def _found(tx: Transaction, book: Book, at: datetime) -> list[Finding]:
    until = at + AHEAD
    lines = [span for one in book.rosters for span in spans(book, one, at, until)]
    unreachable = tx.people.absent({span.person_id for span in lines} - {0})
    return [
        finding
        for roster in book.rosters
        for finding in findings(book, roster, at, until, unreachable)
    ]


def _tell(
    tx: Transaction, act: Act, book: Book, said: Sequence[Finding], told: Sequence[Person]
) -> None:
    notices = _notices(tx, book, said, [one.id for one in told])
    vacant = [one for one in said if one.kind in VACANT and one.begins - act.at <= NEAR]
    theirs: dict[int, list[Finding]] = {}
    for one in vacant:
        for leader in _leaders(tx, book, one, act.at):
            theirs.setdefault(leader.id, []).append(one)
    for who, holes in theirs.items():
        if who not in {one.id for one in told}:
            notices += _notices(tx, book, holes, [who])
    tx.notices.add(notices, act.at)


def _notices(
    tx: Transaction, book: Book, said: Sequence[Finding], to: Iterable[int]
) -> list[Notice]:
    names = {one.id: one.name for one in book.rosters}
    people = tx.people.named({who for one in said for who in one.people})
    rows = [
        {
            "kind": one.kind,
            "roster": names[one.roster],
            "other": names.get(one.other, ""),
            "begins": one.begins.isoformat(),
            "ends": one.ends.isoformat(),
            "names": [people[who].name for who in one.people if who in people],
        }
        for one in said
    ]
    parts = [rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE)]
    facts = [{"found": part, "part": at, "of": len(parts)} for at, part in enumerate(parts, 1)]
    return [Notice("roster.found", to=who, facts=one) for who in to for one in facts]


def _keepers(tx: Transaction, at: datetime) -> Sequence[Person]:
    """Who mends a roster: administrators, and whoever is on duty and can be told."""
    found = {one.id: one for one in (*on_shift(tx, Role.DUTY, None, at), *keepers(tx))}
    absent = tx.people.absent(found, for_a_page=False)
    return [one for who, one in found.items() if who not in absent]


def _leaders(tx: Transaction, book: Book, one: Finding, at: datetime) -> Sequence[Person]:
    """Of the roster's unit, or of the nearest above that has any."""
    roster, agency = book.roster(one.roster), tx.agencies.current()
    if roster is None or agency is None:
        return ()
    for unit in agency.line(roster.unit):
        if leaders := tx.people.holding((Role.LEADER,), (unit.id,)):
            return on_shift(tx, Role.LEADER, (unit.id,), at) or leaders
    return ()


def _begins(
    tx: Transaction, act: Act, roster: Roster, first: Span, then: Span, told: Collection[str]
) -> Mapping[str, Notice]:
    key = f"{roster.id}|{then.person_id}|{then.begins.isoformat()}"
    same = then.person_id in (0, first.person_id)
    if same or key in told or not _decent(act.at):
        return {}
    instead_of = tx.people.named({then.instead_of} - {0}).get(then.instead_of)
    facts = {
        "roster": roster.name,
        "begins": then.begins.isoformat(),
        "ends": then.ends.isoformat() if then.ends < act.at + BEFORE else "",
        "instead_of": instead_of.name if instead_of else "",
    }
    return {key: Notice("shift.begins", to=then.person_id, facts=facts, urgency="quiet")}


def _ends(
    tx: Transaction, act: Act, roster: Roster, line: Sequence[Span], told: Collection[str]
) -> Mapping[str, Notice]:
    now, after = line[0], line[1] if len(line) > 1 else None
    key = f"{roster.id}|{now.person_id}|ends|{now.ends.isoformat()}"
    if after is None or not now.person_id or now.ends > act.at + ENDING or key in told:
        return {}
    numbers = [one.id for one in tx.incidents.open_in((roster.unit,))]
    if not numbers or after.person_id == now.person_id:
        return {}
    facts = {"roster": roster.name, "ends": now.ends.isoformat(), "numbers": numbers}
    return {key: Notice("shift.ends", to=now.person_id, facts=facts, urgency="quiet")}


def _decent(at: datetime) -> bool:
    return at.astimezone(HERE).hour in DECENT


def _told(tx: Transaction) -> tuple[Told, ...]:
    mark = tx.marks.get(FOUND)
    return tuple(map(_read, json.loads(mark.value))) if mark else ()


def _stored(told: Told) -> dict[str, Any]:
    one = told.what
    moments = {"begins": one.begins.isoformat(), "ends": one.ends.isoformat()}
    return {**asdict(one), **moments, "near": told.near}


def _read(stored: dict[str, Any]) -> Told:
    near = stored.pop("near")
    stored |= {name: datetime.fromisoformat(stored[name]) for name in ("begins", "ends")}
    return Told(Finding(**{**stored, "people": tuple(stored["people"])}), near)


def _keys(tx: Transaction) -> dict[str, datetime]:
    mark = tx.marks.get(SHIFTS)
    stored = json.loads(mark.value) if mark else {}
    return {key: datetime.fromisoformat(at) for key, at in stored.items()}
