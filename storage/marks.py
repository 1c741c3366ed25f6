"""What the clockwork did last, by name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.services.ports.duty import Mark
from storage.tables import marks

GET = select(marks).where(marks.c.name == bindparam("of"))


@dataclass(frozen=True, slots=True)
class SqlMarks:
    rows: Connection

    def get(self, name: str) -> Mark | None:
        row = self.rows.execute(GET, {"of": name}).one_or_none()
        return Mark(row.name, row.value, row.at) if row else None

    def set(self, name: str, value: str, at: datetime) -> None:
        written = upsert(marks).values(name=name, value=value, at=at)
        written = written.on_conflict_do_update(
            index_elements=["name"], set_={"value": value, "at": at}
        )
        self.rows.execute(written)
