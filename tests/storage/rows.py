"""Small things to put into rows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.escalation import Page, Rung
from bot.domain.incident import Incident
from bot.domain.people import Identity, Person
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
AGENCY = Path(__file__).parents[1] / "flows" / "agency.yaml"


def person(tx: Transaction, key: str) -> Person:
    """Of the sample agency, by the id in its file."""
    agency = tx.agencies.current()
    assert agency is not None
    number = [listed.id for listed in agency.people].index(key) + 1
    found = tx.people.get(number)
    assert found.key == key
    return found


def connect(tx: Transaction, key: str, external: str = "") -> Person:
    """Somebody of the agency's file who has joined on the test platform."""
    who = person(tx, key)
    tx.people.link(Identity("test", "bot", external or key), who.id)
    tx.chats.seen(Chat(f"test:bot:{external or key}", private=True), who.id, NOON)
    return who


def incident(tx: Transaction, **changes: Any) -> Incident:
    values: dict[str, Any] = {
        "id": 0,
        "unit": "tan_lap",
        "system": "mot_cua",
        "reporter_id": person(tx, "lan").id,
        "plan": "my_hao_2025",
        "plan_digest": tx.plans["my_hao_2025"].digest,
        "reported_at": NOON,
        "told": "máy hỏng",
        "scope": ("tan_lap", "thi_xa"),
        "lead_units": ("doi_ung_cuu",),
    }
    return tx.incidents.add(Incident(**{**values, **changes}))


def page(tx: Transaction, incident_id: int, **changes: Any) -> Page:
    who = person(tx, "minh").id
    values: dict[str, Any] = {
        "id": 0,
        "incident_id": incident_id,
        "kind": "respond",
        "ladder": (Rung((who,), 5 * MINUTE, 2),),
        "began_at": NOON,
        "due_at": NOON,
    }
    return tx.pages.add(Page(**{**values, **changes}))
