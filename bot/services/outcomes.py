"""What a step hands back to be shown: one small value for each kind of screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.consultation import Consultation
from bot.domain.contact import Call
from bot.domain.direction import Direction
from bot.domain.escalation import Page
from bot.domain.evidence import File
from bot.domain.form import Draft
from bot.domain.people import Person
from bot.domain.timeline import Link
from bot.services.contact_outcomes import Directory
from bot.services.duty_outcomes import AbsenceShown, CoverShown, HandoverShown, SwapShown
from bot.services.figure_outcomes import Counted, PictureLink
from bot.services.file_outcomes import Discarded, FileList, HandedOut, Kept, UploadPage, WhichFile
from bot.services.import_outcomes import Awaiting, BroughtIn, DutyTables, Looked, Stopped
from bot.services.page_outcomes import StillAtIt, StillUnclear
from bot.services.people_outcomes import (
    Bound,
    Channels,
    Chosen,
    Guide,
    Held,
    Invited,
    Joined,
    Left,
    LinkCode,
    Linked,
    Menu,
    QuietSet,
    Spoken,
    WhoHolds,
)
from bot.services.ports.incidents import Brief, Guess, Legal
from bot.services.ports.tasks import Sheet
from bot.services.power_outcomes import PowerUsed, Speaker
from bot.services.readiness_outcomes import Readiness, Rehearsed, RoundAnswered, RoundShown
from bot.services.roster_outcomes import CallListFile, DutyWeek
from bot.services.scenario_outcomes import Confirmed, PlaybookPage
from bot.services.support_outcomes import Asked


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told of an incident, and how: shown before it is sent, and true after."""

    duty: tuple[Person, ...] = ()
    called: tuple[Person, ...] = ()  # paged in this order, the first `at_once` together
    officers: tuple[Person, ...] = ()  # without a sound
    copies: tuple[Person, ...] = ()  # the unit's leaders, without a sound
    informed: tuple[Person, ...] = ()  # coordinating units, without a sound
    asked: tuple[Person, ...] = ()  # leaders who decide whether it is nghiêm trọng theo Kế hoạch
    at_once: int = 1


@dataclass(frozen=True, slots=True)
class Reported:
    brief: Brief
    told: Told
    early: bool  # parts of it are still unanswered
    evidence: Sequence[File] = ()  # what came with it
    likely: Sequence[Guess] = ()  # for who has filed it for somebody else, and may say which it is


@dataclass(frozen=True, slots=True)
class Rejudged:
    """An answer came later: what it changed. `changes`: (verdict, before, after)."""

    brief: Brief
    changes: tuple[tuple[str, str, str], ...]
    asks_data: bool = False  # whether people's data are exposed is still to be said


@dataclass(frozen=True, slots=True)
class Taken:
    """`mine`: the person who asks has it now; `first`: by this very act; `until`: to verify."""

    brief: Brief
    page: Page
    by: Person | None
    at: datetime | None
    mine: bool
    first: bool
    until: datetime | None = None
    likely: Sequence[Guess] = ()  # what the reporter's words point to


@dataclass(frozen=True, slots=True)
class PassedOn:
    """`to`: who was told next; `gave_back`: it had been taken before; `kept`: nobody is told, since
    these have it still."""

    brief: Brief
    to: tuple[Person, ...]
    gave_back: bool
    kept: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A polite word is no acknowledgement."""

    brief: Brief
    page: Page


@dataclass(frozen=True, slots=True)
class Which:
    """Several incidents could be meant."""

    numbers: tuple[int, ...]
    do: Literal["take", "pass", "return"]


@dataclass(frozen=True, slots=True)
class Escalated:
    """`missed`: leaders whom no message can reach; they are to be telephoned."""

    brief: Brief
    to: tuple[Person, ...]
    changes: tuple[tuple[str, str, str], ...]
    missed: tuple[Person, ...] = ()
    answered: tuple[tuple[str, str, str], ...] = ()  # (criterion, its answer before, and now)


@dataclass(frozen=True, slots=True)
class Directed:
    """A leader has answered; `then`: what is still asked of the same incident."""

    brief: Brief
    consultation: Consultation
    then: Consultation | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A direction that was given by word of mouth, with the names that its screens need."""

    direction: Direction
    leader: Person
    recorder: Person


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """`missed`: no message can reach the leader; it is to be confirmed in another way."""

    brief: Brief
    said: Said
    missed: bool


