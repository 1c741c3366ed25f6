"""Evidence as people see it in a chat: the receipt, the question of which incident, the list."""

from collections.abc import Sequence

from bot.domain.evidence import File
from bot.services.file_outcomes import (
    Discarded,
    FileList,
    HandedOut,
    Kept,
    UploadPage,
    WhichFile,
)
from bot.views import form
from bot.views.callbacks import Piece, Put
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, cut, lines

LISTED = 12  # the newest that a message lists; the page has all of them
MB = 1024 * 1024


def kept(outcome: Kept, voice: Voice) -> Screen:
    """With the question that stands below it, where a report is being filled in."""
    file = outcome.file
    draft, facts = (
        not file.incident_id,
        {"receipt": file.receipt, "size": written(file.size, voice)},
    )
    said = lines(
        voice.say(
            f"files.{'known' if outcome.known else 'kept'}{'_draft' if draft else ''}", **facts
        ),
        voice.say("files.checksum", sha256=file.sha256),
        voice.say("files.shrunk") if outcome.shrunk else "",
    )
    if outcome.draft is not None:
        asked = form.question(outcome.draft, voice)
        return Screen(Html(f"{said}\n\n{asked.text}"), asked.rows, numbers=asked.numbers)
    return Screen(lines(said, voice.say("files.nothing_more")))


def which(outcome: WhichFile, voice: Voice) -> Screen:
    numbers = voice.plain("paging.which_or").join(map(str, outcome.numbers))
    buttons = [
        Button(voice.say("incidents.board.show", number=n), Put(incident=n), typed=None)
        for n in outcome.numbers
    ]
    rows = [buttons[start : start + 3] for start in range(0, len(buttons), 3)]
    return Screen(voice.say("files.which", numbers=numbers), rows)


def discarded(outcome: Discarded, voice: Voice) -> Screen:
    return Screen(none_taken(*outcome.meet, "", voice))


def none_taken(person: str, place: str, phone: str, voice: Voice) -> Html:
    """Of what may be a state secret."""
    meet = voice.say("report.secret.meet_duty", phone=phone)
    if person:
        meet = voice.say("report.secret.meet", person=person, place=place)
    return lines(voice.say("errors.no_files"), meet)


def upload_page(outcome: UploadPage, voice: Voice) -> Screen:
    """The address of the page; or whom to bring the file to."""
    contact = outcome.contact
    why = voice.say(f"files.why.{outcome.why}") if outcome.why else ""
    if not outcome.url:
        where = voice.say("files.in_person", phone=contact.phone, email=contact.email)
        return Screen(lines(why, where))
    what = voice.say("files.page.of", number=outcome.number)
    if not outcome.number:
        what = voice.say("files.page.of_draft")
    until = voice.time(outcome.until)
    page = voice.say("files.page.here", what=what, until=until, url=outcome.url)
    return Screen(lines(why, page))


def listed(outcome: FileList, voice: Voice) -> Screen:
    number, contact = outcome.number, outcome.contact
    if not outcome.files:
        return Screen(voice.say("files.list.none", number=number))
    shown = outcome.files[-LISTED:]
    how = voice.say("files.list.in_person", phone=contact.phone)
    if outcome.carried:
        how = voice.say("files.list.pick")
    elif outcome.url:
        code = f"{outcome.code[:4]} {outcome.code[4:]}"
        until = voice.time(outcome.until)
        how = voice.say(
            "files.list.link", url=outcome.url, desk=outcome.desk, code=code, until=until
        )
    before = len(outcome.files) - len(shown)
    text = lines(
        voice.say("files.list.head", number=number, count=len(outcome.files)),
        voice.say("files.list.before", count=before) if before else "",
        *(line(file, outcome, voice) for file in shown),
        how,
    )
    return Screen(text, _buttons(shown) if outcome.carried else ())


def line(file: File, outcome: FileList, voice: Voice) -> Html:
    return voice.say(
        "files.list.line",
        receipt=file.receipt,
        name=cut(file.name, 40) or voice.plain("files.picture"),
        size=written(file.size, voice),
        who=outcome.names.get(file.person_id, ""),
        time=voice.time(file.received_at),
        sha256=file.sha256,
    )


def handed_out(outcome: HandedOut, voice: Voice) -> Screen:
    file = outcome.file
    said = voice.say("files.handed_out", receipt=file.receipt, sha256=file.sha256)
    return Screen(said, file=(file.saved_as, outcome.content))


def written(size: int, voice: Voice) -> str:
    """2,3 MB, as the language writes it."""
    if size < 1024:
        return f"{size} B"
    if size < MB:
        return f"{size // 1024} KB"
    return f"{size / MB:.1f}".replace(".", voice.plain("files.point")) + " MB"


def _buttons(shown: Sequence[File]) -> list[list[Button]]:
    buttons = [Button(file.receipt, Piece(file=file.id)) for file in shown]
    return [buttons[start : start + 3] for start in range(0, len(buttons), 3)]
