"""Requests for support that went beyond the agency."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.support import Support


class Supports(Protocol):
    def add(self, support: Support) -> Support:
        """With its id."""

    def get(self, support_id: int) -> Support:
        """NotFound."""

    def of(self, incident_id: int) -> Sequence[Support]:
        """In the order in which they were asked."""

    def due(self, now: datetime) -> Sequence[Support]:
        """Those of open incidents that have waited long enough for somebody to be reminded."""

    def save(self, support: Support) -> None:
        """Outdated."""

    def erase_words(self, incident_id: int) -> None: ...
