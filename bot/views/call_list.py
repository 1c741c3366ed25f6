"""The call list (danh sách gọi) as one page to print: A4, black on white, nothing from elsewhere.

It is read on paper, at night, by somebody whose network is gone: whom to telephone first stands
first.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from html import escape

from bot.domain.contact import Outside
from bot.domain.folding import fold
from bot.services.roster_outcomes import Acting, CallList, CallListFile, Listed, RosterShown
from bot.views.rosters import day_line, who
from bot.views.screen import Screen, plain
from bot.views.voice import HERE, Html, Voice, upper_first

NAME = "danh-sach-goi.html"
MARK = '<meta name="digest" content="{digest}">'
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{mark}
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
@page {{ size: A4; margin: 16mm 12mm 14mm;
 @top-left {{ content: "{above}"; font: 9pt sans-serif; }}
 @bottom-right {{ content: counter(page) "/" counter(pages); font: 9pt sans-serif; }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; max-width: 186mm; padding: 4mm; color: #000; background: #fff;
 font: 12pt/1.35 "Noto Sans", "DejaVu Sans", Arial, sans-serif; }}
header {{ border-bottom: 2pt solid #000; margin-bottom: 4mm; }}
h1 {{ font-size: 18pt; line-height: 1.2; margin: 0; }}
h2 {{ font-size: 14pt; margin: 6mm 0 1mm; border-bottom: 1pt solid #000; break-after: avoid; }}
h3 {{ font-size: 12pt; margin: 3mm 0 1mm; break-after: avoid; }}
p {{ margin: 1mm 0; }}
table {{ width: 100%; border-collapse: collapse; }}
td {{ border-bottom: .5pt solid #777; padding: 1mm 2mm 1mm 0; vertical-align: top; }}
td.phone {{ font-weight: bold; white-space: nowrap; font-size: 13pt; text-align: right;
 padding-right: 0; }}
tr, .whole {{ break-inside: avoid; }}
.days {{ columns: 2; column-gap: 8mm; }}
@media (max-width: 640px) {{ .days {{ columns: 1; }} }}
@media print {{ body {{ padding: 0; }} }}
</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p><b>{updated}</b></p>
<p>{contact}</p>
</header>
{body}
</body>
</html>
"""


def page(found: CallList, voice: Voice) -> str:
    """The whole file. Its digest is of what stands there, without the moment at which it was made:
    a list that has not changed is not written again."""
    body = "\n".join(_parts(found, voice))
    title = voice.say("call_list.title", agency=found.agency)
    contact = voice.say("call_list.contact", phone=found.contact.phone, hours=found.contact.hours)
    digest = sha256(f"{title}\n{contact}\n{body}".encode()).hexdigest()
    made = _moment(voice.now, voice)
    return PAGE.format(
        language=voice.language,
        mark=mark(digest),
        title=title,
        above=_quoted(f"{plain(title)} · {made}"),
        updated=voice.say("call_list.updated", time=made),
        contact=contact,
        body=body,
    )


def mark(digest: str) -> str:
    return MARK.format(digest=digest)


def same(before: str, after: str) -> bool:
    """Whether both files say the same, whenever they were made."""
    return _digest(before) == _digest(after) is not None


def handed_out(outcome: CallListFile, voice: Voice) -> Screen:
    """/danhsachgoi"""
    if not outcome.carried:
        return Screen(voice.say("call_list.on_server", name=NAME))
    content = page(outcome.found, voice).encode()
    return Screen(voice.say("call_list.handed_out"), file=(NAME, content))


def _digest(text: str) -> str | None:
    _, _, rest = text.partition(MARK.partition("{")[0])
    return rest.partition('"')[0] if rest else None


