"""Steps of the plan as people see them: what one rests on, what was answered, what few decide."""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.notice import Notice
from bot.domain.task import ERASED, WAITING, Task
from bot.services.ports.incidents import Brief
from bot.services.ports.tasks import Sheet
from bot.services.power_outcomes import PowerUsed, Speaker
from bot.views.callbacks import Go, Work
from bot.views.incidents import summary
from bot.views.options import wanted
from bot.views.progress import answers, said
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, cut, lines, lower_first, upper_first

CONTENT = 240  # characters of the plan's own text
QUOTED = 120  # characters of the plan's own words


def rests_on(one: Sheet, voice: Voice) -> Html:
    """What the plan says of the step beside its text: before what, on what, by whom alone."""
    step, task = one.step, one.task
    if step is None or not (task.runs or task.state in WAITING):
        return Html("")
    condition = step.condition if step.condition not in step.name else ""
    said = [
        voice.say("steps.inherited", plan=one.brief.plan) if step.source.inherited_from else "",
        voice.say("steps.after", steps=voice.names(one.waits_for)) if one.waits_for else "",
        voice.say("steps.condition", condition=cut(condition, QUOTED)) if condition else "",
        voice.say("steps.two_leads", names=voice.several(one.two_leads)) if one.two_leads else "",
        voice.say("steps.not_convened", names=voice.names(one.not_convened))
        if one.not_convened
        else "",
        voice.say("steps.deciders", names=voice.names(one.deciders)) if one.deciders else "",
    ]
    secret = one.brief.incident.is_secret
    if step.evidence and task.runs and not secret:
        told = step.evidence in cut(step.content, CONTENT)  # stands below in the plan's own text
        evidence = "" if told else voice.say("steps.evidence", evidence=cut(step.evidence, QUOTED))
        hint = voice.say("steps.evidence_send", number=task.incident_id)
        said.append(Html(f"{evidence} {hint}".strip()))
    return lines(*said)


def answered(task: Task, voice: Voice) -> Html:
    """What its form has asked, in one line; the result itself stands in its state."""
    told = answers(task.answers, voice, task.runs)
    return voice.say("steps.answered", answers=told) if told else Html("")


def power_used(outcome: PowerUsed, voice: Voice) -> Screen:
    """After /trieutap: what was done, or was asked for."""
    number = outcome.brief.incident.id
    team = voice.names(outcome.team)
    to = voice.names(f"{one.name} {one.phone}".strip() for one in outcome.to)
    did: str = outcome.did
    if did == "convened" and not outcome.to:
        did = "convened_telephone"
    return Screen(voice.say(f"steps.power.{did}", number=number, team=team, to=to))


def speaker(outcome: Speaker, voice: Voice) -> Screen:
    """/phatngon: only one person answers the press."""
    number, one = outcome.brief.incident.id, outcome.speaker
    if outcome.mine:
        return Screen(voice.say("steps.speaker.mine", number=number))
    if one is None:
        who = voice.names(outcome.deciders)
        key = "none" if outcome.deciders else "nobody"
        return Screen(voice.say(f"steps.speaker.{key}", number=number, who=who))
    name = f"{one.name} {one.phone}".strip()
    return Screen(voice.say("steps.speaker.other", number=number, name=name))


def missing(notice: Notice, brief: Brief, sheets: Sequence[Sheet], voice: Voice) -> Screen:
    """For the duty officer: what a body leads that is gone, by the plan's old name."""
    codes = voice.names(one.task.code for one in sheets)
    names = dict.fromkeys(name for one in sheets for name in one.missing)
    head = voice.say("steps.notice.missing", number=brief.incident.id, codes=codes)
    gone = voice.say("steps.notice.missing_names", names=voice.several(names))
    todo = voice.say("steps.notice.missing_do", number=brief.incident.id)
    return Screen(lines(head, gone, todo), _to_tasks(brief, voice))


def nominate(notice: Notice, brief: Brief, sheets: Sequence[Sheet], voice: Voice) -> Screen:
    return _of_task("nominate", "done", notice, brief, sheets[0], voice)


def join(notice: Notice, brief: Brief, sheets: Sequence[Sheet], voice: Voice) -> Screen:
    return _of_task("join", "take", notice, brief, sheets[0], voice)


def not_verified(notice: Notice, brief: Brief, sheets: Sequence[Sheet], voice: Voice) -> Screen:
    one, facts = sheets[0], notice.facts
    how = said(str(facts.get("how", ERASED)), voice)
    text = lines(
        voice.say("steps.notice.not_verified", number=brief.incident.id, code=one.task.code),
        voice.say("steps.notice.not_verified_how", who=upper_first(str(facts["who"])), how=how),
        summary(brief, voice),
        voice.say("steps.notice.not_verified_do", code=one.task.code),
    )
    return Screen(text, [[_see(one, voice)]])


