"""What joining, the ways to reach a person and shared telephones hand back to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.account import Account
from bot.domain.agency import Contact
from bot.domain.channel import Channel
from bot.domain.form import Draft
from bot.domain.people import Person
from bot.domain.quota import Quota


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
class Joined:
    person: Person
    unit: str
    role: str
    contact: Contact


@dataclass(frozen=True, slots=True)
class Channels:
    """The ways to reach this person in their order, each with its bot's name; `chosen`: one was put
    first by this very act."""

    of: Sequence[tuple[Channel, str]]
    chosen: bool = False
    beside: Sequence[Channel] = ()  # by which pages come, too: mail, SMS


@dataclass(frozen=True, slots=True)
class LinkCode:
    """For one more account of the same person; `bots`: where it can be typed."""

    code: str
    expires_at: datetime
    bots: Sequence[Account]


@dataclass(frozen=True, slots=True)
class Linked:
    """`bot`: the name of the one that is written to."""

    person: Person
    bot: str
    contact: Contact


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of the month's messages, by account with its name; `held`: how many wait."""

    of: Sequence[tuple[Quota, str]]
    held: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A person has chosen the language that they read."""

    language: str


@dataclass(frozen=True, slots=True)
class WhoHolds:
    """The question of a shared telephone. `waits`: what was asked for is done once it is answered;
    `again`: it is to be typed once more.
    """

    device: str
    names: Sequence[tuple[int, str]]
    question: int
    waits: bool
    again: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The answer to it, typed: nothing is written yet."""

    holder: int
    question: int


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds it now, and what was pressed or typed before the question."""

    person: Person
    waiting: str
    is_press: bool


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
class QuietSet:
    """Giờ yên lặng as they are now, in minutes of the day; None: none. `on_shift`: they do not hold
    while this person is on duty, as now."""

    hours: tuple[int, int] | None
    on_shift: bool = False
