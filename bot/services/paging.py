"""Use cases of pages (tin khẩn): raised, said again and passed on by a sweep, taken, given back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.errors import Outdated
from bot.domain.escalation import Call, Exhausted, Kind, Page
from bot.domain.incident import Incident
from bot.domain.notice import Card, Notice
from bot.domain.people import Act, Person, Verb
from bot.services import calling, phases, still
from bot.services.briefing import brief, said, unit_name
from bot.services.climbing import (
    everybody_of,
    here_of,
    is_deserted,
    loud,
    step_of,
    turns,
)
from bot.services.handover_notices import tell_of_new_lead
from bot.services.ladders import ladder_for
from bot.services.outcomes import AskedBack, PassedOn, Taken
from bot.services.ports.store import Transaction
from bot.services.recognising import guesses
from bot.services.telling import agency_of, duties, rooms


def raise_page(tx: Transaction, act: Act, incident: Incident, kind: Kind) -> None:
    """Begun with the ladder as it is now, and told to the first of it."""
    files_it = bool(incident.source) and act.person.id == incident.reporter_id  # knows it already
    ladder = ladder_for(tx, incident, kind, act.at, act.person.ids if files_it else ())
    page = tx.pages.add(
        Page(
            id=0,
            incident_id=incident.id,
            kind=kind,
            ladder=ladder.rungs,
            began_at=act.at,
            due_at=act.at,
            units=incident.lead_units if kind == "respond" else incident.scope,
            teams=ladder.teams,
            serious=incident.standing.is_serious,
        )
    )
    names = tx.people.named({who for rung in ladder.rungs for who in rung.person_ids})
    chain = f"incident/{incident.id}"
    order = [[names[who].name for who in rung.person_ids] for rung in ladder.rungs]
    tx.record(chain, "page.raised", page=page.id, purpose=kind, order=order)
    if ladder.deserted:
        tx.record(chain, "page.deserted", page=page.id, units=_units(tx, ladder.deserted))
    climb(tx, act, page)


def take(tx: Transaction, act: Act, page_id: int) -> Taken:
    """The first who says so has it (tiếp nhận xử lý); whoever comes later is shown who."""
    page = tx.pages.get(page_id)
    act.require(Verb.ACKNOWLEDGE, page)
    taken = page.acknowledge(act.person.id)
    if taken == page:
        return _as_it_is(tx, act, page)
    tx.record(f"incident/{page.incident_id}", "page.acknowledged", page=page.id, purpose=page.kind)
    incident = _taken(tx, act, taken, act.person)
    now = brief(tx, tx.incidents.get(incident.id))
    minutes = tx.plans.of(incident).paging.verify_minutes
    until = act.at + timedelta(minutes=minutes) if page.kind == "verify" else None
    likely = () if incident.scenario else guesses(tx, incident)
    shown = Taken(now, taken, act.person, act.at, mine=True, first=True, until=until)
    return replace(shown, likely=likely)


def take_for(tx: Transaction, act: Act, page: Page, who: Person) -> None:
    """Somebody has said on the telephone that they take it; asked for by the call's task."""
    taken = page.acknowledge(who.id)
    if taken != page:
        facts = {"page": page.id, "purpose": page.kind, "who": who.name}
        tx.record(f"incident/{page.incident_id}", "page.acknowledged_by_phone", **facts)
        _taken(tx, act, taken, who)


def take_over(tx: Transaction, act: Act, page: Page, who: Person) -> bool:
    """Nobody has it any more, and whoever it was to be handed to takes it; the handover has asked
    the gate. False: it waits for nobody."""
    taken = page.acknowledge(who.id)
    if taken != page:
        facts = {"page": page.id, "purpose": page.kind}
        tx.record(f"incident/{page.incident_id}", "page.acknowledged", **facts)
        _taken(tx, act, taken, who)
    return taken != page


def pass_on(tx: Transaction, act: Act, page_id: int) -> PassedOn | Taken:
    """Chuyển người khác: no shame in it; the next is told at once."""
    page = tx.pages.get(page_id)
    act.require(Verb.PASS_ON, page)
    if not page.waits or act.person.id in page.acknowledged:
        asked = any(one.id == page.id for one in tx.pages.asked_of([act.person.id]))
        return give_back(tx, act, page_id) if asked else _as_it_is(tx, act, page)
    tx.record(f"incident/{page.incident_id}", "page.passed_on", page=page.id)
    if not act.person.ids & set(here_of(page)):  # the next has been told: nobody is passed over
        return _told_now(tx, page, here_of(page), gave_back=False)
    return _next_told(tx, act, page.hurried(act.at), gave_back=False)


