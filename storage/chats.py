"""The chats that people write from, and the groups that belong to a unit's response team."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.services.ports.messages import Chat
from storage.tables import cards, chats, notices, prompts

PRIVATE = (
    select(chats.c.address)
    .where(chats.c.person_id == bindparam("person"), chats.c.private, chats.c.lost == "")
    .order_by(chats.c.at.desc())
    .limit(1)
)
ONE = select(chats).where(chats.c.address == bindparam("here"))
GROUPS = (
    select(chats)
    .where(~chats.c.private, chats.c.lost == "", chats.c.unit.in_(bindparam("of", expanding=True)))
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
        again = {"lost": "", "at": at, "unit": chat.unit, "title": chat.title}
        self._write(chat, None, at, again)

    def groups_of(self, units: Iterable[str]) -> Sequence[Chat]:
        return [_chat(row) for row in self.rows.execute(GROUPS, {"of": list(units)})]

    def bound(self, address: str) -> Chat | None:
        row = self.rows.execute(ONE, {"here": address}).one_or_none()
        return _chat(row) if row and row.unit else None

    def lost(self, address: str, why: str, at: datetime) -> None:
        gone = update(chats).where(chats.c.address == address)
        self.rows.execute(gone.values(lost=why, at=at))

    def moved(self, address: str, to: str) -> None:
        for column in (chats.c.address, cards.c.chat, notices.c.chat, prompts.c.chat):
            moved = update(column.table).where(column == address)
            self.rows.execute(moved.values({column: to}))

    def private_of(self, person_id: int) -> str | None:
        return self.rows.execute(PRIVATE, {"person": person_id}).scalar_one_or_none()

    def _write(
        self, chat: Chat, person_id: int | None, at: datetime, again: dict[str, Any]
    ) -> None:
        row = {
            "address": chat.address,
            "thread": "",
            "unit": chat.unit,
            "title": chat.title,
            "lost": "",
            "private": chat.private,
            "person_id": person_id,
            "at": at,
        }
        written = upsert(chats).values(row)
        self.rows.execute(written.on_conflict_do_update(index_elements=["address"], set_=again))


def _chat(row: Row[Any]) -> Chat:
    return Chat(row.address, row.private, row.unit, row.title)
