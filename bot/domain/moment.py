"""When something was noticed: a moment, or the beginning of a span that somebody remembers."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` is aware UTC; of a span it is the START, since legal clocks run from there."""

    at: datetime
    until: datetime | None = None
    approximate: bool = False

    def stored(self) -> str:
        """One line of text that `read` takes back: start/end~ (end and ~ where there are any)."""
        end = f"/{self.until.astimezone(UTC).isoformat()}" if self.until else ""
        return f"{self.at.astimezone(UTC).isoformat()}{end}{'~' if self.approximate else ''}"

    @classmethod
    def read(cls, stored: str) -> Self:
        """ValueError: not a moment, or one without a time zone."""
        text = stored.removesuffix("~")
        start, _, end = text.partition("/")
        at = datetime.fromisoformat(start)
        until = datetime.fromisoformat(end) if end else None
        if at.tzinfo is None or (until is not None and until.tzinfo is None):
            raise ValueError("naive datetime")
        return cls(at, until, text != stored)
