"""An incident (sự cố): what is known of it, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.domain.law import NOT_SAID, Personal
from bot.domain.moment import Moment
from bot.domain.rule import Answer
from bot.domain.severity import Needs, Serious, SeriousByPlan

State = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The three verdicts as they stand (law.md §1); never mixed."""

    needs_response: Needs = Needs.UNVERIFIED
    serious_by_law: Serious = Serious.UNDETERMINED
    serious_by_plan: SeriousByPlan = SeriousByPlan.NO

    @property
    def for_leaders(self) -> bool:
        """A leader is asked to decide; "chưa rõ" alone never wakes one."""
        grave = self.serious_by_law is Serious.YES or self.serious_by_plan is SeriousByPlan.PROPOSED
        return self.needs_response is Needs.YES and grave

    @property
    def is_serious(self) -> bool:
        """By the law, or by a leader's decision; what is only proposed is not yet."""
        by_plan = self.serious_by_plan is SeriousByPlan.CONFIRMED
        return self.needs_response is Needs.YES and (self.serious_by_law is Serious.YES or by_plan)


@dataclass(frozen=True, slots=True)
class Incident:
    id: int  # the number that people say: "sự cố số 12"
    unit: str  # where it happened
    system: str  # "": other, or not known
    reporter_id: int
    plan: str
    plan_digest: str  # pins the version of the plan that it is handled by
    reported_at: datetime
    since: Moment | None = None  # when it was noticed; legal clocks run from its start
    told: str = ""  # the reporter's own words; empty for ever once it is secret
    now_state: str = ""  # an option of the report's last question
    level: int | None = None  # cấp độ of the system, 1–5; None: not known
    answers: Mapping[str, Answer] = field(default_factory=dict)  # c1..c6
    standing: Standing = Standing()
    scope: tuple[str, ...] = ()  # units whose people may see it: where it is, above, lead, support
    lead_units: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()  # units whose leaders decide "serious by the plan"
    lead_id: int = 0  # who has it (người chủ trì ứng cứu); 0: nobody yet
    state: State = "open"
    source: str = ""  # nguồn tin, an option of the form; "": reported by who noticed it
    caller: str = ""  # who told it to the reporter (báo hộ); never kept of a secret
    caller_phone: str = ""
    verified_at: datetime | None = None  # when somebody said what came of verifying it
    is_drill: bool = False
    is_secret: bool = False
    phase: str = ""  # of the plan, where the work stands; "": nobody has begun
    scenario: str = ""  # tình huống, as a responder has confirmed it
    verified_by: int = 0
    verified_how: str = ""  # an option of the form, or "other"
    convened_at: datetime | None = None  # Đội was convened, by whom the plan lets do it
    taken_at: datetime | None = None  # when a responder first acknowledged it
    closed_at: datetime | None = None  # of the last time, unless it was reopened
    spokesperson_id: int = 0  # người được phân công phát ngôn
    joined: tuple[int, ...] = ()  # people whom their unit has named for it (cử tham gia)
    personal: Personal = NOT_SAID
    lap: int = 1  # counts how often the plan was gone through again (vòng quay lại)
    version: int = 0

    @property
    def is_hearsay(self) -> bool:
        """Told by somebody outside, and nobody has verified it yet (chưa xác minh)."""
        return bool(self.source) and self.verified_at is None

    @property
    def is_unverified(self) -> bool:
        """Whoever told it: nobody has verified that it is one (Krông Pắc, Phụ lục I.1)."""
        return self.verified_at is None

    @property
    def code(self) -> str:
        """What is said aloud of a secret incident, in place of anything else."""
        return f"SC{self.id:03d}"
