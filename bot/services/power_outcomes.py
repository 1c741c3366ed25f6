"""What a step about the plan's powers hands back to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.people import Person
from bot.services.ports.incidents import Brief


@dataclass(frozen=True, slots=True)
class PowerUsed:
    """What came of a power of the plan: of using it, or of asking those who have it.

    team: as the plan calls it; to: who was called or asked.
    """

    brief: Brief
    did: Literal["convened", "not_now", "already", "requested", "telephone", "not_sent"]
    team: Sequence[str]
    to: Sequence[Person] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """/phatngon. `mine`: it is whoever asks; `deciders`: who assigns one, as the plan says."""

    brief: Brief
    speaker: Person | None
    mine: bool
    deciders: Sequence[str]
