"""Leaders are asked (xin ý kiến chỉ đạo), by the rule or by the duty officer, and answer."""

from bot.domain.consultation import Consultation
from bot.domain.errors import Closed, NotFound
from bot.domain.form import Draft
from bot.domain.forms import ESCALATE, OPINION
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Verb
from bot.domain.rule import Answer
from bot.services import confirming, judging, paging, powers, standing_in, taking_part
from bot.services.asking import ask_leaders
from bot.services.briefing import brief
from bot.services.drafting import open_form
from bot.services.outcomes import Confirmation, Directed, Escalated
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of, duties

JOIN = "join_1"  # đề nghị tham gia, where the plan says that somebody joins on request


def begin_escalation(tx: Transaction, act: Act, number: int) -> Draft:
    """/captren 12. Only those to whom it can go are offered."""
    incident = tx.incidents.get(number)
    act.require(Verb.ESCALATE, incident)
    if incident.state == "closed":
        raise Closed(number, number=number)
    offered = [["next", ""]]
    offered += [["leader", ""]] if _leaders(tx, incident, "leader") else []
    offered += [["steering", ""]] if _leaders(tx, incident, "steering") else []
    if asked_in := taking_part.on_request(tx.plans.of(incident)):
        offered.append([JOIN, ", ".join(asked_in)])
    context = {"to_whom": offered, "number": number, "secret": incident.is_secret}
    return open_form(tx, act, ESCALATE, number, context=context)


def escalate(tx: Transaction, act: Act, draft: Draft) -> Escalated:
    """Closed: somebody has ended the response while the form was filled in."""
    incident = tx.incidents.get(draft.about)
    act.require(Verb.ESCALATE, incident)
    if incident.state == "closed":
        raise Closed(incident.id, number=incident.id)
    to, why, ask = (draft.answers.get(key, "") for key in ("to", "why", "ask"))
    tx.record(f"incident/{incident.id}", "incident.escalated", to=to, why=why, ask=ask)
    changes: tuple[tuple[str, str, str], ...] = ()
    answered: tuple[tuple[str, str, str], ...] = ()
    asked = frozenset(leader.id for leader in _leaders(tx, incident, to))
    if why == "cannot_cope":  # vượt khả năng xử lý: C6 is "có", and the verdicts say what follows
        before = incident.answers.get("c6", Answer.UNKNOWN)
        answered = (("c6", str(before), "yes"),) if before is not Answer.YES else ()
        changes = judging.rejudge(tx, act, incident, {"c6": Answer.YES}, spared=asked).changes
        incident = tx.incidents.get(incident.id)
    told = _told(tx, act, incident, to, why, ask)
    absent = tx.people.absent(one.id for one in told)
    missed = tuple(one for one in told if one.id in absent)
    now = brief(tx, tx.incidents.get(incident.id))
    return Escalated(now, told, changes, missed, answered)


def answer(
    tx: Transaction, act: Act, consultation_id: int, answer: str
) -> Directed | Confirmation | Draft:
    """A leader taps. "Ý kiến khác" asks for the words, unless the incident is a secret's."""
    asked = tx.consultations.get(consultation_id)
    act.require(Verb.DIRECT, asked)
    incident = tx.incidents.get(asked.incident_id)
    if asked.settled:
        return confirming.tapped(tx, act, asked, answer) or _directed(tx, act, asked)
    if answer == "opinion":
        if incident.is_secret:
            answer = "call"
        else:
            context = {"number": incident.id, "consultation": asked.id}
            return open_form(tx, act, OPINION, asked.incident_id, context=context)
    return _direct(tx, act, asked, answer, "")


def opine(tx: Transaction, act: Act, draft: Draft) -> Directed:
    """The words of another opinion have been written."""
    asked = tx.consultations.get(int(draft.context["consultation"]))
    act.require(Verb.DIRECT, asked)
    return _direct(tx, act, asked, "opinion", draft.answers["words"])


def _direct(tx: Transaction, act: Act, asked: Consultation, answer: str, words: str) -> Directed:
    if answer == asked.answer:  # pressed twice
        return _directed(tx, act, asked)
    given = asked.answered(answer, words, act.at)
    tx.consultations.save(given)
    incident = tx.incidents.get(asked.incident_id)
    facts = {"answer": answer, "purpose": asked.kind, "ask": asked.ask, "words": words}
    stands_in = standing_in.acting(tx, act)
    tx.record(f"incident/{incident.id}", "direction.given", **facts, **stands_in)
    if answer == "agree":
        powers.granted(tx, act, incident, asked, act.person)
        incident = tx.incidents.get(asked.incident_id)
    if asked.kind == "decide" and given.settled:
        incident = judging.decided(tx, act, incident, answer == "serious")
    concerned = {person.id for person in duties(tx, incident)} | {incident.lead_id, asked.asker_id}
    about = {**facts, "by": act.person.name, "phone": act.person.phone}
    tx.notices.add(
        (
            Notice("direction", to=who, incident=incident.id, facts=about)
            for who in sorted(concerned - {*act.person.ids, 0})
            if who > 0  # the clockwork asks too, and hears nothing
        ),
        act.at,
    )
    return _directed(tx, act, given)


def _directed(tx: Transaction, act: Act, asked: Consultation) -> Directed:
    """With what this leader is still asked about the same incident."""
    waiting = tx.consultations.waiting_for(act.person.id)
    others = [o for o in waiting if o.incident_id == asked.incident_id and o.id != asked.id]
    now = brief(tx, tx.incidents.get(asked.incident_id))
    return Directed(now, asked, others[-1] if others and asked.settled else None)


def _told(
    tx: Transaction, act: Act, incident: Incident, to: str, why: str, ask: str
) -> tuple[Person, ...]:
    match to:
        case "next":
            return _next(tx, act, incident)
        case "join_1":
            return taking_part.asked(tx, act, incident)
    return _up(tx, act, incident, to, why, ask)


def _next(tx: Transaction, act: Act, incident: Incident) -> tuple[Person, ...]:
    """Whoever comes next in the order of telling is told now, even if somebody has it already."""
    page = tx.pages.of(incident.id)
    if page is None or not page.waits:
        tx.pages.close_all(incident.id, "respond")
        paging.raise_page(tx, act, incident, "respond")
    elif page.began_at < act.at:  # else it has only just been raised
        paging.hurry(tx, act, page)
    after = tx.pages.of(incident.id)
    here = after.ladder[after.rung].person_ids if after and after.rung >= 0 else ()
    names = tx.people.named(here)
    return tuple(names[who] for who in here)


def _up(
    tx: Transaction, act: Act, incident: Incident, to: str, why: str, ask: str
) -> tuple[Person, ...]:
    leaders = _leaders(tx, incident, to)
    if not leaders:
        raise NotFound(name=to)
    ask_leaders(tx, act, incident, leaders, "direct", why, ask)
    return leaders


def _leaders(tx: Transaction, incident: Incident, to: str) -> tuple[Person, ...]:
    if to in ("next", JOIN):
        return ()
    if to == "leader":
        return standing_in.leaders(tx, (incident.unit,))
    steering = agency_of(tx).function(incident.unit, "steering")
    return standing_in.leaders(tx, (steering,)) if steering else ()
