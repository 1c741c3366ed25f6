"""What importing a roster and the monthly table of duty hand back to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.duty import Roster, Shift
from bot.domain.duty_table import Table
from bot.domain.people import Person
from bot.domain.roster_findings import Finding
from bot.domain.roster_import import Changed, Match, Note, Reading


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be taken. month: its first day, None: all of the file; column: words of the
    head of a column, "": by the roster's role; seat: which of several names in a cell; chosen: ids
    of the agency's file by the name that the file says."""

    roster: str
    month: date | None = None
    column: str = ""
    seat: int = 1
    chosen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would change, or has changed. trouble: why nothing can come of it; columns: those
    that the file has, where none is for this roster."""

    reading: Reading
    roster: Roster
    wish: Wish
    trouble: str = ""
    columns: Sequence[str] = ()
    matches: Sequence[Match] = ()
    shifts: Sequence[Shift] = ()
    assumed: Sequence[str] = ()  # the usual hours that were taken
    beside: Sequence[str] = ()  # names in further places of the same cells
    phones: Sequence[Note] = ()  # numbers that the directory has otherwise
    people: Mapping[int, Person] = field(default_factory=dict)
    changed: Sequence[Changed] = ()
    findings: Sequence[Finding] = ()
    covers: int = 0  # stand-ins that lie over this time and stay
    added: int = 0
    cancelled: int = 0
    applied: bool = False

    @property
    def is_new(self) -> bool:
        """Something would be written down that does not stand yet."""
        return bool(self.added or self.cancelled)

    @property
    def unsure(self) -> Sequence[Match]:
        return [one for one in self.matches if one.who is None]


@dataclass(frozen=True, slots=True)
class Awaiting:
    """/nhaplich. roster: whose file is awaited; None: which of the rosters is asked."""

    rosters: Sequence[Roster]
    roster: Roster | None = None
    carried: bool = True  # the chat takes files


@dataclass(frozen=True, slots=True)
class Looked:
    """A preview in a chat. number: of what can be applied; 0: nothing."""

    preview: Preview
    number: int


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """Applied in a chat at this moment; preview None: it was before."""

    file: str
    preview: Preview | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Stopped:
    """No roster's file is awaited any more."""


@dataclass(frozen=True, slots=True)
class DutyTable:
    """One roster's month. until: the moment up to which it is counted, where it is not over."""

    roster: Roster
    unit: str
    month: date
    until: datetime | None
    table: Table
    names: Mapping[int, str]  # in full, as the agency's file has them
    positions: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class DutyTables:
    """/bangtruc"""

    month: date
    agency: str
    tables: Sequence[DutyTable]
    carried: bool = False  # the chat takes files
