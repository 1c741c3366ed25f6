"""A roster that is brought in (nhập lịch trực), as people see it: the preview, what was done."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.domain.duty import HERE
from bot.domain.roster_findings import KINDS
from bot.domain.roster_import import Changed, Hours, Match, Note, Usual, days_of, extent
from bot.services.import_outcomes import Preview
from bot.views.voice import Html, Voice, cut, lines

HIDDEN = ("hidden_rows", "hidden_columns", "hidden_sheet")
TAKEN = ("weekday", "floating", *HIDDEN, "outside")  # to be looked at only
ALL = 10_000  # lines of a list: at the console everything is shown
LONGEST = 80  # characters of one cell


def preview(outcome: Preview, voice: Voice, usual: Usual, most: int = ALL) -> Html:
    """most: lines of each list; the rest is counted."""
    if outcome.trouble or not outcome.is_new:
        return _without_change(outcome, voice, most)
    reading = outcome.reading
    layouts = (
        voice.say(
            f"importing.layout.{one.form}",
            sheet=cut(one.sheet, LONGEST),
            columns=_several(one.columns, voice, most),
        )
        for one in reading.layouts
    )
    return lines(
        _head(outcome, voice),
        *_some(list(layouts), voice, most),
        _count(outcome, voice),
        _assumed(outcome, voice, usual),
        *_people(outcome, voice, most),
        *_unsure(outcome.unsure, voice, most),
        _beside(outcome, voice, most),
        *_notes(reading.notes, voice, most),
        _phones(outcome, voice, most),
        *_changed(outcome, voice, most),
        *_findings(outcome, voice),
        voice.say("importing.covers", count=outcome.covers) if outcome.covers else "",
    )


def found(outcome: Preview, voice: Voice) -> Html:
    """In two lines, where nothing longer can be shown."""
    count = _count(outcome, voice) if outcome.shifts else Html("")
    return lines(_head(outcome, voice), count)


def done(outcome: Preview, voice: Voice) -> Html:
    """Once it is written down."""
    about = {"roster": outcome.roster.name, "file": outcome.reading.file}
    if not outcome.applied:
        return voice.say("importing.same", **about)
    counts = {"added": outcome.added, "cancelled": outcome.cancelled}
    digest, changed = outcome.reading.digest[:8], len(outcome.changed)
    return voice.say("importing.applied", **about, **counts, changed=changed, digest=digest)


def trouble(outcome: Preview, voice: Voice, most: int) -> Html:
    columns = _several(outcome.columns, voice, most)
    return voice.say(f"importing.trouble.{outcome.trouble}", columns=columns)


def _without_change(outcome: Preview, voice: Voice, most: int) -> Html:
    """Nothing can come of it, or all of it stands already; what was left out is said all the
    same."""
    head = [_head(outcome, voice), trouble(outcome, voice, most)] if outcome.trouble else []
    return lines(
        *(head or [done(outcome, voice)]),
        *_unsure(outcome.unsure, voice, most),
        *_notes(outcome.reading.notes, voice, most),
    )


def _head(outcome: Preview, voice: Voice) -> Html:
    return voice.say("importing.head", roster=outcome.roster.name, file=outcome.reading.file)


def _count(outcome: Preview, voice: Voice) -> Html:
    span = _span(*extent(outcome.shifts), voice)
    return voice.say("importing.found", count=len(outcome.shifts), span=span)


def _assumed(outcome: Preview, voice: Voice, usual: Usual) -> Html:
    if not outcome.assumed:
        return Html("")
    by_part = {"whole": usual.whole, "day": usual.day, "night": usual.night}
    said = [
        voice.say(f"importing.assumed.{one}", hours=_hours(by_part[one])) for one in outcome.assumed
    ]
    return voice.say("importing.assumed.head", hours=voice.names(said))


def _people(outcome: Preview, voice: Voice, most: int) -> list[Html]:
    written: dict[int, list[str]] = {}
    for one in outcome.matches:
        if one.who is not None:
            written.setdefault(one.who.id, []).append(one.name)
    found = []
    for who, days in days_of(outcome.shifts).items():
        name, said = _name(outcome, who, voice), _names(written[who], voice, most)
        same = all(one in name for one in written[who])
        found.append(
            voice.say(
                "importing.people.line" if same else "importing.people.line_said",
                name=name,
                said=said,
                count=len(days),
                first=_day(days[0], voice),
                last=_day(days[-1], voice),
            )
        )
    return [voice.say("importing.people.head"), *_some(found, voice, most)]


def _unsure(matches: Sequence[Match], voice: Voice, most: int) -> list[Html]:
    if not matches:
        return []
    found = [
        voice.say(
            f"importing.unsure.{one.why}",
            name=cut(one.name, LONGEST),
            near=_names([p.said for p in one.near], voice, most),
        )
        for one in matches
    ]
    head = voice.say("importing.unsure.head", count=len(matches))
    return [head, *_some(found, voice, most), voice.say("importing.unsure.foot")]


def _beside(outcome: Preview, voice: Voice, most: int) -> Html:
    if not outcome.beside:
        return Html("")
    names = _names(outcome.beside, voice, most)
    return voice.say("importing.beside", seat=outcome.wish.seat, names=names)


def _notes(notes: Iterable[Note], voice: Voice, most: int) -> list[Html]:
    """First what was not taken over, then what was and should be looked at."""
    every = list(notes)
    found = []
    for head, some in (
        ("head", [one for one in every if one.kind not in TAKEN]),
        ("beware", [one for one in every if one.kind in TAKEN]),
    ):
        told = [
            voice.say(f"importing.note.{one.kind}", place=one.place, said=cut(one.said, LONGEST))
            for one in some
        ]
        if told:
            found.append(voice.say(f"importing.notes.{head}", count=len(told)))
            found += _some(told, voice, most)
    return found


def _phones(outcome: Preview, voice: Voice, most: int) -> Html:
    if not outcome.phones:
        return Html("")
    phones = _several([one.said for one in outcome.phones], voice, most)
    return voice.say("importing.phones", phones=phones)


def _changed(outcome: Preview, voice: Voice, most: int) -> list[Html]:
    found = [_change(outcome, one, voice) for one in outcome.changed]
    return [voice.say("importing.changed.head", count=len(found)), *_some(found, voice, most)]


def _change(outcome: Preview, one: Changed, voice: Voice) -> Html:
    was, now = (_name(outcome, who, voice) for who in (one.was, one.now))
    span = _span(one.begins, one.ends, voice)
    return voice.say("importing.changed.line", span=span, was=was, now=now)


def _findings(outcome: Preview, voice: Voice) -> list[Html]:
    found = []
    for kind in KINDS:
        those = [one for one in outcome.findings if one.kind == kind]
        if those:
            what, span = (
                voice.say(f"importing.finding.{kind}"),
                _span(those[0].begins, those[0].ends, voice),
            )
            found.append(
                voice.say("importing.findings.line", what=what, count=len(those), span=span)
            )
    return [voice.say("importing.findings.head"), *found] if found else []


def _some(told: list[Html], voice: Voice, most: int) -> list[Html]:
    left = len(told) - most
    return [*told[:most], voice.say("importing.more", count=left)] if left > 0 else told


def _several(told: Sequence[str], voice: Voice, most: int) -> Html:
    """In one line; the rest is counted."""
    return voice.several(_first(told, voice, most))


def _names(told: Sequence[str], voice: Voice, most: int) -> Html:
    return voice.names(_first(told, voice, most))


def _first(told: Sequence[str], voice: Voice, most: int) -> list[str]:
    left = len(told) - most
    more = [voice.say("importing.and_more", count=left)] if left > 0 else []
    return [*(cut(one, LONGEST) for one in told[:most]), *more]


def _name(outcome: Preview, who: int, voice: Voice) -> str:
    person = outcome.people.get(who)
    return person.name if person else voice.plain("importing.changed.nobody")


def _span(begins: datetime, ends: datetime, voice: Voice) -> Html:
    """07:30–17:30 ngày 2/11, or with both days."""
    first, last = begins.astimezone(HERE), ends.astimezone(HERE)
    times = {"begins": f"{first:%H:%M}", "ends": f"{last:%H:%M}"}
    if first.date() == last.date():
        return voice.say("importing.span", **times, day=_day(first.date(), voice))
    days = {"day": _day(first.date(), voice), "last": _day(last.date(), voice)}
    return voice.say("importing.span_days", **times, **days)


def _day(day: date, voice: Voice) -> Html:
    """The year where it is not this one."""
    key = "day" if day.year == voice.now.astimezone(HERE).year else "day_year"
    return voice.say(f"importing.{key}", day=day.day, month=day.month, year=day.year)


def _hours(hours: Hours) -> str:
    return f"{hours.begins:%H:%M}–{hours.ends:%H:%M}"
