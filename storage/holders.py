"""Who holds each shared telephone, and where its chat is for those who have none of their own."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, and_, bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.holding import Holding
from storage.accounts import OF_ONE_THAT_LEFT
from storage.tables import chats, holders, people

OF = select(holders).where(holders.c.device_id == bindparam("device"))
# A telephone that has left the file, or that has shut the bot out, is nobody's chat.
SHARED = (
    select(people.c.shared_by, chats.c.address)
    .join(chats, and_(chats.c.person_id == people.c.id, chats.c.private, chats.c.lost == ""))
    .where(people.c.shared_by.is_not(None), people.c.left_at.is_(None), ~OF_ONE_THAT_LEFT)
    .order_by(people.c.place, chats.c.at.desc())
)
KEYS = select(people.c.id, people.c.key).where(
    people.c.id.in_(bindparam("ids", expanding=True)), people.c.left_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class SqlHolders:
    rows: Connection

    def of(self, device_id: int) -> Holding:
        row = self.rows.execute(OF, {"device": device_id}).one_or_none()
        if row is None:
            return Holding(device_id)
        return Holding(**{**row._mapping, "holder_id": row.holder_id or 0})

    def save(self, holding: Holding) -> None:
        row = {**asdict(holding), "holder_id": holding.holder_id or None}
        written = upsert(holders).values(row)
        changed = {name: value for name, value in row.items() if name != "device_id"}
        written = written.on_conflict_do_update(index_elements=["device_id"], set_=changed)
        self.rows.execute(written)


def shared_chats(rows: Connection, ids: Collection[int]) -> dict[int, str]:
    """Of those who take turns with a telephone that is connected: its chat."""
    shared = {key: one.address for one in rows.execute(SHARED) for key in one.shared_by}
    if not shared:
        return {}
    found = rows.execute(KEYS, {"ids": list(ids)}).all()
    return {one.id: shared[one.key] for one in found if one.key in shared}
