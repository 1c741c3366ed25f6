"""Notices: claimed with a lease, sent at least once, and what became of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, insert, or_, select, update

from bot.domain.notice import Notice, Urgency
from bot.services.ports.messages import Sending
from storage.chats import SqlChats
from storage.people import SqlPeople
from storage.tables import chats, deliveries, notices

RANK: dict[Urgency, int] = {"page": 0, "notice": 1, "quiet": 2}
URGENCY: dict[int, Urgency] = {rank: urgency for urgency, rank in RANK.items()}
WAITING = notices.c.state.in_(("to_send", "sending"))
CLAIMABLE = (
    select(notices, chats.c.thread)
    .outerjoin(chats, chats.c.address == notices.c.chat)
    .where(
        WAITING,
        notices.c.not_before <= bindparam("now"),
        notices.c.rank <= bindparam("lowest"),
        or_(
            notices.c.state == "to_send",
            and_(notices.c.state == "sending", notices.c.leased_until <= bindparam("now")),
        ),
    )
    .order_by(notices.c.rank, notices.c.id)
    .limit(bindparam("most"))
)
CLAIM = update(notices).where(
    notices.c.id == bindparam("number"), notices.c.attempts == bindparam("before")
)
ONE = update(notices).where(notices.c.id == bindparam("number"))


@dataclass(frozen=True, slots=True)
class SqlNotices:
    rows: Connection
    stirred: list[bool]  # something new to be said: the sender is woken after the commit

    def add(self, those: Iterable[Notice], at: datetime) -> None:
        rows = [
            {
                "kind": notice.kind,
                "state": "to_send",
                "why": "",
                "person_id": notice.to,
                "chat": notice.chat,
                "incident_id": notice.incident,
                "page_id": notice.page,
                "facts": dict(notice.facts),
                "rank": RANK[notice.urgency],
                "attempts": 0,
                "not_before": at,
                "leased_until": None,
                "again": False,
                "at": at,
            }
            for notice in those
        ]
        if rows:
            self.rows.execute(insert(notices), rows)
            self.stirred.append(True)

    def claim(
        self, now: datetime, lease: timedelta, limit: int, pages_only: bool = False
    ) -> Sequence[Sending]:
        key = {"now": now, "most": limit, "lowest": RANK["page" if pages_only else "quiet"]}
        found = self.rows.execute(CLAIMABLE, key).all()
        mine: list[Row[Any]] = []
        for row in found:
            key = {"number": row.id, "before": row.attempts, "attempts": row.attempts + 1}
            again = row.again or row.state == "sending"
            leased = {"state": "sending", "leased_until": now + lease, "again": again}
            if self.rows.execute(CLAIM, {**key, **leased}).rowcount:
                mine.append(row)
        people = SqlPeople(self.rows).named({row.person_id for row in mine} - {None})
        known = SqlChats(self.rows)
        sendings = [
            Sending(
                notice_id=row.id,
                notice=_notice(row),
                chat=row.chat or known.private_of(row.person_id) or "",
                person=people.get(row.person_id),
                again=row.again or row.state == "sending",
                attempts=row.attempts + 1,
                thread=row.thread or "",
            )
            for row in mine
        ]
        return self._once_each(sendings, {row.id: row.at for row in mine}, now)

    def _once_each(
        self, sendings: Sequence[Sending], said: Mapping[int, datetime], now: datetime
    ) -> Sequence[Sending]:
        """A shared telephone rings once for what it and who holds it are told in one step."""
        kept: dict[object, Sending] = {}
        for one in sendings:
            notice, number = one.notice, one.notice_id
            about = (notice.kind, notice.incident, notice.page, str(notice.facts), said[number])
            key: object = (one.chat, *about) if notice.to and one.chat else number
            if key in kept:
                self._settled(number, one.chat, "sent", "", "", "told_already", now)
            else:
                kept[key] = one
        return list(kept.values())

    def release(self, now: datetime) -> None:
        held = update(notices).where(notices.c.state == "sending")
        self.rows.execute(held.values(leased_until=now))

    def sent(self, notice_id: int, chat: str, message_id: str, text: str, at: datetime) -> None:
        self._settled(notice_id, chat, "sent", message_id, text, "", at)

    def failed(self, notice_id: int, chat: str, why: str, at: datetime) -> None:
        self._settled(notice_id, chat, "failed", "", "", why, at)

    def again_at(self, notice_id: int, when: datetime, why: str, unknown: bool) -> None:
        values: dict[str, Any] = {"state": "to_send", "not_before": when, "why": why}
        if unknown:
            values["again"] = True
        self.rows.execute(ONE.values(**values), {"number": notice_id})

    def erase_words(self, incident_id: int) -> None:
        """What was sent of it, and what is still to be sent, carries no words any more."""
        which = select(notices.c.id).where(notices.c.incident_id == incident_id)
        gone = update(deliveries).where(deliveries.c.notice_id.in_(which))
        self.rows.execute(gone.values(text=""))
        for row in self.rows.execute(select(notices).where(notices.c.id.in_(which))).all():
            kept = {k: v for k, v in row.facts.items() if k not in ("words", "ask")}
            self.rows.execute(ONE.values(facts=kept), {"number": row.id})

    def _settled(
        self, number: int, chat: str, state: str, message_id: str, text: str, why: str, at: datetime
    ) -> None:
        done = ONE.values(state=state, why=why, leased_until=None)
        self.rows.execute(done, {"number": number})
        row = {"notice_id": number, "chat": chat, "state": state, "message_id": message_id}
        self.rows.execute(insert(deliveries), {**row, "text": text, "why": why, "at": at})


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        row.kind,
        row.person_id,
        row.chat,
        row.incident_id,
        row.page_id,
        row.facts,
        URGENCY[row.rank],
    )
