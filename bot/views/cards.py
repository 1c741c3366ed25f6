"""The incident's card in the group: one message that always shows the newest state."""

from datetime import datetime

from bot.domain.severity import SeriousByPlan
from bot.services.ports.incidents import Brief
from bot.views import verdicts
from bot.views.callbacks import Answer
from bot.views.incidents import meet, summary
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines


def incident(brief: Brief, at: datetime, again: bool, voice: Voice) -> Screen:
    """`again`: nobody knows whether this card stands in the chat already."""
    one, page = brief.incident, brief.page
    head = voice.say(
        "incidents.card.head",
        number=one.id,
        needs=verdicts.needs(brief, voice),
        time=voice.time(one.reported_at),
    )
    mark = voice.plain("paging.again") if again else ""
    plan = one.standing.serious_by_plan
    open_page = page is not None and page.waits
    text = lines(
        voice.say("incidents.card.drill") if one.is_drill else "",
        head + mark,
        summary(brief, voice),
        meet(brief, voice) if one.is_secret else "",
        _who(brief, voice),
        voice.say("incidents.card.plan", plan=verdicts.value("serious_by_plan", plan, voice))
        if plan is not SeriousByPlan.NO and one.state == "open"
        else "",
        voice.say("incidents.card.next") if open_page and one.state == "open" else "",
        voice.say("incidents.card.updated", time=voice.time(at)),
    )
    if not open_page or page is None or one.state == "closed":
        return Screen(text)
    return Screen(text, [[Button(voice.plain("paging.take"), Answer(do="take", page=page.id))]])


def _who(brief: Brief, voice: Voice) -> Html:
    duty = voice.names(person.name for person in brief.duty)
    if brief.incident.state == "closed":
        return voice.say("incidents.card.closed")
    if brief.lead is not None:
        return voice.say("incidents.card.lead", name=brief.lead.name, duty=duty)
    if brief.page is not None and brief.page.kind == "verify":
        return voice.say("incidents.card.verifying", duty=duty)
    if brief.page is None:
        return voice.say("incidents.board.quiet")
    return voice.say("incidents.card.nobody", duty=duty)
