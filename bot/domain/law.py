"""The law as data: regimes of reporting (chế độ báo cáo), their clocks, and when each runs.

T0 is the moment of detection, not of any report step. Values come from `playbooks/law/*.yaml`;
whatever is not read in the legal text itself is marked so, and leaders see the mark.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.domain.playbook import Source
from bot.domain.rule import Answer
from bot.domain.severity import Needs, Serious, SeriousByPlan

# On what a clock starts.
Trigger = Literal[
    "response",  # cần ứng phó
    "serious",  # nghiêm trọng, by law or by a leader's decision
    "beyond",  # vượt khả năng xử lý (tiêu chí 6)
    "personal",  # lộ dữ liệu cá nhân
    "sensitive",  # lộ vị trí, sinh trắc học, tài chính
]
Kind = Literal["initial", "urgent", "detail", "persons", "progress", "closing"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock. hours: from detection; 0: at once; None: no figure was found.

    covers: what is sent, for the step that sends it; progress and closing have no clock yet.
    """

    id: str
    kind: Kind
    name: str
    trigger: Trigger
    hours: int | None
    to: tuple[str, ...]
    source: Source
    english: str = ""

    def due(self, detected: datetime) -> datetime | None:
        return None if self.hours is None else detected + timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True)
class Regime:
    """ends: the last day on which it surely held; `ends_for_sure`: nothing says it may go on."""

    id: str
    name: str
    begins: date | None
    ends: date | None
    ends_for_sure: bool
    deadlines: tuple[Deadline, ...]
    notes: tuple[str, ...]
    source: Source

    def holds(self, day: date) -> bool:
        begun = self.begins is None or self.begins <= day
        return begun and (self.ends is None or day <= self.ends or not self.ends_for_sure)

    def is_doubtful(self, day: date) -> bool:
        """Its last sure day is past, and nobody knows whether it still stands."""
        return self.holds(day) and self.ends is not None and day > self.ends

    def deadline(self, deadline_id: str) -> Deadline | None:
        return next((one for one in self.deadlines if one.id == deadline_id), None)


@dataclass(frozen=True, slots=True)
class Personal:
    """Dữ liệu cá nhân: what the responder said of it. kinds: options of the form."""

    exposed: Answer = Answer.UNKNOWN
    count: str = ""
    kinds: tuple[str, ...] = ()


NOT_SAID = Personal()
State = Literal["running", "sent", "dropped"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A legal clock (thời hạn báo cáo) that runs for an incident."""

    id: int
    incident_id: int
    regime: str
    report: str  # id of its Deadline
    began_at: datetime  # detection
    due_at: datetime | None
    state: State = "running"
    settled_at: datetime | None = None
    person_id: int = 0  # who said that it was sent
    remind_at: datetime | None = None
    version: int = 0

    @property
    def runs(self) -> bool:
        return self.state == "running"


TO_BEGIN = timedelta(minutes=15)
SENSITIVE = ("location", "biometric", "finance")


def triggers(
    needs: Needs,
    by_law: Serious,
    by_plan: SeriousByPlan,
    answers: Mapping[str, Answer],
    personal: Personal,
) -> frozenset[Trigger]:
    """What starts clocks now; "chưa rõ" starts none, but what law counts as serious does."""
    grave = by_law is Serious.YES or by_plan is SeriousByPlan.CONFIRMED
    exposed = personal.exposed is Answer.YES
    holds: dict[Trigger, bool] = {
        "response": needs is Needs.YES,
        "serious": needs is Needs.YES and grave,
        "beyond": needs is Needs.YES and answers.get("c6") is Answer.YES,
        "personal": exposed,
        "sensitive": exposed and bool({*personal.kinds} & {*SENSITIVE}),
    }
    return frozenset(name for name, held in holds.items() if held)


def wanted(
    regimes: Iterable[Regime], started: Collection[Trigger], day: date
) -> tuple[tuple[Regime, Deadline], ...]:
    """The clocks that run for an incident detected on this day, the strictest first."""
    found = [
        (regime, deadline)
        for regime in regimes
        if regime.holds(day)
        for deadline in regime.deadlines
        if deadline.trigger in started and deadline.hours is not None
    ]
    return tuple(sorted(found, key=lambda pair: pair[1].hours or 0))


def first_reminder(clock: Clock, now: datetime) -> datetime | None:
    """What is due at once leaves those who are paged a quarter of an hour to begin."""
    if clock.due_at is None or clock.due_at > now:
        return next_reminder(clock, now)
    return now + TO_BEGIN


def next_reminder(clock: Clock, now: datetime) -> datetime | None:
    """Once when half of the time is left, once an hour before, when it is due, then every hour;
    None: it has no due time or does not run."""
    if clock.due_at is None or not clock.runs:
        return None
    whole = clock.due_at - clock.began_at
    moments = (clock.due_at - whole / 2, clock.due_at - timedelta(hours=1), clock.due_at)
    ahead = [moment for moment in sorted(moments) if moment > now]
    return ahead[0] if ahead else now + timedelta(hours=1)
