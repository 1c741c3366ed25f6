"""An incident on its reporter's screen, on the board, alone with its last events, and ended."""

from bot.domain.severity import Needs
from bot.services.outcomes import Board, Choose, Ended, Rejudged, Reported, Story
from bot.services.ports.incidents import Brief
from bot.views import (
    channels,
    clocks,
    directions,
    progress,
    quotas,
    reporters,
    scenarios,
    supporting,
    timeline,
    verdicts,
)
from bot.views.callbacks import Answer, Go
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, cut, lines

MOST = 3500  # characters of a screen; the platform takes 4096 after its marks are taken out
SHOWN = 8  # incidents on the board


def reported(outcome: Reported, voice: Voice) -> Screen:
    brief, told = outcome.brief, outcome.told
    incident = brief.incident
    when = voice.time(incident.reported_at)
    rows = (
        [[_go(voice, "incidents.reported.supplement", "supplement", brief)]]
        if outcome.early
        else []
    )
    if incident.is_secret:
        text = voice.say(
            "incidents.reported.secret", code=incident.code, time=when, meet=meet(brief, voice)
        )
        return Screen(text, rows)
    rows += [[scenarios.choose(incident.id, voice)]] if outcome.likely else []
    needs = incident.standing.needs_response
    duty = voice.names(person.name for person in told.duty)
    who = [person.name for person in (*told.called[: told.at_once], *told.officers)]
    if duty:
        who.append(voice.say("report.told.named_duty", names=duty))
    for_other = bool(incident.source)
    told_key = "unverified_for" if for_other and needs is Needs.UNVERIFIED else needs
    text = lines(
        voice.say(
            "incidents.reported.head",
            number=incident.id,
            time=when,
            needs=verdicts.needs(brief, voice),
        ),
        verdicts.why(brief, voice),
        voice.say(f"incidents.reported.told_{told_key}", told=voice.names(who)),
        _leaders_told(outcome, voice),
        _sent_with(outcome, voice),
        scenarios.likely(outcome.likely, voice),
        voice.say("incidents.reported.early") if outcome.early else "",
        reporters.filed(brief, voice)
        if for_other
        else voice.say(f"incidents.reported.rest{'_no' if needs is Needs.NO else ''}"),
    )
    return Screen(text, rows)


def _sent_with(outcome: Reported, voice: Voice) -> Html:
    receipts = voice.names(file.receipt for file in outcome.evidence)
    return voice.say("files.sent_with", receipts=receipts) if receipts else Html("")


def _leaders_told(outcome: Reported, voice: Voice) -> Html:
    copies, asked = (
        voice.names(person.name for person in people)
        for people in (outcome.told.copies, outcome.told.asked)
    )
    said = [voice.say("incidents.reported.copies", names=copies)] if copies else []
    said += [voice.say("incidents.reported.asked", names=asked)] if asked else []
    return Html(" ".join(said))


def rejudged(outcome: Rejudged, voice: Voice) -> Screen:
    brief = outcome.brief
    text = voice.say("incidents.rejudged.head", number=brief.incident.id)
    if outcome.changes:
        changed = verdicts.changes(outcome.changes, voice)
        text = lines(text, voice.say("incidents.rejudged.changed", changes=changed))
    else:
        same = voice.say("incidents.rejudged.same", needs=verdicts.needs(brief, voice))
        text = lines(text, same)
    if brief.incident.is_secret:
        return Screen(lines(text, voice.say("report.secret.chosen"), meet(brief, voice)))
    asks, rows = clocks.ask_data(brief, voice) if outcome.asks_data else (Html(""), [])
    return Screen(lines(text, verdicts.why(brief, voice), asks), rows)


def summary(brief: Brief, voice: Voice, length: int = 90) -> Html:
    """Where, and what happened in the reporter's words; of a secret only the code."""
    incident = brief.incident
    if incident.is_secret:
        return voice.say("incidents.secret.line", code=incident.code)
    system = brief.system or voice.plain("incidents.summary.system")
    if not incident.told:
        return voice.say("incidents.summary.nothing", unit=brief.unit, system=system)
    told = cut(incident.told, length)
    return voice.say("incidents.summary.line", unit=brief.unit, system=system, told=told)


