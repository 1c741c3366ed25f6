"""A page by mail, SMS or ntfy: plain words, and where it can be answered, since here it cannot."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.notice import CALLS
from bot.domain.people import Person
from bot.domain.ways import BY_NUMBER, one_sms
from bot.services.delivery import Letter
from bot.views import channels, notices
from bot.views.screen import plain
from bot.views.voice import Voice


@dataclass(frozen=True, slots=True)
class Said:
    """`subject`: the first line; "" where the way has one text only."""

    subject: str
    text: str


def said(letter: Letter, way: str, platforms: Collection[str], voice: Voice) -> Said:
    """`platforms`: where the program is written to. KeyError and the like: `fallback`."""
    brief = letter.brief
    if brief is not None and brief.incident.is_secret:
        again = voice.plain("paging.again") if letter.sending.again else ""
        words = plain(voice.say("ways.secret", code=brief.incident.code, again=again))
    else:
        words = plain(notices.screen(letter, voice).text)
    return _ended(words, letter, way, platforms, voice)


def fallback(letter: Letter, way: str, platforms: Collection[str], voice: Voice) -> Said:
    """For when the words themselves fail."""
    return _ended(notices.fallback(letter), letter, way, platforms, voice)


def _ended(words: str, letter: Letter, way: str, platforms: Collection[str], voice: Voice) -> Said:
    """With what to do now: an SMS is one line, and its end is never cut."""
    first, *rest = [line for line in words.split("\n") if line]
    named = [channels.platform(one, voice) for one in platforms]
    duty = _duty(letter)
    what = "answer" if letter.sending.notice.kind in CALLS else "open"
    what += "_or_call" if duty else ""
    if way == BY_NUMBER:
        phone = duty[0].phone.replace(" ", "") if duty else ""
        do = voice.say(f"ways.sms.{what}", platforms="/".join(named), phone=phone)
        return Said("", one_sms(" ".join([first, *rest[:1]]), plain(do)))
    where = voice.plain("ways.or").join(named)
    names = voice.names(f"{one.name} {one.phone}" for one in duty)
    do = voice.say(f"ways.{what}", platforms=where, duty=names)
    return Said(first, "\n".join([*(rest or [first]), "", plain(do)]))


def _duty(letter: Letter) -> list[Person]:
    """Whom to telephone instead; nobody is told to telephone themselves."""
    whose = letter.sending.person
    known = letter.brief.duty if letter.brief else ()
    return [one for one in known if one.phone and (whose is None or one.id != whose.id)]
