"""Use cases of a report (báo sự cố): begun, sent, completed later, verified."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.agency import Agency
from bot.domain.errors import NotFound
from bot.domain.form import Draft
from bot.domain.forms import (
    CRITERIA,
    NO_NUMBER,
    OFFER,
    OTHER,
    REPORT,
    SUPPLEMENT,
    UNNAMED,
    VERIFY,
)
from bot.domain.incident import Incident
from bot.domain.moment import Moment
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Role, Verb, may
from bot.domain.rule import Answer
from bot.domain.severity import Needs
from bot.services import clocks, evidence, paging, telling
from bot.services.asking import ask_to_decide
from bot.services.briefing import brief
from bot.services.drafting import open_form
from bot.services.judging import judge, rejudge, standing
from bot.services.outcomes import Rejudged, Reported, Told
from bot.services.ports.incidents import Guess
from bot.services.ports.store import Transaction
from bot.services.recognising import guesses, suggestions
from bot.services.telling import agency_of


def begin(tx: Transaction, act: Act, told: str = "") -> Draft:
    """/baosuco, or a plain first sentence, which is kept as the answer to question 2."""
    act.require(Verb.REPORT)
    answers = {"told": told} if told else {}
    context = about_unit(tx, _unit_of(agency_of(tx), act.person))
    return open_form(tx, act, REPORT, answers=answers, context=context)


def offer(tx: Transaction, act: Act, told: str) -> Draft:
    """Somebody wrote a sentence where nothing was asked: is it a report? TooLong: as for câu 2."""
    act.require(Verb.REPORT)
    told = next(step for step in REPORT.steps if step.id == "told").clean(told, ())
    contact = agency_of(tx).contact
    return open_form(tx, act, OFFER, context={"told": told, "phone": contact.phone})


def offered(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """Asked "Anh/chị muốn báo sự cố?", the answer came."""
    told = str(draft.context["told"])
    forgotten = replace(draft, context={})  # kept in the report, or not at all
    tx.drafts.save(forgotten, draft.version, act.at)
    return begin(tx, act, told) if draft.answers["want"] == "yes" else forgotten


def preview(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """The draft with who would be told if it were sent as it is now."""
    incident = _incident(tx, act, draft)
    judged = judge(tx, incident)
    incident = replace(incident, standing=standing(judged))
    told = _told(tx, act, incident, judged.needs_response.value)
    shown = {
        "duty": [p.name for p in told.duty],
        "called": [[p.name, p.position] for p in told.called[: told.at_once]],
        "officers": [[p.name, p.position] for p in told.officers],
        "copies": [p.name for p in told.copies],
        "asked": [p.name for p in told.asked],
        "informed": [p.name for p in told.informed],
        "needs": str(judged.needs_response.value),
    }
    return replace(draft, context={**draft.context, "told_to": shown})


def send(tx: Transaction, act: Act, draft: Draft) -> Reported:
    act.require(Verb.REPORT)
    return file(tx, act, draft)


def file(tx: Transaction, act: Act, draft: Draft) -> Reported:
    """The report becomes an incident: judged, told to whom the verdict says, on the card."""
    incident = _incident(tx, act, draft)
    judged = judge(tx, incident)
    incident = tx.incidents.add(replace(incident, standing=standing(judged)))
    tx.incidents.answer(incident.id, incident.answers, act.person.id, act.at)
    tx.incidents.judged(incident.id, judged, act.person.id, act.at)
    tx.drafts.save(replace(draft, about=incident.id), draft.version, act.at)
    chain = f"incident/{incident.id}"
    tx.record(
        chain,
        "incident.reported",
        draft=draft.id,
        unit=incident.unit,
        system=incident.system,
        told=incident.told,
        since=incident.since.stored() if incident.since else "",
        now=incident.now_state,
        answers={c: str(a) for c, a in incident.answers.items()},
        plan=incident.plan,
        plan_digest=incident.plan_digest,
        secret=incident.is_secret,
        **_told_by(incident),
    )
    tx.record(chain, "verdict.first", **_values(incident))
    clocks.keep(tx, act, incident)
    files = evidence.settle(tx, draft.id, incident.id)
    told = _tell(tx, act, incident)
    early = any(c not in draft.answers for c in CRITERIA)
    incident = tx.incidents.get(incident.id)
    return Reported(brief(tx, incident), told, early, files, _likely(tx, act, incident))


def reported(tx: Transaction, act: Act, number: int) -> Reported:
    """The same screen again, for who presses twice."""
    incident = tx.incidents.get(number)
    told = _told(tx, act, incident, incident.standing.needs_response)
    early = any(c not in incident.answers for c in CRITERIA)
    likely = _likely(tx, act, incident)
    return Reported(brief(tx, incident), told, early, tx.files.of(number), likely)


def begin_supplement(tx: Transaction, act: Act, number: int) -> Draft:
    """What "gửi ngay" left open, by who reported it; the verify form for who verifies."""
    incident = tx.incidents.get(number)
    if incident.reporter_id != act.person.id:
        return begin_verify(tx, act, number)
    act.require(Verb.SUPPLEMENT, incident)
    context = {**about_unit(tx, incident.unit), "number": number, "secret": incident.is_secret}
    return open_form(tx, act, SUPPLEMENT, number, _answers(incident), context)


def begin_verify(tx: Transaction, act: Act, number: int) -> Draft:
    """Xác minh: what is still "chưa rõ" is asked, what is known can be corrected."""
    incident = tx.incidents.get(number)
    if incident.reporter_id == act.person.id and not incident.source:
        return begin_supplement(tx, act, number)  # what they saw themselves they complete
    act.require(Verb.VERIFY, incident)
    known = {c: str(a) for c, a in incident.answers.items() if a is not Answer.UNKNOWN}
    if incident.level is not None:
        known["level"] = str(incident.level)
    context = {"number": number, **suggestions(tx, incident)}
    return open_form(tx, act, VERIFY, number, known, context)


def supplement(tx: Transaction, act: Act, draft: Draft) -> Rejudged:
    incident = tx.incidents.get(draft.about)
    act.require(Verb.SUPPLEMENT, incident)
    since = draft.answers.get("since")
    written = replace(
        incident,
        told=draft.answers.get("told", incident.told),
        since=Moment.read(since) if since else incident.since,
        now_state=draft.answers.get("state", incident.now_state),
        system=_system(draft.answers.get("system", "")) or incident.system,
    )
    tx.incidents.save(written)
    tx.record(
        f"incident/{incident.id}", "incident.supplemented", draft=draft.id, now=written.now_state
    )
    evidence.settle(tx, draft.id, incident.id)
    return rejudge(tx, act, tx.incidents.get(incident.id), _judged(draft))


def verify(tx: Transaction, act: Act, draft: Draft) -> Rejudged:
    incident = tx.incidents.get(draft.about)
    act.require(Verb.VERIFY, incident)
    if incident.is_unverified:
        facts = {"source": incident.source, "who": "", "how": ""}
        tx.record(f"incident/{incident.id}", "incident.verified", **facts)
        verified = replace(incident, verified_at=act.at, verified_how="criteria")
        incident = replace(verified, verified_by=act.person.id)
    level = draft.answers.get("level", "unknown")
    known = None if level == "unknown" else int(level)
    done = rejudge(tx, act, incident, _judged(draft), known)
    return replace(done, asks_data=clocks.asks_data(done.brief.incident))


def _tell(tx: Transaction, act: Act, incident: Incident) -> Told:
    needs = incident.standing.needs_response
    told = _told(tx, act, incident, needs)
    quiet: list[tuple[str, tuple[Person, ...]]] = [("report.copy", told.copies)]
    quiet += [("report.informed", told.informed)]
    if needs is Needs.NO:
        quiet += [("report.recorded", (*told.duty, *told.officers))]
    tx.notices.add(
        (
            Notice(kind, to=person.id, incident=incident.id, urgency="quiet")
            for kind, people in quiet
            for person in people
            if person.id not in act.person.ids
        ),
        act.at,
    )
    if needs is not Needs.NO:
        paging.raise_page(tx, act, incident, "respond" if needs is Needs.YES else "verify")
    if incident.standing.for_leaders:
        ask_to_decide(tx, act, incident)
    paging.want_cards(tx, incident)
    return told


def _likely(tx: Transaction, act: Act, incident: Incident) -> Sequence[Guess]:
    """Who saw it is never asked for a cause; who has filed it in their stead is shown one."""
    shown = incident.source and not incident.scenario and may(act.person, Verb.VERIFY, incident)
    return guesses(tx, incident) if shown else ()


def _told(tx: Transaction, act: Act, incident: Incident, needs: Needs) -> Told:
    """Who hears of it. Who files it for somebody else knows it already, unless it is theirs to
    verify or nobody else is there."""
    told = telling.told(tx, incident, tx.plans.of(incident), agency_of(tx), needs)
    others = tuple(person for person in told.duty if person.id not in act.person.ids)
    if not incident.source or needs is Needs.UNVERIFIED:
        return told
    return replace(told, duty=others) if others or told.called or told.officers else told


def _incident(tx: Transaction, act: Act, draft: Draft) -> Incident:
    """What the draft would be as an incident, without a number yet."""
    agency = agency_of(tx)
    unit = str(draft.context["unit"])
    system = _system(draft.answers.get("system", ""))
    pack = agency.plan_of(unit)
    if pack is None or pack not in tx.plans:
        raise NotFound(name=f"plan {pack}")
    plan = tx.plans[pack]
    part = telling.units(agency, plan, unit, telling.operator_of(agency, system, unit))
    since = draft.answers.get("since")
    return Incident(
        id=0,
        unit=unit,
        system=system,
        reporter_id=act.person.id,
        plan=plan.id,
        plan_digest=plan.digest,
        reported_at=act.at,
        since=Moment.read(since) if since else None,
        told="" if draft.secret else draft.answers.get("told", ""),
        source=draft.answers.get("source", ""),
        caller=_given(draft, "caller", UNNAMED),
        caller_phone=_given(draft, "caller_phone", NO_NUMBER),
        now_state=draft.answers.get("state", ""),
        level=next((s.level for s in agency.systems if s.id == system), None),
        answers=_judged(draft),
        scope=part.scope,
        lead_units=part.lead,
        deciding=part.deciding,
        is_secret=draft.secret,
    )


def _judged(draft: Draft) -> dict[str, Answer]:
    """The criteria that were asked; one that was not is not there, and counts as chưa rõ."""
    return {c: Answer(draft.answers[c]) for c in CRITERIA if c in draft.answers}


def _answers(incident: Incident) -> dict[str, str]:
    """An incident as the answers of a report: what is not known is asked again."""
    known = {c: str(a) for c, a in incident.answers.items() if a is not Answer.UNKNOWN}
    known |= {"system": incident.system or OTHER}
    known |= {"told": incident.told} if incident.told else {}
    known |= {"since": incident.since.stored()} if incident.since else {}
    return known | ({"state": incident.now_state} if incident.now_state else {})


def _given(draft: Draft, step: str, nothing: str) -> str:
    """The caller's name or number; of a secret neither is kept."""
    answer = draft.answers.get(step, nothing)
    return "" if draft.secret or answer == nothing else answer


