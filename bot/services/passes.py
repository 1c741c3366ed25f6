"""Words that open one of the program's pages: given to one person, for one thing, for a while.

The word of an upload page or of a code stands nowhere, its row holds a digest. A link holds all it
says and is signed with a key that stands in a row, so that a restart spoils none.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot.domain.errors import PassOver
from bot.domain.evidence import ALPHABET, CODE, LINKED, UPLOADED, Pass, digest
from bot.domain.people import Act, Person
from bot.services.ports.store import Transaction

FIGURES = "f"  # stands before the number of a period


@dataclass(frozen=True, slots=True)
class Link:
    """What a signed link says. about: an incident whose files are listed, or a period."""

    of: Literal["files", "figures"]
    about: int
    person_id: int
    until: datetime


def bearer(tx: Transaction, word: str) -> Person | None:
    """Whom the word was given to, good or over; None: it was never given, or they have left."""
    link = _read(tx, word)
    given = link or tx.passes.find(digest(word))
    return tx.people.present(given.person_id) if given else None


def give_page(tx: Transaction, act: Act, incident_id: int, draft_id: int) -> tuple[str, datetime]:
    """The word of a page that takes one file."""
    word = secrets.token_urlsafe(24)
    return word, _give(tx, act, word, "upload", incident_id, draft_id)


def give_code(tx: Transaction, act: Act, incident_id: int) -> str:
    """A code that is read from the telephone and typed at a PC."""
    word = "".join(secrets.choice(ALPHABET) for _ in range(CODE))
    _give(tx, act, word, "code", incident_id, 0)
    return word


def give_link(tx: Transaction, act: Act, incident_id: int) -> tuple[str, datetime]:
    """To the files of an incident."""
    return _link(tx, act, str(incident_id))


def give_figures(tx: Transaction, act: Act, period: int) -> tuple[str, datetime]:
    """To the picture of a period, by its number."""
    return _link(tx, act, f"{FIGURES}{period}")


def used(tx: Transaction, word: str, kind: Literal["upload", "code"], at: datetime) -> Pass:
    """A row that is good now. PassOver."""
    given = found(tx, word, kind)
    if not given.holds(at):
        raise PassOver(kind)
    return given


def found(tx: Transaction, word: str, kind: Literal["upload", "code"]) -> Pass:
    """Good or over. PassOver: it was never given."""
    given = tx.passes.find(digest(word))
    if given is None or given.kind != kind:
        raise PassOver(kind)
    return given


def linked(
    tx: Transaction, word: str, at: datetime, of: Literal["files", "figures"] = "files"
) -> Link:
    """PassOver, also of a link to something else."""
    link = _read(tx, word)
    if link is None or link.of != of or link.until <= at:
        raise PassOver("link")
    return link


def _link(tx: Transaction, act: Act, about: str) -> tuple[str, datetime]:
    until = act.at + LINKED
    key = tx.passes.link_key() or tx.passes.make_link_key(act.at)
    said = f"{about}.{act.person.id}.{int(until.timestamp())}"
    return f"{said}.{_signed(key, said)}", until


def _give(
    tx: Transaction,
    act: Act,
    word: str,
    kind: Literal["upload", "code"],
    incident_id: int,
    draft_id: int,
) -> datetime:
    until = act.at + (UPLOADED if kind == "upload" else LINKED)
    tx.passes.add(Pass(digest(word), kind, act.person.id, incident_id, draft_id, until))
    return until


def _read(tx: Transaction, word: str) -> Link | None:
    said, _, mark = word.rpartition(".")
    key = tx.passes.link_key() if said.count(".") == 2 else None
    if key is None or not hmac.compare_digest(_signed(key, said).encode(), mark.encode()):
        return None
    of: Literal["files", "figures"] = "figures" if said.startswith(FIGURES) else "files"
    about, person, until = map(int, said.removeprefix(FIGURES).split("."))
    return Link(of, about, person, datetime.fromtimestamp(until, UTC))


def _signed(key: bytes, said: str) -> str:
    mark = hmac.digest(key, said.encode(), "sha256")[:20]
    return base64.urlsafe_b64encode(mark).decode().rstrip("=")
