"""Evidence going out: the list of an incident's, to a chat that carries files or by a page."""

from collections.abc import Sequence
from hashlib import sha256

from bot.domain.errors import Altered, NoFiles, NotFound, NotHere
from bot.domain.evidence import File, written
from bot.domain.people import Act, Verb
from bot.domain.platform import can
from bot.services import passes
from bot.services.evidence import whom_to_meet
from bot.services.file_outcomes import FileList, HandedOut
from bot.services.ports.dialogs import Prompt
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of


def listed(tx: Transaction, act: Act, number: int) -> FileList:
    """/tep 12"""
    files = _all(tx, act, number)
    if not act.private:
        raise NotHere("files")
    carried = can(act.chat).files
    url, desk, code, until = "", "", "", act.at
    if files and carried:  # a number typed now is one of the list
        tx.prompts.asked(act.chat, act.person.id, Prompt("files", number, 0), act.at)
    elif files and tx.public_url:
        word, until = passes.give_link(tx, act, number)
        url, desk = f"{tx.public_url}/tep/{word}", f"{tx.public_url}/ma"
        code = passes.give_code(tx, act, number)
    tx.record(f"person/{act.person.id}", "evidence.listed", incident=number, by_link=bool(url))
    names, contact = _names(tx, files), agency_of(tx).contact
    return FileList(number, files, names, carried, url, desk, code, until, contact)


def fetch(tx: Transaction, act: Act, file_id: int) -> HandedOut | FileList:
    """One of the list, to a chat that carries it."""
    file = tx.files.get(file_id)
    if not file.incident_id:
        raise NotFound(file_id, name=str(file_id))
    act.require(Verb.FETCH, tx.incidents.get(file.incident_id))
    if not (act.private and can(act.chat).files):
        return listed(tx, act, file.incident_id)
    return _handed_out(tx, file)


def picked(tx: Transaction, act: Act, number: int, place: int) -> HandedOut | FileList:
    """A number typed after the list: 2 is 12.A2."""
    file = next((one for one in _all(tx, act, number) if one.number == place), None)
    return fetch(tx, act, file.id) if file else listed(tx, act, number)


def page(tx: Transaction, act: Act, word: str) -> FileList:
    """What a signed link leads to. PassOver; whoever may not see it any more is Forbidden."""
    act.require(Verb.JOIN)
    link = passes.linked(tx, word, act.at)
    files = _all(tx, act, link.about)
    names, contact = _names(tx, files), agency_of(tx).contact
    return FileList(link.about, files, names, True, word, "", "", link.until, contact)


def download(tx: Transaction, act: Act, word: str, number: int) -> HandedOut:
    """One file of that page."""
    act.require(Verb.JOIN)
    link = passes.linked(tx, word, act.at)
    file = next((one for one in _all(tx, act, link.about) if one.number == number), None)
    if file is None:
        raise NotFound(number, name=f"{link.about}.A{number}")
    return _handed_out(tx, file)


def redeem(tx: Transaction, act: Act, code: str) -> str:
    """A code typed at a PC, once: the word of a link. PassOver."""
    act.require(Verb.JOIN)
    given = passes.used(tx, written(code), "code", act.at)
    act.require(Verb.FETCH, tx.incidents.get(given.incident_id))
    tx.passes.use(given.key)
    tx.record(f"person/{act.person.id}", "pass.used", kind="code", incident=given.incident_id)
    return passes.give_link(tx, act, given.incident_id)[0]


def _all(tx: Transaction, act: Act, number: int) -> Sequence[File]:
    """NoFiles: of a secret one there are none."""
    incident = tx.incidents.get(number)
    act.require(Verb.FETCH, incident)
    if incident.is_secret:
        who, where = whom_to_meet(tx, incident)
        raise NoFiles(who=who, where=where)
    return tx.files.of(number)


def _handed_out(tx: Transaction, file: File) -> HandedOut:
    content = tx.files.content(file.id)
    if sha256(content).hexdigest() != file.sha256:
        raise Altered(receipt=file.receipt)
    facts = {"receipt": file.receipt, "sha256": file.sha256}
    tx.record(f"incident/{file.incident_id}", "evidence.fetched", **facts)
    return HandedOut(file, content)


def _names(tx: Transaction, files: Sequence[File]) -> dict[int, str]:
    people = tx.people.named({file.person_id for file in files})
    return {who: person.name for who, person in people.items()}