def _parts(found: CallList, voice: Voice) -> Iterable[str]:
    yield _titled("rosters", [_roster(one, voice) for one in found.rosters], voice)
    yield _titled("away", [_acting(one, voice) for one in found.away], voice)
    yield _titled("units", [_unit(name, people, voice) for name, people in found.units], voice)
    yield _titled("outside", [_outside(found.outside, voice)] if found.outside else [], voice)
    secret = [
        f"<p>{voice.say('call_list.secret', unit=unit, person=one.person, place=one.place)}</p>"
        for unit, one in found.secret.items()
    ]
    yield _titled("secret_head", secret, voice)


def _quoted(text: str) -> str:
    """Within a style sheet's quotes: neither they nor the sheet can be left."""
    return re.sub(r'["\\<>&\n]', " ", text)


def _titled(key: str, parts: Sequence[str], voice: Voice) -> str:
    if not parts:
        return ""
    return "\n".join([f"<h2>{voice.say(f'call_list.{key}')}</h2>", *parts])


def _roster(one: RosterShown, voice: Voice) -> str:
    """Who has it now and who comes next, with their numbers, then seven days."""
    now, after = one.now, one.next
    rows = []
    if now.who is not None or now.hole:
        phone = now.who.phone if now.who else ""
        rows.append(_row(voice.say("call_list.now", who=who(now, voice)), phone))
    if after is not None:
        phone = after.who.phone if after.who else ""
        begins = _moment(after.begins, voice)
        rows.append(_row(voice.say("call_list.next", who=who(after, voice), time=begins), phone))
    days = "\n".join(f"<p>{_black(day_line(day, None, voice))}</p>" for day in one.days)
    table = f"<table>{''.join(rows)}</table>" if rows else ""
    return (
        f'<div class="whole"><h3>{escape(one.name, quote=False)}</h3>\n{table}\n'
        f'<div class="days">\n{days}\n</div></div>'
    )


def _black(line: str) -> str:
    """Black on white: colours and slanted words say nothing on paper."""
    return escape(plain(line).replace("🔴 ", ""), quote=False)


def _unit(name: str, people: Sequence[Listed], voice: Voice) -> str:
    rows = [
        _row(
            voice.say(
                "call_list.person",
                place=place,
                name=one.who.name,
                position=_position(one, voice),
            ),
            one.who.phone,
        )
        for place, one in enumerate(people, 1)
    ]
    return f"<h3>{escape(name, quote=False)}</h3>\n<table>{''.join(rows)}</table>"


def _position(one: Listed, voice: Voice) -> str:
    """The role, and the position where that says something else."""
    role = voice.plain(f"report.option.{one.role}")
    if not one.position or fold(one.position).startswith(fold(role)):
        return one.position or role
    return f"{role}; {one.position}"


def _acting(one: Acting, voice: Voice) -> str:
    until = _moment(one.until, voice)
    name = upper_first(one.who.name)
    if one.by is None:
        said = voice.say("call_list.away_nobody", name=name, time=until)
        return f"<table>{_row(said, '')}</table>"
    key = "call_list.away_by_paper" if one.paper else "call_list.away_by"
    said = voice.say(key, name=name, time=until, by=one.by.name, paper=one.paper)
    return f"<table>{_row(said, one.by.phone)}</table>"


def _outside(contacts: Sequence[Outside], voice: Voice) -> str:
    rows = []
    for one in contacts:
        beside = [one.other_phone, one.hours, one.needed, one.note, one.email]
        more = voice.several(part for part in beside if part)
        kind = voice.plain(f"contacts.kind.{one.kind}")
        said = voice.say("call_list.place", kind=kind, name=one.name)
        rows.append(_row(Html(f"{said}<br>{more}") if more else said, one.phone))
    return f"<table>{''.join(rows)}</table>"


def _row(said: Html, phone: str) -> str:
    number = escape(phone, quote=False)
    return f'<tr><td>{said}</td><td class="phone">{number}</td></tr>\n'


def _moment(at: datetime, voice: Voice) -> str:
    """With its date: paper is read on another day."""
    here = at.astimezone(HERE)
    said = {"time": f"{here:%H:%M}", "date": f"{here.day}/{here.month}/{here.year}"}
    return voice.say("common.date_time", **said)
