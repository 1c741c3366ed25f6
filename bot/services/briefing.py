"""One incident with the names that its screens need."""

from collections.abc import Iterable, Sequence

from bot.domain.agency import Agency
from bot.domain.errors import NotFound
from bot.domain.escalation import Page
from bot.domain.incident import Incident
from bot.domain.people import Person
from bot.domain.playbook import Plan
from bot.domain.severity import level_answer, verdicts
from bot.services.ports.incidents import Brief, Legal, Work
from bot.services.ports.store import Transaction
from bot.services.recognising import situation
from bot.services.telling import agency_of, duties, operator_of, units


def brief(tx: Transaction, incident: Incident) -> Brief:
    agency, plan = agency_of(tx), tx.plans.of(incident)
    page = tx.pages.of(incident.id)
    listed = {who for rung in page.ladder for who in rung.person_ids} if page else set()
    ours = {incident.reporter_id, incident.lead_id, incident.spokesperson_id}
    people = tx.people.named({*ours, *listed} - {0})
    answers = {**incident.answers, "a": level_answer(incident.level)}
    there = any(unit.id == incident.unit for unit in agency.units)  # the file may have lost it
    operator = operator_of(agency, incident.system, incident.unit)
    missing = units(agency, plan, incident.unit, operator).undetermined if there else ()
    meet = agency.secret_contact(incident.unit) if there and incident.is_secret else None
    return Brief(
        incident=incident,
        unit=unit_name(agency, incident.unit),
        system="" if incident.is_secret else _system(agency, incident.system),
        reporter=people[incident.reporter_id],
        lead=people.get(incident.lead_id),
        duty=duties(tx, incident),
        page=page,
        told={who: people[who].name for who in listed},
        supports=tx.supports.of(incident.id),
        verdicts=verdicts(plan.rules, answers, incident.standing.serious_by_plan),
        plan=plan.short,
        criteria=words_of(plan),
        undetermined=missing,
        meet=(meet.person, meet.place) if meet else ("", ""),
        work=_work(tx, incident, plan) if incident.phase else None,
        clocks=legal(tx, incident),
        speaker=people.get(incident.spokesperson_id),
        situation=situation(tx, incident),
        missing=_missing(agency, page),
    )


def _missing(agency: Agency, page: Page | None) -> list[str]:
    """Some plans name several lead units, and one of them has acknowledged."""
    waits = page is not None and page.waits and page.acknowledged
    return [unit_name(agency, team.unit) for team in page.missing] if page and waits else []


def _work(tx: Transaction, incident: Incident, plan: Plan) -> Work:
    shown = [task for task in tx.tasks.of(incident.id) if not task.confidential]
    return Work(
        phase=plan.called(incident.phase),
        phase_id=incident.phase,
        tasks=shown,
        names={step.id: step.label for step in plan.steps},
        people=tx.people.named({task.person_id for task in shown} - {0}),
    )


def legal(tx: Transaction, incident: Incident) -> Sequence[Legal]:
    """Each legal clock with its article; one whose regime is gone from the data is left out."""
    found = []
    for clock in tx.clocks.of(incident.id):
        regime = tx.regimes.get(clock.regime)
        deadline = regime.deadline(clock.report) if regime else None
        if regime is not None and deadline is not None and clock.state != "dropped":
            found.append(Legal(clock, regime, deadline))
    return found


def words_of(plan: Plan) -> dict[str, str]:
    return {criterion.id: criterion.word for criterion in plan.criteria.values()}


def said(people: Iterable[Person]) -> list[list[str]]:
    """Names with telephone numbers, as facts of a notice."""
    return [[person.name, person.phone] for person in people]


def _system(agency: Agency, system: str) -> str:
    return next((one.name for one in agency.systems if one.id == system), "")


def unit_name(agency: Agency, unit: str) -> str:
    """A unit that the file no longer has is shown by its id."""
    try:
        return agency.unit(unit).name
    except NotFound:
        return unit
