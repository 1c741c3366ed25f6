"""Cards in a group: one message each that always shows the newest state."""

from datetime import datetime

from bot.domain import task
from bot.domain.severity import SeriousByPlan
from bot.services.delivery import CardLetter
from bot.services.ports.incidents import Brief
from bot.services.ports.tasks import Sheet
from bot.views import (
    channels,
    clocks,
    progress,
    reporters,
    scenarios,
    supporting,
    tasks,
    verdicts,
)
from bot.views.callbacks import Answer, Go
from bot.views.incidents import meet, summary
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines


def screen(letter: CardLetter, at: datetime, voice: Voice) -> Screen:
    """What the card shows now. LookupError: what it is to show cannot be read."""
    match letter.shown:
        case Brief() as brief:
            return incident(brief, at, letter.sending.again, voice)
        case Sheet() as sheet:
            return tasks.card(sheet, at, letter.sending.again, voice)
        case _:
            raise LookupError(letter.sending.card)


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
        summary(brief, voice) + verdicts.unverified(brief, voice),
        meet(brief, voice) if one.is_secret else "",
        voice.say("incidents.card.delete") if one.is_secret and not voice.taps else "",
        scenarios.line(brief, voice),
        _who(brief, voice),
        voice.say("incidents.card.waiting", units=voice.names(brief.missing))
        if brief.missing
        else "",
        voice.say("incidents.card.plan", plan=verdicts.value("serious_by_plan", plan, voice))
        if plan is not SeriousByPlan.NO and one.state == "open"
        else "",
        *_work(brief, voice),
        supporting.line(brief, voice),
        clocks.nearest(brief, voice) if one.state == "open" and not open_page else "",
        channels.who_was_told(brief, voice) if open_page else "",
        _last(brief, at, voice),
    )
    if one.state == "closed":
        return Screen(text)
    rows = []
    if open_page and page is not None:
        rows.append([Button(voice.plain("paging.take"), Answer(do="take", page=page.id))])
    if brief.work is not None:
        rows.append([_go("tasks", "all", brief, voice), _go("escalate", "escalate", brief, voice)])
        if task.progress(brief.work.tasks, brief.work.phase_id, at).is_finished:
            rows.append([_go("advance", "advance", brief, voice)])
    return Screen(text, rows)


def _last(brief: Brief, at: datetime, voice: Voice) -> Html:
    """As long as nobody has it: what whoever can may do; and how new this is."""
    page = brief.page
    updated = voice.say("incidents.card.updated", time=voice.time(at))
    since = Html(updated + reporters.card(brief, voice))
    if page is None or not page.waits or brief.incident.state != "open":
        return since
    return Html(f"{voice.say('incidents.card.next')} {since}")


def _go(to: str, label: str, brief: Brief, voice: Voice) -> Button:
    said = "incidents.one.escalate" if label == "escalate" else f"tasks.card.{label}"
    return Button(voice.plain(said), Go(to=to, number=brief.incident.id))


def _work(brief: Brief, voice: Voice) -> list[Html]:
    if brief.incident.state == "closed":
        return []
    return progress.progress_lines(brief, voice)


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
