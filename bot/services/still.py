"""Vẫn đang xử lý? When whoever has acknowledged is asked again, and what their answer does.

`bot/services/holding_on.py` asks; a page that nobody confirms climbs again (bot/services/paging).
"""

from datetime import datetime, timedelta

from bot.domain.escalation import Page
from bot.domain.incident import Incident
from bot.services.ports.store import Transaction


def every(tx: Transaction, incident: Incident, page: Page) -> timedelta | None:
    """How long after a sign of life they are asked, by the level that the page began with; None:
    never, since what is to be verified has a time of its own."""
    if page.kind != "respond":
        return None
    policy = tx.plans.of(incident).paging
    return timedelta(minutes=policy.still_serious_minutes if page.serious else policy.still_minutes)


def asked_from(tx: Transaction, incident: Incident, page: Page, at: datetime) -> datetime | None:
    """When somebody who acknowledges now is asked; None: never."""
    period = every(tx, incident, page)
    return at + period if period else None


def is_over(tx: Transaction, incident: Incident) -> bool:
    """What is left is to sum up (giai đoạn cuối): nobody is woken to say that they are at it."""
    phases = tx.plans.of(incident).phases
    return bool(phases) and incident.phase == phases[-1].id
