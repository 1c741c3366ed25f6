"""Use cases of an incident as a whole: seen, ended, reopened; the board and the timeline."""

from dataclasses import replace

from bot.domain.errors import Closed, Outdated
from bot.domain.form import Draft
from bot.domain.forms import CLOSE, REOPEN
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import WATCHERS, Act, Role, Verb, may
from bot.domain.severity import Needs
from bot.services import directing, paging, phases, quotas, standing_in
from bot.services.briefing import brief
from bot.services.drafting import open_form
from bot.services.outcomes import Board, Choose, Ended, Story
from bot.services.ports.store import Transaction
from bot.services.telling import duties

LAST = 6  # events shown with the state of one incident
SET_GOING = ("task.opened", "task.resumed", "task.held", "task.offered")
SPOKEN = 3  # directions given by word of mouth, beside them


def board(tx: Transaction, act: Act) -> Board:
    """/tinhhinh: what is open in the units that this person looks after; of officials, their own.

    Of a group: what is open where its unit has a part.
    """
    if act.person.holds(WATCHERS):
        act.require(Verb.SEE_BOARD)
        everywhere = act.person.holds((Role.ADMIN,))
        units = None if everywhere else [post.unit for post in act.person.posts]
        found = tx.incidents.open_in(units)
    else:
        act.require(Verb.REPORT)
        found = [one for one in tx.incidents.reported_by(act.person.id) if one.state == "open"]
    waiting = [asked for one in found for asked in tx.consultations.waiting_of(one.id)]
    names = tx.people.named({asked.asked_id for asked in waiting})
    return Board(
        [brief(tx, incident) for incident in found],
        [(asked, names[asked.asked_id]) for asked in waiting],
        act.at,
        [said for one in found for said in directing.said_of(tx, one.id) if said.direction.waits],
        quotas.left(tx, act),
    )


def choose(tx: Transaction, act: Act, command: str) -> Choose:
    """/nhatky and its like without a number: the incidents that it could be."""
    act.require(Verb.REPORT)
    state = "closed" if command == "reopen" else "open"
    if not act.person.holds(WATCHERS):  # an official: what they reported themselves
        found = [one for one in tx.incidents.reported_by(act.person.id) if one.state == state]
        return Choose(command, tuple(one.id for one in found[::-1])[-6:])
    units = None if act.person.holds((Role.ADMIN,)) else [p.unit for p in act.person.posts]
    wanted = tx.incidents.closed_in(units) if state == "closed" else tx.incidents.open_in(units)
    return Choose(command, tuple(one.id for one in wanted)[-6:])


def see(tx: Transaction, act: Act, number: int, whole: bool = False) -> Story:
    """/tinhhinh 12 (its end) and /nhatky 12 (all of it)."""
    incident = _visible(tx, act, number)
    links = tx.events.chain(f"incident/{number}", None if whole else 4 * LAST)
    if not whole:  # what a phase has set going is in its lines above
        links = [link for link in links if link.kind not in SET_GOING][-LAST:]
    names = tx.people.named({link.person_id for link in links if link.person_id > 0})
    said = {who: person.name for who, person in names.items()}
    spoken = () if whole else directing.said_of(tx, number)[-SPOKEN:]
    records = incident.state == "open" and may(act.person, Verb.RECORD_DIRECTION, incident)
    return Story(brief(tx, incident), links, said, act.at, whole, act.private, spoken, records)


def begin_close(tx: Transaction, act: Act, number: int) -> Draft:
    incident = _visible(tx, act, number)
    act.require(Verb.CLOSE, incident)
    if incident.state == "closed":
        raise Closed(number, number=number)
    found = {"result": "false_alarm"} if _is_false(tx, incident) else {}
    return open_form(tx, act, CLOSE, number, found, _about(incident))


def close(tx: Transaction, act: Act, draft: Draft) -> Ended:
    """Kết thúc ứng phó, with a result; its pages fall silent and whoever had a part is told."""
    incident = tx.incidents.get(draft.about)
    act.require(Verb.CLOSE, incident)
    if incident.state == "closed":
        raise Closed(incident.id, number=incident.id)
    tx.incidents.save(replace(incident, state="closed", closed_at=act.at))
    tx.pages.close_all(incident.id)
    tx.record(f"incident/{incident.id}", "incident.closed", **draft.answers)
    phases.ended(tx, act, incident)
    _tell_all(tx, act, incident, "incident.closed", {"result": draft.answers["result"]})
    return Ended(brief(tx, tx.incidents.get(incident.id)), reopened=False)


def begin_reopen(tx: Transaction, act: Act, number: int) -> Draft:
    incident = _visible(tx, act, number)
    act.require(Verb.REOPEN, incident)
    if incident.state == "open":
        raise Outdated(number, chain=f"incident/{number}")
    return open_form(tx, act, REOPEN, number, context=_about(incident))


def reopen(tx: Transaction, act: Act, draft: Draft) -> Ended:
    """Mở lại, with a reason: it is paged again as its verdict demands."""
    incident = tx.incidents.get(draft.about)
    act.require(Verb.REOPEN, incident)
    if incident.state == "open":
        raise Outdated(incident.id)
    tx.incidents.save(replace(incident, state="open", lead_id=0, closed_at=None))
    incident = tx.incidents.get(incident.id)
    tx.record(f"incident/{incident.id}", "incident.reopened", **draft.answers)
    needs = incident.standing.needs_response
    if needs is not Needs.NO:
        paging.raise_page(tx, act, incident, "respond" if needs is Needs.YES else "verify")
    _tell_all(tx, act, incident, "incident.reopened", {"why": draft.answers["why"]})
    return Ended(brief(tx, tx.incidents.get(incident.id)), reopened=True)


def _is_false(tx: Transaction, incident: Incident) -> bool:
    """Whoever verified it has found that it is none (báo nhầm)."""
    return any(task.result == "false_alarm" for task in tx.tasks.of(incident.id))


def _visible(tx: Transaction, act: Act, number: int) -> Incident:
    incident = tx.incidents.get(number)
    act.require(Verb.SEE, incident)
    return incident


def _about(incident: Incident) -> dict[str, object]:
    return {"number": incident.id, "secret": incident.is_secret}


def _tell_all(
    tx: Transaction, act: Act, incident: Incident, kind: str, facts: dict[str, str]
) -> None:
    """Who reported it, who had it, the duty officers, and the leaders who were asked."""
    concerned = {incident.reporter_id, incident.lead_id}
    concerned |= {person.id for person in duties(tx, incident)}
    leaders = standing_in.leaders(tx, (incident.unit,))
    concerned |= {person.id for person in leaders}
    about = {**facts, "by": act.person.name}
    tx.notices.add(
        (
            Notice(kind, to=who, incident=incident.id, facts=about)
            for who in sorted(concerned - {0, *act.person.ids})
        ),
        act.at,
    )
    tx.cards.want_again("incident", incident.id, loud=True)
