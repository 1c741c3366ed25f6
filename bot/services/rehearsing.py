"""Use cases of "ai được báo?": a moment, a unit and a verdict; the real rules say who is told.

The incident is imagined and nothing is written: the ladder, the climb, who is on duty and by what
each is told are those of the sweep, asked for moments that are still to come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.agency import Agency
from bot.domain.channel import calling
from bot.domain.duty import on_duty
from bot.domain.errors import NotFound, NotHere
from bot.domain.escalation import Call, Kind, Page
from bot.domain.form import Draft
from bot.domain.incident import Incident, Standing
from bot.domain.moment import Moment
from bot.domain.people import WATCHERS, Act, Person, Verb
from bot.domain.reach import Needed, reach
from bot.domain.readiness_forms import CASES, REHEARSAL
from bot.domain.rehearsal import Moment as Said
from bot.domain.rehearsal import Step, rehearse
from bot.domain.severity import Needs, Serious
from bot.services import readiness, telling
from bot.services.climbing import loud, step_of, turns
from bot.services.drafting import open_form
from bot.services.ladders import ladder_for
from bot.services.outcomes import Told, Wants
from bot.services.ports.store import Transaction
from bot.services.readiness_outcomes import Reached, Rehearsed
from bot.services.telling import agency_of

HOUR = timedelta(hours=1)  # so much of it is shown


def begin(tx: Transaction, act: Act) -> Draft:
    """/aiduocbao: of the own unit, unless there are several below."""
    act.require(Verb.REHEARSE)
    if not act.private:
        raise NotHere("rehearsal")
    agency = agency_of(tx)
    units = _units(agency, act.person)
    listed = [[one, readiness.short_name(agency, one)] for one in units] if len(units) > 1 else []
    return open_form(tx, act, REHEARSAL, context={"units": listed, "unit": units[0]})


def asked(tx: Transaction, act: Act, draft: Draft) -> Wants:
    """All is known: it is read round the writer, since nothing is written."""
    act.require(Verb.REHEARSE)
    return Wants("rehearsed", draft.id)


def rehearsed(tx: Transaction, act: Act, number: int) -> Rehearsed:
    """The first hour of an incident of this verdict, reported there and then, nobody answering.

    NotFound: the unit is gone from the agency's file, or it is not this person's to ask about.
    """
    draft = tx.drafts.get(number)
    act.require(Verb.FILL, draft)
    act.require(Verb.REHEARSE)
    agency = agency_of(tx)
    unit = draft.answers.get("where", str(draft.context["unit"]))
    if unit not in _units(agency, act.person):
        raise NotFound(name=unit)
    at = Moment.read(draft.answers["when"]).at
    return of(tx, agency, unit, CASES[draft.answers["case"]], at)


def of(tx: Transaction, agency: Agency, unit: str, needed: Needed, at: datetime) -> Rehearsed:
    """`tx` of a look: its clock is pushed to each moment that is asked about."""
    incident = imagined(tx, agency, unit, needed, at)
    tx.at = at
    kind: Kind = "verify" if needed == "verify" else "respond"
    ladder = ladder_for(tx, incident, kind, at)
    serious = incident.standing.is_serious
    page = Page(
        0, 0, kind, ladder.rungs, at, at, incident.lead_units, teams=ladder.teams, serious=serious
    )
    rooms = len(telling.rooms(tx, incident))

    def climb(page: Page, at: datetime) -> Step:
        tx.at = at
        return step_of(tx, incident, page, at)

    def tell(page: Page, call: Call, at: datetime) -> Mapping[int, Sequence[tuple[int, str]]]:
        ways = tx.channels.of(call.person_ids, at)
        return {
            who: [(turn, calling(ways.get(who, ()), turn)) for turn in each]
            for who, each in turns(tx, page, call, at).items()
        }

    def cry(step: Step, at: datetime) -> tuple[Sequence[int], int]:
        return [one.id for one in loud(tx, incident, step.page, step.absent)], rooms

    line = rehearse(page, at + HOUR, climb, tell, cry)
    tx.at = at
    told = telling.told(tx, incident, tx.plans.of(incident), agency, _needs(needed))
    return _shown(tx, agency, incident, needed, line, ladder.deserted, told)


def imagined(tx: Transaction, agency: Agency, unit: str, needed: Needed, at: datetime) -> Incident:
    """As a report from this unit would make it, of no system in particular and without a number.

    NotFound: no plan that the unit follows is known.
    """
    pack = agency.plan_of(unit)
    if pack is None or pack not in tx.plans:
        raise NotFound(name=f"plan {pack}")
    plan = tx.plans[pack]
    part = telling.units(agency, plan, unit, telling.operator_of(agency, "", unit))
    serious = Serious.YES if needed == "serious" else Serious.NO
    return Incident(
        id=0,
        unit=unit,
        system="",
        reporter_id=0,
        plan=plan.id,
        plan_digest=plan.digest,
        reported_at=at,
        standing=Standing(_needs(needed), serious),
        scope=part.scope,
        lead_units=part.lead,
        deciding=part.deciding,
    )


def _shown(
    tx: Transaction,
    agency: Agency,
    incident: Incident,
    needed: Needed,
    line: Sequence[Said],
    deserted: Sequence[str],
    told: Told,
) -> Rehearsed:
    at = incident.reported_at
    ids = {who for one in line for who in (*one.passed, *one.cried)}
    ids |= {each.person_id for one in line for each in one.told}
    people = tx.people.named(ids)
    unmanned = [span for span in _rosters(tx, incident, at) if not span[1]]
    called = {each.person_id for one in line for each in one.told}
    quiet = [one for one in (*told.officers, *told.copies, *told.informed) if one.id not in called]
    return Rehearsed(
        at=at,
        needed=needed,
        unit=readiness.short_name(agency, incident.unit),
        line=line,
        names={who: one.name for who, one in people.items()},
        why=_reached(tx, needed, line, people),
        deserted=[readiness.short_name(agency, one) for one in deserted],
        unmanned=[name for name, _ in unmanned],
        asked=[one.name for one in told.asked],
        informed=[one.name for one in quiet],
    )


def _reached(
    tx: Transaction, needed: Needed, line: Sequence[Said], people: Mapping[int, Person]
) -> dict[tuple[datetime, int], Reached]:
    """Quiet hours may begin, and a leave, in the middle of the hour. Whoever is told in spite of
    their quiet hours, since nobody else is left, is not asked about them."""
    offered = tuple(one.platform for one in tx.accounts.all() if not one.left_at)
    found = {}
    for one in line:
        told = {each.person_id for each in one.told}
        for each in readiness.of(tx, [people[who] for who in (*told, *one.passed)], one.at):
            who = each.person.id
            known = replace(each.known, hushed=None) if who in told else each.known
            said = reach(known, needed, offered)
            found[one.at, who] = Reached(said, each.acting, each.hours)
    return found


def _rosters(tx: Transaction, incident: Incident, at: datetime) -> list[tuple[str, int]]:
    """The rosters that would say who is told, by name, with who is on duty then; 0: nobody."""
    book = tx.rosters.book(at, at + timedelta(seconds=1))
    parts = {("duty", unit) for unit in incident.scope}
    parts |= {("responder", unit) for unit in incident.lead_units}
    found = [one for one in book.rosters if (one.role, one.unit) in parts]
    spans = {one.id: on_duty(book, one, at).person_id for one in found}
    return [(one.name, spans[one.id]) for one in found]


def _needs(needed: Needed) -> Needs:
    return Needs.UNVERIFIED if needed == "verify" else Needs.YES


def _units(agency: Agency, person: Person) -> tuple[str, ...]:
    """Where this person stands and all below, the own unit first."""
    own = next((post.unit for post in person.posts if post.role in WATCHERS), "")
    below = readiness.units_of(agency, person, WATCHERS)
    return tuple(dict.fromkeys([*([own] if own in below else []), *below]))
