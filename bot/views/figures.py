"""Figures (thống kê) as people see them: six lines, the details behind a button, the picture."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Literal

from bot.domain.figures import (
    LAST_MONTH,
    MEASURES,
    THIS_MONTH,
    THIS_QUARTER,
    THIS_YEAR,
    Group,
    Measure,
    Period,
    Spread,
)
from bot.services.figure_outcomes import Counted, PictureLink
from bot.views import chart
from bot.views.callbacks import Go
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, cut, lines

MOST = 3700  # characters of the details; a platform takes 4096
NAMED = 60  # characters of a unit's name
SHOWS = {"figures": "short", "figures_whole": "whole", "figures_picture": "picture"}
PERIODS = {0: "last", THIS_MONTH: "this_month", THIS_QUARTER: "this_quarter"}
PERIODS |= {THIS_YEAR: "this_year"}
FILE = "thong-ke.png"


def counted(outcome: Counted, voice: Voice) -> Screen:
    """/thongke; as a picture it is drawn when it is shown."""
    if outcome.drawn:
        period = called(outcome.period, voice)
        said = voice.say("figures.handed_out", period=period, time=voice.time(outcome.at))
        return Screen(said, draw=(FILE, partial(chart.png, outcome, period, voice)))
    text = _whole(outcome, voice) if outcome.whole else _short(outcome, voice)
    return Screen(text, _buttons(outcome, voice))


def link(outcome: PictureLink, voice: Voice) -> Screen:
    """Where the picture can be opened, from a chat that takes none."""
    if not outcome.url:
        return Screen(voice.say("figures.no_page"))
    period, until = called(outcome.period, voice), voice.time(outcome.until)
    return Screen(voice.say("figures.link", period=period, url=outcome.url, until=until))


def called(of: Period, voice: Voice) -> str:
    """A period in words, with its year."""
    first, quarter = of.first, (of.first.month + 2) // 3
    if of.code == 0:
        return voice.plain("figures.period.last")
    if of.code == THIS_QUARTER:
        return voice.say("figures.period.quarter", quarter=quarter, year=first.year)
    if of.code in (THIS_MONTH, LAST_MONTH) or of.code <= 12:
        return voice.say("figures.period.month", month=first.month, year=first.year)
    return voice.say("figures.period.year", year=first.year)


def times(spread: Spread, voice: Voice) -> Html:
    """Half, nine tenths and the longest; a few are said one by one. What waits stands behind."""
    said = voice.say("figures.none")
    if spread.times and spread.is_few:
        said = voice.names(voice.span(one) for one in spread.times)
    elif spread.times:
        half, most, longest = map(voice.span, (spread.half, spread.most, spread.longest))
        count = len(spread.times)
        said = voice.say("figures.times", half=half, most=most, longest=longest, count=count)
    if spread.waiting:
        longest = voice.span(spread.waiting[-1])
        waiting = voice.say("figures.waiting", count=len(spread.waiting), longest=longest)
        said = Html(said + waiting)
    if spread.unknown:
        said = Html(said + voice.say("figures.unknown", count=spread.unknown))
    return said


def _short(outcome: Counted, voice: Voice) -> Html:
    """At most six lines, the last of which says that nothing is to be done."""
    tally = outcome.tally
    return lines(
        _head(outcome, voice),
        *(_lines(tally.whole, voice) if tally.whole.count else [_nothing(outcome, voice)]),
        _drills(outcome, voice),
        voice.say("figures.foot"),
    )


def _whole(outcome: Counted, voice: Voice) -> Html:
    tally = outcome.tally
    rows = [_secret(outcome, voice), voice.say("figures.how_to_read")]
    rows += [voice.say("figures.part.levels")] if tally.levels else []
    for level, found in tally.levels.items():
        rows.append(_group(voice.plain(f"figures.level.{level}"), found, voice))
    rows += [voice.say("figures.part.units")] if tally.units else []
    for unit, found in tally.units.items():
        rows.append(_group(cut(outcome.units[unit], NAMED), found, voice))
    rows += [voice.say("figures.part.months")] if len(tally.months) > 1 else []
    for month, found in tally.months.items() if len(tally.months) > 1 else ():
        rows.append(_group(_month(month, voice), found, voice))
    head = [_head(outcome, voice), *(_lines(tally.whole, voice) if tally.whole.count else [])]
    tail = [_drills(outcome, voice), _rounds(outcome, voice), voice.say("figures.foot")]
    room = MOST - sum(len(one) + 1 for one in (*head, *tail))
    return lines(*head, *_that_fit([row for row in rows if row], room, voice), *tail)


def _head(outcome: Counted, voice: Voice) -> Html:
    whole, tally = outcome.tally.whole, outcome.tally
    return voice.say(
        "figures.head",
        period=called(outcome.period, voice),
        count=whole.count + tally.secret,
        open=whole.open + tally.secret_open,
    )


def _nothing(outcome: Counted, voice: Voice) -> Html:
    """Of which anything but the number is said."""
    return _secret(outcome, voice) or voice.say("figures.none_at_all")


def _lines(of: Group, voice: Voice) -> list[Html]:
    return [_line(measure, of, voice) for measure in MEASURES]


def _line(measure: Measure, of: Group, voice: Voice) -> Html:
    called = voice.plain(f"figures.measure.{measure}")
    return voice.say("figures.line", measure=called, times=times(of.spreads[measure], voice))


def _group(name: str, of: Group, voice: Voice) -> Html:
    if not of.count:
        return voice.say("figures.month_none", name=name)
    said = " · ".join(_short_times(of.spreads[measure], voice) for measure in MEASURES)
    return voice.say("figures.group", name=name, count=of.count, open=of.open, times=Html(said))


def _short_times(spread: Spread, voice: Voice) -> Html:
    """Half and nine tenths; a few one by one; what waits in brackets."""
    said = voice.names(map(voice.span, spread.times)) or Html("–")
    if not spread.is_few:
        half, most = voice.span(spread.half), voice.span(spread.most)
        said = voice.say("figures.short", half=half, most=most)
    if spread.waiting:
        longest, count = voice.span(spread.waiting[-1]), len(spread.waiting)
        said = Html(said + voice.say("figures.short_waiting", count=count, longest=longest))
    return said


def _drills(outcome: Counted, voice: Voice) -> Html:
    drills = outcome.tally.drills
    if not drills.count:
        return Html("")
    said = _line("taken", drills, voice)
    return voice.say("figures.drills", count=drills.count, times=said)


def _rounds(outcome: Counted, voice: Voice) -> Html:
    rounds = outcome.rounds
    return voice.say("figures.rounds", **rounds._asdict()) if rounds.rounds else Html("")


def _secret(outcome: Counted, voice: Voice) -> Html:
    tally = outcome.tally
    if not tally.secret:
        return Html("")
    return voice.say("figures.secret", count=tally.secret, open=tally.secret_open)


def _month(month: date, voice: Voice) -> str:
    return voice.say("figures.period.month", month=month.month, year=month.year)


def _that_fit(rows: list[Html], room: int, voice: Voice) -> Iterable[Html]:
    """Those that the message holds; the others are counted."""
    for place, row in enumerate(rows):
        room -= len(row) + 1
        if room < 0:
            return [*rows[:place], voice.say("figures.hidden", count=len(rows) - place)]
    return rows


def _buttons(outcome: Counted, voice: Voice) -> list[list[Button]]:
    here = outcome.period.code
    other = [_go("figures", code, key, voice) for code, key in PERIODS.items() if code != here]
    views = [_go("figures" if outcome.whole else "figures_whole", here, "", voice)]
    if outcome.carried or outcome.pages:
        views.append(_go("figures_picture", here, "", voice))
    return [views, other]


def _go(
    to: Literal["figures", "figures_whole", "figures_picture"], code: int, label: str, voice: Voice
) -> Button:
    """`label`: of a period; "": of what is shown of the same one."""
    shows = SHOWS[to]
    word = voice.plain(f"typed.go.{to}")
    if code in PERIODS:
        word += voice.plain(f"figures.typed.{PERIODS[code]}") if code else ""
    else:
        word += f" {code}"
    return Button(voice.plain(f"figures.do.{label or shows}"), Go(to=to, number=code), word)
