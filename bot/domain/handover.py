"""Bàn giao ca trực, bàn giao việc chủ trì một sự cố: it is theirs once they have accepted it.

Until then whoever hands over keeps it: what is sent goes to them (words.md, chuyện 2.6).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from bot.domain.duty import Span

State = Literal["asked", "accepted", "refused", "cancelled", "lapsed"]
Due = Literal["remind", "late", "lapsed"]
REMIND = timedelta(minutes=10)  # both are reminded
LATE = timedelta(minutes=30)  # whoever leads hears that nobody has taken it over
LAPSE = timedelta(hours=12)  # the roster decides again: nobody stays on duty for ever
FORGOTTEN = timedelta(minutes=10)  # after the end of a shift that nobody has handed over
LOOKED_BACK = timedelta(hours=2)  # so long after its end a shift can still be handed over


@dataclass(frozen=True, slots=True)
class Handover:
    """`roster`: whose shift, "" for the lead of an incident. `summary`: the giver's own words."""

    id: int
    roster: str
    from_id: int
    to_id: int
    summary: str
    asked_at: datetime
    incident_id: int = 0
    with_tasks: bool = False  # what the giver has in hand in the incident goes over, too
    state: State = "asked"
    settled_at: datetime | None = None
    reminded_at: datetime | None = None

    @property
    def waits(self) -> bool:
        return self.state == "asked"

    def settled(self, state: State, now: datetime) -> "Handover":
        return replace(self, state=state, settled_at=now)

    def reminded(self, now: datetime) -> "Handover":
        return replace(self, reminded_at=now)

    def due(self, now: datetime) -> Due | None:
        """What is to be said now; each once."""
        if now >= self.asked_at + LAPSE:
            return "lapsed"
        last = self.reminded_at or self.asked_at
        if now >= self.asked_at + LATE and last < self.asked_at + LATE:
            return "late"
        if now >= self.asked_at + REMIND and self.reminded_at is None:
            return "remind"
        return None

    def holds_at(self, at: datetime) -> bool:
        """Whoever hands the shift over has it still."""
        return self.waits and self.asked_at <= at < self.asked_at + LAPSE


def kept(span: Span, pending: Handover | None, at: datetime) -> Span:
    """Who has the duty while a handover of the roster waits."""
    if pending is None or not pending.holds_at(at) or span.person_id == pending.from_id:
        return span
    return replace(span, person_id=pending.from_id)


def forgotten(line: Sequence[Span], now: datetime) -> tuple[Span, Span] | None:
    """The last change of shift that is long enough past: who went off, who came on."""
    for before, after in reversed(list(pairwise(line))):
        people = {before.person_id, after.person_id}
        if 0 not in people and len(people) == 2 and before.ends + FORGOTTEN <= now:
            return before, after
    return None
