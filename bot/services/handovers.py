"""Bàn giao (/bangiao): a shift, or the lead of one incident, to somebody who accepts it.

Until they have, it stays with whoever hands it over (`shifts` asks what waits here).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.duty import Book, Roster, Shift, on_duty, spans
from bot.domain.duty_forms import AS_IT_STANDS, HANDOVER, HANDOVER_LEAD, TASKS_GO, TASKS_STAY
from bot.domain.errors import Closed, NobodyThere, NoShift, NothingAsked, Outdated
from bot.domain.escalation import Page
from bot.domain.form import Draft
from bot.domain.handover import LOOKED_BACK, Handover, State
from bot.domain.incident import Incident
from bot.domain.people import DOERS, Act, Person, Role, Verb
from bot.domain.task import Task
from bot.services import calling, handover_notices, paging, standing_in, still
from bot.services.drafting import open_form
from bot.services.duty_outcomes import HandoverShown, Side
from bot.services.handover_notices import about, standing, stands, tell
from bot.services.opening import keep
from bot.services.ports.store import Transaction
from bot.services.swaps import BEYOND, candidates
from bot.services.telling import duties


def begin(tx: Transaction, act: Act, number: int | None = None) -> Draft:
    """/bangiao, /bangiao 12."""
    return begin_shift(tx, act) if number is None else begin_lead(tx, act, number)


def begin_shift(tx: Transaction, act: Act) -> Draft:
    """NoShift: neither on duty now nor until lately. NobodyThere: nobody could take it."""
    act.require(Verb.HAND_OVER)
    book, roster = _own_roster(tx, act)
    people = _next(tx, act, book, roster)
    if not people:
        raise NobodyThere
    context = {
        "roster": roster.id,
        "name": roster.name,
        "receivers": [[str(one.id), one.name] for one in people],
        "state": standing(tx, tx.incidents.open_in((roster.unit,))),
    }
    return open_form(tx, act, HANDOVER, context=context)


def begin_lead(tx: Transaction, act: Act, number: int) -> Draft:
    """By whoever leads the response. NobodyThere: nobody else can be told."""
    incident = tx.incidents.get(number)
    act.require(Verb.HAND_OVER, incident)
    if incident.state == "closed":
        raise Closed(number, number=number)
    people = _doers(tx, act, incident)
    if not people:
        raise NobodyThere
    own = _in_hand(tx, incident, incident.lead_id)
    context = {
        "number": number,
        "code": incident.code,
        "secret": incident.is_secret,
        "receivers": [[str(one.id), one.name] for one in people],
        "tasks_choice": [[TASKS_GO, ""], [TASKS_STAY, ""]] if own else [],
        "tasks": [task.code for task in own],
        "state": standing(tx, [incident]),
    }
    return open_form(tx, act, HANDOVER_LEAD, number, context=context)


def hand_shift(tx: Transaction, act: Act, draft: Draft) -> HandoverShown:
    """The next person is asked; until they accept, what is sent goes on to the one before."""
    act.require(Verb.HAND_OVER)
    book, roster = _own_roster(tx, act)
    if roster.id != draft.context["roster"]:
        raise Outdated(draft.id)
    receiver = _chosen(_next(tx, act, book, roster), draft)
    for before in tx.handovers.waiting():
        if before.roster == roster.id:
            _settle(tx, act, before, "cancelled")
    words = _words(draft)
    asked = Handover(0, roster.id, act.person.id, receiver.id, words, act.at)
    return _ask(tx, act, asked)


def hand_lead(tx: Transaction, act: Act, draft: Draft) -> HandoverShown:
    """Of a secret incident without a word of anybody's (P6)."""
    incident = tx.incidents.get(draft.about)
    act.require(Verb.HAND_OVER, incident)
    if incident.state == "closed":
        raise Closed(incident.id, number=incident.id)
    receiver = _chosen(_doers(tx, act, incident), draft)
    for before in tx.handovers.waiting():
        if before.incident_id == incident.id:
            _settle(tx, act, before, "cancelled")
    words = "" if incident.is_secret else _words(draft)
    goes = draft.answers.get("with_tasks") == TASKS_GO
    asked = Handover(0, "", act.person.id, receiver.id, words, act.at, incident.id, goes)
    return _ask(tx, act, asked)


