"""What became of telephoning contacts beyond the agency, and who was reminded when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.contact import Check
from storage.tables import contact_checks


@dataclass(frozen=True, slots=True)
class SqlContactChecks:
    rows: Connection

    def all(self) -> Mapping[str, Check]:
        found = self.rows.execute(select(contact_checks)).mappings()
        return {row["contact"]: Check(**row) for row in found}

    def save(self, check: Check) -> None:
        values: dict[str, Any] = {name: getattr(check, name) for name in check.__slots__}
        statement = upsert(contact_checks).values(values)
        keyed = statement.on_conflict_do_update(index_elements=["contact"], set_=values)
        self.rows.execute(keyed)
