"""The chats that people write from, and the groups that belong to a unit's response team."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Row,
    and_,
    bindparam,
    case,
    delete,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.services.ports.messages import Chat
from storage.accounts import OF_ONE_THAT_LEFT
from storage.cards import forget
from storage.holders import shared_chats
from storage.tables import cards, chats, notices, prompts

WRITABLE = (chats.c.lost == "", ~OF_ONE_THAT_LEFT)
ASKED_HERE = and_(prompts.c.chat == chats.c.address, prompts.c.person_id == chats.c.person_id)
PRIVATE = (
    select(chats.c.address)
    .outerjoin(prompts, ASKED_HERE)
    .where(chats.c.person_id == bindparam("person"), chats.c.private, *WRITABLE)
    .order_by(case((prompts.c.at > chats.c.at, prompts.c.at), else_=chats.c.at).desc())
    .limit(1)
)
ONE = select(chats).where(chats.c.address == bindparam("here"))
GROUPS = (
    select(chats)
    .where(~chats.c.private, *WRITABLE, chats.c.unit.in_(bindparam("of", expanding=True)))
    .order_by(chats.c.address)
)


@dataclass(frozen=True, slots=True)
class SqlChats:
    rows: Connection

    def seen(self, chat: Chat, person_id: int | None, at: datetime) -> None:
        again: dict[str, Any] = {"lost": "", "at": at}
        again |= {"title": chat.title} if chat.title else {}
        again |= {"person_id": person_id} if person_id else {}
        self._write(chat, person_id, at, again)

    def bind(self, chat: Chat, at: datetime) -> None:
        again = {"lost": "", "trouble": "", "at": at, "thread": chat.thread}
        again |= {"unit": chat.unit, "title": chat.title}
        self._write(chat, None, at, again)

    def groups_of(self, units: Iterable[str]) -> Sequence[Chat]:
        return [_chat(row) for row in self.rows.execute(GROUPS, {"of": list(units)})]

    def bound(self, address: str) -> Chat | None:
        row = self.rows.execute(ONE, {"here": address}).one_or_none()
        return _chat(row) if row and row.unit else None

    def is_lost(self, address: str) -> bool:
        row = self.rows.execute(ONE, {"here": address}).one_or_none()
        return bool(row and row.lost)

    def lost(self, address: str, why: str, at: datetime) -> None:
        gone = update(chats).where(chats.c.address == address)
        self.rows.execute(gone.values(lost=why, at=at))

    def troubled(self, address: str, why: str) -> None:
        here = update(chats).where(chats.c.address == address)
        self.rows.execute(here.values(trouble=why))

    def well(self, address: str, troubles: Iterable[str]) -> bool:
        here = update(chats).where(chats.c.address == address, chats.c.trouble.in_(troubles))
        return bool(self.rows.execute(here.values(trouble="")).rowcount)

    def moved(self, address: str, to: str) -> bool:
        before = self.rows.execute(ONE, {"here": address}).one_or_none()
        if before is None:
            return False
        kept = {"unit": before.unit, "title": before.title, "thread": "", "lost": "", "trouble": ""}
        if self.rows.execute(ONE, {"here": to}).one_or_none() is None:
            here = update(chats).where(chats.c.address == address)
            self.rows.execute(here.values(address=to, **kept))
        else:
            self.rows.execute(update(chats).where(chats.c.address == to).values(**kept))
            self.rows.execute(delete(chats).where(chats.c.address == address))
        forget(self.rows, address)
        _carry(self.rows, cards.c.chat, (cards.c.kind, cards.c.subject), address, to)
        _carry(self.rows, prompts.c.chat, (prompts.c.person_id,), address, to)
        self.rows.execute(update(notices).where(notices.c.chat == address).values(chat=to))
        return True

    def private_of(self, person_id: int) -> str | None:
        own = self.rows.execute(PRIVATE, {"person": person_id}).scalar_one_or_none()
        return own or shared_chats(self.rows, [person_id]).get(person_id)

    def _write(
        self, chat: Chat, person_id: int | None, at: datetime, again: dict[str, Any]
    ) -> None:
        row = {
            "address": chat.address,
            "thread": chat.thread,
            "unit": chat.unit,
            "title": chat.title,
            "lost": "",
            "trouble": "",
            "private": chat.private,
            "person_id": person_id,
            "at": at,
        }
        written = upsert(chats).values(row)
        self.rows.execute(written.on_conflict_do_update(index_elements=["address"], set_=again))


def _carry(
    rows: Connection, chat: Column[str], key: tuple[Column[Any], ...], address: str, to: str
) -> None:
    """Rows of one chat become another's; what stands there already wins."""
    there = select(*key).where(chat == to)
    rows.execute(delete(chat.table).where(chat == address, tuple_(*key).in_(there)))
    rows.execute(update(chat.table).where(chat == address).values({chat: to}))


def _chat(row: Row[Any]) -> Chat:
    return Chat(row.address, row.private, row.unit, row.title, row.thread, row.lost, row.trouble)
