"""Test messages (tin thử) as people see them: the one that asks for a tap, and a round's page."""

from collections.abc import Mapping, Sequence

from bot.domain.notice import Notice
from bot.domain.test_round import LISTS
from bot.services.readiness_outcomes import RoundAnswered, RoundShown
from bot.views.callbacks import Go, Receive
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines, moment, upper_first

TOLD = ("round.asked", "round.page", "round.mend")


def told(notice: Notice, voice: Voice) -> Screen:
    match notice.kind:
        case "round.asked":
            return _asked(notice, voice)
        case "round.mend":
            facts = {name: str(notice.facts[name]) for name in ("unit", "entry")}
            name = upper_first(str(notice.facts["name"]))
            return Screen(voice.say(f"rounds.mend.{notice.facts['answer']}", name=name, **facts))
    return _page(notice, voice)


def answered(outcome: RoundAnswered, voice: Voice) -> Screen:
    """Also of the message that everybody gets on joining."""
    rows = [[Button(voice.plain("incidents.reported.menu"), Go(to="menu"))]]
    if not outcome.first:
        return Screen(voice.say("people.test_again"), rows)
    if outcome.answer == "received":
        return Screen(voice.say("people.test_first", name=outcome.person.name), rows)
    return Screen(voice.say(f"rounds.answered.{outcome.answer}", name=outcome.person.name))


def shown(outcome: RoundShown, voice: Voice) -> Screen:
    """As it stands: just begun, or while it runs."""
    count = sum(one.where == "asked" for one in outcome.round.people)
    heard = sum(bool(one.answer) for one in outcome.round.people)
    ends = voice.time(outcome.round.ends_at)
    if outcome.begun:
        head = voice.say("rounds.begun", count=count, time=ends)
        missing = {name: outcome.lists[name] for name in ("not_connected", "away")}
        return Screen(lines(head, *_lists(missing, voice), voice.say("rounds.begun_foot")))
    head = voice.say("rounds.running", heard=heard, count=len(outcome.round.people), time=ends)
    return Screen(lines(head, *_lists(outcome.lists, voice), voice.say("rounds.running_foot")))


def _asked(notice: Notice, voice: Voice) -> Screen:
    """Unmistakably no incident, in its first line."""
    facts, asked = notice.facts, int(str(notice.facts["asked"]))
    by = str(facts["by"])
    who = voice.say("rounds.asked.by", name=upper_first(by)) if by else ""
    text = lines(
        voice.say("rounds.asked.head"),
        voice.say(f"rounds.asked.{facts['time']}"),
        who or voice.say("rounds.asked.quarterly"),
        voice.say("rounds.asked.how", time=voice.time(moment(facts["ends"]))),
    )
    received = Button(voice.plain("people.test_button"), Receive(do="received", asked=asked), None)
    others = [
        Button(voice.plain("rounds.button.moved"), Receive(do="moved", asked=asked), None),
        Button(voice.plain("rounds.button.left"), Receive(do="left", asked=asked), None),
    ]
    return Screen(text, [[received], others])


def _page(notice: Notice, voice: Voice) -> Screen:
    """ONE page, in as many messages as its lists need; what is wrong is listed whole."""
    facts = notice.facts
    began = voice.time(moment(facts["began"]))
    parts = int(str(facts["parts"]))
    of = voice.say("rounds.page.part", part=facts["part"], parts=parts) if parts > 1 else Html("")
    found, sizes = facts["lists"], facts["sizes"]
    lists = found if isinstance(found, dict) else {}
    whole = sizes if isinstance(sizes, dict) else {}
    last = facts["part"] == parts
    return Screen(
        lines(
            voice.say("rounds.page.head", time=began, part=of),
            voice.say("rounds.page.answered", heard=facts["answered"], count=facts["count"]),
            *_lists(lists, voice, whole),
            voice.say(f"rounds.page.{_foot(whole)}") if last else "",
        )
    )


def _foot(sizes: Mapping[str, int]) -> str:
    """The one thing that is to be done next."""
    if sizes.get("moved") or sizes.get("left"):
        return "mend"
    if sizes.get("not_connected") or sizes.get("undelivered"):
        return "connect"
    return "call" if sizes.get("silent") else "nothing"


def _lists(
    lists: Mapping[str, Sequence[str]], voice: Voice, sizes: Mapping[str, int] | None = None
) -> list[Html]:
    """Each with how many it has in all, those of another message counted."""
    return [
        voice.say(
            f"rounds.list.{name}",
            count=(sizes or {}).get(name, len(lists[name])),
            names=voice.names(lists[name]),
        )
        for name in LISTS
        if lists.get(name)
    ]
