"""Evidence coming in (chứng cứ): of what it is, whether any may be taken, and its receipt.

Two steps: `admit` looks before anything is fetched, `keep` decides again and stores.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.errors import (
    Closed,
    EmptyFile,
    NoFiles,
    NoFilesOfOne,
    NothingAsked,
    NothingToProve,
    PassOver,
    SecretMarking,
)
from bot.domain.evidence import File, Given, about, clean_name, media_of
from bot.domain.form import SENT, Draft
from bot.domain.forms import ON_BEHALF, REPORT, SUPPLEMENT
from bot.domain.incident import Incident
from bot.domain.people import Act, Verb
from bot.domain.platform import can
from bot.domain.secrecy import marked
from bot.domain.task import Task, TaskOf
from bot.services import passes
from bot.services.file_outcomes import Discarded, Kept, UploadPage, WhichFile
from bot.services.outcomes import Choose
from bot.services.ports.dialogs import Prompt
from bot.services.ports.store import Transaction
from bot.services.secrecy import forget_files
from bot.services.telling import agency_of

FILLED = (REPORT, ON_BEHALF, SUPPLEMENT)  # the forms that take pictures along


@dataclass(frozen=True, slots=True)
class Place:
    """Where it goes: into a report that is being filled in, to one incident, or to one of these."""

    draft: Draft | None = None
    incident: Incident | None = None
    among: tuple[int, ...] = ()


def admit(tx: Transaction, act: Act, beside: str, name: str = "") -> None:
    """Before anything is fetched. SecretMarking, NoFiles and the like: nothing is."""
    act.require(Verb.HAND_IN)
    _unmarked(beside, name)
    _place(tx, act, about(beside))


def keep(tx: Transaction, act: Act, given: Given, beside: str = "") -> Kept | WhichFile:
    """What came over a chat is stored, with its receipt."""
    act.require(Verb.HAND_IN)
    number = about(beside)
    place = _place(tx, act, number)
    kept = _kept(tx, act, place, given if number is not None else given.called(beside))
    if not place.among:
        return kept
    before = tx.prompts.last(act.chat, act.person.id)
    form = before if before and before.of_a_form else Prompt("", 0, 0)
    which = Prompt("which/put", form.subject, form.version)
    tx.prompts.asked(act.chat, act.person.id, which, act.at)
    return WhichFile(place.among)


def put(tx: Transaction, act: Act, number: int) -> Kept | Discarded:
    """Asked of which incident it is, the number came: all that waits goes there."""
    incident = tx.incidents.get(number)
    _entitled(tx, act, incident)
    waiting = tx.files.nowhere(act.person.id)
    if not waiting:
        raise NothingAsked(act.chat)
    if incident.is_secret:  # it is of what may be none: not a byte of it is left
        forget_files(tx, f"incident/{number}", waiting)
        return Discarded(incident.code, whom_to_meet(tx, incident))
    _open(incident)
    attached = _attach(tx, number, waiting)
    return Kept(attached[-1])


def offer(
    tx: Transaction,
    act: Act,
    number: int | None = None,
    why: Literal["", "not_here", "unreachable"] = "",
) -> UploadPage | Choose:
    """A page that takes one file, where the program has any; else whom to bring it to."""
    act.require(Verb.HAND_IN)
    place = _place(tx, act, number)
    if place.among:
        return Choose("hand_in", place.among)
    of = place.incident.id if place.incident else place.draft.about if place.draft else 0
    contact = agency_of(tx).contact
    if not tx.public_url:
        return UploadPage("", act.at, of, why, contact)
    draft_id = place.draft.id if place.draft else 0
    word, until = passes.give_page(tx, act, 0 if draft_id else of, draft_id)
    tx.record(f"person/{act.person.id}", "pass.given", kind="upload", incident=of, draft=draft_id)
    return UploadPage(f"{tx.public_url}/gui/{word}", until, of, why, contact)


def upload_page(tx: Transaction, act: Act, word: str) -> Kept | UploadPage:
    """What the page shows: for what it is, or what it has taken. PassOver: it is good no more."""
    act.require(Verb.JOIN)
    given = passes.found(tx, word, "upload")
    if given.file_id:
        file = tx.files.get(given.file_id)
        act.require(Verb.HAND_IN, _subject(tx, file))
        return Kept(file)
    passes.used(tx, word, "upload", act.at)
    place = _of_pass(tx, act, given.incident_id, given.draft_id)
    number = place.incident.id if place.incident else 0
    return UploadPage(word, given.until, number, "", agency_of(tx).contact)


def admit_upload(tx: Transaction, act: Act, word: str, name: str) -> None:
    """Before a byte of it is read."""
    act.require(Verb.JOIN)
    given = passes.used(tx, word, "upload", act.at)
    _of_pass(tx, act, given.incident_id, given.draft_id)
    _unmarked(name)


def hand_in(tx: Transaction, act: Act, word: str, given: Given) -> Kept:
    """What came over the page; the page is used up."""
    act.require(Verb.HAND_IN)
    word_of = passes.used(tx, word, "upload", act.at)
    place = _of_pass(tx, act, word_of.incident_id, word_of.draft_id)
    kept = _kept(tx, act, place, given)
    tx.passes.use(word_of.key, kept.file.id)
    tx.record(f"person/{act.person.id}", "pass.used", kind="upload", file=kept.file.id)
    return replace(kept, draft=None)


def settle(tx: Transaction, draft_id: int, number: int) -> Sequence[File]:
    """The report is sent: what came with it is the incident's."""
    return _attach(tx, number, tx.files.of_draft(draft_id))


