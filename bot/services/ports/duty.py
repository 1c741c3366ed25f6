"""Who is on duty and who is away, what was done last by the clockwork, quiet hours."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.duty import Absence, Book, Shift
from bot.domain.handover import Handover
from bot.domain.swap import Swap


@dataclass(frozen=True, slots=True)
class Mark:
    """When something was done last, and what came of it."""

    name: str
    value: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Untimely:
    """A notice that falls into somebody's quiet hours, perhaps. `at_work`: they are awake over
    just this incident. `says`: the same for two that say the same."""

    notice_id: int
    kind: str
    person_id: int
    hours: tuple[int, int]
    at_work: bool
    says: str


class Rosters(Protocol):
    def book(self, begins: datetime, ends: datetime) -> Book:
        """All that decides who is on duty in this time. Whoever has left is in no layer; since
        when they have, the book says."""

    def shift(self, shift_id: int) -> Shift:
        """Raises NotFound."""

    def add_shift(self, shift: Shift, by: int, at: datetime) -> Shift: ...
    def cancel_shift(self, shift_id: int, at: datetime) -> None: ...
    def end_shift(self, shift_id: int, at: datetime) -> None:
        """From now on; what was before stays."""

    def add_absence(self, absence: Absence, by: int, at: datetime) -> Absence: ...
    def cancel_absence(self, absence_id: int, at: datetime) -> None: ...
    def end_absence(self, absence_id: int, at: datetime) -> None:
        """From now on; what was before stays."""

    def absence(self, absence_id: int) -> Absence:
        """Raises NotFound."""

    def acting_for(self, person_id: int, at: datetime) -> Sequence[Absence]:
        """Those that this person stands in for now: of two rows about one person the newer."""

    def away(self, at: datetime) -> Mapping[int, Absence]:
        """Who is away at this moment; who acts for them, unless they have left."""


class Marks(Protocol):
    def get(self, name: str) -> Mark | None: ...
    def set(self, name: str, value: str, at: datetime) -> None: ...


class QuietHours(Protocol):
    """Minutes of the local day; past midnight where the second is not later than the first."""

    def of(self, people: Collection[int]) -> Mapping[int, tuple[int, int]]: ...
    def set(self, person_id: int, hours: tuple[int, int] | None) -> None: ...
    def due(self, now: datetime, lately: datetime) -> Sequence[Untimely]:
        """What would be said now, and is no page, to people who have quiet hours; the oldest
        first. `lately`: who has reported since then is still awake."""

    def hold(self, numbers: Collection[int], until: datetime) -> None: ...
    def drop(self, numbers: Collection[int]) -> None:
        """A newer one says the same."""

    def release(self, person_id: int, now: datetime) -> None:
        """What waits is looked at again at once."""


class Swaps(Protocol):
    def get(self, swap_id: int) -> Swap:
        """Outdated when there is none."""

    def waiting(self) -> Sequence[Swap]: ...
    def waiting_for(self, people: Collection[int]) -> Sequence[Swap]: ...
    def asked_by(self, people: Collection[int]) -> Sequence[Swap]:
        """Those that wait."""

    def add(self, swap: Swap) -> Swap: ...
    def save(self, swap: Swap) -> None:
        """Outdated when it waits no more."""


class Handovers(Protocol):
    def get(self, handover_id: int) -> Handover:
        """Outdated when there is none."""

    def waiting(self) -> Sequence[Handover]: ...
    def waiting_for(self, people: Collection[int]) -> Sequence[Handover]: ...
    def since(self, roster: str, at: datetime) -> Sequence[Handover]:
        """Those that were asked since then, whatever came of them."""

    def add(self, handover: Handover) -> Handover: ...
    def save(self, handover: Handover) -> None:
        """Outdated when it waits no more."""

    def erase_words(self, incident_id: int) -> None: ...
