"""What a step hands back to be shown: one small value for each kind of screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.agency import Contact
from bot.domain.consultation import Consultation
from bot.domain.escalation import Page
from bot.domain.form import Draft
from bot.domain.people import Person
from bot.domain.timeline import Link
from bot.services.ports.incidents import Brief


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told of an incident, and how: shown before it is sent, and true after."""

    duty: tuple[Person, ...] = ()
    called: tuple[Person, ...] = ()  # paged in this order
    officers: tuple[Person, ...] = ()  # without a sound
    copies: tuple[Person, ...] = ()  # the unit's leaders, without a sound
    informed: tuple[Person, ...] = ()  # coordinating units, without a sound
    asked: tuple[Person, ...] = ()  # leaders who decide whether it is nghiêm trọng theo Kế hoạch


@dataclass(frozen=True, slots=True)
class Reported:
    brief: Brief
    told: Told
    early: bool  # parts of it are still unanswered


@dataclass(frozen=True, slots=True)
class Rejudged:
    """An answer came later: what it changed. `changes`: (verdict, before, after)."""

    brief: Brief
    changes: tuple[tuple[str, str, str], ...]


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


@dataclass(frozen=True, slots=True)
class PassedOn:
    """`to`: who was told next; `gave_back`: it had been taken before."""

    brief: Brief
    to: tuple[Person, ...]
    gave_back: bool


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


@dataclass(frozen=True, slots=True)
class Directed:
    """A leader has answered; `then`: what is still asked of the same incident."""

    brief: Brief
    consultation: Consultation
    then: Consultation | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    brief: Brief
    reopened: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """What this person may do; `resume`: a form that was put aside."""

    person: Person
    contact: Contact
    resume: Draft | None = None
    greeting: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """Help: the commands that this person may use."""

    person: Person
    contact: Contact


@dataclass(frozen=True, slots=True)
class Choose:
    """A command lacks its number: one of these incidents."""

    command: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    person: Person
    unit: str
    role: str
    contact: Contact


@dataclass(frozen=True, slots=True)
class Spoken:
    """A person has chosen the language that they read."""

    language: str


@dataclass(frozen=True, slots=True)
class TestAnswered:
    person: Person
    first: bool


@dataclass(frozen=True, slots=True)
class Invited:
    code: str
    role: str
    unit: str
    person: str  # of the agency's file; "" for whoever comes
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Bound:
    unit: str
    title: str


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


@dataclass(frozen=True, slots=True)
class Story:
    """The timeline of one incident, whole or its end."""

    brief: Brief
    links: Sequence[Link]
    names: dict[int, str]
    at: datetime
    whole: bool
    private: bool = True  # in a group no telephone number is said


Outcome = (
    Draft
    | Reported
    | Rejudged
    | Taken
    | PassedOn
    | AskedBack
    | Which
    | Escalated
    | Directed
    | Ended
    | Menu
    | Guide
    | Choose
    | Joined
    | Spoken
    | TestAnswered
    | Invited
    | Bound
    | Wants
    | Board
    | Story
)
