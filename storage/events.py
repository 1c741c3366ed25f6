"""The chains of events, their seals, and the updates that were already done. Only appended to."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, func, insert, select

from bot.domain.people import Act
from bot.domain.timeline import Event, Link, Seal, canonical, digest
from storage.tables import events, payloads, seals, update_keys

WITH_PAYLOAD = select(events, payloads.c.salt, payloads.c.payload).outerjoin(
    payloads, and_(payloads.c.chain == events.c.chain, payloads.c.seq == events.c.seq)
)
CHAIN = WITH_PAYLOAD.where(events.c.chain == bindparam("name"))
HEAD = (
    select(events.c.seq, events.c.hash)
    .where(events.c.chain == bindparam("name"))
    .order_by(events.c.seq.desc())
    .limit(1)
)
NEWEST = select(events.c.chain, func.max(events.c.seq).label("seq")).group_by(events.c.chain)
LAST_BY = (
    select(events.c.at)
    .where(events.c.chain == bindparam("name"), events.c.person_id == bindparam("person"))
    .order_by(events.c.seq.desc())
    .limit(1)
)
DONE = select(update_keys.c.chain).where(update_keys.c.key == bindparam("name"))


@dataclass(frozen=True, slots=True)
class SqlEvents:
    rows: Connection

    def append(self, act: Act, events_of: Sequence[Event]) -> None:
        heads: dict[str, tuple[int, str]] = {}
        links: list[Link] = []
        for event in events_of:
            seq, prev = heads.get(event.chain) or self._head(event.chain)
            salt, payload = secrets.token_bytes(16), canonical(event.facts)
            link = Link(
                chain=event.chain,
                seq=seq + 1,
                prev=prev,
                kind=event.kind,
                person_id=act.person.id,
                platform=act.identity.platform,
                at=act.at,
                digest=digest(salt, payload),
                salt=salt,
                payload=payload,
            ).sealed()
            heads[event.chain] = (link.seq, link.hash)
            links.append(link)
        if links:
            self.rows.execute(insert(events), [_header(link) for link in links])
            self.rows.execute(insert(payloads), [_payload(link) for link in links])

    def chain(self, name: str, last: int | None = None) -> Sequence[Link]:
        if last is None:
            found = self.rows.execute(CHAIN.order_by(events.c.seq), {"name": name})
            return [_link(row) for row in found.mappings()]
        newest = CHAIN.order_by(events.c.seq.desc()).limit(last)
        found = self.rows.execute(newest, {"name": name})
        return [_link(row) for row in found.mappings()][::-1]

    def last_by(self, chain: str, person_id: int) -> datetime | None:
        who = {"name": chain, "person": person_id}
        return self.rows.execute(LAST_BY, who).scalar_one_or_none()

    def erase(self, chain: str, kinds: Sequence[str]) -> int:
        which = select(events.c.seq).where(events.c.chain == chain, events.c.kind.in_(kinds))
        gone = delete(payloads).where(payloads.c.chain == chain, payloads.c.seq.in_(which))
        return self.rows.execute(gone).rowcount

    def heads(self) -> dict[str, tuple[int, str]]:
        newest = NEWEST.subquery()
        heads = select(events.c.chain, events.c.seq, events.c.hash).join(
            newest, and_(newest.c.chain == events.c.chain, newest.c.seq == events.c.seq)
        )
        return {row.chain: (row.seq, row.hash) for row in self.rows.execute(heads)}

    def chains(self) -> Sequence[str]:
        names = select(events.c.chain).distinct().order_by(events.c.chain)
        return list(self.rows.execute(names).scalars())

    def seals(self) -> Sequence[Seal]:
        return [_seal(row) for row in self.rows.execute(select(seals).order_by(seals.c.id))]

    def seal(self, seal: Seal) -> None:
        heads = {chain: list(head) for chain, head in seal.heads.items()}
        row = {"id": seal.id, "at": seal.at, "prev": seal.prev, "hash": seal.hash}
        self.rows.execute(insert(seals), {**row, "heads": heads})

    def _head(self, chain: str) -> tuple[int, str]:
        row = self.rows.execute(HEAD, {"name": chain}).one_or_none()
        return (row.seq, row.hash) if row else (0, "")


@dataclass(frozen=True, slots=True)
class SqlUpdateKeys:
    rows: Connection

    def done(self, key: str) -> str | None:
        return self.rows.execute(DONE, {"name": key}).scalar_one_or_none()

    def add(self, key: str, chain: str, at: datetime) -> None:
        self.rows.execute(insert(update_keys), {"key": key, "chain": chain, "at": at})

    def forget(self, before: datetime) -> int:
        return self.rows.execute(delete(update_keys).where(update_keys.c.at < before)).rowcount


def _link(row: RowMapping) -> Link:
    """Whoever changes a payload by hand leaves text where bytes were: it is found all the same."""
    kept = {
        name: row[name].encode() if isinstance(row[name], str) else row[name]
        for name in ("salt", "payload")
    }
    return Link(**{**row, **kept})


def _header(link: Link) -> dict[str, Any]:
    apart = ("salt", "payload")
    return {name: getattr(link, name) for name in link.__slots__ if name not in apart}


def _payload(link: Link) -> dict[str, Any]:
    return {"chain": link.chain, "seq": link.seq, "salt": link.salt, "payload": link.payload}


def _seal(row: Any) -> Seal:
    heads = {chain: (seq, head) for chain, (seq, head) in row.heads.items()}
    return Seal(row.id, row.at, heads, row.prev, row.hash)
