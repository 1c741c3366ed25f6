"""Đổi ca trực: one person asks another to take a shift, perhaps for one of theirs in return.

Nothing changes until the other agrees, and only while both shifts are still whose they were.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.domain.duty import Book, Shift, Span, away_between, spans

# changed: the roster is another by now; lapsed: the shift has begun, nobody had answered.
State = Literal["asked", "agreed", "refused", "cancelled", "changed", "lapsed"]


@dataclass(frozen=True, slots=True)
class Swap:
    """`begins` to `ends` is the asker's shift; `other_…` the one in return, None where the other
    only stands in (trực thay)."""

    id: int
    roster: str
    asker_id: int
    asked_id: int
    begins: datetime
    ends: datetime
    asked_at: datetime
    other_begins: datetime | None = None
    other_ends: datetime | None = None
    state: State = "asked"
    settled_at: datetime | None = None

    @property
    def waits(self) -> bool:
        return self.state == "asked"

    @property
    def parts(self) -> tuple[tuple[int, int, datetime, datetime], ...]:
        """(whose it is, who takes it, from, to)"""
        first = (self.asker_id, self.asked_id, self.begins, self.ends)
        if self.other_begins is None or self.other_ends is None:
            return (first,)
        return (first, (self.asked_id, self.asker_id, self.other_begins, self.other_ends))

    def has_lapsed(self, now: datetime) -> bool:
        """One of the shifts has begun."""
        return any(begins <= now for _, _, begins, _ in self.parts)

    def settled(self, state: State, now: datetime) -> "Swap":
        return replace(self, state=state, settled_at=now)


def whose_no_more(book: Book, swap: Swap) -> int:
    """Whose shift is, as the roster stands now, another's for any part of it; 0: none is."""
    roster = book.roster(swap.roster)
    for who, _, begins, ends in swap.parts:
        line = spans(book, roster, begins, ends) if roster else ()
        if not line or any(span.person_id != who for span in line):
            return who
    return 0


def away_then(book: Book, swap: Swap) -> int:
    """Who would take a shift and is away for any part of it; 0: nobody is. A shift that is given to
    them would be nobody's."""
    for _, taker, begins, ends in swap.parts:
        if taker in away_between(book, begins, ends):
            return taker
    return 0


def covers(swap: Swap) -> Iterator[Shift]:
    """What is written into the roster once it is agreed."""
    for who, by, begins, ends in swap.parts:
        yield Shift(0, swap.roster, by, begins, ends, "cover", who, f"swap/{swap.id}")


def to_come(line: Sequence[Span], person_id: int, now: datetime) -> list[Span]:
    """A person's shifts of a line that have not begun."""
    return [span for span in line if span.person_id == person_id and span.begins > now]
