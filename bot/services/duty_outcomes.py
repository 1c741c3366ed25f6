"""What đổi ca, trực thay, vắng mặt and bàn giao hand back to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.duty import Absence, Shift
from bot.domain.handover import Handover
from bot.domain.people import Person
from bot.domain.swap import Swap

Reader = Literal["asker", "asked"]
Side = Literal["giver", "receiver"]
Did = Literal["begun", "ended", "over"]  # over: nothing is left of it to end


@dataclass(frozen=True, slots=True)
class SwapShown:
    """A swap as it stands. `moved`: whose shift it is no more, where the roster has changed."""

    swap: Swap
    roster: str
    asker: Person
    asked: Person
    reader: Reader
    moved: str = ""


@dataclass(frozen=True, slots=True)
class CoverShown:
    """Trực thay. `instead`: whose duty it covers, one after the other. `did`: given or ended by
    this act, over: nothing is left of it to end."""

    shift: Shift
    roster: str
    person: Person
    instead: Sequence[Person]
    did: Literal["given", "ended", "over"]


@dataclass(frozen=True, slots=True)
class AbsenceShown:
    """`leads`: numbers of the open incidents that this person leads, to be handed over."""

    absence: Absence
    person: Person
    acting: Person | None
    own: bool
    did: Did
    leads: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class HandoverShown:
    """A handover as it stands. `head`: of the shift or the incident; `state`: rows of what is
    open, as `handovers.standing` gives them."""

    handover: Handover
    giver: Person
    receiver: Person
    reader: Side
    head: str
    state: Sequence[Sequence[object]] = ()
