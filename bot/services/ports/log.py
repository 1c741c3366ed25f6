"""The chains of events, the seals over them, and the updates that were already done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.people import Act
from bot.domain.timeline import Event, Link, Seal


class Events(Protocol):
    def append(self, act: Act, events: Sequence[Event]) -> None: ...
    def chain(self, name: str, last: int | None = None) -> Sequence[Link]:
        """Its links in order; with `last`, only so many of the newest.

        ValueError: somebody has written there what no event can be.
        """

    def last_by(self, chain: str, person_id: int) -> datetime | None:
        """When this person last did anything that stands in the chain."""

    def erase(self, chain: str, kinds: Sequence[str]) -> int:
        """The payloads of these kinds are gone for ever; how many. The headers stay."""

    def heads(self) -> dict[str, tuple[int, str]]: ...
    def chains(self) -> Sequence[str]: ...
    def seals(self) -> Sequence[Seal]: ...
    def seal(self, seal: Seal) -> None: ...


class UpdateKeys(Protocol):
    def done(self, key: str) -> str | None:
        """The chain that the update wrote to ("" for none); None when it is new."""

    def add(self, key: str, chain: str, at: datetime) -> None: ...
    def forget(self, before: datetime) -> int: ...
