"""The ways to reach people: each person's private chats, for many people in one statement, and the
ways beside them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, select, update

from bot.domain.channel import Channel
from storage.accounts import OF_ONE_THAT_LEFT
from storage.holders import shared_chats
from storage.tables import chats, prompts
from storage.ways import SqlWays

ASKED_HERE = and_(prompts.c.chat == chats.c.address, prompts.c.person_id == chats.c.person_id)
OF = (
    select(
        chats.c.person_id,
        chats.c.address,
        chats.c.at,
        chats.c.chosen_at,
        chats.c.lost,
        prompts.c.at.label("asked_at"),
        OF_ONE_THAT_LEFT.label("stopped"),
    )
    .outerjoin(prompts, ASKED_HERE)
    .where(chats.c.person_id.in_(bindparam("people", expanding=True)), chats.c.private)
)
CHOOSE = update(chats).where(
    chats.c.address == bindparam("here"), chats.c.person_id == bindparam("person")
)


@dataclass(frozen=True, slots=True)
class SqlChannels:
    rows: Connection

    def of(self, people: Collection[int], now: datetime) -> Mapping[int, Sequence[Channel]]:
        if not people:
            return {}
        found: dict[int, list[Channel]] = defaultdict(list)
        for row in self.rows.execute(OF, {"people": list(people)}):
            wrote_at = max(row.at, row.asked_at) if row.asked_at else row.at
            one = Channel(row.address, wrote_at, row.chosen_at, row.lost, bool(row.stopped))
            found[row.person_id].append(one)
        alone = [who for who in people if not any(one.is_open for one in found[who])]
        shared = shared_chats(self.rows, alone) if alone else {}
        for who, address in shared.items():
            found[who].append(Channel(address, now))
        for who, beside in SqlWays(self.rows).of(people).items():
            found[who] += beside
        return found

    def put_first(self, person_id: int, address: str, at: datetime) -> None:
        self.rows.execute(CHOOSE.values(chosen_at=at), {"here": address, "person": person_id})
