"""Evidence and its bytes, the passes by which it is handed in or looked at, and the key of links.

The bytes stand in a table of their own: a list of files never reads them.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from bot.domain.errors import NotFound
from bot.domain.evidence import File, Given, Pass
from storage.tables import file_bytes, files, forms, keys, passes

LINKS = "links"
NOWHERE = (files.c.incident_id.is_(None), files.c.draft_id.is_(None))


@dataclass(frozen=True, slots=True)
class SqlFiles:
    rows: Connection

    def add(self, file: File, given: Given) -> File:
        added = self.rows.execute(insert(files).returning(files.c.id), _row(file)).scalar_one()
        self.rows.execute(insert(file_bytes), {"file_id": added, "content": given.content})
        return self.get(added)

    def get(self, file_id: int) -> File:
        found = self._found(files.c.id == file_id)
        if not found:
            raise NotFound(file_id, name=str(file_id))
        return found[0]

    def content(self, file_id: int) -> bytes:
        one = select(file_bytes.c.content).where(file_bytes.c.file_id == file_id)
        content: bytes = self.rows.execute(one).scalar_one()
        return content

    def of(self, incident_id: int) -> Sequence[File]:
        return self._found(files.c.incident_id == incident_id)

    def of_draft(self, draft_id: int) -> Sequence[File]:
        return self._found(files.c.draft_id == draft_id)

    def nowhere(self, person_id: int) -> Sequence[File]:
        return self._found(files.c.person_id == person_id, *NOWHERE)

    def attach(self, file_id: int, incident_id: int) -> File:
        last = select(func.coalesce(func.max(files.c.number), 0)).where(
            files.c.incident_id == incident_id
        )
        number = self.rows.execute(last).scalar_one() + 1
        moved = {"incident_id": incident_id, "draft_id": None, "number": number}
        self.rows.execute(update(files).where(files.c.id == file_id).values(moved))
        return self.get(file_id)

    def erase(self, those: Sequence[File]) -> None:
        ids = [file.id for file in those]
        self.rows.execute(delete(file_bytes).where(file_bytes.c.file_id.in_(ids)))
        self.rows.execute(delete(files).where(files.c.id.in_(ids)))

    def left_over(self, before: datetime) -> Sequence[File]:
        cancelled = select(forms.c.id).where(forms.c.at == "cancelled", forms.c.moved_at < before)
        asked = (files.c.draft_id.is_(None), files.c.incident_id.is_(None), files.c.at < before)
        return [*self._found(*asked), *self._found(files.c.draft_id.in_(cancelled))]

    def _found(self, *which: ColumnElement[bool]) -> list[File]:
        query = select(files).where(*which).order_by(files.c.number, files.c.id)
        return [_file(row) for row in self.rows.execute(query)]


@dataclass(frozen=True, slots=True)
class SqlPasses:
    rows: Connection

    def add(self, given: Pass) -> None:
        names = given.__slots__
        self.rows.execute(insert(passes), {name: getattr(given, name) for name in names})

    def find(self, key: str) -> Pass | None:
        row = self.rows.execute(select(passes).where(passes.c.key == key)).mappings().one_or_none()
        return Pass(**row) if row else None

    def use(self, key: str, file_id: int = 0) -> None:
        those = update(passes).where(passes.c.key == key)
        self.rows.execute(those.values(used=True, file_id=file_id))

    def forget(self, before: datetime) -> int:
        return self.rows.execute(delete(passes).where(passes.c.until < before)).rowcount

    def link_key(self) -> bytes | None:
        found = self.rows.execute(select(keys.c.secret).where(keys.c.name == LINKS))
        return found.scalar_one_or_none()

    def make_link_key(self, at: datetime) -> bytes:
        secret = secrets.token_bytes(32)
        self.rows.execute(insert(keys), {"name": LINKS, "secret": secret, "at": at})
        return secret


def _file(row: Any) -> File:
    return File(
        id=row.id,
        incident_id=row.incident_id or 0,
        draft_id=row.draft_id or 0,
        person_id=row.person_id,
        number=row.number or 0,
        name=row.name,
        media=row.media,
        size=row.size,
        sha256=row.sha256,
        platform=row.platform,
        received_at=row.at,
    )


def _row(file: File) -> dict[str, Any]:
    same = ("person_id", "name", "media", "size", "sha256", "platform")
    return {
        **{name: getattr(file, name) for name in same},
        "incident_id": file.incident_id or None,
        "draft_id": file.draft_id or None,
        "number": file.number or None,
        "at": file.received_at,
    }
