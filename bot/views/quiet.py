"""Quiet hours (giờ yên lặng) as their owner sees them."""

from bot.services.people_outcomes import QuietSet
from bot.views.callbacks import Go
from bot.views.screen import Button, Screen
from bot.views.voice import Voice, lines


def settled(outcome: QuietSet, voice: Voice) -> Screen:
    change = Button(voice.plain("people.command.quiet_hours"), Go(to="quiet_hours"))
    if outcome.hours is None:
        return Screen(voice.say("ways.quiet.off"), [[change]])
    begins, ends = (f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in outcome.hours)
    text = lines(
        voice.say("ways.quiet.set", begins=begins, ends=ends),
        voice.say("ways.quiet.on_shift") if outcome.on_shift else "",
        voice.say("ways.quiet.nothing"),
    )
    return Screen(text, [[change]])
