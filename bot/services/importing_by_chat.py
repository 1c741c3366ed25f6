"""Use cases of importing a roster by chat (/nhaplich): the next document is a roster, not evidence.

What a preview would write waits as a mark, so that the step that applies it weighs it again.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from bot.domain.duty import Roster, Shift
from bot.domain.errors import NotHere, PreviewOver, SecretMarking
from bot.domain.people import Act, Verb
from bot.domain.platform import can
from bot.domain.roster_import import Reading
from bot.domain.secrecy import marked
from bot.services import importing
from bot.services.import_outcomes import Awaiting, BroughtIn, Looked, Stopped, Wish
from bot.services.ports.dialogs import Ears, Prompt
from bot.services.ports.store import Transaction

ROSTER_FILE = "roster_file"  # the prompt; its subject: which of the rosters, 0: that is asked
PATIENCE = timedelta(minutes=30)  # for the file, and again for the word that applies it


@dataclass(frozen=True, slots=True)
class Waiting:
    """The mark of one person. number: of the newest preview; rows: person, begins, ends in seconds
    since 1970; applied: when, as ISO 8601."""

    number: int = 0
    roster: str = ""
    file: str = ""
    digest: str = ""
    rows: Sequence[tuple[int, float, float]] = ()
    applied: str = ""


def begin(tx: Transaction, act: Act, number: int | None = None) -> Awaiting:
    """/nhaplich, /nhaplich 2: the second roster that this person may keep. NotHere: a group."""
    every = importing.rosters(tx, act)
    if not act.private:
        raise NotHere("import_roster")
    if not every or not can(act.chat).files:
        return Awaiting(every, carried=can(act.chat).files)
    place = 1 if len(every) == 1 else number or 0
    roster = every[place - 1] if 1 <= place <= len(every) else None
    before = _waiting(tx, act) or Waiting()
    _write(tx, act, Waiting(before.number, roster.id if roster else ""))
    prompt = Prompt(ROSTER_FILE, place if roster else 0, 0)
    tx.prompts.asked(act.chat, act.person.id, prompt, act.at)
    tx.record(f"person/{act.person.id}", "roster.awaited", roster=roster.id if roster else "")
    return Awaiting(every, roster)


def heard(
    tx: Transaction, act: Act, prompt: Prompt, typed: str, ears: Ears
) -> Awaiting | Stopped | None:
    """ "Hủy", or the number of a roster; None: the words mean something else."""
    if ears.navigation(typed) == "cancel":
        return stop(tx, act)
    place = ears.number(typed)
    return begin(tx, act, place) if place and not prompt.subject else None


def stop(tx: Transaction, act: Act) -> Stopped:
    """Nothing is waited for any more; what was previewed is forgotten."""
    act.require(Verb.KEEP_ROSTER)
    tx.prompts.forget(act.chat, act.person.id)
    before = _waiting(tx, act) or Waiting()
    _write(tx, act, Waiting(before.number))
    tx.record(f"person/{act.person.id}", "roster.let_be")
    return Stopped()


def awaited(tx: Transaction, act: Act, beside: str, name: str) -> Roster | None:
    """For which roster the next document is; None: it is evidence. SecretMarking: nothing of it is
    fetched."""
    act.require(Verb.HAND_IN)
    waiting = _waiting(tx, act)
    if waiting is None or not waiting.roster or not _is_asked(tx, act):
        return None
    if marked(beside) or marked(name):
        raise SecretMarking("beside")
    return importing.roster_of(tx, act, waiting.roster)


def look_at(tx: Transaction, act: Act, reading: Reading, month: date | None) -> Looked:
    """The preview of what was sent. The roster is as it was; the wait goes on until it is applied,
    stopped, or there is nothing to apply."""
    before = _waiting(tx, act)
    if before is None or not before.roster:
        raise PreviewOver
    seen = importing.preview(tx, act, reading, Wish(before.roster, month))
    number = before.number + 1
    rows = [(s.person_id, s.begins.timestamp(), s.ends.timestamp()) for s in seen.shifts]
    offered = seen.is_new and not seen.trouble
    kept = Waiting(number, before.roster, reading.file, reading.digest, rows if offered else ())
    _write(tx, act, kept)
    if not seen.trouble and not seen.is_new:
        _ask_no_more(tx, act)
    facts = {"file": reading.file, "digest": reading.digest, "trouble": seen.trouble}
    tx.record(f"person/{act.person.id}", "roster.previewed", roster=before.roster, **facts)
    return Looked(seen, number if offered else 0)


def apply(tx: Transaction, act: Act, number: int | None = None) -> BroughtIn:
    """What the preview with this number showed, or the newest one, weighed again against what
    stands now. Pressed again: what is true. PreviewOver: too late, a newer one, other people."""
    act.require(Verb.KEEP_ROSTER)
    kept = _waiting(tx, act)
    if kept is None or number not in (None, kept.number):
        raise PreviewOver
    if kept.applied:
        return BroughtIn(kept.file, None, datetime.fromisoformat(kept.applied))
    if not kept.rows:
        raise PreviewOver
    shifts = [Shift(0, kept.roster, who, _moment(b), _moment(e)) for who, b, e in kept.rows]
    reading = Reading(kept.file, kept.digest)
    done = importing.bring_in_shifts(tx, act, reading, kept.roster, shifts)
    _write(tx, act, Waiting(kept.number, "", kept.file, applied=act.at.isoformat()))
    _ask_no_more(tx, act)
    tx.record(f"person/{act.person.id}", "roster.applied", roster=kept.roster)
    return BroughtIn(kept.file, done, act.at)


def _is_asked(tx: Transaction, act: Act) -> bool:
    prompt = tx.prompts.last(act.chat, act.person.id)
    return prompt is not None and prompt.kind == ROSTER_FILE and prompt.subject > 0


def _ask_no_more(tx: Transaction, act: Act) -> None:
    """A question that was asked meanwhile stands."""
    if _is_asked(tx, act):
        tx.prompts.forget(act.chat, act.person.id)


def _waiting(tx: Transaction, act: Act) -> Waiting | None:
    mark = tx.marks.get(_name(act))
    if mark is None or mark.at < act.at - PATIENCE:
        return None
    return Waiting(**json.loads(mark.value))


def _write(tx: Transaction, act: Act, waiting: Waiting) -> None:
    tx.marks.set(_name(act), json.dumps(asdict(waiting), ensure_ascii=False), act.at)


def _name(act: Act) -> str:
    return f"import/{act.person.id}"


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
