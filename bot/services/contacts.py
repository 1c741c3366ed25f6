"""Use cases of contacts beyond the agency: looked up, tried once a year, told at a step."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.agency import Agency
from bot.domain.contact import (
    KINDS,
    NO_ANSWER,
    RIGHT,
    WRONG,
    Call,
    Check,
    Outside,
    Standing,
    asked_by,
    needed_in,
    standing,
    to_call,
    to_remind,
)
from bot.domain.errors import NotFound, NotHere
from bot.domain.form import Draft
from bot.domain.forms import CONTACT_CHECK
from bot.domain.notice import Notice
from bot.domain.people import Act, Role, Verb, may
from bot.domain.playbook import Plan
from bot.domain.scenario_work import job_named
from bot.domain.task import Task
from bot.services.accounts import keepers
from bot.services.clocks import HERE
from bot.services.contact_outcomes import Directory, Entry, Use
from bot.services.drafting import open_form
from bot.services.ports.store import Transaction
from bot.services.sheets import step_of
from bot.services.telling import agency_of, having, operator_of, there

OFFICE_HOURS = range(8, 17)  # Vietnamese hours at which administrators are reminded


def listed(tx: Transaction, act: Act, number: int | None = None) -> Directory:
    """/danhba, /danhba 12: of an incident those first that its scenario asks for, then its plan.

    NotHere: a group; telephone numbers stand in private chats only.
    """
    act.require(Verb.SEE_CONTACTS)
    if not act.private:
        raise NotHere("contacts")
    agency = agency_of(tx)
    found = _standings(tx, act, agency)
    if number is None:
        plans = [tx.plans[one] for one in _followed(agency) if one in tx.plans]
        return _directory(act, [Entry(one, _uses(plans, one.contact)) for one in found])
    incident = tx.incidents.get(number)
    act.require(Verb.SEE, incident)
    plan, scenario = tx.plans.of(incident), tx.scenarios.get(incident.scenario)
    kinds = scenario.contacts if scenario else ()
    entries = [Entry(one, _uses([plan], one.contact), one.contact.kind in kinds) for one in found]
    entries.sort(key=lambda one: (not one.in_scenario, not one.uses))
    return _directory(act, entries, number)


def begin_check(tx: Transaction, act: Act) -> Draft | Directory:
    """Kiểm tra danh bạ: which number was tried; those that are due stand first."""
    act.require(Verb.CHECK_CONTACT)
    found = _standings(tx, act, agency_of(tx))
    if not found:
        return listed(tx, act)
    due_first = sorted(found, key=lambda one: not one.is_due)
    context = {"contacts": [[one.contact.id, one.contact.name] for one in due_first]}
    return open_form(tx, act, CONTACT_CHECK, context=context)


def chosen(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """Once it is known which: the number that is to be tried."""
    if "contact" not in draft.answers:
        return draft
    contact = _contact(agency_of(tx), draft.answers["contact"])
    numbers = {"name": contact.name, "phone": contact.phone}
    return replace(draft, context={**draft.context, **numbers})


def checked(tx: Transaction, act: Act, draft: Draft) -> Directory:
    """What became of telephoning. Nobody answered: it is as due as before."""
    act.require(Verb.CHECK_CONTACT)
    contact, said = _contact(agency_of(tx), draft.answers["contact"]), draft.answers["reached"]
    today = act.at.astimezone(HERE).date()
    if said != NO_ANSWER:
        before = tx.contact_checks.all().get(contact.id, Check(contact.id))
        reminded = today if said == WRONG else before.reminded
        tried = Check(contact.id, contact.phone, said == RIGHT, today, act.person.id, reminded)
        tx.contact_checks.save(tried)
    facts = {"name": contact.name, "phone": contact.phone, "result": said}
    tx.record("agency", "contact.checked", contact=contact.id, **facts)
    if said == WRONG:
        facts |= {"by": act.person.name, "at": act.at.isoformat(), "entry": contact.id}
        others = [one for one in keepers(tx) if one.id not in act.person.ids]
        tx.notices.add((Notice("contact.wrong", to=one.id, facts=facts) for one in others), act.at)
    return replace(listed(tx, act), did=said, name=contact.name)


def remind(tx: Transaction, act: Act) -> int:
    """In office hours, of each that is due once a year, all in one message; of how many."""
    act.require(Verb.SWEEP)
    agency, here = tx.agencies.current(), act.at.astimezone(HERE)
    if agency is None or not agency.contacts or not _office_hours(here):
        return 0
    known, today = tx.contact_checks.all(), here.date()
    due = [
        one.contact
        for one in _standings(tx, act, agency)
        if to_remind(one, known.get(one.contact.id), today)
    ]
    told = keepers(tx) if due else ()
    if not told:
        return 0
    facts = {"names": [one.name for one in due]}
    tx.notices.add((Notice("contact.due", to=one.id, facts=facts) for one in told), act.at)
    for one in due:
        tx.contact_checks.save(replace(known.get(one.id, Check(one.id)), reminded=today))
    tx.record("agency", "contact.reminded", contacts=[one.id for one in due])
    return len(due)


def calls_at(tx: Transaction, act: Act, task: Task) -> Sequence[Call]:
    """Whom to telephone for this task; nobody in a group, and no number known to be wrong."""
    agency = agency_of(tx)
    if not act.private or not task.runs or not may(act.person, Verb.SEE_CONTACTS):
        return ()
    right = [one.contact for one in _standings(tx, act, agency) if not one.is_wrong]
    incident = tx.incidents.get(task.incident_id)
    job = job_named(tx.scenarios, task.step) if task.kind == "scenario" else None
    if job is not None:
        return asked_by(job.calls, right)
    step, plan = step_of(tx, incident, task), tx.plans.of(incident)
    if step is None or not right:
        return ()
    convened = incident.convened_at is not None
    waiting = set(plan.functions) - set(there(plan, plan.functions, convened))  # triệu tập first
    named = (*step.lead, *step.coordinating, *step.beside, *step.consults, *step.reports_to)
    operator = operator_of(agency, incident.system, incident.unit)
    vacant = [
        one
        for one in dict.fromkeys(named)
        if one not in waiting and having(agency, plan, incident.unit, operator, [one])[1]
    ]
    scenario = tx.scenarios.get(incident.scenario)
    kinds = scenario.contacts if scenario else ()
    free = [one for one in right if not waiting & set(one.functions)]
    return to_call(plan, step, vacant, kinds, free)


def _standings(tx: Transaction, act: Act, agency: Agency) -> list[Standing]:
    """By kind, in the file's order."""
    known, today = tx.contact_checks.all(), act.at.astimezone(HERE).date()
    in_order = sorted(agency.contacts, key=lambda one: KINDS.index(one.kind))
    return [standing(one, known.get(one.id), today) for one in in_order]


def _uses(plans: Sequence[Plan], contact: Outside) -> list[Use]:
    found = []
    for plan in plans:
        needed = needed_in(plan, contact)
        steps = [plan.step(one).number for one in needed.steps]
        sections = [one.source.section for one in plan.duties if one.id in needed.duties]
        if steps or sections:
            found.append(Use(plan.short, steps, list(dict.fromkeys(sections))))
    return found


def _directory(act: Act, entries: Sequence[Entry], number: int = 0) -> Directory:
    checks = may(act.person, Verb.CHECK_CONTACT)
    return Directory(entries, checks, act.person.holds((Role.ADMIN,)), number)


def _contact(agency: Agency, contact_id: str) -> Outside:
    """NotFound: the file has lost it meanwhile."""
    for contact in agency.contacts:
        if contact.id == contact_id:
            return contact
    raise NotFound(name=contact_id)


def _followed(agency: Agency) -> dict[str, None]:
    return dict.fromkeys(unit.plan for unit in agency.units if unit.plan)


def _office_hours(here: datetime) -> bool:
    return here.weekday() < 5 and here.hour in OFFICE_HOURS