def meet(brief: Brief, voice: Voice) -> Html:
    person, place = brief.meet
    if person:
        return voice.say("incidents.secret.meet", person=person, place=place)
    return voice.say("incidents.secret.meet_duty", duty=voice.names(p.name for p in brief.duty))


def board(outcome: Board, voice: Voice) -> Screen:
    """/tinhhinh: what is open, who has it, what waits for whom."""
    when, count = voice.time(outcome.at), len(outcome.incidents)
    left = quotas.left(outcome.left, voice) if outcome.left else Html("")
    if not count:
        return Screen(lines(voice.say("incidents.board.empty", time=when), left))
    shown = list(outcome.incidents)[-SHOWN:][::-1]
    parts = [voice.say("incidents.board.head", time=when, count=count)]
    parts += [_line(brief, outcome, voice) for brief in shown]
    if count > len(shown):
        parts.append(voice.say("incidents.board.hidden", count=count - len(shown)))
    parts += [
        voice.say(
            "incidents.board.asked",
            number=asked.incident_id,
            name=person.name,
            time=voice.time(asked.asked_at),
        )
        for asked, person in outcome.consultations
    ]
    parts += [directions.waiting(said, voice) for said in outcome.unconfirmed]
    parts.append(left)
    parts.append(voice.say("incidents.board.more"))
    buttons = [
        Button(
            voice.say("incidents.board.show", number=brief.incident.id),
            Go(to="status", number=brief.incident.id),
            None,
        )
        for brief in shown
    ]
    rows = [buttons[start : start + 3] for start in range(0, len(buttons), 3)]
    return Screen(lines(*parts), rows)


def story(outcome: Story, voice: Voice) -> Screen:
    """One incident with its last events, or its whole timeline."""
    brief = outcome.brief
    incident = brief.incident
    events = [timeline.sentence(link, outcome, voice) for link in outcome.links]
    if outcome.whole:
        head = voice.say("incidents.story.head", number=incident.id, count=len(events))
        kept = _that_fit(events)
        hidden = len(events) - len(kept)
        more = voice.say("incidents.story.hidden", count=hidden) if hidden else ""
        return Screen(lines(head, more, *kept), [[_show(voice, brief)]])
    state = voice.plain(f"incidents.one.{incident.state}")
    when = voice.time(incident.reported_at)
    who = reporters.who(brief, voice, outcome.private)
    stands = lines(
        voice.say("incidents.one.head", number=incident.id, state=state, time=when),
        summary(brief, voice, 160) + verdicts.unverified(brief, voice),
        scenarios.line(brief, voice),
        voice.say("incidents.one.reporter", who=who),
        standing(brief, outcome, voice),
        channels.who_was_told(brief, voice),
        verdicts.all_three(brief, voice),
        voice.say("incidents.one.undetermined", names=voice.names(brief.undetermined))
        if brief.undetermined
        else "",
        *(directions.line(said, voice) for said in outcome.said),
        *(progress.progress_lines(brief, voice) if incident.state == "open" else []),
        supporting.line(brief, voice),
        clocks.nearest(brief, voice),
        voice.say("incidents.one.last"),
    )
    text = lines(stands, *_that_fit(events, MOST - len(stands)))
    record = [[_go(voice, "people.command.direction", "direction", brief)]]
    return Screen(text, [*_buttons(brief, voice), *(record if outcome.may_record else [])])


def choose(outcome: Choose, voice: Voice) -> Screen:
    """A command lacks its number: one button for each incident that it could be."""
    if not outcome.numbers:
        return Screen(voice.say("errors.choose_none"))
    what = voice.plain(f"people.command.{outcome.command}")
    buttons = [
        Button(
            voice.say("incidents.board.show", number=number), Go(to=outcome.command, number=number)
        )
        for number in outcome.numbers
    ]
    rows = [buttons[start : start + 3] for start in range(0, len(buttons), 3)]
    return Screen(voice.say("errors.choose", what=what), rows)


