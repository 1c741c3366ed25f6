"""Rosters (lịch trực) as people see them: now, next, the week; what is wrong with one; one's shift.

Telephone numbers stand in private chats only.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.domain.notice import Notice
from bot.domain.roster_findings import VACANT
from bot.services.roster_outcomes import DutyDay, DutyWeek, RosterShown, Turn
from bot.views.callbacks import Go
from bot.views.people import allowed
from bot.views.screen import Button, Screen
from bot.views.voice import HERE, Html, Voice, cut, lines, moment

TOLD = ("roster.found", "shift.begins", "shift.ends")
TO_DO = (("swap", "handover"), ("absence", "cover"))  # below it, as far as one may
MOST = 3300  # characters; a platform takes 4096 with what stands above and below
SHORT = 40  # characters of a roster's name, of a holiday's


def shown(outcome: DutyWeek, voice: Voice) -> Screen:
    """/lichtruc"""
    if not outcome.rosters:
        return Screen(voice.say("rosters.empty_edit" if outcome.edits else "rosters.empty"))
    told: list[Html] = []
    for place, one in enumerate(outcome.rosters):
        text = _roster(one, outcome, voice)
        if sum(map(len, told)) + len(text) > MOST:
            left = len(outcome.rosters) - place + outcome.hidden
            return _with_foot(outcome, [*told, voice.say("rosters.hidden", count=left)], voice)
        told.append(text)
    if outcome.hidden:
        told.append(voice.say("rosters.hidden", count=outcome.hidden))
    return _with_foot(outcome, told, voice)


def told(notice: Notice, voice: Voice) -> Screen:
    facts = notice.facts
    if notice.kind == "roster.found":
        return _found(facts, voice)
    to_see = [[Button(voice.plain("people.command.roster"), Go(to="roster"))]]
    if notice.kind == "shift.ends":
        numbers = facts["numbers"] if isinstance(facts["numbers"], list) else []
        return Screen(
            voice.say(
                "rosters.shift.ends",
                roster=str(facts["roster"]),
                time=voice.time(moment(facts["ends"])),
                numbers=voice.names(map(str, numbers)),
            ),
            [[Button(voice.plain("people.command.handover"), Go(to="handover"))]],
        )
    until = str(facts["ends"])
    instead_of = str(facts["instead_of"])
    text = lines(
        voice.say(
            "rosters.shift.begins",
            roster=str(facts["roster"]),
            time=voice.time(moment(facts["begins"])),
        ),
        voice.say("rosters.shift.until", time=voice.time(moment(until))) if until else "",
        voice.say("rosters.shift.instead_of", name=instead_of) if instead_of else "",
        voice.say("rosters.shift.foot"),
    )
    return Screen(text, to_see)


def who(turn: Turn, voice: Voice) -> Html:
    """anh Bình; chị Tuyết, trực thay anh Bình; không có người trực."""
    if turn.who is None:
        return voice.say("rosters.nobody")
    if turn.instead_of is None:
        return voice.names([turn.who.name])
    return voice.say("rosters.acting", name=turn.who.name, absent=turn.instead_of.name)


def day_line(one: DutyDay, today: date | None, voice: Voice) -> Html:
    """T2 23/11: anh Bình. today: None, on paper, which is read on other days."""
    said = [_of_the_day(turn, len(one.turns) > 1, voice) for turn in one.turns]
    about = [voice.plain("rosters.today")] if one.day == today else []
    about += [cut(one.name, SHORT)] if one.name else []
    facts = {
        "weekday": voice.plain(f"rosters.weekday.{one.day.isoweekday()}"),
        "day": f"{one.day.day}/{one.day.month}",
        "about": voice.say("rosters.about", about=voice.names(about)) if about else "",
        "who": voice.several(said) or voice.say("rosters.office"),
    }
    if one.day == today:
        return voice.say("rosters.day_today", **facts)
    return voice.say("rosters.day_off" if one.is_off else "rosters.day", **facts)


def _roster(one: RosterShown, outcome: DutyWeek, voice: Voice) -> Html:
    now, after = one.now, one.next
    phone = now.who.phone if now.who and outcome.private else ""
    week = ""
    if one.days:
        last = outcome.monday + timedelta(days=6)
        first, until = (f"{day.day}/{day.month}" for day in (outcome.monday, last))
        week = voice.say("rosters.week", number=outcome.numbers[1], first=first, last=until)
    today = voice.now.astimezone(HERE).date()
    return lines(
        voice.say("rosters.head", name=cut(one.name, SHORT)),
        _now(now, voice),
        voice.say("rosters.phone", phone=phone) if phone else "",
        voice.say("rosters.handed", name=one.handed_to.name) if one.handed_to else "",
        voice.say("rosters.next", who=who(after, voice), time=voice.time(after.begins))
        if after
        else "",
        week,
        *(day_line(day, today, voice) for day in one.days),
    )


def _now(now: Turn, voice: Voice) -> Html:
    if now.who is None and not now.hole:
        return voice.say("rosters.now_office")
    if now.ends is None:
        on = "rosters.now_nobody_on" if now.who is None else "rosters.now_on"
        return voice.say(on, who=who(now, voice))
    key = "rosters.now_nobody" if now.who is None else "rosters.now"
    return voice.say(key, who=who(now, voice), time=voice.time(now.ends))


def _of_the_day(turn: Turn, several: bool, voice: Voice) -> Html:
    mark = Html(f"🔴 {who(turn, voice)}") if turn.who is None else who(turn, voice)
    return Html(f"{_clock(turn.begins)} {mark}") if several else mark


def _with_foot(outcome: DutyWeek, told: Sequence[Html], voice: Voice) -> Screen:
    holes = any(_has_hole(one) for one in outcome.rosters)
    foot = "rest"
    if holes:
        foot = "mend" if outcome.edits else "say"
    before, _, after = outcome.numbers
    rows = []
    if outcome.whole:
        rows = [
            [
                _week("last", before, outcome.away == 0, voice),
                _week("next", after, outcome.away == 0, voice),
            ]
        ]
    may = allowed(outcome.reader) if outcome.private else ()
    for pair in TO_DO:
        rows.append([_command(one, voice) for one in pair if one in may])
    return Screen(lines(*told, voice.say(f"rosters.foot_{foot}")), [row for row in rows if row])


def _command(name: str, voice: Voice) -> Button:
    return Button(voice.plain(f"people.command.{name}"), Go(to=name))


def _has_hole(one: RosterShown) -> bool:
    turns = [one.now, *([one.next] if one.next else [])]
    return any(turn.hole for turn in (*turns, *(each for day in one.days for each in day.turns)))


def _week(to: str, number: int, from_this: bool, voice: Voice) -> Button:
    """Of a named week, so that an old button means what it meant; typed by word from this one."""
    word = voice.plain(f"rosters.type.{to}") if from_this else ""
    return Button(voice.plain(f"rosters.button.{to}"), Go(to="roster", number=number), word)


def _found(facts: Mapping[str, object], voice: Voice) -> Screen:
    """Every one of them has its line; of many, the next message goes on."""
    rows = facts["found"] if isinstance(facts["found"], list) else []
    vacant = any(row["kind"] in VACANT for row in rows)
    part = {"part": facts["part"], "of": facts["of"]}
    text = lines(
        voice.say("rosters.found.head", count=len(rows)),
        voice.say("rosters.found.part", **part) if facts["of"] != 1 else "",
        *(_finding(row, voice) for row in rows),
        voice.say("rosters.found.foot_vacant" if vacant else "rosters.found.foot"),
    )
    return Screen(text, [[Button(voice.plain("people.command.roster"), Go(to="roster"))]])


def _finding(row: Mapping[str, object], voice: Voice) -> Html:
    names = row["names"] if isinstance(row["names"], list) else []
    return voice.say(
        f"rosters.found.{row['kind']}",
        roster=str(row["roster"]),
        other=str(row["other"]),
        names=voice.names(names),
        begins=voice.time(moment(row["begins"])),
        ends=voice.time(moment(row["ends"])),
    )


def _clock(at: datetime) -> str:
    return f"{at.astimezone(HERE):%H:%M}"
