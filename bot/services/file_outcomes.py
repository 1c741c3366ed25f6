"""What a step about evidence hands back to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.domain.agency import Contact
from bot.domain.evidence import File
from bot.domain.form import Draft


@dataclass(frozen=True, slots=True)
class Kept:
    """Evidence that is stored. `known`: the same was there already; `shrunk`: it may be smaller
    than what was taken; `draft`: the report that it will go with, if that is being filled in."""

    file: File
    known: bool = False
    shrunk: bool = False
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class WhichFile:
    """It waits: of which of these incidents is it?"""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Discarded:
    """It was said to be of an incident that takes none: nothing of it is left."""

    code: str
    meet: tuple[str, str]


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Where a file can be handed in. `url`: "", there is no such page; `why`: the platform has not
    handed it over ("" when it was asked for); `number`: 0, of the report that is being filled in.
    """

    url: str
    until: datetime
    number: int
    why: Literal["", "not_here", "unreachable"]
    contact: Contact


@dataclass(frozen=True, slots=True)
class FileList:
    """`carried`: the files themselves can be sent to this chat; else `url` and `code` lead to them
    ("": there is no page)."""

    number: int
    files: Sequence[File]
    names: dict[int, str]
    carried: bool
    url: str
    desk: str  # where the code is typed
    code: str
    until: datetime
    contact: Contact


@dataclass(frozen=True, slots=True)
class HandedOut:
    file: File
    content: bytes = field(repr=False)