def give_back(tx: Transaction, act: Act, page_id: int) -> PassedOn:
    """Trả lại: it was taken by mistake; whoever comes next is told at once."""
    page = tx.pages.get(page_id)
    act.require(Verb.RETURN, page)
    returned = page.give_back(act.person.id, act.at)
    if returned == page:
        raise Outdated(page_id)
    tx.pages.given_back(page, act.person.id)
    incident = tx.incidents.get(page.incident_id)
    tx.record(f"incident/{incident.id}", "page.given_back", page=page.id)
    led_on = _led_on(tx, act, returned, incident, act.person)
    if returned.waits and not led_on and incident.reporter_id != act.person.id:
        facts = {"by": act.person.name}
        told = Notice("page.returned", incident.reporter_id, None, incident.id, page.id, facts)
        tx.notices.add([told], act.at)
    return _next_told(tx, act, returned, gave_back=True)


def not_verified(tx: Transaction, act: Act, page: Page, holder: int) -> None:
    """Who took it to verify has not said what came of it: the order of telling goes on."""
    tx.pages.given_back(page, holder)
    who = tx.people.get(holder).name
    tx.record(f"incident/{page.incident_id}", "page.not_verified", page=page.id, who=[who])
    climb(tx, act, page.give_back(holder, act.at))


def not_alive(tx: Transaction, act: Act, page: Page, holder: Person) -> None:
    """Asked "vẫn đang xử lý?", whoever has it has not answered: the order of telling goes on."""
    tx.pages.given_back(page, holder.id)
    incident = tx.incidents.get(page.incident_id)
    left = page.give_back(holder.id, act.at)
    tx.record(f"incident/{incident.id}", "page.not_alive", page=page.id, who=[holder.name])
    _led_on(tx, act, left, incident, holder)
    _next_told(tx, act, left, gave_back=True)


def _led_on(tx: Transaction, act: Act, left: Page, incident: Incident, before: Person) -> bool:
    """Whoever else has acknowledged leads from now on and hears so, and so does the reporter."""
    if left.kind != "respond" or incident.lead_id != before.id:
        return False
    lead_id = next(iter(left.acknowledged), 0)
    tx.incidents.save(replace(incident, lead_id=lead_id))
    if lead_id:
        told = Notice("page.leads", lead_id, None, incident.id, left.id, {"by": before.name})
        tx.notices.add([told], act.at)
        tell_of_new_lead(tx, act, incident, tx.people.get(lead_id))
    return bool(lead_id)


def next_of(tx: Transaction, act: Act, page: Page, holder: Person) -> Sequence[Person]:
    """Who would be told if this person gave it back now; empty: everybody, loudly."""
    left = page.give_back(holder.id, act.at)
    said_now = step_of(tx, tx.incidents.get(left.incident_id), left, act.at).saying
    names = tx.people.named(said_now.person_ids) if isinstance(said_now, Call) else {}
    return tuple(names.values())


def ask_back(tx: Transaction, act: Act, page: Page) -> AskedBack:
    """ "Ok", "rõ", "đã xem": asked once more, and the order of telling goes on."""
    act.require(Verb.ACKNOWLEDGE, page)
    tx.record(f"incident/{page.incident_id}", "page.seen", page=page.id)
    return AskedBack(brief(tx, tx.incidents.get(page.incident_id)), page)


def hurry(tx: Transaction, act: Act, page: Page) -> None:
    """The next in the order is told now; asked for by an escalation, which has asked the gate."""
    climb(tx, act, page.hurried(act.at))


def turned_serious(tx: Transaction, act: Act, page: Page) -> None:
    """Nghiêm trọng only now, by a verdict that has asked the gate: the backup is told at once, and
    no quiet hours hold any more."""
    after = page.turned_serious(act.at)
    if page.waits and after != page:
        climb(tx, act, after)
    elif not page.closed and after != page:
        tx.pages.save(after)


