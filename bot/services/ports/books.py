"""What the room `playbooks` has loaded, for the program that works by it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.domain.incident import Incident
from bot.domain.law import Regime
from bot.domain.lexicon import Lexicon
from bot.domain.playbook import Plan
from bot.domain.scenario import Scenario

Texts = tuple[str, str]  # a plan's text, and its base pack's ("" of a base pack)


def _no_maker(text: str, base_text: str) -> Plan:
    raise KeyError(text[:40])


@dataclass(frozen=True, slots=True)
class Books:
    """plans and texts: the product's own packs, by id. make: a plan out of texts that were kept."""

    plans: Mapping[str, Plan]
    texts: Mapping[str, Texts] = field(default_factory=dict)
    make: Callable[[str, str], Plan] = _no_maker
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    regimes: Mapping[str, Regime] = field(default_factory=dict)
    lexicon: Lexicon | None = None  # None: nothing is recognised in told words
    holidays: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of a plan that was ever known. by: a person, or the console (-2) or the product's
    own pack (-1); in_force_at: None, it never was."""

    id: int
    plan_id: str
    digest: str
    title: str
    added_at: datetime
    by: int
    in_force_at: datetime | None
    in_force: bool


class Plans(Protocol):
    """The plans in force, and every version that an incident stays on."""

    def __getitem__(self, plan_id: str) -> Plan:
        """In force. KeyError: no such plan."""

    def __contains__(self, plan_id: object) -> bool: ...
    def get(self, plan_id: str) -> Plan | None: ...
    def of(self, incident: Incident) -> Plan:
        """The version that the incident is handled by. KeyError: there is no such plan at all."""

    def ids(self) -> Sequence[str]: ...
    def made(self, texts: Texts) -> Plan:
        """Raises what is wrong in them."""

    def versions(self, plan_id: str) -> Sequence[PlanVersion]:
        """The newest first."""

    def add(
        self, plan: Plan, texts: Texts, by: int, at: datetime, in_force: bool
    ) -> PlanVersion: ...
    def enforce(self, version: PlanVersion, at: datetime) -> None:
        """A version that is kept already."""
