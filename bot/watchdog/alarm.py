"""When somebody is called, called again, and told that it is over. Values only."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

Say = Literal["call", "again", "over"]


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind`: silent, unwell (the heartbeat); lost, telegram (the test page)."""

    kind: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is wrong since when, and when somebody was last told; nothing is: the empty one."""

    since: datetime | None = None
    said_at: datetime | None = None  # None: nobody could be told yet
    faults: tuple[Fault, ...] = field(default=())


def follow(
    before: Alarm, faults: tuple[Fault, ...], now: datetime, again: timedelta
) -> tuple[Alarm, Say | None]:
    """What holds now, and what is to be said of it; once it has been said: `said`."""
    if not faults:
        return (before, "over") if before.said_at is not None else (Alarm(), None)
    after = replace(before, since=before.since or now, faults=faults)
    if before.said_at is None:
        return after, "call"
    waited = now - before.said_at
    return after, None if timedelta() <= waited < again else "again"


def said(alarm: Alarm, what: Say, now: datetime) -> Alarm:
    """Somebody has been told."""
    return Alarm() if what == "over" else replace(alarm, said_at=now)