def unreached(tx: Transaction, act: Act, page_id: int, person: Person) -> None:
    """A page did not get through for good: nobody waits for who cannot have heard it."""
    act.require(Verb.SWEEP)
    page = tx.pages.get(page_id)
    here = here_of(page)
    if page.waits and person.id in here and _leaves_nobody(tx, page, here):
        climb(tx, act, page.hurried(act.at))


def _leaves_nobody(tx: Transaction, page: Page, here: Sequence[int]) -> bool:
    """Whoever is being told now cannot be reached, but for the duty officer beside them."""
    incident = tx.incidents.get(page.incident_id)
    return is_deserted(tx, incident, page, tx.people.absent(here))


def _next_told(tx: Transaction, act: Act, page: Page, gave_back: bool) -> PassedOn:
    if not page.waits:
        tx.cards.want_again("incident", page.incident_id)
        names = tx.people.named(page.acknowledged)
        kept = tuple(names[who] for who in page.acknowledged)
        return replace(_told_now(tx, page, (), gave_back), kept=kept)
    page, said_now = climb(tx, act, page)
    tx.cards.want_again("incident", page.incident_id)
    next_ids = said_now.person_ids if isinstance(said_now, Call) else ()
    return _told_now(tx, page, next_ids, gave_back)


def _told_now(tx: Transaction, page: Page, who: Sequence[int], gave_back: bool) -> PassedOn:
    names = tx.people.named(who)
    now = brief(tx, tx.incidents.get(page.incident_id))
    return PassedOn(now, tuple(names[one] for one in who), gave_back)


def climb(tx: Transaction, act: Act, page: Page) -> tuple[Page, Call | Exhausted | None]:
    """The ladder goes on, if it is time: whoever comes next is told, or everybody loudly."""
    step = step_of(tx, tx.incidents.get(page.incident_id), page, act.at)
    climbed, saying, absent = step.page, step.saying, step.absent
    everybody = everybody_of(page)
    chain = f"incident/{page.incident_id}"
    if saying is None:  # it is not due, or not any more: nothing has changed
        return climbed, None
    _say_who_was_passed(tx, page, climbed, absent)
    if page.rung >= 0 and (climbed.rung != page.rung or isinstance(saying, Exhausted)):
        about = tx.incidents.get(page.incident_id)
        answered = page.done | act.person.ids  # who passes it on has answered, too
        spared = answered | (step.hushed - page.called)
        missed = [who for who in page.ladder[page.rung].person_ids if who not in spared]
        calling.wanted(tx, act, about, page, missed)
    tx.pages.save(climbed)
    names = {who: person.name for who, person in tx.people.named(everybody).items()}
    if isinstance(saying, Call):
        tx.pages.called(climbed, saying, act.at)
        facts: dict[str, object] = {
            "count": saying.heard,
            "next": [names[who] for who in saying.next_ids],
            "next_at": saying.next_at.isoformat(),
        }
        calls = Notice(f"page.{page.kind}", None, None, page.incident_id, page.id, facts, "page")
        its_turns = turns(tx, climbed, saying, act.at)
        tx.notices.add(
            (
                replace(calls, to=who, facts={**facts, "turn": turn})
                for who in saying.person_ids
                for turn in its_turns[who]
            ),
            act.at,
        )
        told = [names[who] for who in saying.person_ids]
        tx.record(chain, "page.called", page=page.id, count=saying.count, to=told)
    else:
        _cry(tx, act, climbed, saying, absent, names)
        tx.cards.want_again("incident", page.incident_id)  # a call's delivery wants it
    return climbed, saying


