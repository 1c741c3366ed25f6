"""Acknowledged and not forgotten: whoever has it is asked "vẫn đang xử lý?" and answers by one tap.

No answer in time, and the acknowledgement is given up: the order of telling goes on.
"""

from datetime import timedelta

from bot.domain import still
from bot.domain.escalation import Page
from bot.domain.notice import Notice
from bot.domain.people import Act, Verb
from bot.domain.still import Held
from bot.services import paging
from bot.services.briefing import brief
from bot.services.outcomes import PassedOn, Taken
from bot.services.page_outcomes import StillAtIt
from bot.services.ports.store import Transaction
from bot.services.still import every, is_over

AGAIN = timedelta(hours=12)  # in the last phase: looked at again, nobody is asked


def ask_due(tx: Transaction, act: Act) -> int:
    """A sweep's work: how many were asked, or were found silent."""
    act.require(Verb.SWEEP)
    return sum(_look_at(tx, act, held) for held in tx.pages.held_until(act.at))


def alive(tx: Transaction, act: Act, page_id: int) -> StillAtIt | Taken | PassedOn:
    """Vẫn đang xử lý. Who answers too late takes it again, unless somebody else has it now."""
    page = tx.pages.get(page_id)
    act.require(Verb.ACKNOWLEDGE, page)
    holder = next((who for who in sorted(act.person.ids) if who in page.acknowledged), 0)
    if not holder or page.closed:
        return paging.take(tx, act, page_id)
    incident = tx.incidents.get(page.incident_id)
    period = every(tx, incident, page)
    if period is not None:
        tx.pages.hold(Held(page.id, holder, act.at).alive(act.at, period))
    tx.record(f"incident/{incident.id}", "page.still", page=page.id)
    return StillAtIt(brief(tx, incident), act.at + period if period else None)


def _look_at(tx: Transaction, act: Act, held: Held) -> bool:
    page = tx.pages.get(held.page_id)
    incident = tx.incidents.get(page.incident_id)
    period = every(tx, incident, page)
    if period is None or is_over(tx, incident):
        tx.pages.hold(held.alive(act.at, AGAIN))
        return False
    chain = f"incident/{incident.id}"
    patience = timedelta(minutes=tx.plans.of(incident).paging.answer_minutes)
    last_act = tx.events.last_by(chain, held.person_id)
    now, found = still.due(held, last_act, period, patience, act.at)
    if found == "lost":
        holder = tx.people.get(held.person_id)
        told = Notice("page.given_up", holder.id, None, incident.id, page.id)
        tx.notices.add([told], act.at)
        paging.not_alive(tx, act, page, holder)
        return True
    tx.pages.hold(now)
    if found == "ask":
        _ask(tx, act, page, now)
    return found == "ask"


def _ask(tx: Transaction, act: Act, page: Page, held: Held) -> None:
    who = tx.people.get(held.person_id)
    names = [one.name for one in paging.next_of(tx, act, page, who)]
    facts = {"until": held.next_at.isoformat(), "next": names}
    asked = Notice("page.still", who.id, None, page.incident_id, page.id, facts, "page")
    tx.notices.add([asked], act.at)
    tx.record(f"incident/{page.incident_id}", "page.still_asked", page=page.id, to=[who.name])
