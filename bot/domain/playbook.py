"""A plan (kế hoạch ứng phó sự cố) as a value: what it asks, who leads which step, whom it wakes.

Only values live here. They are made from `playbooks/plans/*.yaml` by `playbooks.loader`, which
has checked every name in them; each item says where in which document it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from bot.domain.rule import Rule

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
Status = Literal["confirmed", "secondary", "unverified"]
# What a step is for, whatever the plan calls it; each kind asks its own questions when it is done.
StepKind = Literal[
    "verify",  # tiếp nhận, xác minh
    "first",  # các bước ưu tiên ban đầu
    "option",  # lựa chọn phương án
    "direct",  # chỉ đạo xử lý
    "report",  # báo cáo
    "coordinate",  # điều phối
    "contain",  # ứng cứu, ngăn chặn
    "remove",  # xử lý, gỡ bỏ
    "recover",  # khôi phục
    "check",  # kiểm tra, đánh giá sau khi khôi phục
    "violation",  # xử lý vi phạm
    "review",  # tổng kết, đánh giá
]
STEP_KINDS: tuple[StepKind, ...] = get_args(StepKind)
# What a plan leaves to few (thẩm quyền riêng).
Power = Literal[
    "direct_serious",  # chỉ đạo xử lý sự cố nghiêm trọng
    "convene_team",  # triệu tập Đội
    "assign_spokesperson",  # phân công phát ngôn, cung cấp thông tin
    "extend_team",  # bổ sung thành phần Đội
    "adjust_option",  # điều chỉnh phương án
    "ask_national",  # đề nghị Cơ quan điều phối quốc gia hỗ trợ
]
POWERS: tuple[Power, ...] = get_args(Power)


@dataclass(frozen=True, slots=True)
class Source:
    """The place an item comes from; `inherited_from`: the base plan's id where the plan is silent.

    status: "confirmed", read in the document; "secondary", read only about it; "unverified",
    nobody's text yet. All but the first are shown as "cần pháp chế xác nhận". line: of the plan's
    own text in `playbooks/documents`, where that is kept.
    """

    document: str
    section: str
    status: Status = "confirmed"
    inherited_from: str | None = None
    line: int | None = None


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

    role: what the plan says that it is ("cơ quan chuyên trách …"). ended: since when there is no
    such body. successor: đơn vị kế thừa nhiệm vụ then; None: chưa xác định. on_call: it has a part
    in the work only once somebody with this power has said so (triệu tập Đội).
    """

    id: str
    name: str
    successor: str | None
    note: str | None
    source: Source
    role: str | None = None
    ended: date | None = None
    on_call: Power | None = None


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
    powers: tuple[Power, ...]  # what is decided in this step, by whom the plan gives it to
    content: str
    note: str | None
    source: Source
    kind: StepKind = "coordinate"
    actor: tuple[str, ...] = ()  # whom the text names as acting, where the lead column differs
    after: tuple[str, ...] = ()  # steps that the text wants done before
    condition: str = ""  # "nếu cần", "trong trường hợp …", in the plan's words
    evidence: str = ""  # what evidence the text demands, in its words
    guidance: tuple[str, ...] = ()  # "theo hướng dẫn của": by whose, instead of the approved plan
    beside: tuple[str, ...] = ()  # "phối hợp với" in the text only, beyond the column

    @property
    def label(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def two_leads(self) -> bool:
        """The text names another actor than the table's lead column: somebody has to settle it."""
        return bool(self.actor) and set(self.actor) != set(self.lead)


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
    still_minutes: int  # after which whoever has it is asked "vẫn đang xử lý?"
    still_serious_minutes: int  # the same of what is serious
    answer_minutes: int  # for an answer to that; then whoever comes next is told
    decides_serious: tuple[str, ...]
    source: Source  # of lead and coordinating
    pace_source: Source  # of the minutes and times
    decides_source: Source


@dataclass(frozen=True, slots=True)
class Duty:
    """nhiệm vụ khi chưa có sự cố; cadence and deadline in the plan's words, None: not said.

    every_months and by: the same as figures, where the words give one. on_event: due whenever that
    happens ("khi có thay đổi cán bộ"). content: the plan's own text, "" where the name says all.
    """

    id: str
    name: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    cadence: str | None
    deadline: str | None
    source: Source
    every_months: int | None = None
    by: date | None = None
    on_event: str | None = None
    content: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    id: str
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Scenarios:
    """A group of tình huống sự cố: by the id of a playbook, each in the plan's words."""

    id: str
    name: str
    items: Mapping[str, str]
    source: Source


@dataclass(frozen=True, slots=True)
class Authority:
    """A power that the plan gives to few: triệu tập Đội, phân công phát ngôn…"""

    id: Power
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
class Contact:
    """Somebody outside the agency who is needed (công an, quân sự, viễn thông, nhà cung cấp …):
    `functions` of the plan, in these steps and duties."""

    id: str
    functions: tuple[str, ...]
    steps: tuple[str, ...]
    duties: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Joining:
    """How units come in where the plan has no steps of its own (Mỹ Hào, II.1.d).

    nominates: functions whose units name a person for each incident; on_request: functions that
    come in when a unit asks them to.
    """

    nominates: tuple[str, ...]
    on_request: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Period:
    """How long the document says that it holds; None: it does not say. extended: by which paper
    it is kept after its end."""

    words: str
    begins: date | None = None
    ends: date | None = None
    extended: str | None = None

    def is_over(self, today: date) -> bool:
        return self.ends is not None and self.ends < today and not self.extended


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
    period: Period
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
    province: str = ""  # where the issuer stood, as the document says or as is known
    dated: str = ""  # in the document's words
    contacts: tuple[Contact, ...] = ()
    joining: Joining | None = None

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

    def of_kind(self, kind: StepKind) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.kind == kind)

    def having(self, power: Power) -> tuple[str, ...]:
        """The functions to which the plan gives this power; empty: it gives it to nobody."""
        return next((one.functions for one in self.special_authority if one.id == power), ())

    def called_scenario(self, scenario: str) -> str | None:
        """How the plan's list (or its base's) names this playbook; None: it is in no list."""
        return next((g.items[scenario] for g in self.scenarios if scenario in g.items), None)

    def steps_of(self, place: str) -> tuple[Step, ...]:
        """The steps of a phase, or the one step of this id: what a loop goes back to."""
        return tuple(step for step in self.steps if place in (step.phase, step.id))
