"""Use cases of importing a roster (nhập lịch trực): what a file would change, then the change.

A preview changes nothing. Applying decides everything anew in its own step, so that what was
changed meanwhile is seen. The file itself is not kept: its name and digest are, in the log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.duty import Book, Roster, Shift, spans
from bot.domain.errors import NotFound, PreviewOver
from bot.domain.folding import fold
from bot.domain.people import Act, Role, Verb, may
from bot.domain.roster_findings import LOOK_BACK, findings
from bot.domain.roster_import import (
    Known,
    Match,
    Note,
    Reading,
    Turn,
    changed,
    extent,
    match,
    of_month,
    of_roster,
    replaced,
    shifts_of,
    too_long,
)
from bot.services.import_outcomes import Preview, Wish
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of

INSTANT = timedelta(seconds=1)


def rosters(tx: Transaction, act: Act) -> Sequence[Roster]:
    """Those that this person may import into, in the agency's order."""
    act.require(Verb.KEEP_ROSTER)
    book = tx.rosters.book(act.at, act.at + INSTANT)
    return [one for one in book.rosters if may(act.person, Verb.KEEP_ROSTER, one)]


def preview(tx: Transaction, act: Act, reading: Reading, wish: Wish) -> Preview:
    """What the file would change. NotFound: no such roster."""
    return _weighed(tx, act, reading, wish)[0]


def bring_in(tx: Transaction, act: Act, reading: Reading, wish: Wish) -> Preview:
    """The planned shifts of the time that the file covers give way to the file's, in one step; the
    same file a second time changes nothing and tells nobody."""
    return _written(tx, act, *_weighed(tx, act, reading, wish))


def bring_in_shifts(
    tx: Transaction, act: Act, reading: Reading, roster_id: str, shifts: Sequence[Shift]
) -> Preview:
    """What a preview showed before, against what stands now. PreviewOver: somebody of it does not
    hold the roster's role any more."""
    roster = roster_of(tx, act, roster_id)
    holders = {one.id for one in _known(tx, roster) if one.holds}
    if not {one.person_id for one in shifts} <= holders:
        raise PreviewOver
    said = Preview(reading, roster, Wish(roster_id), shifts=shifts)
    return _written(tx, act, *_against(tx, said))


def roster_of(tx: Transaction, act: Act, roster_id: str) -> Roster:
    """One that this person may import into. NotFound: there is none."""
    roster = tx.rosters.book(act.at, act.at + INSTANT).roster(roster_id)
    if roster is None:
        raise NotFound(roster_id, name=roster_id)
    act.require(Verb.KEEP_ROSTER, roster)
    return roster


def _written(
    tx: Transaction, act: Act, found: Preview, cancelled: Sequence[Shift], added: Sequence[Shift]
) -> Preview:
    if not found.is_new:
        return found
    reading = found.reading
    for one in cancelled:
        tx.rosters.cancel_shift(one.id, act.at)
    for one in added:
        tx.rosters.add_shift(one, act.person.id, act.at)
    begins, ends = extent(found.shifts)
    facts = {"begins": begins.isoformat(), "ends": ends.isoformat()}
    facts |= {"file": reading.file, "digest": reading.digest}
    counts = {"added": len(added), "cancelled": len(cancelled), "changed": len(found.changed)}
    tx.record("agency", "roster.imported", roster=found.roster.id, **facts, **counts)
    return replace(found, applied=True)


