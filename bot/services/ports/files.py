"""Evidence and its bytes, and the passes by which it is handed in or looked at."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal, Protocol

from bot.domain.evidence import File, Given, Pass
from bot.domain.roster_import import Reading, Usual


class Files(Protocol):
    def add(self, file: File, given: Given) -> File: ...
    def get(self, file_id: int) -> File:
        """NotFound."""

    def content(self, file_id: int) -> bytes: ...
    def of(self, incident_id: int) -> Sequence[File]:
        """By their numbers."""

    def of_draft(self, draft_id: int) -> Sequence[File]: ...
    def nowhere(self, person_id: int) -> Sequence[File]:
        """Those of which this person has still to say to which incident they belong."""

    def attach(self, file_id: int, incident_id: int) -> File:
        """With its number there."""

    def erase(self, those: Sequence[File]) -> None:
        """Rows and bytes."""

    def left_over(self, before: datetime) -> Sequence[File]:
        """What nobody has said to which incident it belongs, or of a report that was cancelled."""


class Passes(Protocol):
    def add(self, given: Pass) -> None: ...
    def find(self, key: str) -> Pass | None: ...
    def use(self, key: str, file_id: int = 0) -> None: ...
    def forget(self, before: datetime) -> int: ...
    def link_key(self) -> bytes | None:
        """What links are signed with."""

    def make_link_key(self, at: datetime) -> bytes: ...


class RosterReader(Protocol):
    """Reads a roster's file, which takes a while: never on the event loop, nor in a step."""

    def __call__(
        self, given: Given, beside: str, usual: Usual, today: date
    ) -> tuple[Reading, date | None]:
        """What it says, and the first day of the month that the words beside it name."""


class Incoming(Protocol):
    """Brings what stands in a message of a platform, in the turn, outside of any step."""

    async def fetch(self, message: Any) -> Given | Literal["not_here", "unreachable"]:
        """ "not_here": the platform does not hand it over, or it is too big."""
