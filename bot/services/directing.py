"""Directions given by word of mouth (/chidao): written down by whoever heard them, in effect at
once. The leader's own tap on them is in `confirming`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.consultation import Consultation
from bot.domain.direction import Direction, offered, read
from bot.domain.errors import Closed, NoLeader, NotFound, Outdated
from bot.domain.form import REVIEW, Draft
from bot.domain.forms import DIRECTION
from bot.domain.incident import Incident
from bot.domain.moment import Moment
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Role, Verb
from bot.services import judging, powers, standing_in
from bot.services.briefing import brief, said
from bot.services.drafting import open_form
from bot.services.outcomes import Said, WrittenDown
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of, duties


def begin(tx: Transaction, act: Act, number: int) -> Draft:
    """/chidao 12. Those who were asked are offered first."""
    incident = _open(tx, act, number)
    leaders = _leaders(tx, act, incident)
    if not leaders:
        raise NoLeader(number)
    context: dict[str, object] = {"number": number, "secret": incident.is_secret}
    context["leaders"] = [[str(one.id), _introduced(one)] for one in leaders]
    begun = tx.drafts.open_of(act.person.id, DIRECTION, number)
    if begun is not None:
        context["directions"] = _options(tx, begun)
    return open_form(tx, act, DIRECTION, number, context=context)


def choices(tx: Transaction, act: Act, draft: Draft) -> Draft:
    """The answers of what this leader was asked; one that another was asked for is asked anew."""
    options = _options(tx, draft)
    given, before = draft.answers.get("direction"), draft.context.get("directions", ())
    changed = replace(draft, context={**draft.context, "directions": options})
    if draft.at != REVIEW or [given, ""] in options or [given, ""] not in before:
        return changed
    left = {step: value for step, value in draft.answers.items() if step != "direction"}
    return replace(changed, answers=left, at="direction", editing=True)


def write_down(tx: Transaction, act: Act, draft: Draft) -> WrittenDown:
    """It stands at once; the leader is asked to confirm, without a sound: they have just spoken."""
    incident = _open(tx, act, draft.about)
    who, value = draft.answers["leader"], draft.answers["direction"]
    leader = next((one for one in _leaders(tx, act, incident) if str(one.id) == who), None)
    if leader is None:
        raise NotFound(name=dict(draft.context["leaders"]).get(who, ""))
    chosen_from = [option for option, _ in draft.context.get("directions", ())]
    given = read(value, _questions(tx, incident.id, leader.id), chosen_from)
    if given is None:  # the leader has answered in the meantime
        raise Outdated(draft.id, chain=f"incident/{incident.id}")
    direction = tx.directions.add(
        Direction(
            id=0,
            incident_id=incident.id,
            leader_id=leader.id,
            recorder_id=act.person.id,
            channel=draft.answers["channel"],
            said=Moment.read(draft.answers["said"]),
            answer=given.answer,
            words=given.words,
            recorded_at=act.at,
            question_id=given.question.id if given.question else 0,
        )
    )
    question = given.question
    facts = {**facts_of(direction, act.person), "ask": question.ask if question else ""}
    tx.record(f"incident/{incident.id}", "direction.recorded", leader=leader.name, **facts)
    if question:
        tx.consultations.save(question.answered(given.answer, given.words, act.at))
        if question.kind == "decide":
            incident = judging.decided(tx, act, incident, given.answer == "serious", leader)
        elif given.answer == "agree":
            powers.granted(tx, act, incident, question, leader)
    _tell_both_sides(tx, act, direction, leader, facts, question)
    missed = leader.id in tx.people.absent((leader.id,), for_a_page=False)
    now = brief(tx, tx.incidents.get(incident.id))
    return WrittenDown(now, Said(direction, leader, act.person), missed)


def said_of(tx: Transaction, incident_id: int) -> Sequence[Said]:
    """What was given by word of mouth in one incident, the newest last."""
    found = tx.directions.of(incident_id)
    names = tx.people.named({who for one in found for who in (one.leader_id, one.recorder_id)})
    return [Said(one, names[one.leader_id], names[one.recorder_id]) for one in found]


def tell(tx: Transaction, act: Act, direction: Direction, notice: Notice, others: set[int]) -> None:
    """The duty officers and whoever has the incident; nobody hears what they did themselves."""
    incident = tx.incidents.get(direction.incident_id)
    concerned = {one.id for one in duties(tx, incident)} | {incident.lead_id} | others
    concerned -= {*act.person.ids, direction.leader_id}
    # the clockwork asks too, and hears nothing
    tx.notices.add((replace(notice, to=who) for who in sorted(concerned) if who > 0), act.at)


def _tell_both_sides(
    tx: Transaction,
    act: Act,
    direction: Direction,
    leader: Person,
    facts: Mapping[str, object],
    question: Consultation | None,
) -> None:
    """The leader, to confirm it; those who act on it, and whoever had asked."""
    number = direction.incident_id
    duty = said(duties(tx, tx.incidents.get(number)))
    asked = Notice("direction_confirm", leader.id, incident=number, urgency="quiet")
    tx.notices.add([replace(asked, facts={**facts, "duty": duty})], act.at)
    notice = Notice("direction", incident=number, facts={**facts, "by": leader.name})
    tell(tx, act, direction, notice, {question.asker_id} if question else set())


def facts_of(direction: Direction, recorder: Person) -> dict[str, object]:
    """What every message about it says; "words" is erased with the incident's own."""
    return {
        "direction": direction.id,
        "answer": direction.answer,
        "words": direction.words,
        "channel": direction.channel,
        "said": direction.said.stored(),
        "recorder": recorder.name,
    }


def _open(tx: Transaction, act: Act, number: int) -> Incident:
    incident = tx.incidents.get(number)
    act.require(Verb.RECORD_DIRECTION, incident)
    if incident.state == "closed":
        raise Closed(number, number=number)
    return incident


def _options(tx: Transaction, draft: Draft) -> list[list[str]]:
    """Their labels are the options' own."""
    leader = draft.answers.get("leader")
    asked = _questions(tx, draft.about, int(leader)) if leader else ()
    return [[option, ""] for option in offered(asked, draft.secret)]


def _questions(tx: Transaction, incident_id: int, leader_id: int) -> list[Consultation]:
    return [one for one in tx.consultations.waiting_of(incident_id) if one.asked_id == leader_id]


def _leaders(tx: Transaction, act: Act, incident: Incident) -> list[Person]:
    """Who may direct it: those who were asked, the unit's, the deciding ones, those above."""
    asked = tx.consultations.of(incident.id)
    first = sorted(asked, key=lambda one: one.settled)  # who has not answered yet before the rest
    named = tx.people.named({one.asked_id for one in asked})
    found = [named[one.asked_id] for one in first]
    agency = agency_of(tx)
    steering = None
    if any(unit.id == incident.unit for unit in agency.units):  # the file may have lost it
        steering = agency.function(incident.unit, "steering")
    for unit in (
        incident.unit,
        *incident.deciding,
        *([steering] if steering else []),
        *incident.scope,
    ):
        found += tx.people.holding((Role.LEADER,), (unit,))  # who is away may have said it, too
        found += standing_in.leaders(tx, (unit,))
    leaders = {one.id: one for one in found if one.holds((Role.LEADER,))}
    return [one for who, one in leaders.items() if who not in act.person.ids]


def _introduced(leader: Person) -> str:
    return f"{leader.name} – {leader.position}" if leader.position else leader.name
