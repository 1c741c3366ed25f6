"""What readiness hands back to be shown: who is reached, a round of test messages, a rehearsal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Person
from bot.domain.quiet import Hours
from bot.domain.reach import Known, Needed, Reach
from bot.domain.rehearsal import Moment
from bot.domain.test_round import Answer, Round


@dataclass(frozen=True, slots=True)
class Ready:
    """One person: what is said of them first, and of each verdict that they are told of. acting:
    who stands in for them while they are away; hours: their quiet hours, whether they hold or not.
    """

    person: Person
    unit: str
    reach: Reach
    each: Mapping[Needed, Reach]
    known: Known
    acting: str = ""
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """/lienlac. brief: for a leader, ten seconds; mends: this person can invite and mend the file.
    one: asked about one person. duty: whom a leader telephones, with the number."""

    people: Sequence[Ready]
    at: datetime
    brief: bool = False
    mends: bool = False
    one: Ready | None = None
    duty: Sequence[Person] = ()


@dataclass(frozen=True, slots=True)
class RoundShown:
    """A round as it stands. begun: by this very act."""

    round: Round
    begun: bool
    lists: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class RoundAnswered:
    """first: it is news; answer: as it stands now."""

    person: Person
    answer: Answer
    first: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """How somebody is reached at one moment. acting, hours: as of `Ready`."""

    reach: Reach
    acting: str = ""
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """/aiduocbao. why: how each is reached at the moment at which they are told or left out.
    informed: who hears without a sound; asked: the leaders who decide. deserted: lead units of
    which nobody is there; unmanned: rosters on which nobody is on duty then."""

    at: datetime
    needed: Needed
    unit: str
    line: Sequence[Moment]
    names: Mapping[int, str]
    why: Mapping[tuple[datetime, int], Reached]
    deserted: Sequence[str] = ()
    unmanned: Sequence[str] = ()
    asked: Sequence[str] = ()
    informed: Sequence[str] = ()