def _cry(
    tx: Transaction,
    act: Act,
    page: Page,
    saying: Exhausted,
    absent: frozenset[int],
    names: dict[int, str],
) -> None:
    """Nobody answered, or nobody is there: loudly to the room and to whoever can still act."""
    incident = tx.incidents.get(page.incident_id)
    everybody = tx.people.named(names.keys() - page.done)
    hearing = loud(tx, incident, page, absent)
    groups = rooms(tx, incident)
    minutes = int((act.at - page.began_at).total_seconds() // 60)
    facts: dict[str, object] = {
        "minutes": minutes,
        "round": saying.round,
        "turn": saying.round,
        "told": [names[who] for who in everybody if who in page.called],
        "missed": [names[who] for who in everybody if who in absent],
        "patience": int(page.ladder[-1].wait.total_seconds() // 60) if page.ladder else 5,
    }
    phones = {"phones": said(p for who, p in everybody.items() if p.phone)}
    said_loud = Notice(
        f"page.nobody_{page.kind}",
        incident=page.incident_id,
        page=page.id,
        facts=facts,
        urgency="page",
    )
    tx.notices.add((replace(said_loud, chat=room.address) for room in groups), act.at)
    private = replace(said_loud, facts={**facts, **phones})  # telephone numbers: never in a room
    tx.notices.add((replace(private, to=person.id) for person in hearing), act.at)
    tx.record(
        f"incident/{page.incident_id}",
        "page.exhausted",
        page=page.id,
        round=saying.round,
        on_duty=bool(duties(tx, incident)),
        to=[person.name for person in hearing],
        rooms=len(groups),
    )


def _say_who_was_passed(tx: Transaction, page: Page, climbed: Page, absent: frozenset[int]) -> None:
    """Who stood in the order and could not be told is in the log by name."""
    until = len(page.ladder) - 1 if climbed.rung < 0 else climbed.rung
    passed = [who for rung in page.ladder[page.rung + 1 : until + 1] for who in rung.person_ids]
    missed = sorted({who for who in passed if who in absent})
    if missed:
        names = tx.people.named(missed)
        tx.record(
            f"incident/{page.incident_id}",
            "page.unreachable",
            page=page.id,
            who=[names[one].name for one in missed],
        )


def _as_it_is(tx: Transaction, act: Act, page: Page) -> Taken:
    """Nothing changes: who has it is said."""
    incident = tx.incidents.get(page.incident_id)
    last = page.acknowledged[-1] if page.acknowledged else 0
    by = tx.people.named({last}).get(last) if last else None
    mine = act.person.id in page.acknowledged
    when = tx.pages.acknowledged_at(page, last) if last else None
    return Taken(brief(tx, incident), page, by, when, mine, first=False)


def _taken(tx: Transaction, act: Act, page: Page, who: Person) -> Incident:
    """`page` as it is now: the response has somebody who leads it, and the plan begins."""
    tx.pages.save(page)
    incident = tx.incidents.get(page.incident_id)
    next_at = still.looked_at(tx, incident, page, act.at)
    tx.pages.acknowledged(page, who.id, act.at, next_at)
    taken = replace(incident, taken_at=incident.taken_at or act.at)
    if page.kind == "respond" and page.acknowledged[0] == who.id:
        taken = replace(taken, lead_id=who.id)
    _tell_taken(tx, act, incident, page, who)
    if taken != incident:
        tx.incidents.save(taken)
        incident = tx.incidents.get(incident.id)
    calling.over(tx, act, incident, page)
    if page.kind == "respond":
        phases.started(tx, act, incident)
    tx.cards.want_again("incident", incident.id, loud=True)
    return tx.incidents.get(incident.id)


def _tell_taken(tx: Transaction, act: Act, incident: Incident, page: Page, who: Person) -> None:
    """`incident`: as it was before. Who has led it until now hears who leads it now."""
    facts = {"by": who.name, "phone": who.phone, "at": act.at.isoformat()}
    quiet = {one.id for one in duties(tx, incident)} | set(page.called) | {incident.reporter_id}
    quiet |= {incident.lead_id} - {0, who.id}
    waits = 0 if incident.source else incident.reporter_id  # to be called back
    quiet -= {*act.person.ids, waits}
    notices = [
        Notice("page.taken", one, None, incident.id, page.id, facts, "quiet")
        for one in sorted(quiet)
    ]
    if page.kind == "respond" and waits not in (0, act.person.id):
        told = Notice("page.taken_reporter", waits, None, incident.id, page.id, facts)
        notices.append(told)
    tx.notices.add(notices, act.at)


def want_cards(tx: Transaction, incident: Incident) -> None:
    """The incident's card in each room of the response team."""
    tx.cards.want(Card(room.address, "incident", incident.id) for room in rooms(tx, incident))


def _units(tx: Transaction, units: Sequence[str]) -> list[str]:
    agency = agency_of(tx)
    return [unit_name(agency, unit) for unit in units]