@dataclass(frozen=True, slots=True)
class Confirmation:
    """For the leader. `first`: by this very act; `question`: open again, since it was denied."""

    brief: Brief
    said: Said
    first: bool
    question: Consultation | None = None


@dataclass(frozen=True, slots=True)
class TaskShown:
    """One task as it stands. `did`: what this act has done to it, "already": nothing, somebody
    was quicker; `can`: what this person may do with it now, in the order of the buttons."""

    sheet: Sheet
    can: tuple[str, ...]
    did: str = ""
    private: bool = True
    calls: Sequence[Call] = ()  # whom to telephone beyond the agency; in a private chat only


@dataclass(frozen=True, slots=True)
class TaskList:
    """/viec: what this person has, then what they may take; of one incident: all that runs."""

    mine: Sequence[Sheet]
    free: Sequence[Sheet]
    at: datetime
    number: int = 0
    private: bool = True


@dataclass(frozen=True, slots=True)
class Advanced:
    """`stays`: the exit check was not passed; `last`: no phase follows; else its tasks."""

    brief: Brief
    tasks: Sequence[Sheet] = ()
    stays: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Deadlines:
    """/thoihan. `marks`: for who has to know what was not read in the law itself; `settles`: this
    person may say that a report was sent."""

    brief: Brief
    clocks: Sequence[Legal]
    at: datetime
    marks: bool
    settles: bool


@dataclass(frozen=True, slots=True)
class Ended:
    brief: Brief
    reopened: bool


@dataclass(frozen=True, slots=True)
class Choose:
    """A command lacks its number: one of these incidents."""

    command: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wants:
    """A command in plain words; what only reads is done by the handler that has its name."""

    command: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Board:
    incidents: Sequence[Brief]
    consultations: Sequence[tuple[Consultation, Person]]  # leaders who have not answered yet
    at: datetime
    unconfirmed: Sequence[Said] = ()  # directions that wait for their leader's tap
    left: Left | None = None  # for administrators, where messages are counted


@dataclass(frozen=True, slots=True)
class Story:
    """The timeline of one incident, whole or its end."""

    brief: Brief
    links: Sequence[Link]
    names: dict[int, str]
    at: datetime
    whole: bool
    private: bool = True  # in a group no telephone number is said
    said: Sequence[Said] = ()  # the last directions that were given by word of mouth
    may_record: bool = False  # this person may write one down


Outcome = (
    Draft
    | Kept
    | WhichFile
    | Discarded
    | UploadPage
    | FileList
    | HandedOut
    | Reported
    | Rejudged
    | Taken
    | PassedOn
    | StillAtIt
    | StillUnclear
    | AskedBack
    | Which
    | Escalated
    | Directed
    | WrittenDown
    | Confirmation
    | TaskShown
    | TaskList
    | Advanced
    | Confirmed
    | PlaybookPage
    | Ended
    | PowerUsed
    | Speaker
    | Deadlines
    | Directory
    | DutyWeek
    | CallListFile
    | Asked
    | Counted
    | PictureLink
    | SwapShown
    | CoverShown
    | AbsenceShown
    | HandoverShown
    | Menu
    | QuietSet
    | Guide
    | Choose
    | Joined
    | Channels
    | LinkCode
    | Linked
    | Spoken
    | WhoHolds
    | Chosen
    | Held
    | RoundAnswered
    | RoundShown
    | Readiness
    | DutyTables
    | Awaiting
    | Looked
    | BroughtIn
    | Stopped
    | Rehearsed
    | Invited
    | Bound
    | Wants
    | Board
    | Story
)
