"""A plan (kế hoạch ứng phó sự cố) as a value: what it asks, who leads which step, whom it wakes.

Only values live here. They are made from `playbooks/plans/*.yaml` by `playbooks.loader`, which
has checked every name in them; each item says where in which document it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.domain.rule import Rule

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
Status = Literal["confirmed", "secondary", "unverified"]


@dataclass(frozen=True, slots=True)
class Source:
    """The place an item comes from; `inherited_from`: the base plan's id where the plan is silent.

    status: "confirmed", read in the document; "secondary", read only about it; "unverified",
    nobody's text yet. All but the first are shown as "cần pháp chế xác nhận".
    """

    document: str
    section: str
    status: Status = "confirmed"
    inherited_from: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """tiêu chí; `word`: the short phrase that stands in a sentence."""

    id: str
    text: str
    word: str
    source: Source


@dataclass(frozen=True, slots=True)
class Function:
    """A body by what it does in the plan, named as the plan names it.

    successor: đơn vị kế thừa nhiệm vụ where the named body is gone; None: chưa xác định.
    """

    id: str
    name: str
    successor: str | None
    note: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Phase:
    """giai đoạn (ở Krông Pắc: Quy trình I–IV)"""

    id: str
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Work:
    """How a phase is worked through: minutes for a task of it, and what is asked at its end."""

    minutes: int
    exit: str
    source: Source


@dataclass(frozen=True, slots=True)
class Loop:
    """When the step goes back; `back_to`: phases or steps, empty where the plan does not say."""

    when: str
    back_to: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """bước. Units are named by function ids; `content` is the plan's own text of what to do."""

    id: str
    phase: str
    name: str
    number: str  # as the plan counts it: "I.1"
    lead: tuple[str, ...]  # đơn vị chủ trì
    coordinating: tuple[str, ...]  # đơn vị phối hợp
    only_if_serious: bool
    optional: bool  # "nếu cần": proposed, never opened by itself
    confidential: bool  # only leaders and those it is assigned to see it
    loop: Loop | None
    asks: tuple[str, ...]  # xin ý kiến chỉ đạo
    consults: tuple[str, ...]  # tham khảo ý kiến
    reports_to: tuple[str, ...]
    powers: tuple[str, ...]  # what only this step's lead may decide, in the plan's words
    content: str
    note: str | None
    source: Source

    @property
    def label(self) -> str:
        return f"{self.number} {self.name}"


@dataclass(frozen=True, slots=True)
class RuleOf:
    rule: Rule
    source: Source


@dataclass(frozen=True, slots=True)
class Rules:
    needs_response: RuleOf
    serious_by_law: RuleOf
    serious_by_plan: RuleOf


@dataclass(frozen=True, slots=True)
class Paging:
    """Who is woken, who is only informed, and how long anybody is waited for (minutes)."""

    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    wait_minutes: int  # between two calls of one rung
    times: int  # how often one rung is told before the next
    verify_minutes: int  # for the duty officer to verify what is "chưa rõ"
    decide_minutes: int  # for a leader to decide, then the next is asked
    decides_serious: tuple[str, ...]
    source: Source  # of lead and coordinating
    pace_source: Source  # of the minutes and times
    decides_source: Source


@dataclass(frozen=True, slots=True)
class Duty:
    """nhiệm vụ khi chưa có sự cố; cadence and deadline in the plan's words, None: not said."""

    id: str
    name: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    cadence: str | None
    deadline: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Cause:
    id: str
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Scenarios:
    """A group of tình huống sự cố, `items` in the plan's words."""

    id: str
    name: str
    items: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Authority:
    """A power that the plan gives to few: triệu tập Đội, phân công phát ngôn…"""

    id: str
    name: str
    functions: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Reporting:
    """A duty to report; hours only where the plan or the law named gives a figure."""

    id: str
    name: str
    who: tuple[str, ...]
    to: str | None
    when: str | None
    deadline: str | None
    within_hours: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan, whole: its own items and, marked as such, those of its base pack.

    digest: SHA-256 of the pack's and its base's text; an incident pins it.
    """

    id: str
    kind: Literal["base", "plan", "directive"]
    title: str
    short: str
    issuer: str
    period: str
    base: str | None
    legal_bases: tuple[str, ...]
    regimes: tuple[str, ...]
    functions: Mapping[str, Function]
    criteria: Mapping[str, Criterion]
    rules: Rules
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    work: Mapping[str, Work]  # by phase; one that is missing has no due time
    paging: Paging
    duties: tuple[Duty, ...]
    causes: tuple[Cause, ...]
    scenarios: tuple[Scenarios, ...]
    special_authority: tuple[Authority, ...]
    reporting: tuple[Reporting, ...]
    notes: tuple[str, ...]
    digest: str

    def step(self, step_id: str) -> Step:
        """Raises KeyError: no such step."""
        return {step.id: step for step in self.steps}[step_id]

    def phase(self, phase_id: str) -> Phase:
        """Raises KeyError: no such phase."""
        return {phase.id: phase for phase in self.phases}[phase_id]

    def called(self, phase_id: str) -> str:
        """A phase with its place: "I. Tiếp nhận, phân tích …". Raises KeyError: no such phase."""
        place = [phase.id for phase in self.phases].index(self.phase(phase_id).id)
        return f"{ROMAN[place]}. {self.phases[place].name}"

    def after(self, phase_id: str) -> Phase | None:
        """The phase that follows; the first one after "", None after the last."""
        ids = [phase.id for phase in self.phases]
        place = ids.index(phase_id) + 1 if phase_id else 0
        return self.phases[place] if place < len(ids) else None

    def steps_of(self, place: str) -> tuple[Step, ...]:
        """The steps of a phase, or the one step of this id: what a loop goes back to."""
        return tuple(step for step in self.steps if place in (step.phase, step.id))
