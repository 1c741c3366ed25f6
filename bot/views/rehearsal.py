"""Ai được báo, lúc nào, bằng gì, as people see it: a line for each moment, with the gaps marked."""

from datetime import datetime

from bot.domain.reach import Reach
from bot.domain.rehearsal import Moment, Told
from bot.services.readiness_outcomes import Reached, Rehearsed
from bot.views.callbacks import Go
from bot.views.readiness import why
from bot.views.screen import Button, Screen
from bot.views.voice import HERE, Html, Voice, lines, upper_first

MOST = 16  # moments in one message: an hour of calls in threes of minutes


def shown(outcome: Rehearsed, voice: Voice) -> Screen:
    gaps = _gaps(outcome, voice)
    shown_ = outcome.line[:MOST]
    text = lines(
        voice.say(
            "rehearsal.head",
            time=_day(outcome.at, voice),
            case=voice.say(f"readiness.case.{outcome.needed}"),
            unit=outcome.unit,
        ),
        *gaps,
        *(line for one in shown_ for line in _lines(one, outcome, voice)),
        voice.say("rehearsal.nobody") if not outcome.line else "",
        _beside(outcome, voice),
        voice.say("rehearsal.foot_gaps" if _has_gaps(outcome) else "rehearsal.foot"),
    )
    again = Button(voice.plain("rehearsal.again"), Go(to="rehearsal"), None)
    return Screen(text, [[again]])


def _gaps(outcome: Rehearsed, voice: Voice) -> list[Html]:
    """What is missing before anything is sent: rosters with nobody, units of which nobody is."""
    said = [voice.say("rehearsal.unmanned", roster=one) for one in outcome.unmanned]
    return said + [voice.say("rehearsal.deserted", unit=one) for one in outcome.deserted]


def _lines(one: Moment, outcome: Rehearsed, voice: Voice) -> list[Html]:
    time = _clock(one.at)
    passed = [
        voice.say(
            "rehearsal.hushed" if who in one.hushed else "rehearsal.passed",
            time=time,
            name=upper_first(outcome.names[who]),
            why=_why(outcome.why[one.at, who], voice),
        )
        for who in one.passed
    ]
    if one.exhausted:
        cried = voice.names(outcome.names[who] for who in one.cried)
        key = "rehearsal.cried" if cried else "rehearsal.silent"
        rooms = voice.say("rehearsal.rooms", count=one.rooms) if one.rooms else Html("")
        return [*passed, voice.say(key, time=time, names=cried, rooms=rooms)]
    told = voice.several(_told(each, one.at, outcome, voice) for each in _joined(one.told))
    return [*passed, voice.say("rehearsal.told", time=time, who=told)]


def _joined(told: tuple[Told, ...]) -> list[list[Told]]:
    """Everything that goes to one person at one moment."""
    found: dict[int, list[Told]] = {}
    for each in told:
        found.setdefault(each.person_id, []).append(each)
    return list(found.values())


def _told(those: list[Told], at: datetime, outcome: Rehearsed, voice: Voice) -> Html:
    """ "anh Minh (Zalo, lần 1)"; by several ways at once the last time."""
    first = those[0]
    networks = dict.fromkeys(_network(each.channel, voice) for each in those)
    key = "rehearsal.one" if first.turn == 1 else "rehearsal.one_again"
    mark = _mark(outcome, at, first, voice) if first.turn == 1 else Html("")
    return voice.say(
        key,
        name=outcome.names[first.person_id],
        by=voice.names(networks),
        turn=first.turn,
        mark=mark,
    )


def _beside(outcome: Rehearsed, voice: Voice) -> Html:
    return lines(
        voice.say("rehearsal.asked", names=voice.names(outcome.asked)) if outcome.asked else "",
        voice.say("rehearsal.informed", names=voice.names(outcome.informed))
        if outcome.informed
        else "",
    )


def _why(one: Reached, voice: Voice) -> Html:
    return why(one.reach, voice, one.acting, one.hours)


def _mark(outcome: Rehearsed, at: datetime, told: Told, voice: Voice) -> Html:
    """Who is told, and may not be reached all the same."""
    reach = outcome.why[at, told.person_id].reach
    if not _is_unsure(reach):
        return Html("")
    return voice.say("rehearsal.one_way" if reach.result == "one_way" else "rehearsal.spent")


def _is_unsure(reach: Reach) -> bool:
    return reach.result == "one_way" or reach.why == "quota"


def _has_gaps(outcome: Rehearsed) -> bool:
    """Whatever stands marked; who is told by one way only, too."""
    told = {(one.at, each.person_id) for one in outcome.line for each in one.told}
    unsure = any(_is_unsure(outcome.why[one].reach) for one in told)
    passed = any(set(one.passed) - set(one.hushed) for one in outcome.line)
    empty = not outcome.line or any(one.is_gap for one in outcome.line)
    return bool(outcome.unmanned or outcome.deserted or passed or empty or unsure)


def _network(address: str, voice: Voice) -> str:
    if not address:
        return voice.plain("rehearsal.no_way")
    return voice.plain(f"channels.platform.{address.partition(':')[0]}")


def _day(at: datetime, voice: Voice) -> Html:
    """With the day of the week, by which such a question is asked."""
    here = at.astimezone(HERE)
    date = f"{here.day}/{here.month}"
    return voice.say(f"rehearsal.day.{here.weekday()}", time=f"{here:%H:%M}", date=date)


def _clock(at: datetime) -> str:
    return f"{at.astimezone(HERE):%H:%M}"