def _kept(tx: Transaction, act: Act, place: Place, given: Given) -> Kept:
    if not given.content:
        raise EmptyFile
    there = _files_at(tx, act, place)
    draft = place.draft if place.draft and not place.draft.parked else None
    same = next((file for file in there if file.sha256 == given.sha256), None)
    if same is not None:
        return Kept(same, known=True, draft=draft)
    file = File(
        id=0,
        incident_id=0,
        draft_id=place.draft.id if place.draft else 0,
        person_id=act.person.id,
        number=0,
        name=clean_name(given.name),
        media=media_of(given.content),
        size=len(given.content),
        sha256=given.sha256,
        platform=act.identity.platform,
        received_at=act.at,
    )
    file = tx.files.add(file, given)
    facts = {"size": file.size, "sha256": file.sha256}
    if place.incident:
        (file,) = _attach(tx, place.incident.id, [file])
    elif place.draft:
        tx.record(f"draft/{place.draft.id}", "evidence.taken", **facts)
    else:
        tx.record(f"person/{act.person.id}", "evidence.waits", **facts)
    first = not any(one.person_id == act.person.id for one in there)
    return Kept(file, shrunk=given.photo and first and can(act.chat).files, draft=draft)


def _attach(tx: Transaction, number: int, those: Sequence[File]) -> list[File]:
    attached = [tx.files.attach(file.id, number) for file in those]
    for file in attached:
        facts = {"receipt": file.receipt, "size": file.size, "sha256": file.sha256}
        tx.record(f"incident/{number}", "evidence.received", **facts)
    return attached


def _files_at(tx: Transaction, act: Act, place: Place) -> Sequence[File]:
    if place.incident:
        return tx.files.of(place.incident.id)
    return tx.files.of_draft(place.draft.id) if place.draft else tx.files.nowhere(act.person.id)


