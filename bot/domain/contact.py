"""Contacts beyond the agency (liên hệ ngoài cơ quan): whom one telephones, when, and whether the
number was tried within the year.

The agency's file names them (`playbooks.contact_entries`); what became of telephoning is a row of
its own. Days are Vietnamese days.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

from bot.domain.playbook import Plan, Step

ContactKind = Literal[
    "police",
    "military",
    "national",
    "province",
    "telecom",
    "provider",
    "vendor",
    "power",
    "bank",
    "press",
]
KINDS: tuple[ContactKind, ...] = get_args(ContactKind)
RIGHT, WRONG, NO_ANSWER = TRIED = ("right_person", "not_theirs", "no_answer")
ON_SHEET = 2  # contacts that stand on a task's sheet at most


@dataclass(frozen=True, slots=True)
class Outside:
    """One of them. functions: of the plans, that it stands for. needed: when, in the agency's own
    words. checked: the day on which somebody last telephoned and reached the right person."""

    id: str
    kind: ContactKind
    name: str
    phone: str
    other_phone: str = ""
    email: str = ""
    hours: str = ""
    functions: tuple[str, ...] = ()
    needed: str = ""
    note: str = ""
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What became of telephoning, and when administrators were last reminded of it.

    phone: the number that was tried; another one has to be tried anew. day: None, never tried.
    """

    contact: str
    phone: str = ""
    is_right: bool = False
    day: date | None = None
    person_id: int = 0
    reminded: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A contact as it stands on one day. last: when the right person was last reached under this
    number; is_wrong: that it is not the right number was said after that; is_due: it has to be
    tried (kiểm tra hằng năm)."""

    contact: Outside
    last: date | None
    is_wrong: bool
    is_due: bool


class Needed(NamedTuple):
    """Where a plan needs a contact, in the plan's order: ids of steps and of duties."""

    steps: tuple[str, ...]
    duties: tuple[str, ...]


class Call(NamedTuple):
    """Whom to telephone at a step; `as_named`: the body that the plan names, "" where none is."""

    contact: Outside
    as_named: str


def standing(contact: Outside, check: Check | None, today: date) -> Standing:
    """The newer word counts, the file's or what was said of this number."""
    tried = check if check and check.day and check.phone == contact.phone else None
    days = [contact.checked] if contact.checked else []
    is_wrong = False
    if tried and tried.day:
        if tried.is_right:
            days.append(tried.day)
        else:
            is_wrong = not days or days[0] <= tried.day
    last = max(days, default=None)
    return Standing(contact, last, is_wrong, is_wrong or _a_year_ago(last, today))


def to_remind(now: Standing, check: Check | None, today: date) -> bool:
    """Administrators hear of each that is due once a year."""
    return now.is_due and _a_year_ago(check.reminded if check else None, today)


def needed_in(plan: Plan, contact: Outside) -> Needed:
    """As the plan's own list of contacts says; of bodies that it does not list, nothing."""
    found = [one for one in plan.contacts if set(one.functions) & set(contact.functions)]
    steps = {step for one in found for step in one.steps}
    duties = {duty for one in found for duty in one.duties}
    return Needed(
        tuple(step.id for step in plan.steps if step.id in steps),
        tuple(duty.id for duty in plan.duties if duty.id in duties),
    )


def to_call(
    plan: Plan,
    step: Step,
    vacant: Collection[str],
    kinds: Collection[str],
    contacts: Sequence[Outside],
) -> tuple[Call, ...]:
    """Whom to telephone at this step, those first for whom nobody stands here.

    vacant: functions of the step without a unit here. kinds: those that the scenario asks for; they
    are needed where the plan needs a body of theirs.
    """
    found: dict[str, Call] = {}
    for contact in contacts:
        for function in contact.functions:
            if function in vacant:
                found.setdefault(contact.id, Call(contact, plan.functions[function].name))
    here = {f for one in plan.contacts if step.id in one.steps for f in one.functions}
    for contact in contacts:
        for function in contact.functions:
            if contact.kind in kinds and function in here:
                found.setdefault(contact.id, Call(contact, plan.functions[function].name))
    return tuple(found.values())


def asked_by(kinds: Sequence[str], contacts: Sequence[Outside]) -> tuple[Call, ...]:
    """Whom a task of a scenario asks to telephone, in its order; no plan names them."""
    return tuple(Call(one, "") for kind in kinds for one in contacts if one.kind == kind)


def _a_year_ago(day: date | None, today: date) -> bool:
    """More than twelve months, or never."""
    return day is None or (day.year + 1, day.month, day.day) < (today.year, today.month, today.day)
