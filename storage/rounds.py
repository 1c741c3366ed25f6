"""Rounds of test messages, who was asked in each, and the last signs that a way works."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from bot.domain.errors import NotFound
from bot.domain.reach import Proof
from bot.domain.test_round import Asked, Round
from storage.tables import deliveries, notices, people, round_people, rounds

DUE = select(rounds).where(rounds.c.due_at <= bindparam("now")).order_by(rounds.c.id)
OPEN = select(rounds).where(rounds.c.due_at.is_not(None)).order_by(rounds.c.id)
NEWEST = select(rounds).order_by(rounds.c.id.desc()).limit(1)
OF = (
    select(round_people)
    .where(round_people.c.round_id.in_(bindparam("rounds", expanding=True)))
    .order_by(round_people.c.id)
)
ADD = insert(rounds).returning(rounds.c.id)
WAITING = (
    select(round_people)
    .join(rounds)
    .where(
        round_people.c.person_id.in_(bindparam("people", expanding=True)),
        rounds.c.due_at.is_not(None),
    )
    .order_by(round_people.c.id)
)
LATE = (
    select(round_people)
    .where(
        round_people.c.person_id.in_(bindparam("people", expanding=True)),
        round_people.c.round_id == select(func.max(rounds.c.id)).scalar_subquery(),
        round_people.c.where_now == "asked",
        round_people.c.answer == "",
    )
    .order_by(round_people.c.id)
)
ASKS = (
    select(notices.c.person_id, notices.c.state, notices.c.why)
    .where(
        notices.c.kind == "round.asked",
        notices.c.at >= bindparam("since"),
        notices.c.person_id.in_(bindparam("people", expanding=True)),
    )
    .order_by(notices.c.id)
)
NOT_LEFT = ("to_send", "sending")
TESTED = select(people.c.id, people.c.tested_at).where(
    people.c.id.in_(bindparam("people", expanding=True)), people.c.tested_at.is_not(None)
)
ANSWERED = (
    select(round_people.c.person_id, func.max(round_people.c.answered_at).label("at"))
    .where(round_people.c.person_id.in_(bindparam("people", expanding=True)))
    .group_by(round_people.c.person_id)
)
DELIVERED = (
    select(notices.c.person_id, func.max(deliveries.c.at).label("at"))
    .join(deliveries, deliveries.c.notice_id == notices.c.id)
    .where(
        notices.c.person_id.in_(bindparam("people", expanding=True)), deliveries.c.state == "sent"
    )
    .group_by(notices.c.person_id)
)


@dataclass(frozen=True, slots=True)
class SqlRounds:
    rows: Connection

    def add(self, round_: Round) -> Round:
        values = {
            "kind": round_.kind,
            "state": round_.state,
            "by_id": round_.by_id,
            "at": round_.began_at,
            "due_at": round_.due_at,
        }
        number = self.rows.execute(ADD, values).scalar_one()
        asked = [
            {"round_id": number, "person_id": one.person_id, "answer": "", "where_now": one.where}
            for one in round_.people
        ]
        if asked:
            self.rows.execute(insert(round_people), asked)
        return self.get(number)

    def get(self, round_id: int) -> Round:
        found = self._with_people(self.rows.execute(select(rounds).where(rounds.c.id == round_id)))
        if not found:
            raise NotFound(round_id, number=round_id)
        return found[0]

    def open(self) -> Sequence[Round]:
        return self._with_people(self.rows.execute(OPEN))

    def due(self, now: datetime) -> Sequence[Round]:
        return self._with_people(self.rows.execute(DUE, {"now": now}))

    def newest(self) -> Round | None:
        found = self._with_people(self.rows.execute(NEWEST))
        return found[0] if found else None

    def save(self, round_: Round) -> None:
        values = {"state": round_.state, "due_at": round_.due_at}
        self.rows.execute(update(rounds).where(rounds.c.id == round_.id).values(**values))

    def asked(self, number: int) -> Asked:
        which = select(round_people).where(round_people.c.id == number)
        row = self.rows.execute(which).one_or_none()
        if row is None:
            raise NotFound(number, number=number)
        return _asked(row)

    def waiting(self, person_ids: Collection[int]) -> Sequence[Asked]:
        return [_asked(row) for row in self.rows.execute(WAITING, {"people": list(person_ids)})]

    def late(self, person_ids: Collection[int]) -> Sequence[Asked]:
        return [_asked(row) for row in self.rows.execute(LATE, {"people": list(person_ids)})]

    def answer(self, asked: Asked) -> None:
        which = update(round_people).where(round_people.c.id == asked.id)
        said = {"answer": asked.answer, "answered_at": asked.answered_at}
        self.rows.execute(which.values(**said))

    def undelivered(self, round_: Round) -> Mapping[int, str]:
        key = {"since": round_.began_at, "people": [one.person_id for one in round_.people]}
        asks = self.rows.execute(ASKS, key).all()
        arrived = {row.person_id for row in asks if row.state == "sent"}
        found: dict[int, str] = {}
        for row in asks:
            too_late = round_.state == "over" and row.state in NOT_LEFT
            if row.state == "sent":
                found.pop(row.person_id, None)
            elif row.state == "failed" or (too_late and row.person_id not in arrived):
                found[row.person_id] = row.why
        return found

    def proofs(self, person_ids: Collection[int]) -> Mapping[int, Proof]:
        key = {"people": list(person_ids)}
        joined = {row.id: row.tested_at for row in self.rows.execute(TESTED, key)}
        answered = {row.person_id: row.at for row in self.rows.execute(ANSWERED, key) if row.at}
        delivered = {row.person_id: row.at for row in self.rows.execute(DELIVERED, key)}
        return {
            who: Proof(answered.get(who) or joined.get(who), delivered.get(who))
            for who in person_ids
        }

    def _with_people(self, found: Iterable[Row[Any]]) -> list[Round]:
        rows = list(found)
        if not rows:
            return []
        asked: dict[int, list[Asked]] = {row.id: [] for row in rows}
        for row in self.rows.execute(OF, {"rounds": list(asked)}):
            asked[row.round_id].append(_asked(row))
        return [
            Round(row.id, row.kind, row.by_id, row.at, row.state, tuple(asked[row.id]))
            for row in rows
        ]


def _asked(row: Row[Any]) -> Asked:
    return Asked(row.id, row.round_id, row.person_id, row.where_now, row.answer, row.answered_at)
