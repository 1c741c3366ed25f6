"""Báo hộ: what came by telephone or letter, filed by the duty officer, with who told it and how."""

from dataclasses import replace

from bot.domain.agency import Agency
from bot.domain.form import REVIEW, Draft
from bot.domain.forms import ON_BEHALF
from bot.domain.people import INTAKE, Act, Person, Verb
from bot.services import reports
from bot.services.drafting import open_form
from bot.services.outcomes import Reported
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of


def begin(tx: Transaction, act: Act) -> Draft:
    """/baoho: the source first, then the caller, then where it is, then the report's questions."""
    act.require(Verb.REPORT_FOR)
    agency = agency_of(tx)
    units = [[one.id, one.short] for one in agency.units if _below(agency, one.id, act.person)]
    context = {"units": units, "phone": agency.contact.phone}  # systems: once the unit is known
    return open_form(tx, act, ON_BEHALF, context=context)


def look_again(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """Its screens are of the unit that was answered; who would be told is seen before it is sent.

    A system that this unit does not use is asked again.
    """
    unit = draft.answers.get("unit")
    if unit is None:
        return draft
    if unit != draft.context.get("unit"):
        draft = replace(draft, context={**draft.context, **reports.about_unit(tx, unit)})
    system = draft.answers.get("system")
    if system is not None and system not in dict(draft.context["systems"]):
        left = {step: answer for step, answer in draft.answers.items() if step != "system"}
        return replace(draft, answers=left, at="system", editing=True)
    return reports.preview(tx, act, draft) if draft.at in (REVIEW, "since") else draft


def send(tx: Transaction, act: Act, draft: Draft) -> Reported:
    act.require(Verb.REPORT_FOR)
    return reports.file(tx, act, draft)


def _below(agency: Agency, unit: str, person: Person) -> bool:
    """In a unit that this person takes reports for, or under one."""
    return person.holds(INTAKE, [one.id for one in agency.line(unit)])