def accept(tx: Transaction, act: Act, number: int | None = None) -> HandoverShown:
    """Nhận bàn giao: from now on it is theirs."""
    handover = _asked(tx, act, number)
    act.require(Verb.TAKE_OVER, handover)
    if not handover.waits:
        return _shown(tx, act, handover)
    if handover.incident_id:
        incident = tx.incidents.get(handover.incident_id)
        if not stands(tx, handover):
            return _shown(tx, act, _settle(tx, act, handover, "cancelled"))
        accepted = _settle(tx, act, handover, "accepted")
        _take_lead(tx, act, accepted, incident)
    else:
        accepted = _settle(tx, act, handover, "accepted")
        _take_shift(tx, act, accepted)
    return _shown(tx, act, accepted)


def refuse(tx: Transaction, act: Act, number: int | None = None) -> HandoverShown:
    """Chưa nhận được: it stays where it is, and whoever handed it over hears so at once."""
    handover = _asked(tx, act, number)
    act.require(Verb.TAKE_OVER, handover)
    if not handover.waits:
        return _shown(tx, act, handover)
    return _shown(tx, act, _settle(tx, act, handover, "refused"))


def _ask(tx: Transaction, act: Act, asked: Handover) -> HandoverShown:
    handover = tx.handovers.add(asked)
    handover_notices.write_down(tx, handover)
    handover_notices.ask(tx, act, handover)
    return _shown(tx, act, handover)


def _settle(tx: Transaction, act: Act, handover: Handover, state: State) -> Handover:
    settled = handover.settled(state, act.at)
    tx.handovers.save(settled)
    handover_notices.write_down(tx, settled)
    tell(tx, act, settled, "handover.settled", {settled.from_id, settled.to_id} - act.person.ids)
    return settled


def _take_shift(tx: Transaction, act: Act, handover: Handover) -> None:
    """Where the roster names somebody else now, the new person stands in until it changes."""
    book = tx.rosters.book(act.at, act.at + BEYOND)
    roster = book.roster(handover.roster)
    if roster is None:
        return
    span = spans(book, roster, act.at, act.at + BEYOND)[0]
    if span.person_id != handover.to_id:
        shift = Shift(0, roster.id, handover.to_id, span.begins, span.ends, "cover")
        shift = replace(shift, instead_of=span.person_id, why=f"handover/{handover.id}")
        tx.rosters.add_shift(shift, act.person.id, act.at)
    for incident in tx.incidents.open_in((roster.unit,)):
        tx.cards.want_again("incident", incident.id)


def _take_lead(tx: Transaction, act: Act, handover: Handover, incident: Incident) -> None:
    """The lead, the acknowledgement of the page and, where it was said so, what runs."""
    receiver = tx.people.get(handover.to_id)
    tx.incidents.save(replace(incident, lead_id=receiver.id))
    page = tx.pages.of(incident.id)
    said = page is not None and page.kind == "respond" and _take_page(tx, act, handover, page)
    for task in _in_hand(tx, incident, handover.from_id) if handover.with_tasks else ():
        given = task.handed_to(receiver.id, handover.from_id, act.at)
        keep(tx, incident, given.taken_by(receiver.id, act.at))
    if not said:
        handover_notices.tell_of_new_lead(tx, act, incident, receiver)
    tx.cards.want_again("incident", incident.id, loud=True)


