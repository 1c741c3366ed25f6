"""Putting a question before leaders: a row for each, and one message that asks to be answered."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.consultation import Consultation, Kind
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import Act, Person
from bot.services import standing_in
from bot.services.ports.store import Transaction
from bot.services.telling import duties


def ask_to_decide(
    tx: Transaction, act: Act, incident: Incident, spared: frozenset[int] = frozenset()
) -> None:
    """One message to the leaders who may decide "nghiêm trọng theo Kế hoạch"; told once.

    `spared`: leaders who get a message of their own in the same step, and this question after it.
    """
    leaders = standing_in.leaders(tx, incident.deciding)
    ask_leaders(tx, act, incident, leaders, "decide", "rule", "", spared)
    names = [person.name for person in leaders]
    tx.record(f"incident/{incident.id}", "leaders.asked", to=names)


def ask_leaders(
    tx: Transaction,
    act: Act,
    incident: Incident,
    leaders: Sequence[Person],
    kind: Kind,
    why: str,
    ask: str,
    spared: frozenset[int] = frozenset(),
    minutes: int | None = None,
) -> None:
    """`minutes`: how long an answer is waited for, before the duty officer is told to telephone."""
    notices = []
    for leader in leaders:
        asked = tx.consultations.add(
            Consultation(
                id=0,
                incident_id=incident.id,
                kind=kind,
                asked_id=leader.id,
                by_id=act.person.id,
                why=why,
                ask=ask,
                asked_at=act.at,
                minutes=minutes,
            )
        )
        facts: dict[str, object] = {"consultation": asked.id, "why": why, "ask": ask}
        if minutes:
            facts["until"] = (act.at + timedelta(minutes=minutes)).isoformat()
        facts |= {"duty": [[p.name, p.phone] for p in duties(tx, incident)]}
        if leader.id in spared:
            continue
        notices.append(Notice(f"leader.{kind}", leader.id, None, incident.id, None, facts, "page"))
    tx.notices.add(notices, act.at)