def convened(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """For the team's people: this wakes them."""
    number, facts = brief.incident.id, notice.facts
    lead = f"{brief.lead.name} {brief.lead.phone}".strip() if brief.lead else ""
    text = lines(
        voice.say(
            "steps.notice.convened",
            by=upper_first(str(facts["by"])),
            team=_listed(facts["team"], voice),
            number=number,
        ),
        summary(brief, voice),
        voice.say("steps.notice.convened_lead", lead=lead) if lead else "",
        voice.say("steps.notice.convened_do", number=number),
    )
    return Screen(text, _to_tasks(brief, voice))


def convened_duty(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """For the duty officer: who was told, or whom to telephone."""
    facts, number = notice.facts, brief.incident.id
    team, told = _listed(facts["team"], voice), facts["told"]
    head = voice.say(
        "steps.notice.convened_duty", number=number, by=upper_first(str(facts["by"])), team=team
    )
    if isinstance(told, list) and told:
        named = voice.names(f"{name} {phone}".strip() for name, phone in told)
        return Screen(lines(head, voice.say("steps.notice.convened_told", told=named)))
    return Screen(lines(head, voice.say("steps.notice.convened_call", team=team)))


def assigned(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    by, number = upper_first(str(notice.facts["by"])), brief.incident.id
    head = voice.say("steps.notice.speaker", by=by, number=number)
    return Screen(lines(head, summary(brief, voice), voice.say("steps.notice.speaker_do")))


def request_duty(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    facts, number = notice.facts, brief.incident.id
    who, ask = _listed(facts["who"], voice), str(facts.get("ask", ERASED))
    by = upper_first(str(facts["by"]))
    return Screen(
        lines(
            voice.say("steps.notice.request", who=who, number=number),
            voice.say("steps.notice.request_ask", by=by, ask=lower_first(wanted(ask, voice))),
            voice.say("steps.notice.request_do", number=number),
        )
    )


def join_missing(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    facts, number = notice.facts, brief.incident.id
    names, by = _listed(facts["missing"], voice), upper_first(str(facts["by"]))
    head = voice.say("steps.notice.join_missing", number=number, by=by, names=names)
    return Screen(lines(head, summary(brief, voice), voice.say("steps.notice.join_missing_do")))


def nominated(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    by, number = upper_first(str(notice.facts["by"])), brief.incident.id
    head = voice.say("steps.notice.nominated", by=by, number=number)
    todo = voice.say("steps.notice.convened_do", number=number)
    return Screen(lines(head, summary(brief, voice), todo), _to_tasks(brief, voice))


def _of_task(key: str, do: str, notice: Notice, brief: Brief, one: Sheet, voice: Voice) -> Screen:
    by, number, task = upper_first(str(notice.facts["by"])), brief.incident.id, one.task
    text = lines(
        voice.say(f"steps.notice.{key}", by=by, number=number, code=task.code),
        summary(brief, voice),
        voice.say(f"steps.notice.{key}_do", code=task.code),
    )
    typed = f"{voice.plain(f'tasks.word.{do}')} {task.code}"
    button = Button(
        voice.plain(f"steps.button.{key}"), Work(do=do, task=task.id, lap=task.lap), typed
    )
    return Screen(text, [[button]])


def _see(one: Sheet, voice: Voice) -> Button:
    label = voice.say("tasks.do.see", code=one.task.code)
    return Button(label, Work(do="see", task=one.task.id, lap=one.task.lap), None)


def _to_tasks(brief: Brief, voice: Voice) -> list[list[Button]]:
    button = Button(voice.plain("tasks.card.all"), Go(to="tasks", number=brief.incident.id))
    return [[button]]


def _listed(names: object, voice: Voice) -> Html:
    return voice.names(names if isinstance(names, list) else [])


KINDS: Mapping[str, Callable[[Notice, Brief, Voice], Screen]] = {
    "team.convened": convened,
    "team.convened_duty": convened_duty,
    "spokesperson.assigned": assigned,
    "power.request_duty": request_duty,
    "people.join_missing": join_missing,
    "people.nominated": nominated,
}
OF_TASKS: Mapping[str, Callable[[Notice, Brief, Sequence[Sheet], Voice], Screen]] = {
    "tasks.no_successor": missing,
    "step.not_verified": not_verified,
    "people.nominate": nominate,
    "people.join": join,
}
