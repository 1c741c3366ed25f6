"""What is written down in a leader's stead: for who wrote it, for the leader, for those at work."""

from collections.abc import Mapping

from bot.domain.notice import Notice
from bot.services.outcomes import Confirmation, WrittenDown
from bot.services.ports.incidents import Brief
from bot.views import directions, leaders, verdicts
from bot.views.callbacks import Confirm, Go
from bot.views.options import wanted
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines, upper_first

DECISIONS = ("serious", "not_serious")


def written_down(outcome: WrittenDown, voice: Voice) -> Screen:
    facts, leader = directions.facts_of(outcome.said), outcome.said.leader
    stands = "missed" if outcome.missed else "stands"
    head = voice.say(
        "directions.written.head",
        number=outcome.brief.incident.id,
        leader=leader.name,
        answer=directions.answer(facts, voice),
    )
    return Screen(
        lines(
            head,
            directions.beside(facts, voice),
            directions.how(facts, voice),
            voice.say(f"directions.written.{stands}", leader=leader.name),
            voice.say("directions.written.rest"),
        )
    )


def to_confirm(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """One message without a sound, answered with one tap in the morning."""
    facts = notice.facts
    return _asked(int(str(facts["direction"])), facts, brief, voice)


def confirmation(outcome: Confirmation, voice: Voice) -> Screen:
    said, brief = outcome.said, outcome.brief
    one = said.direction
    if one.waits:
        duty = [[person.name, person.phone] for person in brief.duty]
        ask = outcome.question.ask if outcome.question else ""
        return _asked(one.id, {**directions.facts_of(said), "duty": duty, "ask": ask}, brief, voice)
    facts = {"number": brief.incident.id, "time": voice.time(one.settled_at or one.recorded_at)}
    if one.state == "denied":
        return _denied(outcome, facts, voice)
    if not outcome.first:
        return Screen(voice.say("directions.confirmed.again", **facts))
    answer = directions.answer(directions.facts_of(said), voice)
    return Screen(
        lines(
            voice.say("directions.confirmed.head", answer=answer, **facts),
            voice.say("directions.confirmed.unsigned"),
            voice.say("directions.confirmed.rest"),
        )
    )


def confirmed(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """For those at work on it."""
    return Screen(
        lines(
            _head("confirmed", notice, brief, voice),
            directions.beside(notice.facts, voice),
            directions.how(notice.facts, voice),
            voice.say("directions.notice.rest"),
        )
    )


def denied(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """For those at work on it: to be stopped at once."""
    facts, standing = notice.facts, brief.incident.standing
    plan = verdicts.value("serious_by_plan", standing.serious_by_plan, voice)
    decided = facts["answer"] in DECISIONS
    text = lines(
        _head("denied", notice, brief, voice),
        directions.beside(facts, voice),
        directions.how(facts, voice),
        voice.say("directions.notice.back", plan=plan) if decided else "",
        voice.say("directions.notice.stop", by=str(facts["by"]), phone=facts["phone"]),
    )
    return Screen(text, [[write(brief, voice)]])


def waits(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    return Screen(
        voice.say(
            "directions.notice.waits",
            by=upper_first(str(notice.facts["by"])),
            number=brief.incident.id,
            time=directions.said_at(notice.facts, voice),
            phone=notice.facts["phone"],
        )
    )


def write(brief: Brief, voice: Voice) -> Button:
    label = voice.plain("people.command.direction")
    return Button(label, Go(to="direction", number=brief.incident.id))


def _asked(direction: int, facts: Mapping[str, object], brief: Brief, voice: Voice) -> Screen:
    answer, ask = directions.answer(facts, voice), str(facts.get("ask", ""))
    text = lines(
        voice.say("directions.ask.head", number=brief.incident.id, answer=answer),
        directions.beside(facts, voice),
        voice.say("paging.notice.direction_ask", ask=wanted(ask, voice)) if ask else "",
        directions.how(facts, voice),
        voice.say("directions.ask.next"),
        voice.say("paging.leader.duty", duty=leaders.on_duty(facts.get("duty", []), voice)),
    )
    buttons = [
        Button(voice.plain("directions.confirm"), Confirm(do="confirm", direction=direction)),
        Button(voice.plain("directions.deny"), Confirm(do="deny", direction=direction)),
    ]
    return Screen(text, [buttons])


def _denied(outcome: Confirmation, facts: Mapping[str, object], voice: Voice) -> Screen:
    """The question is put again, with its answers; where there was none somebody telephones."""
    question, brief = outcome.question, outcome.brief
    head = [voice.say("directions.denied.again", **facts)]
    if outcome.first:
        head = [voice.say("directions.denied.head", **facts), voice.say("directions.denied.told")]
    here = [[person.name, person.phone] for person in brief.duty]
    duty = voice.say("paging.leader.duty", duty=leaders.on_duty(here, voice))
    if question is None:
        return Screen(lines(*head, voice.say("directions.denied.call"), duty))
    if question.settled:
        return Screen(lines(*head))
    ask = wanted(question.ask, voice)
    asked = (
        voice.say("paging.leader.decide_ask")
        if question.kind == "decide"
        else voice.say("paging.leader.ask", ask=ask)
    )
    return Screen(lines(*head, asked, duty), leaders.answers(question.kind, question.id, voice))


def _head(key: str, notice: Notice, brief: Brief, voice: Voice) -> Html:
    return voice.say(
        f"directions.notice.{key}",
        by=upper_first(str(notice.facts["by"])),
        number=brief.incident.id,
        answer=directions.answer(notice.facts, voice),
    )
