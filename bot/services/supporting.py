"""Use cases of support beyond the agency: prepared, asked, answered, and reminded of.

The bot calls nobody outside: a person telephones or writes, and what came of it is logged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.errors import Closed, NotFound
from bot.domain.form import Draft
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import Act, Verb, may
from bot.domain.playbook import Plan, Power
from bot.domain.rule import Answer
from bot.domain.step_forms import ask_for, asked_for
from bot.domain.support import Body, State, Support, bodies, in_order, next_of, patience
from bot.domain.support_forms import (
    HELP,
    NOT_YET,
    NOTHING,
    REQUEST_FIRST,
    SPOKEN,
    SUPPORT,
    SUPPORT_ANSWER,
    UNNAMED,
)
from bot.services import powers
from bot.services.briefing import brief
from bot.services.clocks import HERE
from bot.services.drafting import open_form
from bot.services.parts import names, power_of
from bot.services.ports.store import Transaction
from bot.services.support_outcomes import Asked
from bot.services.telling import agency_of, duties

ANSWERED: Mapping[str, State] = {"accepted": "accepted", "refused": "refused"}


def begin(tx: Transaction, act: Act, number: int) -> Draft | Asked:
    """/hotro 12: which body, those first that nobody has asked yet."""
    incident = _open(tx, act, number)
    found = in_order(_bodies(tx, incident), tx.supports.of(number))
    if not found:
        return Asked(number, "nobody")
    reserved = [one for one in found if _first_asks(tx, act, incident, one)]
    context = {
        "number": number,
        "secret": incident.is_secret,
        "bodies": [[one.id, one.name] for one in found],
        "helps": [[one, ""] for one in (HELP[:1] if incident.is_secret else HELP)],
        "reserved": [[one.name, _deciders(tx, incident, one)] for one in reserved],
        "before": [[one.name, one.state] for one in tx.supports.of(number)],
    }
    return open_form(tx, act, SUPPORT, number, context=context)


def prepare(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """Once it is known which body: its number, what is prepared for it, and what can be done."""
    act.require(Verb.FILL, draft)
    if "body" not in draft.answers:
        return draft
    incident = tx.incidents.get(draft.about)
    one = _body(tx, incident, draft.answers["body"])
    reserved = _first_asks(tx, act, incident, one)
    ways = (REQUEST_FIRST,) if reserved else SPOKEN
    more = {
        "name": one.name,
        "who": _deciders(tx, incident, one) if reserved else "",
        "ways": [[way, ""] for way in (*ways, NOT_YET)],
        "told": "" if incident.is_secret else incident.told,
        "paper": _paper(tx, incident, one),
    }
    return replace(draft, context={**draft.context, **more})


def asked(tx: Transaction, act: Act, draft: Draft) -> Asked:
    """It was asked on the telephone or in writing; or the leaders who may ask are asked first."""
    incident = _open(tx, act, draft.about)
    one, how = _body(tx, incident, draft.answers["body"]), draft.answers["how"]
    if how == NOT_YET:
        return Asked(incident.id, "not_asked", one.name)
    reserved = _first_asks(tx, act, incident, one)
    if one.power and how == REQUEST_FIRST and reserved:
        to = powers.ask(tx, act, incident, one.power, ask_for(one.power))
        return Asked(incident.id, "requested", one.name, to=to)
    if one.power and reserved:  # the power was taken back while the form was filled in
        act.require(Verb.USE_POWER, power_of(tx, incident, one.power))
    serious = incident.standing.is_serious
    support = tx.supports.add(
        Support(
            id=0,
            incident_id=incident.id,
            contact=one.id,
            name=one.name,
            state="waiting",
            ask=draft.answers["help"],
            how=how,
            by_id=act.person.id,
            asked_at=act.at,
            remind_at=act.at + patience(serious),
        )
    )
    facts = {"name": one.name, "ask": support.ask, "how": how}
    tx.record(f"incident/{incident.id}", "support.asked", **facts)
    tx.cards.want_again("incident", incident.id)
    if draft.answers.get("answer") in ANSWERED:
        return _settled(tx, act, incident, support, draft)
    return Asked(incident.id, "asked", one.name, support)


def begin_answer(tx: Transaction, act: Act, number: int) -> Draft | Asked:
    """/ketquahotro 12: what one of those that were asked has answered."""
    incident = _open(tx, act, number)
    waiting = [one for one in tx.supports.of(number) if one.state == "waiting"]
    if not waiting:
        return Asked(number, "nothing_waits")
    known = {"asked": str(waiting[0].id)} if len(waiting) == 1 else {}
    context = {
        "number": number,
        "secret": incident.is_secret,
        "waiting": [[str(one.id), one.name] for one in waiting],
        "name": waiting[0].name if known else "",
    }
    return open_form(tx, act, SUPPORT_ANSWER, number, known, context)


def whose(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """Once it is known which request was answered: who was asked."""
    act.require(Verb.FILL, draft)
    if "asked" not in draft.answers:
        return draft
    name = tx.supports.get(int(draft.answers["asked"])).name
    return replace(draft, context={**draft.context, "name": name})


def answered(tx: Transaction, act: Act, draft: Draft) -> Asked:
    """Outdated: somebody has written down an answer meanwhile."""
    incident = _open(tx, act, draft.about)
    support = tx.supports.get(int(draft.answers["asked"]))
    return _settled(tx, act, incident, support, draft)


def remind(tx: Transaction, act: Act) -> int:
    """Part of a sweep that has asked the gate: of how many requests without an answer whoever
    leads the response and the duty officer were reminded."""
    due = tx.supports.due(act.at)
    for one in due:
        incident = tx.incidents.get(one.incident_id)
        tx.supports.save(one.reminded(act.at))
        tx.record(f"incident/{incident.id}", "support.waits", name=one.name)
        _tell(tx, act, incident, "support.waits", one)
    return len(due)


def _open(tx: Transaction, act: Act, number: int) -> Incident:
    incident = tx.incidents.get(number)
    act.require(Verb.ASK_SUPPORT, incident)
    if incident.state == "closed":
        raise Closed(number, number=number)
    return incident


def _settled(
    tx: Transaction, act: Act, incident: Incident, support: Support, draft: Draft
) -> Asked:
    """Accepted or refused, by whom, with what words; a refusal proposes the next of the chain."""
    said = {key: draft.answers.get(key, "") for key in ("spoke_with", "said")}
    who = "" if said["spoke_with"] == UNNAMED else said["spoke_with"]
    words = "" if said["said"] == NOTHING else said["said"]
    state = ANSWERED.get(draft.answers["answer"], "waiting")
    after = support.answered(state, who, words, act.at)
    if after.state == "waiting":
        return Asked(incident.id, "asked", after.name, after)
    tx.supports.save(after)
    chain, facts = f"incident/{incident.id}", {"name": after.name, "who": who, "words": words}
    if state == "accepted":
        tx.record(chain, "support.accepted", **facts)
    else:
        tx.record(chain, "support.refused", **facts)
    _tell(tx, act, incident, "support.answered", after)
    tx.cards.want_again("incident", incident.id, loud=True)
    found, before = _bodies(tx, incident), tx.supports.of(incident.id)
    following = next_of(found, after, before) if state == "refused" else None
    return Asked(incident.id, "answered", after.name, after, next=following)


def _tell(tx: Transaction, act: Act, incident: Incident, kind: str, support: Support) -> None:
    """Whoever leads and the duty officers, without the words; nobody hears what they did."""
    facts: dict[str, object] = {"name": support.name, "state": support.state}
    facts |= {"at": support.asked_at.isoformat(), "by": act.person.name}
    whom = {one.id for one in duties(tx, incident)} | {incident.lead_id}
    told = Notice(kind, incident=incident.id, facts=facts)
    tx.notices.add((replace(told, to=who) for who in sorted(whom - {0, *act.person.ids})), act.at)


def _bodies(tx: Transaction, incident: Incident) -> Sequence[Body]:
    agency, plan = agency_of(tx), tx.plans.of(incident)
    inside = [f for f in plan.functions if agency.function(incident.unit, f) is not None]
    return bodies(plan, agency.contacts, inside, incident.convened_at is not None)


def _body(tx: Transaction, incident: Incident, body_id: str) -> Body:
    """NotFound: the agency's file has lost it meanwhile."""
    for one in _bodies(tx, incident):
        if one.id == body_id:
            return one
    raise NotFound(name=body_id)


