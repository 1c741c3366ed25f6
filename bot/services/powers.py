"""What the plan leaves to few (thẩm quyền riêng): convening the team, naming the spokesperson.

Done at once by a leader whose power it is. Of everybody else it becomes a request to those
leaders, ready to be sent; their "đồng ý", tapped or written down in their stead, does it.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.consultation import Consultation
from bot.domain.errors import Closed, NotInPlan, OnlyBy
from bot.domain.form import Draft
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Verb, may
from bot.domain.playbook import Plan, Power
from bot.domain.step_forms import CONVENE, REQUEST, ask_for, asked_for
from bot.services import opening, standing_in
from bot.services.asking import ask_leaders
from bot.services.briefing import brief, said
from bot.services.drafting import open_form
from bot.services.parts import names, power_of, units_of
from bot.services.ports.store import Transaction
from bot.services.power_outcomes import PowerUsed, Speaker
from bot.services.telling import duties


def begin_convene(tx: Transaction, act: Act, number: int) -> Draft | PowerUsed:
    """/trieutap 12: of who may, whether it is meant; of others, whether the request is sent."""
    incident = tx.incidents.get(number)
    act.require(Verb.SEE, incident)
    if incident.state == "closed":
        raise Closed(number, number=number)
    plan = tx.plans.of(incident)
    if not plan.having("convene_team"):
        raise NotInPlan(number, number=number, plan=plan.short)
    if incident.convened_at:
        return PowerUsed(brief(tx, incident), "already", team_of(plan))
    who = names(plan, plan.having("convene_team"))
    lead = tx.people.named({incident.lead_id}).get(incident.lead_id)
    context = {
        "number": number,
        "secret": incident.is_secret,
        "team": ", ".join(team_of(plan)),
        "who": ", ".join(who),
        "lead": f"{lead.name} {lead.phone}".strip() if lead else "",
    }
    if may(act.person, Verb.USE_POWER, power_of(tx, incident, "convene_team")):
        return open_form(tx, act, CONVENE, number, context=context)
    if may(act.person, Verb.ESCALATE, incident):
        return open_form(tx, act, REQUEST, number, context=context)
    raise OnlyBy(number, who=", ".join(who))


def convene(tx: Transaction, act: Act, draft: Draft) -> PowerUsed:
    """Triệu tập Đội; "chưa" changes nothing."""
    incident = tx.incidents.get(draft.about)
    act.require(Verb.USE_POWER, power_of(tx, incident, "convene_team"))
    if incident.state == "closed":
        raise Closed(incident.id, number=incident.id)
    team = team_of(tx.plans.of(incident))
    if draft.answers["convene"] != "convene":
        return PowerUsed(brief(tx, incident), "not_now", team)
    if incident.convened_at:
        return PowerUsed(brief(tx, incident), "already", team)
    told = convened(tx, act, incident)
    return PowerUsed(brief(tx, tx.incidents.get(incident.id)), "convened", team, told)


def request(tx: Transaction, act: Act, draft: Draft) -> PowerUsed:
    """The request that was prepared is sent to the leaders whose power it is, or is not."""
    incident = tx.incidents.get(draft.about)
    act.require(Verb.ESCALATE, incident)
    if incident.state == "closed":
        raise Closed(incident.id, number=incident.id)
    team = team_of(tx.plans.of(incident))
    if draft.answers["send"] != "send_request":
        return PowerUsed(brief(tx, incident), "not_sent", team)
    asked = ask(tx, act, incident, "convene_team", ask_for("convene_team"))
    return PowerUsed(brief(tx, incident), "requested" if asked else "telephone", team, asked)


def ask(
    tx: Transaction, act: Act, incident: Incident, power: Power, wanted: str
) -> Sequence[Person]:
    """`wanted` is put before the leaders who have the power; where none is there, the duty officer
    telephones whom the plan names."""
    plan = tx.plans.of(incident)
    waiting = {
        one.asked_id for one in tx.consultations.waiting_of(incident.id) if one.ask == wanted
    }
    every = standing_in.leaders(tx, power_of(tx, incident, power).units)
    leaders = [one for one in every if one.id not in waiting]
    ask_leaders(tx, act, incident, leaders, "direct", "need_direction", wanted)
    who = names(plan, plan.having(power))
    to = [one.name for one in every] or list(who)
    tx.record(f"incident/{incident.id}", "power.requested", ask=wanted, to=to)
    if not every:
        facts: dict[str, object] = {"who": list(who), "ask": wanted, "by": act.person.name}
        _tell(tx, act, incident, "power.request_duty", facts, set())
    return every


def granted(
    tx: Transaction, act: Act, incident: Incident, asked: Consultation, leader: Person
) -> None:
    """A leader has agreed to a request: what was asked for is done, in the leader's name."""
    wanted = asked_for(asked.ask)
    if wanted is None or not may(leader, Verb.USE_POWER, power_of(tx, incident, wanted[0])):
        return
    power, whom, _ = wanted
    if power == "convene_team" and not incident.convened_at:
        convened(tx, act, incident, leader)
    if power == "assign_spokesperson" and whom:
        assign_spokesperson(tx, act, incident, whom, leader)


