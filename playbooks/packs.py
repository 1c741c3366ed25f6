"""The shape of a plan's file (a pack). What it may say and how; the meaning is in the README.

A pack says only what its document says: every part may be missing and then comes from the base
pack. A base pack (`kind: base`) must be whole.
"""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from playbooks.fields import (
    CriterionName,
    FunctionName,
    Id,
    PhaseName,
    PlaceName,
    PlanName,
    ShortText,
    Strict,
    Text,
)

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


class FunctionItem(Sourced):
    name: Text
    successor: Text | None = None
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
    name: Text
    number: Text
    lead: SomeNames
    coordinating: AnyNames
    only_if_serious: bool = False
    optional: bool = False
    confidential: bool = False
    loop: LoopItem | None = None
    asks: AnyNames
    consults: AnyNames
    reports_to: AnyNames
    powers: Texts
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


class CauseItem(Sourced):
    name: Text


class ScenariosItem(Sourced):
    name: Text
    items: Annotated[list[Text], Field(min_length=1)]


class AuthorityItem(Sourced):
    name: Text
    functions: SomeNames


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
    period: Text
    legal_bases: Texts
    regimes: list[Id] | None = None
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
    special_authority: dict[Id, AuthorityItem] | None = None
    reporting: dict[Id, ReportingItem] | None = None
    notes: Texts


class BasePack(Pack):
    """The base pack's file: whole, and on nothing else."""

    kind: Literal["base"]  # type: ignore[assignment]
    base: None = None  # type: ignore[assignment]
    regimes: list[Id]
    rules: WholeRules
    phases: dict[Id, PhaseItem]
    steps: dict[Id, StepItem]
    paging: WholePaging
