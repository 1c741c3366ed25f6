"""Use cases of delivery: what is to be said is claimed, and what became of it is written down."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.channel import Heard, account_of, left, usable
from bot.domain.form import Draft
from bot.domain.incident import Incident
from bot.domain.notice import CALLS, LOST, Notice
from bot.domain.people import Act, Person, Verb
from bot.domain.platform import can
from bot.domain.quota import PLENTY, Allowance
from bot.services import calling, paging, quiet, rooms
from bot.services.people_outcomes import Menu
from bot.services.ports.incidents import Brief
from bot.services.ports.messages import CardSending, Sending
from bot.services.ports.store import Transaction
from bot.services.ports.tasks import Sheet
from bot.services.reading import Reader
from bot.services.telling import agency_of, duties

# Why another channel is tried at once, where what is said cannot wait.
NO_ANSWER = ("unreachable", "limited", "quota")
# Who has claimed a row and says nothing for so long is dead; the row is claimed again, marked.
LEASE = timedelta(seconds=90)
HELD = timedelta(minutes=10)  # then it is looked whether more may be sent again


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice with what its words need, read fresh."""

    sending: Sending
    brief: Brief | None
    language: str = "vi"
    more: Draft | Sequence[Sheet] | None = None  # the question it asks, the tasks it names


@dataclass(frozen=True, slots=True)
class CardLetter:
    """A card with what it is to show, read fresh. `shown`: None where that cannot be read."""

    sending: CardSending
    shown: Brief | Menu | Sheet | None
    incident: int | None = None  # which one it is about


@dataclass(frozen=True, slots=True)
class Result:
    """`done`: sent; `later`: tried again at `when`; `failed`: for good, and why."""

    done: Literal["sent", "later", "failed"]
    message_id: str = ""
    text: str = ""
    when: datetime | None = None
    why: str = ""
    unknown: bool = False  # it may have arrived
    moved_to: str = ""  # the group has this address now
    astray: bool = False  # it went into the group, not into the topic where it belongs


def recover(tx: Transaction, act: Act) -> None:
    """At start: what a dead process had claimed is claimed again, marked as perhaps repeated."""
    act.require(Verb.SWEEP)
    tx.notices.release(act.at)
    tx.cards.release(act.at)


def claim(
    tx: Transaction,
    act: Act,
    limit: int = 50,
    pages_only: bool = False,
    allowance: Allowance = PLENTY,
    late: Collection[str] = (),
) -> tuple[Sequence[Letter], Sequence[CardLetter]]:
    """Pages first. Whoever is not connected fails here, in the log, without a wire.

    `pages_only`: so much is under way that only what wakes somebody is still taken up. `late`: of
    this process, on their way for longer than their lease ("card 7"): they are left alone.
    """
    act.require(Verb.SWEEP)
    letters: list[Letter] = []
    reader = Reader(tx)
    tx.cards.keep(_numbers("card", late), act.at + LEASE)
    tx.notices.keep(_numbers("notice", late), act.at + LEASE)
    quiet.hold(tx, act)
    for sending in tx.notices.claim(act.at, LEASE, limit, pages_only, allowance):
        if sending.chat:
            letters.append(_letter(tx, reader, sending))
        else:
            settle(tx, act, sending, Result("failed", why="not_connected"))
    standing = tx.cards.claim(act.at, LEASE, 0 if pages_only else limit)
    return letters, [_card(tx, reader, one) for one in _affordable(tx, act, standing, allowance)]


def _numbers(kind: str, late: Collection[str]) -> list[int]:
    named = (one.partition(" ") for one in late)
    return [int(number) for what, _, number in named if what == kind]


def _affordable(
    tx: Transaction, act: Act, standing: Sequence[CardSending], allowance: Allowance
) -> list[CardSending]:
    """Cards tell of progress: they wait while their account has little left this month."""
    low = allowance.scarce | allowance.full
    held = [one for one in standing if account_of(one.chat) in low]
    for one in held:
        tx.cards.again_at(one.card_id, act.at + HELD, unknown=one.again)
    return [one for one in standing if one not in held]


def settle(tx: Transaction, act: Act, sending: Sending, result: Result) -> None:
    """What became of one notice. What failed for good is in the incident's log, in words."""
    act.require(Verb.SWEEP)
    number, notice = sending.notice_id, sending.notice
    chat = _where_now(tx, act, sending.chat, result)
    match result.done:
        case "sent":
            text = "" if _is_secret(tx, notice.incident) else result.text
            tx.notices.sent(number, chat, result.message_id, text, act.at)
            if notice.chat is not None:
                rooms.arrived(tx, act, chat, result.astray)
            _heard(tx, act, sending, chat)
            if sending.instead:
                facts = _said(tx, sending, sending.instead)
                tx.record(_chain(sending), "notice.elsewhere", **facts)
        case "later":
            _later(tx, act, sending, chat, result)
        case "failed":
            _failed(tx, act, sending, result.why)


def settle_card(tx: Transaction, act: Act, letter: CardLetter, result: Result) -> None:
    act.require(Verb.SWEEP)
    sending = letter.sending
    chat = _where_now(tx, act, sending.chat, result)
    match result.done:
        case "sent":
            tx.cards.shown(sending.card_id, sending.wanted, result.message_id, act.at)
            if sending.card.kind != "menu":
                rooms.arrived(tx, act, chat, result.astray, edited=bool(sending.message_id))
        case "later":
            unknown = result.unknown or sending.again
            tx.cards.again_at(sending.card_id, result.when or act.at, unknown)
        case "failed" if result.why == "message_gone":
            tx.cards.gone(sending.card_id)
        case "failed":
            tx.cards.failed(sending.card_id)
            rooms.refused(tx, act, chat, result.why)
            if letter.incident:
                facts = {"purpose": "card", "why": result.why, "to": _title(tx, chat)}
                tx.record(f"incident/{letter.incident}", "notice.failed", **facts)


