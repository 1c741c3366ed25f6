"""The program's own pages, as HTML: one file is handed in, a code is typed, a list is downloaded.

Plain pages for a telephone of 390 px and for a PC; nothing on them comes from anywhere else.
"""

from html import escape

from bot.domain.agency import Contact
from bot.services.figure_outcomes import Counted
from bot.services.file_outcomes import FileList, Kept, UploadPage
from bot.views.figures import called
from bot.views.files import written
from bot.views.voice import Voice, cut

FRAME = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{tab}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{base}/static/pages.css">
{script}</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
SCRIPT = '<script type="module" src="{base}/static/upload.js"></script>\n'
UPLOAD = """<p>{what}</p>
<p class="warn">{secret}</p>
<noscript><p class="warn">{no_script}</p></noscript>
<form id="upload" data-most="{most}" data-sending="{sending}" data-again="{again}"
 data-large="{large}">
<input type="file" id="file">
<label for="file" class="key">{pick}</label>
<p id="chosen"></p>
<p class="quiet">{limits}</p>
<button type="submit" disabled>{send}</button>
<progress max="100" value="0" aria-label="{sending}" hidden></progress>
<p id="said" role="status"></p>
</form>
<section id="done" hidden tabindex="-1"></section>"""
RECEIPT = """<h2>{done}</h2>
<p class="receipt">{receipt}</p>
<p>{checksum}</p>
<p class="sum">{sha256}</p>
<p>{close}</p>"""


def upload(outcome: UploadPage, most: int, base: str, voice: Voice) -> str:
    """`most`: MB."""
    of = voice.say("files.page.of", number=outcome.number)
    if not outcome.number:
        of = voice.say("files.page.of_draft")
    said = {
        "what": voice.say("files.web.upload_for", what=of),
        "limits": voice.say("files.web.most", most=most, until=voice.time(outcome.until)),
        "large": voice.say("files.web.too_big", most=most),
        "most": str(most),
        "secret": voice.say("files.web.secret"),
        "pick": voice.say("files.web.pick"),
        "send": voice.say("files.web.send"),
        "sending": voice.say("files.web.sending"),
        "again": voice.say("files.web.again"),
        "no_script": voice.say("files.web.no_script"),
    }
    title = voice.plain("files.web.upload_title")
    return _page(title, UPLOAD.format(**said), base, voice, SCRIPT.format(base=base))


def uploaded(outcome: Kept, base: str, voice: Voice) -> str:
    """The page after it was used: what it has taken."""
    body = receipt(outcome, voice)
    return _page(voice.plain("files.web.upload_title"), body, base, voice)


def receipt(outcome: Kept, voice: Voice) -> str:
    """What stands there once the file is on disk; the page puts it in as it is."""
    file = outcome.file
    number = voice.say("files.web.receipt", receipt=file.receipt)
    return RECEIPT.format(
        done=voice.say("files.web.done"),
        receipt=number if file.incident_id else voice.say("files.web.receipt_later"),
        checksum=voice.say("files.web.checksum"),
        sha256=file.sha256,
        close=voice.say("files.web.close"),
    )


def listed(outcome: FileList, base: str, voice: Voice) -> str:
    """Each file with a button: a page that a chat fetches to show what a link holds gets none."""
    until = voice.say("files.web.list_until", until=voice.time(outcome.until))
    items = "\n".join(_item(outcome, place, base, voice) for place in range(len(outcome.files)))
    body = f"<ul>\n{items}\n</ul>" if items else f"<p>{voice.say('files.web.list_none')}</p>"
    title = voice.say("files.web.list_title", number=outcome.number)
    return _page(title, f"<p>{until}</p>\n{body}", base, voice)


def figures(outcome: Counted, word: str, base: str, voice: Voice) -> str:
    """A button alone: a chat that looks what is behind a link draws nothing."""
    action = escape(f"{base}/thongke/{word}")
    about, go = voice.say("figures.web.about"), voice.say("figures.web.open")
    body = (
        f'<p>{about}</p>\n<form method="post" action="{action}">'
        f'<button type="submit">{go}</button></form>'
    )
    title = voice.say("figures.web.title", period=called(outcome.period, voice))
    return _page(title, body, base, voice)


def code(said: str, base: str, voice: Voice) -> str:
    """`said`: why the code that was typed leads nowhere."""
    label, go = voice.say("files.web.code"), voice.say("files.web.code_go")
    told = f'<p class="warn" role="alert">{escape(said)}</p>\n' if said else ""
    body = (
        f'{told}<form method="post" action="{base}/ma">\n<label for="code">{label}</label>\n'
        '<input id="code" name="code" required maxlength="20" autocomplete="off"'
        ' autocapitalize="characters" spellcheck="false">\n'
        f'<button type="submit">{go}</button>\n</form>'
    )
    return _page(voice.plain("files.web.code_title"), body, base, voice)


def refused(said: str, contact: Contact | None, base: str, voice: Voice) -> str:
    """A calm page: why it does not go on, and whom to telephone. `said` is HTML."""
    phone = ""
    if contact is not None:
        help_ = voice.say("files.web.over_phone", phone=contact.phone, hours=contact.hours)
        phone = f"\n<p>{help_}</p>"
    return _page(voice.plain("files.web.over_title"), f"<p>{said}</p>{phone}", base, voice)


def _item(outcome: FileList, place: int, base: str, voice: Voice) -> str:
    file = outcome.files[place]
    about = voice.say(
        "files.web.line",
        name=cut(file.name, 60) or voice.plain("files.picture"),
        size=written(file.size, voice),
        who=outcome.names.get(file.person_id, ""),
        time=voice.time(file.received_at),
    )
    action = escape(f"{base}/tep/{outcome.url}/{file.number}")
    button = voice.say("files.web.download", receipt=file.receipt)
    return (
        f'<li><p>{about}</p>\n<p class="sum">{file.sha256}</p>\n'
        f'<form method="post" action="{action}"><button type="submit">{button}</button></form></li>'
    )


def _page(title: str, body: str, base: str, voice: Voice, script: str = "") -> str:
    tab = voice.say("files.web.tab", title=title)
    head = {"language": voice.language, "tab": tab, "title": escape(title), "base": base}
    return FRAME.format(**head, script=script, body=body)
