"""What an option is called: in the words of the forms, or of the steps that ask for it."""

import re

from bot.domain.duty_forms import SHIFT
from bot.domain.step_forms import asked_for
from bot.views import spans
from bot.views.voice import Voice

# Named by the list that they stand in, with words of ours around: "ask_1" is whose direction is
# asked, "join_1" who is asked to join.
NAMED = re.compile(r"(ask|join)_\d")


def option(value: str, voice: Voice) -> str | None:
    """None: it is none of ours, so somebody's own words."""
    for key in (f"report.option.{value}", f"steps.option.{value}"):
        if voice.knows(key):
            return voice.plain(key)
    wanted = asked_for(value)
    if wanted and wanted[2]:
        return voice.say("steps.ask_speaker", name=wanted[2])
    return None


def in_list(value: str, name: str, voice: Voice) -> str:
    """An option of a list: by its name, or ours where the list gives none."""
    if SHIFT.fullmatch(value) and name:
        return spans.listed(name, voice)
    kind = NAMED.fullmatch(value)
    if kind and name:
        return voice.plain(f"steps.named.{kind[1]}").format(name=name)
    return name or option(value, voice) or value


def wanted(ask: str, voice: Voice) -> str:
    """What a leader is asked: an option's label, perhaps a reason behind it, or free words."""
    head, dash, why = ask.partition(" – ")
    return option(ask, voice) or f"{option(head, voice) or head}{dash}{why}"
