"""Vẫn đang xử lý? When whoever has acknowledged is asked again, or has had their time.

`bot/services/holding_on.py` asks; a page that nobody confirms climbs again (bot/services/paging).
"""

from datetime import datetime, timedelta

from bot.domain.escalation import Page
from bot.domain.incident import Incident
from bot.services.ports.store import Transaction


def every(tx: Transaction, incident: Incident, page: Page) -> timedelta | None:
    """How long after a sign of life they are asked, by the level that the page has; None:
    never, since what is to be verified has a time of its own."""
    if page.kind != "respond":
        return None
    policy = tx.plans.of(incident).paging
    return timedelta(minutes=policy.still_serious_minutes if page.serious else policy.still_minutes)


def looked_at(tx: Transaction, incident: Incident, page: Page, at: datetime) -> datetime:
    """When somebody who acknowledged at this moment is asked; or, where they verify it (xác minh
    trước), when the next in the order is told."""
    minutes = tx.plans.of(incident).paging.verify_minutes
    return at + (every(tx, incident, page) or timedelta(minutes=minutes))


def is_over(tx: Transaction, incident: Incident) -> bool:
    """What is left is to sum up (giai đoạn cuối): nobody is woken to say that they are at it."""
    phases = tx.plans.of(incident).phases
    return bool(phases) and incident.phase == phases[-1].id
