"""What is said of a handover: when it is asked, while it waits, when it is forgotten."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.duty import spans
from bot.domain.handover import Handover, forgotten
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import Act, Person, Role, Verb
from bot.services.accounts import keepers
from bot.services.ports.store import Transaction
from bot.services.telling import duties

LOOKED_BACK = timedelta(hours=1)  # at what has changed hands


def ask(tx: Transaction, act: Act, handover: Handover) -> None:
    """The receiver, with what is open and the giver's words."""
    tell(tx, act, handover, "handover.asked", {handover.to_id})


def remind(tx: Transaction, act: Act) -> int:
    """Part of a sweep that has asked the gate: after 10 minutes both are reminded, after 30 who
    leads is told, after 12 hours it lapses; at once where there is nothing to hand over any more.
    Of how many something was said."""
    said = 0
    for handover in tx.handovers.waiting():
        due = handover.due(act.at) if stands(tx, handover) else "cancelled"
        if due is None:
            continue
        said += 1
        both = {handover.from_id, handover.to_id}
        if due in ("lapsed", "cancelled"):
            after = handover.settled(due, act.at)
            tell(tx, act, after, "handover.settled", both)
        else:
            after = handover.reminded(act.at)
            tell(tx, act, after, "handover.waits", both)
            if due == "late":
                tell(tx, act, after, "handover.late", _above(tx, handover) - both)
        tx.handovers.save(after)
        write_down(tx, after, due)
    return said


def remind_forgotten(tx: Transaction, act: Act) -> int:
    """A sweep's whole work: a shift has ended while incidents are open, and nobody has handed
    anything over. Whoever went off and whoever came on are reminded, once."""
    act.require(Verb.SWEEP)
    book = tx.rosters.book(act.at - LOOKED_BACK, act.at)
    said = 0
    for roster in (one for one in book.rosters if one.role == Role.DUTY):
        line = spans(book, roster, act.at - LOOKED_BACK, act.at + timedelta(seconds=1))
        change = forgotten(line, act.at)
        if change is None:
            continue
        off, on = change
        name, ended = f"handover/{roster.id}", off.ends.isoformat()
        mark = tx.marks.get(name)
        if mark is not None and mark.value == ended:
            continue
        tx.marks.set(name, ended, act.at)
        handed = tx.handovers.since(roster.id, off.ends - LOOKED_BACK)
        incidents = tx.incidents.open_in((roster.unit,))
        people = tx.people.named((off.person_id, on.person_id))
        told = [] if handed or not incidents else [off.person_id, on.person_id]
        facts = {
            "head": roster.name,
            "giver": people[off.person_id].name,
            "receiver": people[on.person_id].name,
            "at": ended,
            "open": len(incidents),
        }
        notices = [
            Notice("handover.forgotten", to=who, facts={**facts, "gives": who == off.person_id})
            for who in told
        ]
        tx.notices.add(notices, act.at)
        tx.record(f"roster/{roster.id}", "shift.changed", **facts, told=bool(told))
        said += bool(told)
    return said


def stands(tx: Transaction, handover: Handover) -> bool:
    """The lead of an incident can be taken over while it is the giver's, or nobody's any more."""
    if not handover.incident_id:
        return True
    incident = tx.incidents.get(handover.incident_id)
    return incident.state == "open" and incident.lead_id in (handover.from_id, 0)


def about(tx: Transaction, handover: Handover) -> tuple[str, Sequence[Incident]]:
    """The roster's name, or of an incident its number ("" for a shift), and what is open."""
    if handover.incident_id:
        incident = tx.incidents.get(handover.incident_id)
        return "", [incident] if incident.state == "open" else []
    roster = tx.rosters.book(tx.at, tx.at).roster(handover.roster)
    if roster is None:
        return handover.roster, []
    return roster.name, tx.incidents.open_in((roster.unit,))


