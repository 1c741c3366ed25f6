"""Pictures and files that somebody has sent: their bytes, and how each side tells of them."""

import mimetypes
import secrets
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from bot.sandbox.store import Store

LARGEST_DOWNLOAD = 20_000_000  # bytes that Telegram lets a bot fetch


@dataclass(frozen=True, slots=True)
class Upload:
    """A part of a form that carries a file."""

    name: str
    type: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class File:
    id: str
    kind: str  # photo, document, voice
    name: str
    type: str
    size: int
    body: bytes | None = field(repr=False)  # None: only said to be there, and too big to fetch

    @property
    def file_id(self) -> str:
        return f"{self.kind}-{self.id}"

    @property
    def path(self) -> str:
        """Under the Bot API's address of files."""
        return f"{self.kind}s/{self.id}{PurePosixPath(self.name).suffix}"

    def for_bot(self) -> dict[str, Any]:
        """What the Bot API tells of every kind."""
        return {"file_id": self.file_id, "file_unique_id": self.id, "file_size": self.size}

    def for_people(self) -> dict[str, Any]:
        address = f"/sandbox/files/{self.id}"
        told = {"name": self.name, "type": self.type, "size": self.size}
        return {"id": self.id, "address": address, **told}


class Files:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, kind: str, name: str, body: bytes | None, size: int | None = None) -> File:
        """`size`: what it is said to have, where the bytes are left out."""
        of_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        length = len(body or b"") if size is None else size
        file = File(secrets.token_hex(16), kind, name, of_type, length, body)
        self._store.run(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)",
            *(file.id, file.kind, file.name, file.type, file.size, file.body),
        )
        return file

    def find(self, number: str) -> File | None:
        row = self._store.one("SELECT * FROM files WHERE id = ?", number)
        return None if row is None else File(**row)

    def of_bot(self, file_id: str) -> File | None:
        return self.find(file_id.rpartition("-")[2])
