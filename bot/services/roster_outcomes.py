"""What is shown of rosters (lịch trực), and the call list (danh sách gọi) as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.agency import Contact, SecretContact
from bot.domain.contact import Outside
from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class Turn:
    """Who has the duty for some time. who: None, nobody. instead_of: whom they stand in for (trực
    thay), or whose turn it would be. ends: None, no end in sight. hole: nobody, where somebody
    should be; in office hours that no roster covers it is none."""

    begins: datetime
    ends: datetime | None
    who: Person | None
    instead_of: Person | None = None
    hole: bool = False


@dataclass(frozen=True, slots=True)
class DutyDay:
    """turns: those that begin on this day; where none does, the one that goes on. name: of the
    holiday, or of what was decreed."""

    day: date
    turns: Sequence[Turn]
    name: str = ""
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class RosterShown:
    """days: none, where only what holds now is shown. handed_to: who has not accepted yet what is
    being handed over to them."""

    name: str
    now: Turn
    next: Turn | None
    days: Sequence[DutyDay] = ()
    handed_to: Person | None = None


@dataclass(frozen=True, slots=True)
class DutyWeek:
    """/lichtruc. monday: the first day shown. numbers: the ISO weeks before, of, after it. away:
    how many weeks it is from now. edits: this person mends the agency's file. private: telephone
    numbers may stand there. reader: what they may do stands below. hidden: rosters of other units,
    only counted."""

    rosters: Sequence[RosterShown]
    monday: date
    numbers: tuple[int, int, int]
    away: int
    whole: bool
    edits: bool
    private: bool
    reader: Person
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in the call list, under a post: its role, its place in the order of telling."""

    who: Person
    role: str
    order: int
    position: str = ""


@dataclass(frozen=True, slots=True)
class Acting:
    """who: away until then. by: who acts for them, None: nobody; paper: what that rests on."""

    who: Person
    until: datetime
    by: Person | None
    paper: str


@dataclass(frozen=True, slots=True)
class CallList:
    """Danh sách gọi: everything that is needed once nothing works but paper and a telephone."""

    agency: str
    contact: Contact
    rosters: Sequence[RosterShown]
    units: Sequence[tuple[str, Sequence[Listed]]]
    away: Sequence[Acting]
    outside: Sequence[Outside]
    secret: Mapping[str, SecretContact]  # by the unit's name


@dataclass(frozen=True, slots=True)
class CallListFile:
    """/danhsachgoi. carried: the chat takes files; else it is said where the list lies."""

    found: CallList
    carried: bool
