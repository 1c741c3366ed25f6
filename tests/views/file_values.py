"""Evidence with the worst names that people give, and all that is shown of it."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.evidence import File
from bot.services.file_outcomes import (
    Discarded,
    FileList,
    HandedOut,
    Kept,
    UploadPage,
    WhichFile,
)
from tests.views.values import CONTACT, EVIL, NOON, drafts

FILE = File(3, 12, 0, 2, 1, f"{EVIL} ảnh.jpg", "image/jpeg", 2_411_724, "ab" * 32, "zalo", NOON)
NAMES = {2: EVIL}
BASE = "https://trucban.example"


def lists(count: int = 40) -> Iterator[FileList]:
    """None, one, and more than a message lists; carried, by a link, and by neither."""
    many = [replace(FILE, number=n, size=n * 900) for n in range(1, count + 1)]
    for files in ([], [replace(FILE, name="")], many):
        for carried, url in ((True, ""), (False, f"{BASE}/tep/12.2.9.x"), (False, "")):
            desk, code = (f"{BASE}/ma", "ACDEFHJK") if url else ("", "")
            yield FileList(12, files, NAMES, carried, url, desk, code, NOON, CONTACT)


def file_outcomes() -> Iterator[object]:
    waiting = replace(FILE, incident_id=0, number=0)
    asked = next(draft for draft in drafts() if draft.step is not None and not draft.parked)
    for file in (FILE, waiting):
        for known in (True, False):
            yield Kept(file, known)
            yield Kept(file, known, shrunk=True, draft=asked)
    yield WhichFile((12, 13))
    yield WhichFile(tuple(range(1, 12)))
    yield from (Discarded("SC012", meet) for meet in (("", ""), (EVIL, EVIL)))
    for number in (0, 12):
        yield UploadPage(f"{BASE}/gui/x", NOON, number, "", CONTACT)
        yield UploadPage(f"{BASE}/gui/x", NOON, number, "not_here", CONTACT)
        yield UploadPage("", NOON, number, "unreachable", CONTACT)
    yield from lists()
    yield HandedOut(FILE, b"x")
