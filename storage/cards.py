"""Cards: which revision is wanted and which is shown; the newest wins, edits coalesce."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.notice import Card
from bot.domain.platform import can
from bot.services.ports.messages import CardSending
from storage.tables import cards, chats, people

WANTED: dict[str, Any] = {"wanted": cards.c.wanted + 1, "state": "live"}
LOUD: dict[str, Any] = {"loud": cards.c.wanted + 1}
CLAIMABLE = (
    select(cards, people.c.language, chats.c.thread)
    .outerjoin(chats, chats.c.address == cards.c.chat)
    .outerjoin(people, people.c.id == chats.c.person_id)
    .where(
        cards.c.wanted > cards.c.shown,
        or_(cards.c.edits, cards.c.loud > cards.c.shown),
        cards.c.state == "live",
        or_(cards.c.not_before.is_(None), cards.c.not_before <= bindparam("now")),
        or_(cards.c.leased_until.is_(None), cards.c.leased_until <= bindparam("now")),
        or_(chats.c.lost.is_(None), chats.c.lost == ""),
    )
    .order_by(cards.c.id)
    .limit(bindparam("most"))
)
ONE = update(cards).where(cards.c.id == bindparam("number"))


@dataclass(frozen=True, slots=True)
class SqlCards:
    rows: Connection
    stirred: list[bool]
    language: str  # of a group

    def want(self, those: Iterable[Card]) -> None:
        for card in those:
            row: dict[str, Any] = {"chat": card.chat, "kind": card.kind, "subject": card.subject}
            row |= {"message_id": "", "state": "live", "wanted": 1, "shown": 0, "attempted": 0}
            row |= {"edits": can(card.chat).edits, "loud": 1}
            written = upsert(cards).values(row)
            self.rows.execute(
                written.on_conflict_do_update(
                    index_elements=["chat", "kind", "subject"], set_=WANTED | LOUD
                )
            )
            self.stirred.append(True)

    def want_again(self, kind: str, subject: int, loud: bool = False) -> None:
        self._wanted(and_(cards.c.kind == kind, cards.c.subject == subject), loud)

    def want_every(self, kind: str) -> None:
        self._wanted(cards.c.kind == kind)

    def claim(self, now: datetime, lease: timedelta, limit: int) -> Sequence[CardSending]:
        found = self.rows.execute(CLAIMABLE, {"now": now, "most": limit}).all()
        for row in found:
            leased = ONE.values(leased_until=now + lease, attempted=row.wanted)
            self.rows.execute(leased, {"number": row.id})
        return [
            CardSending(
                card_id=row.id,
                card=Card(row.chat, row.kind, row.subject),
                wanted=row.wanted,
                message_id=row.message_id if row.edits else "",
                again=_again(row),
                language=row.language or self.language,
                thread=row.thread or "",
            )
            for row in found
        ]

    def keep(self, numbers: Collection[int], until: datetime) -> None:
        if numbers:
            theirs = cards.c.id.in_(numbers), cards.c.leased_until.is_not(None)
            self.rows.execute(update(cards).where(*theirs).values(leased_until=until))

    def release(self, now: datetime) -> None:
        held = update(cards).where(cards.c.leased_until.is_not(None))
        self.rows.execute(held.values(leased_until=now))

    def shown(self, card_id: int, revision: int, message_id: str, at: datetime) -> None:
        values = {"shown": revision, "message_id": message_id, "shown_at": at}
        self._one(card_id, **values, leased_until=None, not_before=None)

    def again_at(self, card_id: int, when: datetime, unknown: bool) -> None:
        kept = {} if unknown else {"attempted": 0}
        self._one(card_id, not_before=when, leased_until=None, **kept)

    def gone(self, card_id: int) -> None:
        self._one(card_id, message_id="", attempted=0, leased_until=None)

    def forget(self, chat: str) -> None:
        forget(self.rows, chat)

    def failed(self, card_id: int) -> None:
        """Nothing more is tried until it is wanted anew."""
        self._one(card_id, state="failed", leased_until=None)

    def _wanted(self, which: Any, loud: bool = False) -> None:
        wanted = WANTED | (LOUD if loud else {})
        changed = self.rows.execute(update(cards).where(which).values(**wanted))
        if changed.rowcount:
            self.stirred.append(True)

    def _one(self, card_id: int, **values: Any) -> None:
        self.rows.execute(ONE.values(**values), {"number": card_id})


def _again(row: Row[Any]) -> bool:
    """Whether it may have been sent already; an edit sent twice is the same."""
    if row.edits:
        return not row.message_id and row.attempted > 0
    return bool(row.attempted > row.shown)


def forget(rows: Connection, chat: str) -> None:
    """Not the list of commands, which is no message."""
    those = update(cards).where(cards.c.chat == chat, cards.c.kind != "menu")
    rows.execute(those.values(message_id="", attempted=0))
