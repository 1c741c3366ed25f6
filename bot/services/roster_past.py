"""What a new file of the agency may not rewrite: who had the duty before it.

Layers are as the file has them now. Where a new file would name somebody else for a time that is
past, whoever had it is written down as a planned shift, so that the roster and the table for
payroll go on telling what was.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.duty import DAY, Book, Roster, Shift, Span, spans
from bot.domain.roster_import import changed
from bot.services.ports.store import Transaction

SINCE = "rosters.since"  # the mark: since when this program knows each roster
REMEMBERED = 366 * DAY
PART = 31 * DAY  # looked at together
LEAST = timedelta(hours=1)  # less is a file that was mended at once

Lines = Mapping[str, Sequence[Sequence[Span]]]


def lines(tx: Transaction, at: datetime) -> Lines:
    """Whose each roster was, by its layers and planned shifts, since it is known, until now; in
    parts."""
    since = {roster: max(first, at - REMEMBERED) for roster, first in _since(tx).items()}
    if not since:
        return {}
    book = tx.rosters.book(min(since.values()), at)
    planned = tuple(one for one in book.shifts if one.kind == "planned")
    bare = replace(book, shifts=planned, absences=(), left={})
    return {
        one.id: tuple(_parts(bare, one, since[one.id], at))
        for one in book.rosters
        if one.id in since
    }


def keep(tx: Transaction, at: datetime, by: int, before: Lines) -> int:
    """Once the file is applied: what it would rewrite is written down; of how many stretches."""
    after = lines(tx, at)
    kept = [
        Shift(0, roster, one.was, one.begins, one.ends)
        for roster in before.keys() & after.keys()
        for old, new in zip(before[roster], after[roster], strict=True)
        for one in changed(old, new)
        if one.was and one.ends - one.begins >= LEAST
    ]
    for shift in sorted(kept, key=lambda one: (one.roster, one.begins)):
        tx.rosters.add_shift(shift, by, at)
    known = _since(tx)
    fresh = {one.id: at for one in tx.rosters.book(at, at).rosters if one.id not in known}
    if fresh:
        told = {roster: first.isoformat() for roster, first in {**known, **fresh}.items()}
        tx.marks.set(SINCE, json.dumps(told), at)
    return len(kept)


def _parts(
    book: Book, roster: Roster, begins: datetime, ends: datetime
) -> Iterator[Sequence[Span]]:
    while begins < ends:
        until = min(begins + PART, ends)
        yield spans(book, roster, begins, until)
        begins = until


def _since(tx: Transaction) -> Mapping[str, datetime]:
    mark = tx.marks.get(SINCE)
    stored = json.loads(mark.value) if mark else {}
    return {roster: datetime.fromisoformat(first) for roster, first in stored.items()}
