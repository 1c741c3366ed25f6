"""Use cases of the auditor (tự kiểm tra): what leaves an incident in silence is cured, or told.

Each page and each incident is looked at in a step of its own, so that one that cannot be read or
moved holds up no other.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.audit import AHEAD, SAID, UNMOVED, Found, Why, is_to_be_told, judge, wanted
from bot.domain.errors import NotFound
from bot.domain.escalation import Page
from bot.domain.incident import Incident
from bot.domain.notice import Notice
from bot.domain.people import DOERS, Act, Person, Role, Verb
from bot.services import paging
from bot.services.accounts import keepers
from bot.services.ports.store import Transaction
from bot.services.telling import duties

RAN = "audit"  # the mark: when it last came to its end, and how much it could not cure


def due(tx: Transaction, act: Act) -> Sequence[int]:
    """The pages whose time has come, those that have waited longest first."""
    act.require(Verb.SWEEP)
    return tx.pages.due(act.at)


def climb(tx: Transaction, act: Act, page_id: int) -> None:
    """One of them is said again, or passed on; nothing, where somebody has it meanwhile."""
    act.require(Verb.SWEEP)
    page = tx.pages.get(page_id)
    if page.due_at is not None and page.due_at <= act.at:
        paging.climb(tx, act, page)


def open_ones(tx: Transaction, act: Act) -> Sequence[int]:
    """The incidents that are to be looked at."""
    act.require(Verb.SWEEP)
    return [one.id for one in tx.incidents.open_in(None) if wanted(one)]


def look_at(tx: Transaction, act: Act, number: int) -> Found | None:
    act.require(Verb.SWEEP)
    why = _judged(tx, act, tx.incidents.get(number), tx.pages.of(number))
    return Found(why, number) if why else None


def cure(tx: Transaction, act: Act, found: Found) -> bool:
    """False: it cannot be cured here, and somebody has to be told."""
    act.require(Verb.SWEEP)
    incident, page = tx.incidents.get(found.incident), tx.pages.of(found.incident)
    why = _judged(tx, act, incident, page)
    if why is None:
        return True  # it has mended itself meanwhile
    if why == "overdue" and page is not None:
        paging.climb(tx, act, page)  # which says by itself what it does
        return True
    if not _cured(tx, act, why, incident, page):
        return False
    tx.record(f"incident/{incident.id}", "audit.cured", why=why)
    tx.cards.want_again("incident", incident.id)
    return True


def unmoved(tx: Transaction, act: Act) -> Sequence[Found]:
    """Of which incidents urgent messages do not leave; what a wrong clock has put off does now."""
    act.require(Verb.SWEEP)
    hastened = tx.notices.hasten(act.at, act.at + AHEAD)
    for number in sorted(set(hastened)):
        chain = f"incident/{number}" if number else "agency"
        tx.record(chain, "audit.cured", why="unmoved")
    return [Found("unmoved", number) for number in tx.notices.unmoved(act.at - UNMOVED, SAID)]


def close(tx: Transaction, act: Act, left: Sequence[Found]) -> None:
    """The round has come to its end. What is left uncured is told, each once in an hour."""
    act.require(Verb.SWEEP)
    tx.marks.set(RAN, str(len(left)), act.at)
    for found in left:
        last = tx.marks.get(found.mark)
        if is_to_be_told(last.at if last else None, act.at):
            tx.marks.set(found.mark, "", act.at)
            _tell(tx, act, found)


def _judged(tx: Transaction, act: Act, incident: Incident, page: Page | None) -> Why | None:
    ladder = {who for rung in page.ladder for who in rung.person_ids} if page else set()
    holders = {incident.lead_id, *(page.acknowledged if page else ())} - {0}
    absent = tx.people.absent(ladder | holders)
    gone = {who for who in holders if _is_gone(tx, who, page, absent)}
    return judge(incident, page, act.at, absent, gone)


def _is_gone(tx: Transaction, who: int, page: Page | None, absent: frozenset[int]) -> bool:
    """Without a post any more; or the chats in which they were told have been lost since. Who has
    taken it by telephone, and never had a chat, is as present as before."""
    try:
        holder = tx.people.get(who)
    except NotFound:
        return True
    told = page is not None and any(one.person_id == who and one.chat for one in page.heard)
    return not holder.posts or (told and who in absent)


def _cured(tx: Transaction, act: Act, why: Why, incident: Incident, page: Page | None) -> bool:
    kind = wanted(incident)
    if kind is None:
        return True
    if why in ("no_page", "holder_left"):
        tx.pages.close_all(incident.id)  # what is held by who has left would climb beside it
        paging.raise_page(tx, act, incident, kind)
        return True
    if why == "deserted" and _somebody_else(tx, incident, page):
        tx.pages.close_all(incident.id)
        paging.raise_page(tx, act, incident, kind)
        return True
    if why == "far" and page is not None:
        tx.pages.save(replace(page, due_at=act.at))  # and the next sweep climbs it
        return True
    return False


def _somebody_else(tx: Transaction, incident: Incident, page: Page | None) -> bool:
    """Whether an order of telling that is made anew would reach anybody."""
    doers = tx.people.holding(DOERS, incident.lead_units) if wanted(incident) == "respond" else ()
    there = {one.id for one in (*doers, *duties(tx, incident))}
    return bool(there - tx.people.absent(there))


def _tell(tx: Transaction, act: Act, found: Found) -> None:
    """Without the incident's own words: it may be what cannot be read."""
    facts = {"number": found.incident, "why": found.why}
    told = Notice("audit.stuck", facts=facts, urgency="page")
    tx.notices.add((replace(told, to=one.id) for one in _who_can_act(tx, found)), act.at)
    chain = f"incident/{found.incident}" if found.incident else "agency"
    tx.record(chain, "audit.stuck", why=found.why)


def _who_can_act(tx: Transaction, found: Found) -> Sequence[Person]:
    """The duty officers and the administrators."""
    on_duty: Sequence[Person] = tx.people.holding((Role.DUTY,))
    if found.incident and found.why != "unread":
        on_duty = duties(tx, tx.incidents.get(found.incident))
    everybody = {one.id: one for one in (*on_duty, *tx.people.holding((Role.ADMIN,)))}
    return tuple(everybody.values()) or keepers(tx)