def _take_page(tx: Transaction, act: Act, handover: Handover, page: Page) -> bool:
    """Given up meanwhile by whoever handed it over, it is taken as if it had called; True: so
    everybody concerned has been told."""
    receiver = tx.people.get(handover.to_id)
    if handover.from_id not in page.acknowledged:
        return paging.take_over(tx, act, page, receiver)
    incident = tx.incidents.get(page.incident_id)
    after = page.handed_over(handover.from_id, receiver.id)
    if handover.from_id not in after.acknowledged:
        tx.pages.given_back(page, handover.from_id)
    if receiver.id not in page.acknowledged:
        next_at = still.looked_at(tx, incident, page, act.at)
        tx.pages.acknowledged(page, receiver.id, act.at, next_at)
    if after.waits != page.waits:
        tx.pages.save(after)
        calling.over(tx, act, incident, after)
    return False


def _own_roster(tx: Transaction, act: Act) -> tuple[Book, Roster]:
    """The first roster of duty officers on which this person is, or was until lately."""
    book = tx.rosters.book(act.at - LOOKED_BACK, act.at + BEYOND)
    for roster in (one for one in book.rosters if one.role == Role.DUTY):
        waiting = [one for one in tx.handovers.waiting() if one.roster == roster.id]
        keeps = any(one.from_id in act.person.ids and one.holds_at(act.at) for one in waiting)
        now = on_duty(book, roster, act.at).person_id
        lately = spans(book, roster, act.at - LOOKED_BACK, act.at)
        if keeps or now in act.person.ids or any(s.person_id in act.person.ids for s in lately):
            return book, roster
    raise NoShift


def _next(tx: Transaction, act: Act, book: Book, roster: Roster) -> list[Person]:
    """Whoever has the next shift first, then the others who could take it."""
    line = spans(book, roster, act.at, act.at + BEYOND)
    ahead = [one.person_id for one in line if one.person_id not in {0, *act.person.ids}]
    people = candidates(tx, book, roster, on_duty(book, roster, act.at), act.person)
    return sorted(people, key=lambda one: one.id not in ahead[:1])


def _doers(tx: Transaction, act: Act, incident: Incident) -> list[Person]:
    """Those of the lead units in their order, then the duty officers; who can be told and is
    there."""
    doers = standing_in.there(tx, tx.people.holding(DOERS, incident.lead_units))
    found = {one.id: one for one in (*doers, *duties(tx, incident))}
    absent = tx.people.absent(found, for_a_page=False)
    away = tx.rosters.away(act.at)
    left_out = {*act.person.ids, incident.lead_id, *absent, *away}
    return [one for who, one in found.items() if who not in left_out]


def _in_hand(tx: Transaction, incident: Incident, who: int) -> list[Task]:
    held = tx.tasks.held_by(who) if who else ()
    ours = (task for task in held if task.incident_id == incident.id and task.runs)
    return [task for task in ours if task.kind != "call" and not task.confidential]


def _chosen(people: Sequence[Person], draft: Draft) -> Person:
    """Outdated: whoever was chosen cannot take it any more."""
    for person in people:
        if str(person.id) == draft.answers["receiver"]:
            return person
    raise Outdated(draft.id)


def _words(draft: Draft) -> str:
    said = draft.answers.get("summary", "")
    return "" if said == AS_IT_STANDS else said


def _asked(tx: Transaction, act: Act, number: int | None) -> Handover:
    """By its number; without one, the only one that waits for this person."""
    if number is not None:
        return tx.handovers.get(number)
    waiting = tx.handovers.waiting_for(act.person.ids)
    if len(waiting) != 1:
        act.require(Verb.HAND_OVER)
        raise NothingAsked(act.chat)
    return waiting[0]


def _shown(tx: Transaction, act: Act, handover: Handover) -> HandoverShown:
    people: Mapping[int, Any] = tx.people.named((handover.from_id, handover.to_id))
    reader: Side = "receiver" if handover.to_id in act.person.ids else "giver"
    head, incidents = about(tx, handover)
    giver, receiver = people[handover.from_id], people[handover.to_id]
    return HandoverShown(handover, giver, receiver, reader, head, standing(tx, incidents))
