"""What was taken up, or asked of a leader, and not finished in the time that the plan gives it."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.direction import PATIENCE
from bot.domain.notice import Notice
from bot.domain.people import Act, Verb
from bot.services import (
    clocks,
    handover_notices,
    holding_on,
    paging,
    supporting,
    swaps,
    task_reminders,
)
from bot.services.ports.store import Transaction
from bot.services.telling import duties


def remind_due(tx: Transaction, act: Act) -> int:
    """A sweep's whole work: how many pages were told again, how many leaders found silent."""
    act.require(Verb.SWEEP)
    silent = _not_verified(tx, act) + _not_answered(tx, act) + _not_confirmed(tx, act)
    silent += holding_on.ask_due(tx, act)
    silent += swaps.lapse(tx, act) + handover_notices.remind(tx, act)
    silent += supporting.remind(tx, act)
    return silent + task_reminders.remind(tx, act) + clocks.remind(tx, act)


def _not_verified(tx: Transaction, act: Act) -> int:
    """Taken to be verified (xác minh trước) and still chưa rõ: whoever comes next is told."""
    told = 0
    for page in tx.pages.being_verified():
        incident = tx.incidents.get(page.incident_id)
        patience = timedelta(minutes=tx.plans.of(incident).paging.verify_minutes)
        holder = page.acknowledged[-1]
        since = tx.pages.acknowledged_at(page, holder)
        if since is not None and since + patience <= act.at:
            paging.not_verified(tx, act, page, holder)
            told += 1
    return told


def _not_answered(tx: Transaction, act: Act) -> int:
    """A leader is asked once; after a while the duty officer is told to telephone."""
    told = 0
    for asked in tx.consultations.unanswered():
        incident = tx.incidents.get(asked.incident_id)
        minutes = asked.minutes or tx.plans.of(incident).paging.decide_minutes
        if asked.asked_at + timedelta(minutes=minutes) > act.at:
            continue
        leader = tx.people.get(asked.asked_id)
        facts = {"by": leader.name, "phone": leader.phone, "minutes": minutes}
        silent = Notice("leader_silent", incident=incident.id, facts=facts)
        tx.notices.add((replace(silent, to=one.id) for one in duties(tx, incident)), act.at)
        tx.consultations.save(replace(asked, reminded_at=act.at))
        tx.record(f"incident/{incident.id}", "leaders.silent", who=[leader.name], minutes=minutes)
        told += 1
    return told


def _not_confirmed(tx: Transaction, act: Act) -> int:
    """Directions written down in a leader's stead: the duty officer is reminded of each once."""
    told = 0
    for direction in tx.directions.not_confirmed():
        if direction.recorded_at + PATIENCE > act.at:
            continue
        incident, leader = (
            tx.incidents.get(direction.incident_id),
            tx.people.get(direction.leader_id),
        )
        facts = {"by": leader.name, "phone": leader.phone, "said": direction.said.stored()}
        waits = Notice("direction_waits", incident=incident.id, facts=facts)
        tx.notices.add((replace(waits, to=one.id) for one in duties(tx, incident)), act.at)
        tx.directions.save(replace(direction, reminded_at=act.at))
        tx.record(
            f"incident/{incident.id}",
            "direction.waits",
            leader=leader.name,
            said=direction.said.stored(),
        )
        told += 1
    return told
