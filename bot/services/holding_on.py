"""Acknowledged and not forgotten: whoever has it is asked "vẫn đang xử lý?" and answers by one tap.

No answer in time, and the acknowledgement is given up: the order of telling goes on. So it does
when who took it to verify (xác minh trước) has not said what came of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain import still
from bot.domain.escalation import Page
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import Act, Verb
from bot.domain.severity import Needs
from bot.domain.still import Held
from bot.services import paging
from bot.services.briefing import brief
from bot.services.outcomes import PassedOn, Taken
from bot.services.page_outcomes import StillAtIt, StillUnclear
from bot.services.ports.store import Transaction
from bot.services.still import every, is_over, looked_at

AGAIN = timedelta(hours=12)  # nobody has to be asked: looked at again


def due(tx: Transaction, act: Act) -> Sequence[int]:
    """The pages of which a holder's time has come."""
    act.require(Verb.SWEEP)
    return tuple(dict.fromkeys(held.page_id for held in tx.pages.held_until(act.at)))


def look_at(tx: Transaction, act: Act, page_id: int) -> None:
    """One of them: each of its holders is asked, or was found silent; or has answered meanwhile."""
    act.require(Verb.SWEEP)
    for held in tx.pages.held_until(act.at):
        if held.page_id == page_id:
            _look_at(tx, act, held)


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


def ask_back(tx: Transaction, act: Act, page: Page) -> StillUnclear:
    """ "Ok", "không", "xong rồi": no sign of life and no giving back, so nothing is written."""
    act.require(Verb.ACKNOWLEDGE, page)
    return StillUnclear(brief(tx, tx.incidents.get(page.incident_id)), page)


def _look_at(tx: Transaction, act: Act, held: Held) -> None:
    page = tx.pages.get(held.page_id)
    incident = tx.incidents.get(page.incident_id)
    period = every(tx, incident, page)
    if period is None:
        _see_verified(tx, act, incident, page, held)
        return
    if is_over(tx, incident):
        tx.pages.hold(held.alive(act.at, AGAIN))
        return
    chain = f"incident/{incident.id}"
    patience = timedelta(minutes=tx.plans.of(incident).paging.answer_minutes)
    last_act = tx.events.last_by(chain, held.person_id)
    now, found = still.due(held, last_act, period, patience, act.at)
    if found == "lost":
        holder = tx.people.get(held.person_id)
        told = Notice("page.given_up", holder.id, None, incident.id, page.id)
        tx.notices.add([told], act.at)
        paging.not_alive(tx, act, page, holder)
        return
    tx.pages.hold(now)
    if found == "ask":
        _ask(tx, act, page, now)


def _see_verified(tx: Transaction, act: Act, incident: Incident, page: Page, held: Held) -> None:
    """Taken to be verified and still chưa rõ after the plan's time: whoever comes next is told."""
    since = tx.pages.acknowledged_at(page, held.person_id) or act.at
    until = looked_at(tx, incident, page, since)
    if incident.standing.needs_response is not Needs.UNVERIFIED:
        tx.pages.hold(held.alive(act.at, AGAIN))
    elif until > act.at:
        tx.pages.hold(replace(held, next_at=until))
    else:
        paging.not_verified(tx, act, page, held.person_id)


def _ask(tx: Transaction, act: Act, page: Page, held: Held) -> None:
    who = tx.people.get(held.person_id)
    names = [one.name for one in paging.next_of(tx, act, page, who)]
    facts = {"until": held.next_at.isoformat(), "next": names}
    asked = Notice("page.still", who.id, None, page.incident_id, page.id, facts, "page")
    tx.notices.add([asked], act.at)
    tx.record(f"incident/{page.incident_id}", "page.still_asked", page=page.id, to=[who.name])
