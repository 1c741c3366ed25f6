"""Use cases of delivery: what is to be said is claimed, and what became of it is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.errors import Refusal
from bot.domain.people import Act, Person, Verb
from bot.services import paging
from bot.services.briefing import brief
from bot.services.outcomes import Menu
from bot.services.ports.incidents import Brief
from bot.services.ports.messages import CardSending, Chat, Sending
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of

# Who has claimed a row and says nothing for so long is dead; the row is claimed again, marked.
LEASE = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice with what its words need, read fresh."""

    sending: Sending
    brief: Brief | None
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class CardLetter:
    sending: CardSending
    brief: Brief | None
    menu: Menu | None


@dataclass(frozen=True, slots=True)
class Result:
    """`done`: sent; `later`: tried again at `when`; `failed`: for good, and why."""

    done: Literal["sent", "later", "failed"]
    message_id: str = ""
    text: str = ""
    when: datetime | None = None
    why: str = ""
    unknown: bool = False  # it may have arrived
    moved_to: str = ""  # the group has another id now


def recover(tx: Transaction, act: Act) -> None:
    """At start: what a dead process had claimed is claimed again, marked as perhaps repeated."""
    act.require(Verb.SWEEP)
    tx.notices.release(act.at)
    tx.cards.release(act.at)


def claim(
    tx: Transaction, act: Act, limit: int = 50, pages_only: bool = False
) -> tuple[Sequence[Letter], Sequence[CardLetter]]:
    """Pages first. Whoever is not connected fails here, in the log, without a wire.

    `pages_only`: so much is under way that only what wakes somebody is still taken up.
    """
    act.require(Verb.SWEEP)
    letters: list[Letter] = []
    briefs: dict[int, Brief | None] = {}

    def about(number: int | None) -> Brief | None:
        """None where it cannot be read: one bad row must not silence the others."""
        if number is not None and number not in briefs:
            try:
                briefs[number] = brief(tx, tx.incidents.get(number))
            except (Refusal, LookupError):
                briefs[number] = None
        return briefs.get(number) if number is not None else None

    for sending in tx.notices.claim(act.at, LEASE, limit, pages_only):
        if sending.chat:
            language = sending.person.language if sending.person else tx.language
            letters.append(Letter(sending, about(sending.notice.incident), language))
        else:
            settle(tx, act, sending, Result("failed", why="not_connected"))
    cards = [
        CardLetter(
            card,
            about(card.card.subject) if card.card.kind == "incident" else None,
            _menu(tx, card.card.subject) if card.card.kind == "menu" else None,
        )
        for card in tx.cards.claim(act.at, LEASE, 0 if pages_only else limit)
    ]
    return letters, cards


def settle(tx: Transaction, act: Act, sending: Sending, result: Result) -> None:
    """What became of one notice. What failed for good is in the incident's log, in words."""
    act.require(Verb.SWEEP)
    number, notice = sending.notice_id, sending.notice
    if result.moved_to:
        tx.chats.moved(sending.chat, result.moved_to)
    match result.done:
        case "sent":
            text = "" if _is_secret(tx, notice.incident) else result.text
            tx.notices.sent(number, sending.chat, result.message_id, text, act.at)
        case "later":
            tx.notices.again_at(number, result.when or act.at, result.why, result.unknown)
        case "failed":
            tx.notices.failed(number, sending.chat, result.why, act.at)
            _log_failure(tx, act, sending, result)


def settle_card(tx: Transaction, act: Act, sending: CardSending, result: Result) -> None:
    act.require(Verb.SWEEP)
    if result.moved_to:
        tx.chats.moved(sending.card.chat, result.moved_to)
    match result.done:
        case "sent":
            tx.cards.shown(sending.card_id, sending.wanted, result.message_id, act.at)
        case "later":
            tx.cards.again_at(sending.card_id, result.when or act.at)
        case "failed" if result.why == "message_gone":
            tx.cards.gone(sending.card_id)
        case "failed":
            tx.cards.failed(sending.card_id)
            if result.why in LOST:
                tx.chats.lost(sending.card.chat, result.why, act.at)
            if sending.card.kind == "incident":
                facts = {"purpose": "card", "why": result.why, "to": ""}
                tx.record(f"incident/{sending.card.subject}", "notice.failed", **facts)


def chat_changed(tx: Transaction, act: Act, chat: Chat, present: bool) -> None:
    """The bot was blocked or unblocked by a person, put into a group or out of it."""
    if present:
        act.require(Verb.REPORT)  # a group that a stranger puts it into is not remembered
        tx.chats.seen(chat, act.person.id if chat.private else None, act.at)
        tx.record("agency", "chat.seen", private=chat.private, title=chat.title)
    else:
        act.require(Verb.JOIN)
        tx.chats.lost(chat.address, "blocked" if chat.private else "kicked", act.at)
        tx.record("agency", "chat.lost", private=chat.private, title=chat.title)


LOST = ("blocked", "kicked", "not_found")


def _log_failure(tx: Transaction, act: Act, sending: Sending, result: Result) -> None:
    notice = sending.notice
    if result.why in LOST:
        tx.chats.lost(sending.chat, result.why, act.at)
    who: Person | None = sending.person
    chain = f"incident/{notice.incident}" if notice.incident else "agency"
    name = who.name if who else ""
    tx.record(chain, "notice.failed", purpose=notice.kind, why=result.why, to=name)
    if notice.page and who and notice.urgency == "page":
        paging.unreached(tx, act, notice.page, who)


def _is_secret(tx: Transaction, number: int | None) -> bool:
    return number is not None and tx.incidents.get(number).is_secret


def _menu(tx: Transaction, person_id: int) -> Menu:
    person = tx.people.get(person_id)
    return Menu(person, agency_of(tx).contact)
