"""Acknowledged and not forgotten: "vẫn đang xử lý?" is asked of whoever has it, after a while."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Held:
    """One person's acknowledgement of one page.

    next_at: when the person is asked, or, once asked (`asked_at`), when it is given up.
    """

    page_id: int
    person_id: int
    next_at: datetime
    asked_at: datetime | None = None

    def alive(self, at: datetime, every: timedelta) -> "Held":
        """A sign of life at this moment: asked again so much later."""
        return replace(self, next_at=at + every, asked_at=None)

    def asked(self, now: datetime, patience: timedelta) -> "Held":
        return replace(self, next_at=now + patience, asked_at=now)


def due(
    held: Held, last_act: datetime | None, every: timedelta, patience: timedelta, now: datetime
) -> tuple[Held, Literal["alive", "ask", "lost"]]:
    """What is done once `next_at` has come. `last_act`: when they last did anything about the
    incident, which is a sign of life; once they are asked, only what came after it is."""
    if last_act is not None and last_act > (held.asked_at or now - every):
        return held.alive(last_act, every), "alive"
    if held.asked_at is not None:
        return held, "lost"
    return held.asked(now, patience), "ask"
