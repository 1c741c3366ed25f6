"""A shared telephone asks who holds it, and says so from then on."""

from dataclasses import replace

from bot.domain.notice import Notice
from bot.domain.people import Person
from bot.services.people_outcomes import Held, WhoHolds
from bot.views.callbacks import Go, Hold
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines


def who(outcome: WhoHolds, voice: Voice) -> Screen:
    """In a group only that the question stands in the private chat."""
    text = _asked(outcome, voice)
    rows = [
        [Button(name, Hold(holder=one, question=outcome.question))] for one, name in outcome.names
    ]
    return Screen(text, rows, toast=voice.plain("people.holding.elsewhere"), numbers=Hold)


def asked(notice: Notice, voice: Voice) -> Screen:
    """The same question, after a press in a group."""
    facts = notice.facts
    names = facts["names"] if isinstance(facts["names"], list) else []
    waits, again = bool(facts["waits"]), bool(facts["again"])
    question = int(str(facts["question"]))
    return who(WhoHolds(str(facts["device"]), names, question, waits, again), voice)


def held(outcome: Held, voice: Voice) -> Screen:
    rows = [[Button(voice.plain("incidents.reported.menu"), Go(to="menu"))]]
    return Screen(voice.say("people.holding.held", name=outcome.person.name), rows)


def signed(shown: Screen, person: Person, voice: Voice) -> Screen:
    """What a shared telephone shows ends with who has it in hand, unless that is what it asks."""
    asks = any(isinstance(button.data, Hold) for row in shown.rows for button in row)
    if not person.device or asks or not shown.text:
        return shown
    line = voice.say("people.holding.line", name=person.name)
    return replace(shown, text=lines(shown.text, line))


def _asked(outcome: WhoHolds, voice: Voice) -> Html:
    then = Html("")
    if outcome.waits:
        then = voice.say("people.holding.then")
    elif outcome.again:
        then = voice.say("people.holding.again")
    return lines(voice.say("people.holding.who", device=outcome.device), then)