def _place(tx: Transaction, act: Act, number: int | None) -> Place:
    """The incident that is named; else the report under way; else the one of this person's."""
    if number is not None:
        return _at(tx, act, tx.incidents.get(number))
    under_way, put_aside = _drafts(tx, act)
    if under_way:
        return _in(act, under_way)
    own = _own(tx, act)
    if not own and put_aside:
        return _in(act, put_aside)
    if not own:
        raise NothingToProve
    if len(own) == 1:
        return _at(tx, act, own[0])
    for incident in own:
        _entitled(tx, act, incident)
        if incident.is_secret:  # it may be of that one: nothing is taken unless words deny it
            other = next(one.id for one in own if one.id != incident.id)
            raise NoFilesOfOne(code=incident.code, number=other)
    return Place(among=tuple(incident.id for incident in own))


def _of_pass(tx: Transaction, act: Act, number: int, draft_id: int) -> Place:
    """PassOver: the report has been cancelled since."""
    if number:
        return _at(tx, act, tx.incidents.get(number))
    draft = tx.drafts.get(draft_id)
    act.require(Verb.HAND_IN, draft)
    if draft.at == SENT:
        return _at(tx, act, tx.incidents.get(draft.about))
    if not draft.is_open:
        raise PassOver("upload")
    return _in(act, draft)


def _at(tx: Transaction, act: Act, incident: Incident) -> Place:
    _entitled(tx, act, incident)
    if incident.is_secret:
        who, where = whom_to_meet(tx, incident)
        raise NoFiles(who=who, where=where)
    return Place(incident=_open(incident))


def _in(act: Act, draft: Draft) -> Place:
    act.require(Verb.HAND_IN, draft)
    if draft.secret:
        who, where = draft.context.get("meet", ("", ""))
        raise NoFiles(who=who, where=where)
    return Place(draft=draft)


def _entitled(tx: Transaction, act: Act, incident: Incident) -> None:
    """Whoever has a task of it, of whatever unit; else as the incident's own people."""
    task = next((one for one in _tasks(tx, act) if one.incident_id == incident.id), None)
    act.require(Verb.HAND_IN, TaskOf(task, incident) if task else incident)


def _drafts(tx: Transaction, act: Act) -> tuple[Draft | None, Draft | None]:
    """The report that is being filled in, and one that was put aside."""
    found = [tx.drafts.open_of(act.person.id, form) for form in FILLED]
    newest = sorted((draft for draft in found if draft), key=lambda draft: -draft.id)
    under_way = next((draft for draft in newest if not draft.parked), None)
    put_aside = next((draft for draft in newest if draft.parked), None)
    return under_way, put_aside


def _own(tx: Transaction, act: Act) -> list[Incident]:
    """Open, and reported or led by this person, or with a task of theirs."""
    ids = act.person.ids
    own = {one.id: one for one in tx.incidents.reported_by(act.person.id)}
    own |= {one.id: one for one in tx.incidents.open_in(None) if one.lead_id in ids}
    tasks = {task.incident_id for task in _tasks(tx, act)}
    own |= {number: tx.incidents.get(number) for number in tasks}
    return [own[number] for number in sorted(own) if own[number].state == "open"]


def _tasks(tx: Transaction, act: Act) -> list[Task]:
    """Not the confidential ones: what is handed in stands in the incident's timeline."""
    held = (task for who in sorted(act.person.ids) for task in tx.tasks.held_by(who))
    return [task for task in held if not task.confidential]


def _subject(tx: Transaction, file: File) -> Incident | Draft:
    return tx.incidents.get(file.incident_id) if file.incident_id else tx.drafts.get(file.draft_id)


def _open(incident: Incident) -> Incident:
    if incident.state == "closed":
        raise Closed(incident.id, number=incident.id)
    return incident


def whom_to_meet(tx: Transaction, incident: Incident) -> tuple[str, str]:
    agency = agency_of(tx)
    there = any(unit.id == incident.unit for unit in agency.units)
    meet = agency.secret_contact(incident.unit) if there else None
    return (meet.person, meet.place) if meet else ("", "")


def _unmarked(*words: str) -> None:
    if any(marked(one) for one in words):
        raise SecretMarking("beside")
