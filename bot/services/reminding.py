"""What was asked for, and not answered in the time that the plan gives it.

Each area is a step of its own, so that what cannot be reminded of holds up nothing else. Who has
acknowledged a page is looked at by the auditor (bot/services/holding_on.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain.direction import PATIENCE
from bot.domain.notice import Notice
from bot.domain.people import Act, Verb
from bot.services import (
    clocks,
    handover_notices,
    supporting,
    swaps,
    task_reminders,
)
from bot.services.ports.store import Transaction
from bot.services.telling import duties


def remind_due(tx: Transaction, act: Act, area: str) -> int:
    """A sweep's work in one of the AREAS: how many were found to be late."""
    act.require(Verb.SWEEP)
    return AREAS[area](tx, act)


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


AREAS: Mapping[str, Callable[[Transaction, Act], int]] = {
    "leaders": _not_answered,
    "directions": _not_confirmed,
    "swaps": swaps.lapse,
    "handovers": handover_notices.remind,
    "supports": supporting.remind,
    "tasks": task_reminders.remind,
    "clocks": clocks.remind,
}