def _where_now(tx: Transaction, act: Act, chat: str, result: Result) -> str:
    if not result.moved_to:
        return chat
    rooms.moved(tx, act, chat, result.moved_to)
    return result.moved_to


def _failed(tx: Transaction, act: Act, sending: Sending, why: str) -> None:
    """For good in this chat; whoever can be reached in another is told there."""
    notice, who = sending.notice, sending.person
    rooms.refused(tx, act, sending.chat, why)
    if who and why in LOST and notice.chat is None and _has_another(tx, act, sending, ()):
        tx.notices.again_at(sending.notice_id, act.at, why, False, sending.tried)
        tx.record(_chain(sending), "notice.elsewhere", **_said(tx, sending, why))
        return
    tx.notices.failed(sending.notice_id, sending.chat, why, act.at)
    tx.record(_chain(sending), "notice.failed", **_said(tx, sending, why))
    _heard(tx, act, sending, "", why)
    if notice.page and who and notice.urgency == "page":
        paging.unreached(tx, act, notice.page, who)
    if who and sending.chat and notice.incident and notice.kind.startswith("leader."):
        _by_telephone(tx, act, tx.incidents.get(notice.incident), who)


def _by_telephone(tx: Transaction, act: Act, incident: Incident, leader: Person) -> None:
    """What a leader is asked has not got through: the duty officers ask by telephone, now."""
    facts = {"by": leader.name, "phone": leader.phone}
    told = Notice("leader_unreached", incident=incident.id, facts=facts)
    tx.notices.add((replace(told, to=one.id) for one in duties(tx, incident)), act.at)


def _later(tx: Transaction, act: Act, sending: Sending, chat: str, result: Result) -> None:
    """The platform does not answer, or takes no more this month: what cannot wait goes another
    way at once, and is tried there again only when no way is left."""
    notice, number, why = sending.notice, sending.notice_id, result.why
    who = sending.person if notice.chat is None and why in NO_ANSWER else None
    tried = (*sending.tried, chat)
    if result.unknown:
        tx.notices.unknown(number, chat, why, act.at)
    urgent = notice.urgency == "page" or (why == "quota" and notice.urgency == "notice")
    if who and urgent and _has_another(tx, act, sending, tried):
        tx.notices.again_at(number, act.at, why, result.unknown, tried)
        if sending.attempts <= len(tried):  # once for each, not in every round
            tx.record(_chain(sending), "notice.elsewhere", **_said(tx, sending, why))
        return
    silent = why == "quota" or not can(chat).answers
    if who and silent and notice.kind in CALLS and notice.page:
        page = tx.pages.get(notice.page)
        calling.wanted(tx, act, tx.incidents.get(page.incident_id), page, [who.id])
    tx.notices.again_at(number, result.when or act.at, why, result.unknown)


def _has_another(tx: Transaction, act: Act, sending: Sending, tried: Sequence[str]) -> bool:
    whose = sending.notice.to or 0
    known = tx.channels.of([whose], act.at).get(whose, ())
    return left(usable(known, sending.notice.urgency == "page"), tried)


def _heard(tx: Transaction, act: Act, sending: Sending, chat: str, why: str = "") -> None:
    """Who was told where stands on the incident's card."""
    notice, who = sending.notice, sending.person
    if who and notice.page and notice.kind in CALLS:
        tx.pages.heard(notice.page, Heard(who.id, chat, why), act.at)
        if notice.incident:
            tx.cards.want_again("incident", notice.incident)


def _chain(sending: Sending) -> str:
    number = sending.notice.incident
    return f"incident/{number}" if number else "agency"


def _said(tx: Transaction, sending: Sending, why: str) -> dict[str, object]:
    """What the log says of a way that was closed."""
    to = sending.person.name if sending.person else _title(tx, sending.chat)
    return {"purpose": sending.notice.kind, "why": why, "to": to}


def _title(tx: Transaction, chat: str) -> str:
    room = tx.chats.bound(chat)
    return room.title if room else ""


def _is_secret(tx: Transaction, number: int | None) -> bool:
    return number is not None and tx.incidents.get(number).is_secret


def _letter(tx: Transaction, reader: Reader, sending: Sending) -> Letter:
    language = sending.person.language if sending.person else tx.language
    notice = sending.notice
    more: Draft | Sequence[Sheet] | None = None
    draft, tasks = notice.facts.get("draft"), notice.facts.get("tasks")
    if isinstance(draft, int):
        more = reader.draft(draft)
    elif isinstance(tasks, list):
        more = reader.tasks(tasks)
    return Letter(sending, _brief(reader, notice.incident), language, more)


def _brief(reader: Reader, number: int | None) -> Brief | None:
    """None where its rows cannot be read: that goes out plain, and holds up nothing else."""
    try:
        return reader.incident(number)
    except (LookupError, ValueError, TypeError):
        return None


def _card(tx: Transaction, reader: Reader, sending: CardSending) -> CardLetter:
    """Each kind of card with its content; how it looks is for bot/views/cards.py."""
    subject = sending.card.subject
    match sending.card.kind:
        case "incident":
            return CardLetter(sending, _brief(reader, subject), subject)
        case "task":
            shown = reader.tasks([subject])
            about = shown[0].task.incident_id if shown else None
            return CardLetter(sending, shown[0] if shown else None, about)
        case "menu":
            return CardLetter(sending, _menu(tx, subject))


def _menu(tx: Transaction, person_id: int) -> Menu:
    person = tx.people.get(person_id)
    return Menu(person, agency_of(tx).contact)