def _told_by(incident: Incident) -> dict[str, str]:
    if not incident.source:
        return {}
    who = {"caller": incident.caller, "caller_phone": incident.caller_phone}
    return {"source": incident.source, **who}


def _system(answer: str) -> str:
    return "" if answer == OTHER else answer


def _values(incident: Incident) -> dict[str, str]:
    now = incident.standing
    return {
        "needs_response": str(now.needs_response),
        "serious_by_law": str(now.serious_by_law),
        "serious_by_plan": str(now.serious_by_plan),
    }


def about_unit(tx: Transaction, unit: str) -> Mapping[str, Any]:
    """What a report's screens need: systems by everyday name, whom to call, whom to meet."""
    agency = agency_of(tx)
    meet = agency.secret_contact(unit)
    systems = [[one.id, one.name] for one in agency.systems_for(unit)]
    return {
        "unit": unit,
        "unit_name": agency.unit(unit).name,
        "systems": [*systems, [OTHER, ""]],
        "phone": agency.contact.phone,
        "meet": [meet.person, meet.place] if meet else ["", ""],
    }


def _unit_of(agency: Agency, person: Person) -> str:
    """Where somebody reports from: as an official first, else where the first post is."""
    known = {unit.id for unit in agency.units}
    posts = [post for post in person.posts if post.unit in known]
    posts.sort(key=lambda post: post.role is not Role.OFFICIAL)
    if not posts:
        raise NotFound(name=person.name)
    return posts[0].unit
