"""The auditor (tự kiểm tra): whether anything could leave an open incident in silence.

Read-only rules over values. What they find is cured, or said aloud, by bot/services/auditing.py.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.escalation import PATIENCE, Kind, Page
from bot.domain.incident import Incident
from bot.domain.severity import Needs

GRACE = timedelta(minutes=2)  # beyond what was due; the sweep that climbs comes each second
UNMOVED = timedelta(minutes=3)  # that something urgent may wait for its turn or for an answer
AHEAD = timedelta(minutes=15)  # no urgent message is put off for longer, except by a wrong clock
TOLD_EACH = timedelta(hours=1)
# What it says itself. Stuck, that is no finding: each round would find what the last has said.
SAID = "audit.stuck"

Why = Literal[
    "no_page",  # nobody has it, and nobody is being told
    "holder_left",  # who has it is not with the agency any more, or cannot be reached any more
    "overdue",  # it should have been said again, and was not
    "far",  # it would be said again much too late
    "deserted",  # nobody in its order of telling can be told
    "unmoved",  # it is to be said, and does not leave
    "unread",  # the incident itself, or its page, cannot be worked upon
]


@dataclass(frozen=True, slots=True)
class Found:
    """Something that must not be. `incident` 0: an urgent message of none."""

    why: Why
    incident: int = 0

    @property
    def mark(self) -> str:
        """Under which it is noted when it was told."""
        return f"audit {self.why} {self.incident}"


def wanted(incident: Incident) -> Kind | None:
    """What somebody has to be called for; None: the incident is nobody's night."""
    if incident.state != "open":
        return None
    match incident.standing.needs_response:
        case Needs.YES:
            return "respond"
        case Needs.UNVERIFIED if incident.is_unverified:
            return "verify"
    return None


def judge(
    incident: Incident,
    page: Page | None,
    now: datetime,
    absent: Collection[int] = (),
    gone: Collection[int] = (),
) -> Why | None:
    """`page`: the one that waits, else the newest. `absent`: who cannot be told now; `gone`: who
    can hold nothing any more. None: all is as it has to be."""
    kind = wanted(incident)
    if kind is None:
        return None
    if page is not None and page.due_at is not None and (page.kind == kind or kind == "verify"):
        return _waiting(page, page.due_at, now, absent)
    holder = _holder(incident, page, kind)
    if holder:
        return "holder_left" if holder in gone else None
    return "no_page"


def is_to_be_told(told_at: datetime | None, now: datetime) -> bool:
    """At first, and again each hour; a clock that was set back makes nobody silent."""
    return told_at is None or not timedelta() <= now - told_at < TOLD_EACH


def _waiting(page: Page, due_at: datetime, now: datetime, absent: Collection[int]) -> Why | None:
    if due_at < now - GRACE:
        return "overdue"
    longest = max((rung.wait for rung in page.ladder), default=PATIENCE)
    if due_at > now + longest + GRACE:
        return "far"
    if all(who in absent for rung in page.ladder for who in rung.person_ids):
        return "deserted"
    return None


def _holder(incident: Incident, page: Page | None, kind: Kind) -> int:
    """Who leads the response; or who has said that they verify it. 0: nobody."""
    if incident.lead_id or kind == "respond":
        return incident.lead_id
    taken = page is not None and not page.closed and page.acknowledged
    return page.acknowledged[-1] if page is not None and taken else 0