def _first_asks(tx: Transaction, act: Act, incident: Incident, body: Body) -> bool:
    """The plan leaves it to few, this person is none of them, and none of them has agreed yet."""
    if body.power is None or may(act.person, Verb.USE_POWER, power_of(tx, incident, body.power)):
        return False
    return not _agreed(tx, incident, body.power)


def _agreed(tx: Transaction, incident: Incident, power: Power) -> bool:
    for one in tx.consultations.of(incident.id):
        wanted = asked_for(one.ask)
        if wanted and wanted[0] == power and one.answer == "agree":
            return True
    return False


def _deciders(tx: Transaction, incident: Incident, body: Body) -> str:
    plan = tx.plans.of(incident)
    return ", ".join(names(plan, plan.having(body.power))) if body.power else ""


def _paper(tx: Transaction, incident: Incident, body: Body) -> dict[str, object]:
    """What is known, for the prepared text; nothing is invented, what is missing stays empty."""
    now, plan, contact = brief(tx, incident), tx.plans.of(incident), body.contact
    done = [task for task in tx.tasks.of(incident.id) if task.state == "done"]
    steps = {step.id: step.label for step in plan.steps if not step.confidential}
    lead, duty = now.lead, now.duty[0] if now.duty else None
    yes = [c for c, answer in incident.answers.items() if answer is Answer.YES]
    known: dict[str, object] = {
        "to": body.as_named or body.name,
        "call": [contact.name, contact.phone, contact.other_phone, contact.email, contact.hours]
        if contact
        else [],
        "code": incident.code,
        "unit": now.unit,
        "lead": f"{lead.name}, {lead.phone}" if lead else "",
        "duty": f"{duty.name}, {duty.phone}" if duty else "",
        "meet": list(now.meet),
    }
    if incident.is_secret:
        return known
    return known | {
        "system": now.system,
        "level": incident.level or 0,
        "since": incident.since.stored() if incident.since else "",
        "state": incident.now_state,
        "needs": str(incident.standing.needs_response),
        "yes": [now.criteria.get(c, c) for c in yes],
        "done": list(dict.fromkeys(steps[task.step] for task in done if task.step in steps)),
        "plan": _of_plan(plan, body),
        "law": _of_law(tx, incident, plan),
    }


def _of_plan(plan: Plan, body: Body) -> list[str]:
    """Short title and the section that gives the power; of other bodies the plan's title alone."""
    sections = [one.source.section for one in plan.special_authority if one.id == body.power]
    return [plan.short, sections[0] if sections else ""]


def _of_law(tx: Transaction, incident: Incident, plan: Plan) -> list[list[object]]:
    """Where the law speaks of what exceeds one's own capacity; and whether a lawyer has to confirm
    that it still stands."""
    day = (incident.since.at if incident.since else incident.reported_at).astimezone(HERE).date()
    wanted = (*plan.regimes, *agency_of(tx).regimes)
    regimes = [tx.regimes[one] for one in dict.fromkeys(wanted) if one in tx.regimes]
    return [
        [one.source.section, one.source.status != "confirmed" or regime.is_doubtful(day)]
        for regime in regimes
        if regime.holds(day)
        for one in regime.deadlines
        if one.trigger == "beyond"
    ]
