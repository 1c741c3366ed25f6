"""The shape of a plan's file (a pack). What it may say and how; the meaning is in the README.

A pack says only what its document says: every part may be missing and then comes from the base
pack. A base pack (`kind: base`) must be whole.
"""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from bot.domain.playbook import Power, StepKind
from playbooks.fields import (
    CriterionName,
    Day,
    DutyName,
    FunctionName,
    Id,
    PhaseName,
    PlaceName,
    PlanName,
    RegimeName,
    ScenarioName,
    ShortText,
    StepName,
    Strict,
    Text,
    named,
)

PowerName = Annotated[Power, named("power")]
Names = list[FunctionName]
SomeNames = Annotated[Names, Field(min_length=1)]
AnyNames = Annotated[Names, Field(default_factory=list)]
Texts = Annotated[list[Text], Field(default_factory=list)]
Minutes = Annotated[int, Field(ge=1, le=1440)]


class Sourced(Strict):
    """An item and its place: `section`, in the pack's document unless another is named."""

    section: Text
    document: Text | None = None
    status: Literal["confirmed", "secondary", "unverified"] = "confirmed"
    line: Annotated[int, Field(ge=1, le=100_000)] | None = None


class FunctionItem(Sourced):
    name: Text
    role: Text | None = None
    ended: Day | None = None
    successor: Text | None = None
    on_call: Power | None = None
    note: Text | None = None


class CriterionItem(Sourced):
    text: Text
    word: ShortText


class IsRule(Strict):
    criterion: CriterionName = Field(alias="is")
    unknown_as: Literal["yes", "no"] | None = None


class AllRule(Strict):
    rules: "list[RuleItem]" = Field(alias="all", min_length=1)


class AnyRule(Strict):
    rules: "list[RuleItem]" = Field(alias="any", min_length=1)


def _kind_of_rule(value: Any) -> str | None:
    if isinstance(value, str):
        return "name"
    if isinstance(value, dict):
        return next((word for word in ("is", "all", "any") if word in value), None)
    return None


RuleItem = Annotated[
    Annotated[CriterionName, Tag("name")]
    | Annotated[IsRule, Tag("is")]
    | Annotated[AllRule, Tag("all")]
    | Annotated[AnyRule, Tag("any")],
    Discriminator(_kind_of_rule),
]


class SourcedRule(Sourced):
    rule: RuleItem


class RuleItems(Strict):
    needs_response: SourcedRule | None = None
    serious_by_law: SourcedRule | None = None
    serious_by_plan: SourcedRule | None = None


class WholeRules(RuleItems):
    needs_response: SourcedRule
    serious_by_law: SourcedRule
    serious_by_plan: SourcedRule


class PhaseItem(Sourced):
    name: Text


class WorkItem(Sourced):
    minutes: Annotated[int, Field(ge=5, le=60 * 24 * 60)]
    exit: Text


class LoopItem(Strict):
    when: Text
    back_to: Annotated[list[PlaceName], Field(default_factory=list)]
    text: Text


class StepItem(Sourced):
    phase: PhaseName
    kind: StepKind
    name: Text
    number: Text
    lead: SomeNames
    actor: AnyNames
    coordinating: AnyNames
    only_if_serious: bool = False
    optional: bool = False
    confidential: bool = False
    loop: LoopItem | None = None
    asks: AnyNames
    consults: AnyNames
    guidance: AnyNames
    beside: AnyNames
    reports_to: AnyNames
    powers: Annotated[list[PowerName], Field(default_factory=list)]
    after: Annotated[list[StepName], Field(default_factory=list)]
    condition: Text | None = None
    evidence: Text | None = None
    content: Text | None = None
    note: Text | None = None


class WokenItem(Sourced):
    lead: SomeNames
    coordinating: AnyNames


class PaceItem(Sourced):
    wait_minutes: Minutes
    times: Annotated[int, Field(ge=1, le=10)]
    verify_minutes: Minutes
    decide_minutes: Minutes
    still_minutes: Minutes = 120  # the last three may be left out: older files have none
    still_serious_minutes: Minutes = 60
    answer_minutes: Minutes = 10


class DecidesItem(Sourced):
    functions: SomeNames


class PagingItems(Strict):
    woken: WokenItem | None = None
    pace: PaceItem | None = None
    decides_serious: DecidesItem | None = None


class WholePaging(PagingItems):
    woken: WokenItem
    pace: PaceItem
    decides_serious: DecidesItem


class DutyItem(Sourced):
    name: Text
    lead: AnyNames
    coordinating: AnyNames
    cadence: Text | None = None
    deadline: Text | None = None
    every_months: Annotated[int, Field(ge=1, le=120)] | None = None
    by: Day | None = None
    on_event: Text | None = None
    content: Text | None = None
    note: Text | None = None


class CauseItem(Sourced):
    name: Text


class ScenariosItem(Sourced):
    name: Text
    items: Annotated[dict[ScenarioName, Text], Field(min_length=1)]


class AuthorityItem(Sourced):
    name: Text
    functions: SomeNames


class ContactItem(Sourced):
    functions: SomeNames
    steps: Annotated[list[StepName], Field(default_factory=list)]
    duties: Annotated[list[DutyName], Field(default_factory=list)]


class JoiningItem(Sourced):
    nominates: AnyNames
    on_request: AnyNames


class PeriodItem(Strict):
    words: Text
    begins: Day | None = None
    ends: Day | None = None
    extended: Text | None = None


class ReportingItem(Sourced):
    name: Text
    who: SomeNames
    to: Text | None = None
    when: Text | None = None
    deadline: Text | None = None
    within_hours: Annotated[int, Field(ge=0, le=10_000)] | None = None


class Pack(Strict):
    """One plan's file."""

    id: Id
    kind: Literal["plan", "directive"]
    base: PlanName
    title: Text
    short: ShortText
    issuer: Text
    period: PeriodItem
    province: Text | None = None
    dated: Text | None = None
    legal_bases: Texts
    regimes: list[RegimeName] | None = None
    functions: Annotated[dict[Id, FunctionItem], Field(default_factory=dict)]
    criteria: Annotated[dict[Id, CriterionItem], Field(default_factory=dict)]
    rules: RuleItems = RuleItems()
    phases: dict[Id, PhaseItem] | None = None
    steps: dict[Id, StepItem] | None = None
    work: Annotated[dict[PhaseName, WorkItem], Field(default_factory=dict)]
    paging: PagingItems = PagingItems()
    duties: dict[Id, DutyItem] | None = None
    causes: dict[Id, CauseItem] | None = None
    scenarios: dict[Id, ScenariosItem] | None = None
    special_authority: dict[Power, AuthorityItem] | None = None
    reporting: dict[Id, ReportingItem] | None = None
    contacts: dict[Id, ContactItem] | None = None
    joining: JoiningItem | None = None
    notes: Texts


class BasePack(Pack):
    """The base pack's file: whole, and on nothing else."""

    kind: Literal["base"]  # type: ignore[assignment]
    base: None = None  # type: ignore[assignment]
    regimes: list[RegimeName]
    rules: WholeRules
    phases: dict[Id, PhaseItem]
    steps: dict[Id, StepItem]
    paging: WholePaging
