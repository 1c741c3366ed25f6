"""Bàn giao as people see it: what is open, the giver's words, and whether it was accepted.

Of a secret incident only its code stands here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.notice import Notice
from bot.services.duty_outcomes import HandoverShown
from bot.views.callbacks import Go
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, cut, lines, moment, sentences

TOLD = (
    "handover.asked",
    "handover.settled",
    "handover.waits",
    "handover.late",
    "handover.forgotten",
)
SHOWN = 4  # incidents named; the others are counted
WORDS = 700  # characters of the giver's own words


def shown(outcome: HandoverShown, voice: Voice) -> Screen:
    one = outcome.handover
    secret = bool(one.incident_id) and any(not row[0] for row in outcome.state)
    facts = {
        "head": outcome.head,
        "number": 0 if secret else one.incident_id,
        "code": str(outcome.state[0][1]) if outcome.state and one.incident_id else "",
        "giver": outcome.giver.name,
        "receiver": outcome.receiver.name,
    }
    key = f"handovers.{outcome.reader}.{one.state}"
    head = sentences(voice.say(key, **_names(facts), what=_what(facts, voice)))
    if not one.waits:
        return _settled(head, one.state, facts, outcome.reader == "giver", voice)
    if outcome.reader == "giver":
        return Screen(lines(head, voice.say("handovers.giver.foot")))
    text = lines(head, state(outcome.state, voice), _words(one.summary, voice))
    return Screen(lines(text, voice.say("handovers.receiver.foot")), [_answers(one.id, voice)])


def told(notice: Notice, voice: Voice) -> Screen:
    facts = notice.facts
    named = {**_names(facts), "what": _what(facts, voice)}
    rows = facts.get("state")
    gives = facts.get("to") == facts.get("giver_id")
    match notice.kind:
        case "handover.asked":
            return Screen(
                lines(
                    sentences(voice.say("handovers.asked", **named)),
                    state(rows if isinstance(rows, list) else (), voice),
                    _words(str(facts["words"]), voice),
                    voice.say("handovers.receiver.foot"),
                ),
                [_answers(int(str(facts["handover"])), voice)],
            )
        case "handover.settled":
            reader = "giver" if gives else "receiver"
            said = sentences(voice.say(f"handovers.{reader}.{facts['state_now']}", **named))
            return _settled(said, str(facts["state_now"]), facts, gives, voice)
        case "handover.waits" if not gives:
            since = voice.time(moment(facts["at"]))
            said = voice.say("handovers.waits_receiver", time=since, **named)
            return Screen(sentences(said), [_answers(int(str(facts["handover"])), voice)])
        case "handover.waits":
            reached = _reached(str(facts["receiver"]), facts["receiver_phone"], voice)
            said = voice.say("handovers.waits_giver", reached=reached, **named)
            return Screen(sentences(said))
        case "handover.late":
            named |= {
                who: _reached(named[who], facts[f"{who}_phone"], voice)
                for who in ("giver", "receiver")
            }
            key = "handovers.late_lead" if _of_a_lead(facts) else "handovers.late"
            said = voice.say(key, time=voice.time(moment(facts["at"])), **named)
            return Screen(sentences(said))
    key = "handovers.forgotten_giver" if facts["gives"] else "handovers.forgotten_receiver"
    time = voice.time(moment(facts["at"]))
    said = voice.say(key, time=time, count=facts["open"], head=str(facts["head"]), **_names(facts))
    button = Button(voice.plain("people.command.handover"), Go(to="handover"))
    return Screen(said, [[button]] if facts["gives"] else [])


def _settled(said: Html, state: str, facts: Mapping[str, Any], gives: bool, voice: Voice) -> Screen:
    """Whoever still has it, though nobody took it, can hand it to somebody else."""
    if not gives or state not in ("refused", "lapsed"):
        return Screen(lines(said, voice.say("handovers.rest")))
    if state == "lapsed" and not _of_a_lead(facts):
        return Screen(lines(said, voice.say("handovers.rest_lapsed")))
    number = int(facts.get("number") or 0)
    button = Button(voice.plain("people.command.handover"), Go(to="handover", number=number))
    rows = [[button]] if number or not _of_a_lead(facts) else []  # a secret's number is not said
    return Screen(lines(said, voice.say("handovers.again")), rows)


def state(rows: Sequence[Sequence[object]], voice: Voice) -> Html:
    """What is open, in one line for each incident."""
    if not rows:
        return voice.say("handovers.nothing_open")
    said = [_row(row, voice) for row in rows[:SHOWN]]
    hidden = len(rows) - SHOWN
    said += [voice.say("handovers.hidden", count=hidden)] if hidden > 0 else []
    return voice.say("handovers.open", rows=voice.several(said))


def _row(row: Sequence[object], voice: Voice) -> Html:
    number, code, lead, running, blocked, due = row
    parts = [
        voice.say("handovers.lead", name=str(lead)) if lead else voice.say("handovers.no_lead")
    ]
    parts.append(voice.say("handovers.running", count=running))
    parts += [voice.say("handovers.blocked", count=blocked)] if blocked else []
    parts += [voice.say("handovers.due", time=voice.time(moment(due)))] if due else []
    name = voice.say("handovers.number", number=number) if number else Html(code)
    return voice.say("handovers.row", name=name, parts=voice.names(parts))


def _what(facts: Mapping[str, Any], voice: Voice) -> Html:
    """ca trực "Trực ban thị xã", or việc chủ trì sự cố số 12; of a secret one its code."""
    if facts.get("number"):
        return voice.say("handovers.of_incident", number=facts["number"])
    if facts.get("code"):
        return voice.say("handovers.of_secret", code=str(facts["code"]))
    return voice.say("handovers.of_shift", name=str(facts.get("head", "")))


def _of_a_lead(facts: Mapping[str, Any]) -> bool:
    return bool(facts.get("number") or facts.get("code"))


def _reached(name: str, phone: object, voice: Voice) -> Html:
    """The number behind the name, if there is one."""
    if not phone:
        return voice.names([name])
    return voice.say("handovers.with_phone", name=name, phone=str(phone))


def _names(facts: Mapping[str, Any]) -> dict[str, str]:
    giver, receiver = str(facts["giver"]), str(facts["receiver"])
    return {"giver": giver, "receiver": receiver}


def _words(words: str, voice: Voice) -> Html:
    return voice.say("handovers.words", words=cut(words, WORDS)) if words else Html("")


def _answers(number: int, voice: Voice) -> list[Button]:
    return [
        Button(voice.plain("handovers.button.yes"), Go(to="handover_yes", number=number)),
        Button(voice.plain("handovers.button.no"), Go(to="handover_no", number=number)),
    ]