def taken_back(
    tx: Transaction, act: Act, incident: Incident, asked: Consultation
) -> frozenset[int]:
    """The leader denies having agreed: it is not so any more. Whom that concerns."""
    wanted = asked_for(asked.ask)
    if wanted and wanted[0] == "convene_team" and incident.convened_at:
        plan = tx.plans.of(incident)
        people = _people(tx, incident, plan)
        tx.incidents.save(replace(incident, convened_at=None))
        tx.record(f"incident/{incident.id}", "team.not_convened", team=list(team_of(plan)))
        opening.regrouped(tx, tx.incidents.get(incident.id))
        return frozenset(person.id for person in people)
    if wanted and wanted[1] and wanted[1] == incident.spokesperson_id:
        tx.incidents.save(replace(incident, spokesperson_id=0))
        tx.record(f"incident/{incident.id}", "spokesperson.none", who=wanted[2])
        return frozenset({wanted[1]})
    return frozenset()


def convened(
    tx: Transaction, act: Act, incident: Incident, leader: Person | None = None
) -> Sequence[Person]:
    """The team has a part from now on: its tasks are its own, its people are called; who they are.

    `leader`: in whose stead it is done; None: by whoever acts, whom the gate has let.
    """
    by, plan = leader or act.person, tx.plans.of(incident)
    units, missing = units_of(tx, incident, plan, _team(plan))
    scope = tuple(dict.fromkeys((*incident.scope, *units)))
    tx.incidents.save(replace(incident, convened_at=act.at, scope=scope))
    incident = tx.incidents.get(incident.id)
    team = list(team_of(plan))
    tx.record(f"incident/{incident.id}", "team.convened", team=team, leader=by.name)
    opening.regrouped(tx, incident)
    for room in tx.chats.groups_of(units):
        opening.want_cards(tx, incident, room.address)
    people = _people(tx, incident, plan)
    facts: dict[str, object] = {"team": team, "by": by.name}
    called = Notice("team.convened", incident=incident.id, facts=facts, urgency="page")
    tx.notices.add((replace(called, to=one.id) for one in people), act.at)
    facts |= {"told": said(people), "missing": list(missing)}
    _tell(tx, act, incident, "team.convened_duty", facts, {incident.lead_id})
    tx.cards.want_again("incident", incident.id, loud=True)
    return people


def assign_spokesperson(
    tx: Transaction, act: Act, incident: Incident, whom: int, leader: Person | None = None
) -> None:
    """Phân công phát ngôn, cung cấp thông tin: only this person is told to answer the press."""
    by, speaker = leader or act.person, tx.people.get(whom)
    tx.incidents.save(replace(tx.incidents.get(incident.id), spokesperson_id=whom))
    chain = f"incident/{incident.id}"
    tx.record(chain, "spokesperson.assigned", who=speaker.name, leader=by.name)
    if whom not in act.person.ids:
        notice = Notice("spokesperson.assigned", whom, incident=incident.id, facts={"by": by.name})
        tx.notices.add([notice], act.at)
    tx.cards.want_again("incident", incident.id)


def spokesperson(tx: Transaction, act: Act, number: int) -> Speaker:
    """/phatngon 12: who answers the press; everybody else sends them there."""
    incident = tx.incidents.get(number)
    act.require(Verb.SEE, incident)
    speaker = tx.people.named({incident.spokesperson_id}).get(incident.spokesperson_id)
    plan = tx.plans.of(incident)
    who = names(plan, plan.having("assign_spokesperson"))
    return Speaker(brief(tx, incident), speaker, incident.spokesperson_id in act.person.ids, who)


def team_of(plan: Plan) -> tuple[str, ...]:
    """As the plan calls it."""
    return names(plan, _team(plan))


def _team(plan: Plan) -> tuple[str, ...]:
    """The bodies that convening concerns."""
    return tuple(one.id for one in plan.functions.values() if one.on_call == "convene_team")


def _people(tx: Transaction, incident: Incident, plan: Plan) -> list[Person]:
    units, _ = units_of(tx, incident, plan, _team(plan))
    found = {one.id: one for unit in units for one in opening.reachable(tx, (unit,))}
    return list(found.values())


def _tell(
    tx: Transaction,
    act: Act,
    incident: Incident,
    kind: str,
    facts: dict[str, object],
    others: set[int],
) -> None:
    """The duty officers and these; nobody hears what they did themselves."""
    whom = {person.id for person in duties(tx, incident)} | others
    about = Notice(kind, incident=incident.id, facts=facts)
    tx.notices.add((replace(about, to=who) for who in sorted(whom - {0, *act.person.ids})), act.at)