def standing(tx: Transaction, incidents: Sequence[Incident]) -> list[list[object]]:
    """Of each open incident: its number, or the code alone of a secret one, who leads it, how many
    tasks run and are blocked, and what is due next (ISO, or "")."""
    leads = tx.people.named({one.lead_id for one in incidents} - {0})
    rows: list[list[object]] = []
    for incident in incidents:
        tasks = [task for task in tx.tasks.of(incident.id) if task.runs and not task.confidential]
        due = [task.due_at for task in tasks if task.due_at]
        due += [one.due_at for one in tx.clocks.of(incident.id) if one.runs and one.due_at]
        lead = leads.get(incident.lead_id)
        rows.append(
            [
                "" if incident.is_secret else incident.id,
                incident.code,
                lead.name if lead else "",
                len(tasks),
                sum(task.state == "blocked" for task in tasks),
                min(due).isoformat() if due else "",
            ]
        )
    return rows


def facts(tx: Transaction, handover: Handover) -> dict[str, object]:
    people = tx.people.named((handover.from_id, handover.to_id))
    giver, receiver = people[handover.from_id], people[handover.to_id]
    head, incidents = about(tx, handover)
    secret = bool(handover.incident_id) and any(one.is_secret for one in incidents)
    return {
        "handover": handover.id,
        "state_now": handover.state,
        "head": head,
        "number": 0 if secret else handover.incident_id,
        "code": incidents[0].code if handover.incident_id and incidents else "",
        "giver": giver.name,
        "giver_id": giver.id,
        "giver_phone": giver.phone,
        "receiver": receiver.name,
        "receiver_phone": receiver.phone,
        "words": "" if secret else handover.summary,
        "state": standing(tx, incidents),
        "at": handover.asked_at.isoformat(),
    }


def tell(tx: Transaction, act: Act, handover: Handover, kind: str, told: set[int]) -> None:
    said = facts(tx, handover)
    number = handover.incident_id or None
    notices = (
        Notice(kind, to=who, incident=number, facts={**said, "to": who}) for who in sorted(told)
    )
    tx.notices.add(notices, act.at)


def tell_of_new_lead(tx: Transaction, act: Act, incident: Incident, lead: Person) -> None:
    """The reporter gets the new name and number; the duty officers read it."""
    taken = {"by": lead.name, "phone": lead.phone, "at": act.at.isoformat()}
    number, waits = incident.id, 0 if incident.source else incident.reporter_id
    notices = []
    if waits not in (0, lead.id):
        notices.append(Notice("page.taken_reporter", waits, incident=number, facts=taken))
    notices += [
        Notice("page.taken", one.id, incident=number, facts=taken, urgency="quiet")
        for one in duties(tx, incident)
        if one.id not in (waits, lead.id)
    ]
    tx.notices.add(notices, act.at)


def write_down(tx: Transaction, handover: Handover, due: str = "") -> None:
    """What became of it; `due`: what the clockwork has found."""
    people = tx.people.named((handover.from_id, handover.to_id))
    giver, receiver = people[handover.from_id].name, people[handover.to_id].name
    chain = f"roster/{handover.roster}"
    if handover.incident_id:
        chain = f"incident/{handover.incident_id}"
    names = {"giver": giver, "to": receiver}
    match due or handover.state:
        case "asked":
            tx.record(chain, "handover.asked", **names, words=handover.summary)
        case "accepted":
            tx.record(chain, "handover.accepted", **names)
        case "refused":
            tx.record(chain, "handover.refused", **names)
        case "cancelled":
            tx.record(chain, "handover.cancelled", **names)
        case "lapsed":
            tx.record(chain, "handover.lapsed", **names)
        case "late":
            tx.record(chain, "handover.late", **names)
        case _:
            tx.record(chain, "handover.waits", **names)


def _above(tx: Transaction, handover: Handover) -> set[int]:
    """The leaders of the roster's unit, or of the incident's; where there are none, whoever keeps
    the program."""
    roster = tx.rosters.book(tx.at, tx.at).roster(handover.roster)
    units = [roster.unit] if roster else []
    if handover.incident_id:
        units = [tx.incidents.get(handover.incident_id).unit]
    leaders = tx.people.holding((Role.LEADER,), units) if units else ()
    return {one.id for one in leaders or keepers(tx)}
