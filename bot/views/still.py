"""Vẫn đang xử lý? The question to whoever has an incident, and what answers them."""

from bot.domain.notice import Notice
from bot.services.page_outcomes import StillAtIt, StillUnclear
from bot.services.ports.incidents import Brief
from bot.views.callbacks import Answer
from bot.views.incidents import summary
from bot.views.screen import Button, Screen
from bot.views.voice import Voice, lines, moment


def asked(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """7 and 9 mean here what they mean under a page."""
    number, until = brief.incident.id, voice.time(moment(notice.facts["until"]))
    what = "" if brief.incident.is_secret else summary(brief, voice)
    names = voice.names(str(name) for name in _next(notice))
    then = "next" if names else "loud"
    text = lines(
        voice.say("paging.still.head", number=number),
        what,
        voice.say(f"paging.still.{then}", time=until, names=names),
    )
    return Screen(text, _answers(notice.page or 0, voice))


def asked_back(outcome: StillUnclear, voice: Voice) -> Screen:
    """Under words that say neither."""
    number = outcome.brief.incident.id
    text = lines(
        voice.say("paging.still.head", number=number),
        voice.say("paging.still.unclear", number=number),
    )
    return Screen(text, _answers(outcome.page.id, voice))


def given_up(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """To whoever has not answered: others are told now, and it can be taken again."""
    number, page = brief.incident.id, notice.page or 0
    take = Button(voice.plain("paging.take"), Answer(do="take", page=page))
    return Screen(voice.say("paging.still.given_up", number=number), [[take]])


def answered(outcome: StillAtIt, voice: Voice) -> Screen:
    number = outcome.brief.incident.id
    if outcome.next_at is None:
        return Screen(voice.say("paging.still.got", number=number))
    text = voice.say("paging.still.got_until", number=number, time=voice.time(outcome.next_at))
    return Screen(text, toast=voice.plain("paging.still.toast"))


def _answers(page: int, voice: Voice) -> list[list[Button]]:
    return [
        [Button(voice.plain("paging.still.yes"), Answer(do="alive", page=page))],
        [Button(voice.plain("paging.pass"), Answer(do="pass", page=page))],
    ]


def _next(notice: Notice) -> list[object]:
    found = notice.facts.get("next")
    return list(found) if isinstance(found, list) else []