def _weighed(
    tx: Transaction, act: Act, reading: Reading, wish: Wish
) -> tuple[Preview, Sequence[Shift], Sequence[Shift]]:
    """Beside the preview: what is cancelled, what is added."""
    roster = roster_of(tx, act, wish.roster)
    nothing = Preview(reading, roster, wish)
    if reading.trouble:
        return replace(nothing, trouble=reading.trouble), (), ()
    turns, beside = of_roster(reading.turns, roster.role, wish.column, wish.seat)
    if not turns:
        columns = tuple(dict.fromkeys(one.column for one in reading.turns if one.column))
        return replace(nothing, trouble="no_column", columns=columns), (), ()
    if wish.month:
        turns, beside = of_month(turns, wish.month), of_month(beside, wish.month)
        if not turns:
            return replace(nothing, trouble="not_this_month"), (), ()
    matches = _matches(tx, roster, turns, wish)
    shifts = shifts_of(turns, matches, roster.id)
    said = replace(
        nothing,
        matches=tuple(matches.values()),
        shifts=shifts,
        assumed=tuple(dict.fromkeys(one.assumed for one in turns if one.assumed)),
        beside=tuple(dict.fromkeys(one.name for one in beside)),
        phones=_phones(turns, matches),
    )
    if not shifts:
        return replace(said, trouble="nobody"), (), ()
    if too_long(shifts):
        return replace(said, trouble="too_long"), (), ()
    return _against(tx, said)


def _against(tx: Transaction, said: Preview) -> tuple[Preview, Sequence[Shift], Sequence[Shift]]:
    """What of it stands already, what it changes, what it would leave open."""
    roster, (begins, ends) = said.roster, extent(said.shifts)
    book = tx.rosters.book(begins - LOOK_BACK, ends)  # a stretch of duty may have begun before
    of_this = [one for one in book.shifts if one.roster == roster.id]
    planned = [one for one in of_this if one.kind == "planned"]
    cancelled, added = replaced(planned, said.shifts)
    after = _with(book, cancelled, added)
    differs = changed(spans(book, roster, begins, ends), spans(after, roster, begins, ends))
    left = findings(after, roster, begins, ends)
    ids = {one.person_id for one in said.shifts}
    ids |= {who for one in differs for who in (one.was, one.now)}
    ids |= {who for one in left for who in one.people}
    found = replace(
        said,
        people=tx.people.named(ids - {0}),
        changed=differs,
        findings=left,
        covers=sum(one.kind == "cover" and one.ends > begins for one in of_this),
        added=len(added),
        cancelled=len(cancelled),
    )
    return found, cancelled, added


def _with(book: Book, cancelled: Sequence[Shift], added: Sequence[Shift]) -> Book:
    stay = tuple(one for one in book.shifts if one not in cancelled)
    return replace(book, shifts=(*stay, *added))


def _matches(
    tx: Transaction, roster: Roster, turns: Sequence[Turn], wish: Wish
) -> dict[str, Match]:
    """By the name as the file says it, in the file's order."""
    people = _known(tx, roster)
    chosen = {fold(name): key for name, key in wish.chosen.items()}
    return {name: match(name, people, chosen) for name in dict.fromkeys(one.name for one in turns)}


def _known(tx: Transaction, roster: Roster) -> list[Known]:
    """Everybody of the agency, and who of them holds the roster's role in its unit."""
    listed = {one.id: one.name for one in agency_of(tx).people}
    holders = tx.people.holding((Role(roster.role),), (roster.unit,))
    everybody = {one.id: one for one in (*holders, *tx.people.listed(listed))}
    hold = {one.id for one in holders}
    return [
        Known(one.id, one.key, listed.get(one.key, one.name), one.name, one.phone, one.id in hold)
        for one in everybody.values()
        if not one.shared_by
    ]


def _phones(turns: Sequence[Turn], matches: Mapping[str, Match]) -> tuple[Note, ...]:
    """Numbers that the directory has otherwise; said: the file's and the directory's."""
    found = {}
    for one in turns:
        who = matches[one.name].who
        if who and one.phone and who.phone and _digits(one.phone) != _digits(who.phone):
            found[who.id] = Note("phone", one.place, f"{who.said} {one.phone} / {who.phone}")
    return tuple(found.values())


def _digits(phone: str) -> str:
    """Its last nine, whether it begins with 0 or with +84."""
    return "".join(filter(str.isdigit, phone))[-9:]
