"""Đổi ca và trực thay as people see them: what is asked, what came of it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.duty_forms import shift_name
from bot.domain.notice import Notice
from bot.services.duty_outcomes import CoverShown, SwapShown
from bot.views import spans
from bot.views.callbacks import Go
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines, moment, sentences

TOLD = ("swap.asked", "swap.settled", "swap.kept", "cover.given", "cover.ended")


def shown(outcome: SwapShown, voice: Voice) -> Screen:
    """For the one who asked, or the one who was asked, as it stands."""
    swap, reader = outcome.swap, outcome.reader
    other = ""
    if swap.other_begins and swap.other_ends:
        other = shift_name(swap.other_begins, swap.other_ends)
    facts = {
        "roster": outcome.roster,
        "asker": outcome.asker.name,
        "asked": outcome.asked.name,
        "shift": shift_name(swap.begins, swap.ends),
        "other": other,
    }
    if outcome.moved:
        return Screen(voice.say("swaps.moved", name=outcome.moved))
    head = sentences(voice.say(f"swaps.{reader}.{swap.state}", **_names(facts)))
    if not swap.waits:
        return _settled(lines(head, _what(facts, voice)), reader, swap.state, voice)
    foot = sentences(voice.say(f"swaps.{reader}.foot", **_names(facts)))
    buttons = [_back(swap.id, voice)] if reader == "asker" else _answers(swap.id, voice)
    return Screen(lines(head, _what(facts, voice), foot), [buttons])


def cover(outcome: CoverShown, voice: Voice) -> Screen:
    one = outcome.shift
    text = lines(
        voice.say(f"swaps.cover.{outcome.did}", person=outcome.person.name),
        _covered(
            outcome.roster,
            ", ".join(one.name for one in outcome.instead),
            spans.between(one.begins, one.ends, voice),
            voice,
        ),
        voice.say("swaps.rest"),
    )
    return Screen(text, [[_end(one.id, voice)]] if outcome.did == "given" else [])


def told(notice: Notice, voice: Voice) -> Screen:
    facts = notice.facts
    match notice.kind:
        case "swap.asked":
            head = sentences(voice.say("swaps.asked.asked", **_names(facts)))
            rows = [_answers(int(str(facts["swap"])), voice)]
            return Screen(lines(head, _what(facts, voice), voice.say("swaps.asked.foot")), rows)
        case "swap.settled":
            key = f"swaps.told.{facts['state']}"
        case "swap.kept":
            key = "swaps.kept"
        case _:
            return _told_of_cover(notice, voice)
    said = lines(sentences(voice.say(key, **_names(facts))), _what(facts, voice))
    return _settled(said, "asker", str(facts["state"]), voice)  # a refusal is told to the asker


def _settled(said: Html, reader: str, state: str, voice: Voice) -> Screen:
    """Refused, the shift is still the asker's: somebody else can be asked."""
    if reader != "asker" or state != "refused":
        return Screen(lines(said, voice.say("swaps.rest")))
    again = Button(voice.plain("people.command.swap"), Go(to="swap"))
    return Screen(lines(said, voice.say("swaps.again")), [[again]])


def _told_of_cover(notice: Notice, voice: Voice) -> Screen:
    facts = notice.facts
    begins, ends = moment(facts["begins"]), moment(facts["ends"])
    given = notice.kind == "cover.given"
    key = "swaps.cover.told" if given else "swaps.cover.told_ended"
    if facts["own"]:
        key = "swaps.cover.told_own" if given else "swaps.cover.told_ended_own"
    head = voice.say(key, person=str(facts["person"]), by=str(facts["by"]))
    text = lines(
        sentences(head),
        _covered(
            str(facts["roster"]), str(facts["instead"]), spans.between(begins, ends, voice), voice
        ),
        voice.say("swaps.rest"),
    )
    return Screen(text)


def _covered(roster: str, instead: str, span: Html, voice: Voice) -> Html:
    said = voice.say("swaps.cover.instead", name=instead) if instead else Html("")
    return voice.say("swaps.cover.what", roster=roster, span=span, instead=said)


def _what(facts: Mapping[str, Any], voice: Voice) -> Html:
    """Which shift, and which one in return."""
    first = spans.shift(str(facts["shift"]), voice)
    said = voice.say("swaps.what", roster=str(facts["roster"]), shift=first, **_names(facts))
    if not facts["other"]:
        return said
    other = spans.shift(str(facts["other"]), voice)
    return lines(said, voice.say("swaps.other", shift=other, **_names(facts)))


def _names(facts: Mapping[str, Any]) -> dict[str, str]:
    return {"asker": str(facts["asker"]), "asked": str(facts["asked"])}


def _answers(number: int, voice: Voice) -> list[Button]:
    return [
        Button(voice.plain("swaps.button.yes"), Go(to="swap_yes", number=number)),
        Button(voice.plain("swaps.button.no"), Go(to="swap_no", number=number)),
    ]


def _back(number: int, voice: Voice) -> Button:
    return Button(voice.plain("swaps.button.back"), Go(to="swap_back", number=number))


def _end(number: int, voice: Voice) -> Button:
    return Button(voice.plain("swaps.button.end"), Go(to="cover_end", number=number))