def ended(outcome: Ended, voice: Voice) -> Screen:
    what = "reopened" if outcome.reopened else "closed"
    return Screen(voice.say(f"incidents.ended.{what}", number=outcome.brief.incident.id))


def standing(brief: Brief, at: Board | Story, voice: Voice) -> Html:
    """Who has it, or for whom it waits."""
    page, incident = brief.page, brief.incident
    if incident.state == "closed":
        return voice.say("incidents.card.closed")
    if page is not None and page.waits and page.due_at is not None:
        key = "verifying" if page.kind == "verify" else "waiting"
        due = voice.time(page.due_at)
        if brief.lead is not None and brief.missing:
            lead = voice.say("incidents.board.lead", name=brief.lead.name)
            units = voice.names(brief.missing)
            return lines(lead, voice.say("incidents.card.waiting", units=units))
        return voice.say(f"incidents.board.{key}", count=page.count, next=due)
    if brief.lead is not None:
        return voice.say("incidents.board.lead", name=brief.lead.name)
    if page is not None and page.acknowledged:
        return voice.say("incidents.board.verifier", name=voice.names(p.name for p in brief.duty))
    return voice.say("incidents.board.quiet")


def _line(brief: Brief, board: Board, voice: Voice) -> Html:
    incident = brief.incident
    now = incident.standing
    system = brief.system or voice.plain("incidents.summary.system")
    head = voice.say(
        "incidents.board.line",
        number=incident.id,
        needs=Html(verdicts.needs(brief, voice) + verdicts.unverified(brief, voice)),
        age=voice.span(board.at - incident.reported_at),
        unit=brief.unit,
        system=incident.code if incident.is_secret else system,
    )
    serious = voice.say(
        "incidents.board.serious",
        law=voice.say(f"incidents.law.{now.serious_by_law}"),
        plan=voice.say(f"incidents.plan.{now.serious_by_plan}"),
    )
    return lines(head, scenarios.line(brief, voice), serious, standing(brief, board, voice))


def _buttons(brief: Brief, voice: Voice) -> list[list[Button]]:
    number = brief.incident.id
    first = [_go(voice, "incidents.one.timeline", "timeline", brief)]
    if brief.incident.state == "closed":
        return [first, [_go(voice, "incidents.one.reopen", "reopen", brief)]]
    rows = [first]
    page = brief.page
    if page is not None and page.waits:
        take = Button(voice.plain("paging.take"), Answer(do="take", page=page.id))
        rows.insert(0, [take])
    if brief.work is not None:
        both = [_go(voice, "tasks.card.all", "tasks", brief)]
        rows.append([*both, _go(voice, "tasks.card.advance", "advance", brief)])
    if brief.situation is not None:
        playbook = _go(voice, "scenarios.do.playbook", "playbook", brief)
        rows.append([scenarios.choose(number, voice), playbook])
    first.append(_go(voice, "incidents.one.escalate", "escalate", brief))
    rows.append(
        [
            Button(voice.plain("incidents.one.verify"), Go(to="verify", number=number)),
            Button(voice.plain("incidents.one.close"), Go(to="close", number=number)),
        ]
    )
    return rows


def _that_fit(events: list[Html], room: int = MOST) -> list[Html]:
    """The newest that one message holds."""
    kept: list[Html] = []
    for event in reversed(events):
        room -= len(event) + 1
        if room < 0:
            break
        kept.append(event)
    return kept[::-1]


def _go(voice: Voice, label: str, to: str, brief: Brief) -> Button:
    return Button(voice.plain(label), Go(to=to, number=brief.incident.id))


def _show(voice: Voice, brief: Brief) -> Button:
    label = voice.say("incidents.board.show", number=brief.incident.id)
    return Button(label, Go(to="status", number=brief.incident.id))
