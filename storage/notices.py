"""Notices: claimed with a lease, sent at least once, and what became of each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, or_, select, update

from bot.domain.channel import Channel, account_of, answering, calling, left, usable
from bot.domain.notice import STATES, WHILE_WAITING, Notice, Urgency
from bot.domain.quota import PLENTY, Allowance
from bot.services.ports.messages import Sending
from storage.channels import SqlChannels
from storage.people import SqlPeople
from storage.tables import chats, deliveries, notices, pages

RANK: dict[Urgency, int] = {"page": 0, "notice": 1, "quiet": 2}
URGENCY: dict[int, Urgency] = {rank: urgency for urgency, rank in RANK.items()}
WAITING = notices.c.state.in_(("to_send", "sending"))
STALE = timedelta(seconds=30)  # what has waited so long is perhaps said by a newer one
HELD = timedelta(minutes=10)  # then it is looked whether more may be sent again
ABREAST = 10  # of one person's or one group's, on their way at once: held up, they hold up nobody
LINE = (  # what is on its way counts: an incident that has much there stands behind the others
    select(
        notices.c.id,
        func.row_number()
        .over(partition_by=(notices.c.rank, notices.c.incident_id), order_by=notices.c.id)
        .label("of_incident"),
        func.row_number()
        .over(
            partition_by=(notices.c.person_id, notices.c.chat),
            order_by=(notices.c.rank, notices.c.id),
        )
        .label("of_recipient"),
    )
    .where(
        WAITING,
        notices.c.not_before <= bindparam("now"),
        notices.c.rank <= bindparam("lowest"),
    )
    .subquery()
)
CLAIMABLE = (
    select(notices, chats.c.thread, pages.c.due_at.label("page_due"))
    .join(LINE, LINE.c.id == notices.c.id)
    .outerjoin(chats, chats.c.address == notices.c.chat)
    .outerjoin(pages, pages.c.id == notices.c.page_id)
    .where(
        LINE.c.of_recipient <= ABREAST,
        or_(
            notices.c.state == "to_send",
            and_(notices.c.state == "sending", notices.c.leased_until <= bindparam("now")),
        ),
    )
    .order_by(notices.c.rank, LINE.c.of_incident, notices.c.id)
    .limit(bindparam("most"))
)
CLAIM = update(notices).where(
    notices.c.id == bindparam("number"), notices.c.attempts == bindparam("before")
)
ONE = update(notices).where(notices.c.id == bindparam("number"))
SAME = (notices.c.kind, notices.c.person_id, notices.c.chat, notices.c.incident_id)
NEWEST = (
    select(*SAME, func.max(notices.c.at).label("newest"))
    .where(
        WAITING,
        notices.c.incident_id.in_(bindparam("about", expanding=True)),
        notices.c.kind.in_(STATES),
    )
    .group_by(*SAME)
)
HEARD = notices.alias("heard")
REACHED = (  # somebody was told of the same since, as loudly
    select(HEARD.c.id)
    .where(
        HEARD.c.incident_id == notices.c.incident_id,
        HEARD.c.rank == RANK["page"],
        HEARD.c.state == "sent",
        HEARD.c.at >= notices.c.at,
    )
    .exists()
)
UNMOVED = (
    select(notices.c.incident_id)
    .where(
        WAITING,
        notices.c.rank == RANK["page"],  # however often it was put off to be tried again
        or_(notices.c.at <= bindparam("before"), notices.c.not_before <= bindparam("before")),
        notices.c.kind != bindparam("but"),
        # the platform takes no more this month: the telephone and the others of the order are left
        ~and_(notices.c.why == "quota", REACHED),
    )
    .order_by(notices.c.incident_id)
    .distinct()
)
OVER = update(notices).where(notices.c.id.in_(bindparam("numbers", expanding=True)))


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
        self,
        now: datetime,
        lease: timedelta,
        limit: int,
        pages_only: bool = False,
        allowance: Allowance = PLENTY,
    ) -> Sequence[Sending]:
        key = {"now": now, "most": limit, "lowest": RANK["page" if pages_only else "quiet"]}
        found = self._still_true(self.rows.execute(CLAIMABLE, key).all(), now)
        asked = {row.person_id for row in found if not row.chat} - {None}
        channels = SqlChannels(self.rows).of(asked, now)
        by = {row.id: usable(channels.get(row.person_id, ()), _is_page(row)) for row in found}
        where = {row.id: _where(row, by[row.id], allowance) for row in found}
        if allowance != PLENTY:
            found = self._not_held(found, where, allowance, now)
        mine: list[Row[Any]] = []
        for row in found:
            key = {"number": row.id, "before": row.attempts, "attempts": row.attempts + 1}
            again = row.again or row.state == "sending"
            leased = {"state": "sending", "leased_until": now + lease, "again": again}
            if self.rows.execute(CLAIM, {**key, **leased}).rowcount:
                mine.append(row)
        people = SqlPeople(self.rows).named({row.person_id for row in mine} - {None})
        sendings = [
            Sending(
                notice_id=row.id,
                notice=_notice(row),
                chat=where[row.id][0],
                person=people.get(row.person_id),
                again=row.again or row.state == "sending",
                attempts=row.attempts + 1,
                thread=row.thread or "",
                tried=tuple(row.tried or ()),
                instead=where[row.id][1],
                another=not row.chat and left(by[row.id], [where[row.id][0]]),
            )
            for row in mine
        ]
        return self._once_each(sendings, {row.id: row.at for row in mine}, now)

    def _still_true(self, found: Sequence[Row[Any]], now: datetime) -> Sequence[Row[Any]]:
        """Without what a newer one says, and pages that somebody has taken meanwhile."""
        over = {row.id for row in found if row.kind in WHILE_WAITING and row.page_due is None}
        late = [row for row in found if row.kind in STATES and row.at + STALE < now]
        if late:
            about = {row.incident_id for row in late}
            newest = self.rows.execute(NEWEST, {"about": list(about)}).all()
            last = {tuple(row[:4]): row.newest for row in newest}
            over |= {row.id for row in late if row.at < last[_same(row)]}
        if over:
            self.rows.execute(
                OVER.values(state="superseded", leased_until=None), {"numbers": list(over)}
            )
        return [row for row in found if row.id not in over]

    def _not_held(
        self,
        found: Sequence[Row[Any]],
        where: Mapping[int, tuple[str, str]],
        allowance: Allowance,
        now: datetime,
    ) -> Sequence[Row[Any]]:
        """What makes no sound waits while its account has little left."""
        low = allowance.scarce | allowance.full
        held = {
            row.id
            for row in found
            if row.rank == RANK["quiet"] and account_of(where[row.id][0]) in low
        }
        if held:
            waits = OVER.values(state="to_send", why="quota", not_before=now + HELD)
            self.rows.execute(waits, {"numbers": list(held)})
        return [row for row in found if row.id not in held]

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

    def keep(self, numbers: Collection[int], until: datetime) -> None:
        if numbers:
            theirs = notices.c.id.in_(numbers), notices.c.state == "sending"
            self.rows.execute(update(notices).where(*theirs).values(leased_until=until))

    def release(self, now: datetime) -> None:
        held = update(notices).where(notices.c.state == "sending")
        self.rows.execute(held.values(leased_until=now))

    def sent(self, notice_id: int, chat: str, message_id: str, text: str, at: datetime) -> None:
        self._settled(notice_id, chat, "sent", message_id, text, "", at)

    def failed(self, notice_id: int, chat: str, why: str, at: datetime) -> None:
        self._settled(notice_id, chat, "failed", "", "", why, at)

    def unknown(self, notice_id: int, chat: str, why: str, at: datetime) -> None:
        row = {"notice_id": notice_id, "chat": chat, "state": "unknown", "message_id": ""}
        self.rows.execute(insert(deliveries), {**row, "text": "", "why": why, "at": at})

    def again_at(
        self,
        notice_id: int,
        when: datetime,
        why: str,
        unknown: bool,
        tried: Sequence[str] = (),
    ) -> None:
        values: dict[str, Any] = {"state": "to_send", "not_before": when, "why": why}
        values["tried"] = list(tried)
        if unknown:
            values["again"] = True
        self.rows.execute(ONE.values(**values), {"number": notice_id})

    def unmoved(self, before: datetime, but: str) -> Sequence[int]:
        found = self.rows.execute(UNMOVED, {"before": before, "but": but})
        return [number or 0 for number in found.scalars()]

    def hasten(self, now: datetime, beyond: datetime) -> Sequence[int]:
        late = or_(notices.c.not_before > beyond, notices.c.leased_until > beyond)
        which = update(notices).where(WAITING, notices.c.rank == RANK["page"], late)
        found = which.values(not_before=now, leased_until=now).returning(notices.c.incident_id)
        return [number or 0 for number in self.rows.execute(found).scalars()]

    def overtaken(self, kind: str, chat: str) -> None:
        which = update(notices).where(WAITING, notices.c.kind == kind, notices.c.chat == chat)
        self.rows.execute(which.values(state="superseded", leased_until=None))

    def erase_words(self, incident_id: int) -> None:
        """What was sent of it, and what is still to be sent, carries no words any more."""
        which = select(notices.c.id).where(notices.c.incident_id == incident_id)
        gone = update(deliveries).where(deliveries.c.notice_id.in_(which))
        self.rows.execute(gone.values(text=""))
        for row in self.rows.execute(select(notices).where(notices.c.id.in_(which))).all():
            kept = {k: v for k, v in row.facts.items() if k not in ("words", "ask", "how")}
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


def _is_page(row: Row[Any]) -> bool:
    return bool(row.rank == RANK["page"])


def _same(row: Row[Any]) -> tuple[Any, ...]:
    return (row.kind, row.person_id, row.chat, row.incident_id)


def _where(row: Row[Any], channels: Sequence[Channel], allowance: Allowance) -> tuple[str, str]:
    """The chat it goes to, and why it does not go where it went otherwise.

    A page follows the person's order. What is not urgent goes where the person wrote last, unless
    that account can send no more; a question stays where its answer is waited for.
    """
    if row.chat or not channels:
        return row.chat or "", ""
    home, tried = answering(channels), tuple(row.tried or ())
    shun = allowance.full | {str(row.facts.get("avoid", ""))}
    if _is_page(row):
        turn = int(row.facts.get("turn", 1))
        home = calling(channels, turn, tried)
        goes = calling(channels, turn, tried, shun)
    elif row.rank == RANK["quiet"] or "draft" in row.facts:
        goes = home
    elif home in tried or account_of(home) in shun:
        goes = calling(channels, 1, tried, shun)
    else:
        goes = home
    return goes, "quota" if goes != home and account_of(home) in allowance.full else ""
