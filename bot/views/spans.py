"""A shift as it is said: "T7 21/11, 07:30–17:30"; over midnight with both days."""

from datetime import datetime

from bot.views.voice import HERE, Html, Voice


def listed(name: str, voice: Voice) -> str:
    """The name of an option (bot/domain/duty_forms.py), with the roster where it says which."""
    span, _, roster = name.partition("|")
    said = shift(span, voice)
    return f"{said} ({roster})" if roster else str(said)


def shift(stored: str, voice: Voice) -> Html:
    """Of "<begins>/<ends>", both ISO."""
    first, _, last = stored.partition("/")
    return between(datetime.fromisoformat(first), datetime.fromisoformat(last), voice)


def between(begins: datetime, ends: datetime, voice: Voice) -> Html:
    here, there = begins.astimezone(HERE), ends.astimezone(HERE)
    facts = {"day": day(here, voice), "start": f"{here:%H:%M}", "end": f"{there:%H:%M}"}
    if here.date() == there.date():
        return voice.say("swaps.shift", **facts)
    return voice.say("swaps.shift_over", **facts, last=day(there, voice))


def day(at: datetime, voice: Voice) -> str:
    weekday = voice.plain(f"rosters.weekday.{at.isoweekday()}")
    return f"{weekday} {at.day}/{at.month}"
