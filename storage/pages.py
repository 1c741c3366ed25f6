"""Pages, whom they called, and who answered. Whoever saves a page must have seen its latest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select, update

from bot.domain.channel import Heard
from bot.domain.errors import NotFound, Outdated
from bot.domain.escalation import Call, Kind, Page, Rung, Team
from bot.domain.still import Held
from storage.tables import acknowledgements, incidents, page_calls, pages

GET = select(pages).where(pages.c.id == bindparam("page_id"))
OF = (
    select(pages)
    .where(pages.c.incident_id == bindparam("number"))
    .order_by(pages.c.due_at.is_(None), pages.c.id.desc())
    .limit(1)
)
DUE = select(pages.c.id).where(pages.c.due_at <= bindparam("now")).order_by(pages.c.due_at)
CALLED = (
    select(page_calls.c.person_id, page_calls.c.chat, page_calls.c.why, page_calls.c.seen_at)
    .where(page_calls.c.page_id == bindparam("page_id"))
    .order_by(page_calls.c.id)
)
LAST_CALL = (
    select(func.max(page_calls.c.id))
    .where(
        page_calls.c.page_id == bindparam("of_page"),
        page_calls.c.person_id == bindparam("person"),
        page_calls.c.chat == "",
    )
    .scalar_subquery()
)
HEARD = update(page_calls).where(page_calls.c.id == LAST_CALL)
SAW = (
    update(page_calls)
    .where(
        page_calls.c.chat == bindparam("here"),
        page_calls.c.seen_at.is_(None),
        page_calls.c.page_id.in_(select(pages.c.id).where(pages.c.due_at.is_not(None))),
    )
    .returning(page_calls.c.page_id)
)
ANSWERED = (
    select(acknowledgements.c.person_id)
    .where(acknowledgements.c.page_id == bindparam("page_id"))
    .order_by(acknowledgements.c.id)
)
ALL_WAITING = select(pages).where(pages.c.due_at.is_not(None)).order_by(pages.c.id)
WAITING = (
    select(pages)
    .where(
        pages.c.due_at.is_not(None),
        pages.c.id.in_(
            select(page_calls.c.page_id).where(page_calls.c.person_id == bindparam("person"))
        ),
    )
    .order_by(pages.c.id)
)
TAKEN = (
    select(pages)
    .join(acknowledgements)
    .join(incidents, incidents.c.id == pages.c.incident_id)
    .where(
        acknowledgements.c.person_id == bindparam("person"),
        ~pages.c.closed,
        incidents.c.state == "open",
    )
    .order_by(acknowledgements.c.id)
)
LAST_FOR = (
    select(pages)
    .join(incidents, incidents.c.id == pages.c.incident_id)
    .where(
        pages.c.due_at.is_(None),
        incidents.c.state == "open",
        pages.c.id.in_(
            select(page_calls.c.page_id).where(
                page_calls.c.person_id.in_(bindparam("people", expanding=True))
            )
        ),
    )
    .order_by(pages.c.id.desc())
    .limit(1)
)
WHEN = select(acknowledgements.c.at).where(
    acknowledgements.c.page_id == bindparam("page_id"),
    acknowledgements.c.person_id == bindparam("person"),
)
ADD = insert(pages).returning(pages.c.id)
ADD_CALL, ADD_ANSWER = insert(page_calls), insert(acknowledgements)
GIVE_BACK = delete(acknowledgements).where(
    acknowledgements.c.page_id == bindparam("page_id"),
    acknowledgements.c.person_id == bindparam("person"),
)
STILL_HELD = and_(~pages.c.closed, incidents.c.state == "open")
HELD = (
    select(
        acknowledgements.c.page_id,
        acknowledgements.c.person_id,
        acknowledgements.c.next_at,
        acknowledgements.c.asked_at,
    )
    .join(pages, pages.c.id == acknowledgements.c.page_id)
    .join(incidents, incidents.c.id == pages.c.incident_id)
    .where(acknowledgements.c.next_at <= bindparam("now"), STILL_HELD)
    .order_by(acknowledgements.c.next_at)
)
ASKED_OF = (
    select(pages)
    .join(acknowledgements)
    .join(incidents, incidents.c.id == pages.c.incident_id)
    .where(
        acknowledgements.c.person_id.in_(bindparam("people", expanding=True)),
        acknowledgements.c.asked_at.is_not(None),
        STILL_HELD,
    )
    .order_by(acknowledgements.c.asked_at)
)
LAST_TOLD = (
    select(func.max(page_calls.c.at))
    .join(pages, pages.c.id == page_calls.c.page_id)
    .where(
        page_calls.c.person_id.in_(bindparam("people", expanding=True)),
        pages.c.due_at.is_not(None),
    )
)
LAST_ASKED = (
    select(func.max(acknowledgements.c.asked_at))
    .join(pages, pages.c.id == acknowledgements.c.page_id)
    .join(incidents, incidents.c.id == pages.c.incident_id)
    .where(
        acknowledgements.c.person_id.in_(bindparam("people", expanding=True)),
        STILL_HELD,
    )
)
HOLD = update(acknowledgements).where(
    acknowledgements.c.page_id == bindparam("of_page"),
    acknowledgements.c.person_id == bindparam("person"),
)
LET_GO = (  # of pages that are closed nobody is asked any more
    update(acknowledgements)
    .where(
        acknowledgements.c.next_at.is_not(None),
        acknowledgements.c.page_id.in_(
            select(pages.c.id).where(pages.c.incident_id == bindparam("incident"), pages.c.closed)
        ),
    )
    .values(next_at=None)
)
CLAIM = update(pages).where(
    pages.c.id == bindparam("page_id"), pages.c.version == bindparam("before")
)
MOVING = ("due_at", "rung", "told", "count", "round", "serious", "closed")


@dataclass(frozen=True, slots=True)
class SqlPages:
    rows: Connection

    def get(self, page_id: int) -> Page:
        row = self.rows.execute(GET, {"page_id": page_id}).one_or_none()
        if row is None:
            raise NotFound(page_id, number=page_id)
        return self._page(row)

    def of(self, incident_id: int) -> Page | None:
        row = self.rows.execute(OF, {"number": incident_id}).one_or_none()
        return self._page(row) if row else None

    def waiting(self) -> Sequence[Page]:
        return [self._page(row) for row in self.rows.execute(ALL_WAITING).all()]

    def waiting_for(self, person_id: int) -> Sequence[Page]:
        return [self._page(row) for row in self.rows.execute(WAITING, {"person": person_id}).all()]

    def last_for(self, ids: Iterable[int]) -> Page | None:
        row = self.rows.execute(LAST_FOR, {"people": list(ids)}).one_or_none()
        return self._page(row) if row else None

    def taken_by(self, person_id: int) -> Sequence[Page]:
        return [self._page(row) for row in self.rows.execute(TAKEN, {"person": person_id}).all()]

    def due(self, now: datetime) -> Sequence[int]:
        return list(self.rows.execute(DUE, {"now": now}).scalars())

    def add(self, page: Page) -> Page:
        rungs = [
            [list(rung.person_ids), rung.wait.total_seconds(), rung.times] for rung in page.ladder
        ]
        values = {
            "incident_id": page.incident_id,
            "kind": page.kind,
            "ladder": rungs,
            "units": list(page.units),
            "teams": [[team.unit, list(team.person_ids)] for team in page.teams],
            "needed": max(len(page.teams), 1),
            "began_at": page.began_at,
            "version": 0,
        }
        number = self.rows.execute(ADD, {**values, **_moving(page)}).scalar_one()
        return replace(page, id=number)

    def save(self, page: Page) -> None:
        key = {"page_id": page.id, "before": page.version, "version": page.version + 1}
        if not self.rows.execute(CLAIM, {**key, **_moving(page)}).rowcount:
            raise Outdated(page.id)

    def called(self, page: Page, call: Call, at: datetime) -> None:
        row = {"page_id": page.id, "count": call.count, "at": at, "chat": "", "why": ""}
        self.rows.execute(ADD_CALL, [{**row, "person_id": who} for who in call.person_ids])

    def heard(self, page_id: int, heard: Heard, at: datetime) -> None:
        key = {"of_page": page_id, "person": heard.person_id}
        told = self.rows.execute(HEARD.values(chat=heard.chat, why=heard.why), key)
        if not told.rowcount and heard.chat:  # beside: in one more chat
            row = {"page_id": page_id, "person_id": heard.person_id, "count": 0, "at": at}
            self.rows.execute(ADD_CALL, {**row, "chat": heard.chat, "why": ""})

    def saw(self, chat: str, at: datetime) -> Sequence[Page]:
        seen = self.rows.execute(SAW.values(seen_at=at), {"here": chat}).scalars()
        return [self.get(number) for number in sorted(set(seen))]

    def acknowledged(self, page: Page, person_id: int, at: datetime, next_at: datetime) -> None:
        row = {"page_id": page.id, "person_id": person_id, "at": at, "next_at": next_at}
        self.rows.execute(ADD_ANSWER, row)

    def held_until(self, now: datetime) -> Sequence[Held]:
        return [Held(*row) for row in self.rows.execute(HELD, {"now": now}).all()]

    def hold(self, held: Held) -> None:
        key = {"of_page": held.page_id, "person": held.person_id}
        self.rows.execute(HOLD.values(next_at=held.next_at, asked_at=held.asked_at), key)

    def asked_of(self, people: Iterable[int]) -> Sequence[Page]:
        found = self.rows.execute(ASKED_OF, {"people": list(people)}).all()
        return [self._page(row) for row in found]

    def last_told(self, people: Iterable[int]) -> datetime | None:
        whose = {"people": list(people)}
        told = [self.rows.execute(each, whose).scalar() for each in (LAST_TOLD, LAST_ASKED)]
        return max((at for at in told if at), default=None)

    def acknowledged_at(self, page: Page, person_id: int) -> datetime | None:
        key = {"page_id": page.id, "person": person_id}
        return self.rows.execute(WHEN, key).scalar_one_or_none()

    def given_back(self, page: Page, person_id: int) -> None:
        self.rows.execute(GIVE_BACK, {"page_id": page.id, "person": person_id})

    def close_all(self, incident_id: int, kind: Kind | None = None) -> None:
        which = [pages.c.incident_id == incident_id, ~pages.c.closed]
        which += [pages.c.kind == kind] if kind else []
        closed = update(pages).where(*which)
        self.rows.execute(closed.values(due_at=None, closed=True, version=pages.c.version + 1))
        self.rows.execute(LET_GO, {"incident": incident_id})

    def _page(self, row: Row[Any]) -> Page:
        key = {"page_id": row.id}
        calls = self.rows.execute(CALLED, key).all()
        return Page(
            id=row.id,
            incident_id=row.incident_id,
            kind=row.kind,
            ladder=tuple(
                Rung(tuple(who), timedelta(seconds=wait), times) for who, wait, times in row.ladder
            ),
            began_at=row.began_at,
            units=tuple(row.units),
            teams=tuple(Team(unit, tuple(who)) for unit, who in row.teams),
            called=frozenset(call.person_id for call in calls),
            heard=tuple(
                Heard(call.person_id, call.chat, call.why, call.seen_at is not None)
                for call in calls
            ),
            acknowledged=tuple(self.rows.execute(ANSWERED, key).scalars()),
            version=row.version,
            **{name: getattr(row, name) for name in MOVING},
        )


def _moving(page: Page) -> dict[str, object]:
    return {name: getattr(page, name) for name in MOVING}
