"""Incidents, the pages that call for them, and what is read of them for a screen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.channel import Heard
from bot.domain.consultation import Consultation
from bot.domain.direction import Direction
from bot.domain.escalation import Call, Kind, Page
from bot.domain.incident import Incident
from bot.domain.law import Clock, Deadline, Regime
from bot.domain.people import Person
from bot.domain.rule import Answer
from bot.domain.scenario import Scenario
from bot.domain.severity import Verdicts
from bot.domain.still import Held
from bot.domain.support import Support
from bot.domain.task import Task


@dataclass(frozen=True, slots=True)
class Work:
    """Where the plan stands: its present phase, and the tasks of the incident so far."""

    phase: str  # "I. Tiếp nhận, phân tích …"
    phase_id: str
    tasks: Sequence[Task]  # what is confidential is not among them
    names: Mapping[str, str]  # of the plan's steps, by id: "I.3 Lựa chọn phương án ứng cứu"
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class Legal:
    """A legal clock with the article that it rests on."""

    clock: Clock
    regime: Regime
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Situation:
    """A tình huống as the plan calls it. `inherited`: the plan's own list does not have it."""

    id: str
    name: str
    english: str
    inherited: bool
    playbook: Scenario


@dataclass(frozen=True, slots=True)
class Guess:
    """What it may be, and the reporter's words that point there."""

    situation: Situation
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """An incident as its screens need it: names beside ids. Of a secret one, no words at all."""

    incident: Incident
    unit: str  # full name
    system: str  # everyday name; "" when not known
    reporter: Person
    lead: Person | None
    duty: Sequence[Person]
    page: Page | None  # the one that waits, or the last
    verdicts: Verdicts
    plan: str  # short title of the plan
    criteria: Mapping[str, str]  # the words of c1..c6 (and a), as the plan says them
    undetermined: Sequence[str] = ()  # units that the plan names and nobody has succeeded
    meet: tuple[str, str] = ("", "")  # secret: whom to meet in person, and where
    work: Work | None = None  # None: nobody has begun
    clocks: Sequence[Legal] = ()  # legal clocks, what is due first in front
    situation: Situation | None = None  # as somebody has confirmed it; of a secret never said
    speaker: Person | None = None  # người phát ngôn, once somebody is assigned
    told: Mapping[int, str] = field(default_factory=dict)  # names of those whom the page calls
    supports: Sequence[Support] = ()  # what was asked of bodies beyond the agency
    missing: Sequence[str] = ()  # lead units that have not acknowledged while another has


class Incidents(Protocol):
    def add(self, incident: Incident) -> Incident:
        """With its number."""

    def get(self, number: int) -> Incident:
        """NotFound."""

    def save(self, incident: Incident) -> None: ...
    def answer(
        self, number: int, answers: Mapping[str, Answer], person_id: int, at: datetime
    ) -> None: ...
    def judged(self, number: int, verdicts: Verdicts, by: int, at: datetime) -> None: ...
    def open_in(self, units: Sequence[str] | None) -> Sequence[Incident]: ...
    def closed_in(self, units: Sequence[str] | None) -> Sequence[Incident]: ...
    def reported_by(self, person_id: int) -> Sequence[Incident]: ...
    def erase_words(self, number: int) -> None: ...


class Pages(Protocol):
    def get(self, page_id: int) -> Page:
        """NotFound."""

    def of(self, incident_id: int) -> Page | None:
        """The one that waits, else the newest."""

    def waiting(self) -> Sequence[Page]:
        """All that nobody has acknowledged yet."""

    def waiting_for(self, person_id: int) -> Sequence[Page]:
        """Those that called this person and that nobody has acknowledged yet."""

    def last_for(self, ids: Iterable[int]) -> Page | None:
        """The newest of an open incident that called one of these, and that nobody need answer."""

    def taken_by(self, person_id: int) -> Sequence[Page]:
        """Those of open incidents that this person has acknowledged."""

    def due(self, now: datetime) -> Sequence[int]:
        """Also of those that cannot be read."""

    def add(self, page: Page) -> Page: ...
    def save(self, page: Page) -> None:
        """Outdated when somebody else has moved it."""

    def called(self, page: Page, call: Call, at: datetime) -> None: ...
    def heard(self, page_id: int, heard: Heard, at: datetime) -> None:
        """What became of one call."""

    def saw(self, chat: str, at: datetime) -> Sequence[Page]:
        """Those that wait, were said in this chat and were not seen yet: they are now."""

    def acknowledged(self, page: Page, person_id: int, at: datetime, next_at: datetime) -> None:
        """`next_at`: when it is looked at whether this person still has it."""

    def held_until(self, now: datetime) -> Sequence[Held]:
        """Acknowledgements of open incidents that are to be asked about, or given up, by now."""

    def hold(self, held: Held) -> None: ...
    def asked_of(self, people: Iterable[int]) -> Sequence[Page]:
        """Those of open incidents whose holder, one of these, was asked and has not answered."""

    def last_told(self, people: Iterable[int]) -> datetime | None:
        """When one of these was last told of a page that waits, or asked whether they still have
        one; None: nothing is asked of them."""

    def acknowledged_at(self, page: Page, person_id: int) -> datetime | None: ...
    def given_back(self, page: Page, person_id: int) -> None: ...
    def close_all(self, incident_id: int, kind: Kind | None = None) -> None: ...


class Clocks(Protocol):
    def of(self, incident_id: int) -> Sequence[Clock]:
        """What is due first stands first; what has no due time stands last."""

    def due(self, now: datetime) -> Sequence[Clock]:
        """Those that somebody has to be reminded of, of incidents open and closed."""

    def add(self, clock: Clock) -> Clock: ...
    def save(self, clock: Clock) -> None:
        """Outdated when somebody else has moved it."""


class Consultations(Protocol):
    def get(self, consultation_id: int) -> Consultation:
        """NotFound."""

    def waiting_for(self, person_id: int) -> Sequence[Consultation]: ...
    def waiting_of(self, incident_id: int) -> Sequence[Consultation]: ...
    def of(self, incident_id: int) -> Sequence[Consultation]: ...
    def unanswered(self) -> Sequence[Consultation]:
        """Of open incidents, without any answer, and nobody was told to telephone yet."""

    def add(self, consultation: Consultation) -> Consultation: ...
    def save(self, consultation: Consultation) -> None: ...
    def erase_words(self, incident_id: int) -> None: ...


class Directions(Protocol):
    def get(self, direction_id: int) -> Direction:
        """Outdated when there is none."""

    def of(self, incident_id: int) -> Sequence[Direction]:
        """In the order in which they were written down."""

    def waiting_for(self, leader_id: int) -> Sequence[Direction]:
        """Those that this leader has still to confirm, of closed incidents too."""

    def not_confirmed(self) -> Sequence[Direction]:
        """Those that wait, and of which nobody was reminded yet."""

    def add(self, direction: Direction) -> Direction: ...
    def save(self, direction: Direction) -> None: ...
    def erase_words(self, incident_id: int) -> None: ...
