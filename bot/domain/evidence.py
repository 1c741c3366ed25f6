"""Evidence (chứng cứ): what a picture or a file is, by its bytes, and the passes that carry one.

A file is never what its name says. Numbers are within an incident: 12.A1 is said aloud.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from bot.domain.folding import fold

LINKED = timedelta(minutes=15)  # how long a link or a code leads to the files
UPLOADED = timedelta(minutes=30)  # how long a page takes one
LONGEST_NAME = 120  # characters
ALPHABET = "ACDEFHJKLMNPQRTUVWXY"  # of codes: no letter that is read as another, or as a digit
CODE = 8  # letters

# The first bytes of a kind: where they stand, what they are, and what a name of it ends with.
_SIGNATURES = (
    (0, b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (0, b"GIF8", "image/gif", "gif"),
    (8, b"WEBP", "image/webp", "webp"),
    (4, b"ftyp", "video/mp4", "mp4"),
    (0, b"%PDF-", "application/pdf", "pdf"),
    (0, b"PK\x03\x04", "application/zip", "zip"),  # what Word and Excel write is one
    (0, b"Rar!\x1a\x07", "application/vnd.rar", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "7z"),
    (0, b"\x1f\x8b", "application/gzip", "gz"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", "bin"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable", "bin"),
)
_ENDINGS = {media: ending for _, _, media, ending in _SIGNATURES} | {"text/plain": "txt"}
_UNKNOWN = "application/octet-stream"
_ABOUT = re.compile(r"(?:(?:anh|tep|chung cu|cua|su co|so|incident|file)[ .:]*)*(\d{1,9})\.?")


@dataclass(frozen=True, slots=True)
class Given:
    """What was handed in, whole. `photo`: as a picture, which a platform may have made smaller."""

    name: str
    content: bytes = field(repr=False)
    photo: bool = False

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    def called(self, beside: str) -> "Given":
        """With the words beside it as its name, before the one it has."""
        said = re.sub(r"[/\\]", "-", beside).strip()
        return replace(self, name=" - ".join(part for part in (said, self.name) if part))


@dataclass(frozen=True, slots=True)
class File:
    """One piece of evidence, without its bytes."""

    id: int
    incident_id: int  # 0: of a report that is not sent, or nobody has said of which
    draft_id: int  # 0: of none
    person_id: int
    number: int  # within the incident; 0 until it belongs to one
    name: str  # as it came; "" for a picture
    media: str  # by its bytes
    size: int
    sha256: str
    platform: str  # over which it came
    received_at: datetime

    @property
    def receipt(self) -> str:
        """Số biên nhận."""
        return f"{self.incident_id}.A{self.number}"

    @property
    def saved_as(self) -> str:
        """A name for whoever saves it, with its receipt before it."""
        name = f"{self.receipt} {self.name}".strip()
        return name if "." in self.name else f"{name}.{self.ending}"

    @property
    def ending(self) -> str:
        return _ENDINGS.get(self.media, "bin")


@dataclass(frozen=True, slots=True)
class Pass:
    """One handing in or one look, once (phiếu): who holds the word for it may do this one thing.

    `key`: a digest of the word, which is nowhere in a row.
    """

    key: str
    kind: Literal["upload", "code"]
    person_id: int
    incident_id: int  # 0: of a draft
    draft_id: int
    until: datetime
    used: bool = False
    file_id: int = 0  # what came of an upload

    def holds(self, now: datetime) -> bool:
        return not self.used and now < self.until


def media_of(content: bytes) -> str:
    for place, sign, media, _ in _SIGNATURES:
        if content.startswith(sign, place):
            return media
    return "text/plain" if _is_text(content[:4096]) else _UNKNOWN


def clean_name(raw: str) -> str:
    """The last part of a path, without what a file's name cannot hold."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", raw))[-1]
    kept = "".join(c for c in last if c not in '<>:"|?*' and unicodedata.category(c)[0] != "C")
    kept = " ".join(kept.split()).lstrip(".")
    if len(kept) <= LONGEST_NAME:
        return kept
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 8:
        return kept[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def digest(word: str) -> str:
    """Of a pass's word: what its row holds in place of it."""
    return sha256(word.encode()).hexdigest()


def written(code: str) -> str:
    """A code as it was made, however it was typed."""
    return "".join(c for c in code.upper() if c.isalpha())


def about(beside: str) -> int | None:
    """The incident that the words beside a picture name: "12", "sự cố số 12"; nothing else."""
    found = _ABOUT.fullmatch(" ".join(fold(beside).split()))
    return int(found[1]) if found else None


def _is_text(beginning: bytes) -> bool:
    """A letter that is cut in two at the end is forgiven."""
    if not beginning or any(byte < 9 or 13 < byte < 32 for byte in beginning):
        return False
    try:
        beginning.decode()
    except UnicodeDecodeError as error:
        return error.start > len(beginning) - 4
    return True
