"""What people are told of tasks: new ones, passed on, blocked, due, a phase that is finished."""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.notice import Notice
from bot.domain.people import Person
from bot.domain.task import RUNNING, State, TaskOf
from bot.services.ports.incidents import Brief
from bot.services.ports.tasks import Sheet
from bot.services.sheets import choices
from bot.views import steps, tasks
from bot.views.callbacks import Go, Work
from bot.views.incidents import summary
from bot.views.progress import said, short
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines, upper_first

MOST = 6  # tasks named in one message
OFFERED: Mapping[str, tuple[str, ...]] = {
    "task.passed": ("take", "pass"),
    "task.assigned": ("take", "pass"),
    "task.remind_given": ("take", "pass"),
    "task.remind": ("done", "block", "pass"),
    "task.not_taken": ("pass",),
    "task.nobody": ("take", "assign"),
    "task.blocked": ("pass", "assign"),
    "task.taken_away": (),
}


# What a message is about: when it is so no longer, something else is said.
STILL: Mapping[str, tuple[State, ...]] = {
    "task.remind": RUNNING,
    "task.remind_given": ("given",),
    "task.not_taken": ("given",),
    "task.nobody": RUNNING,
    "task.blocked": ("blocked",),
}


def told(
    notice: Notice, brief: Brief, sheets: Sequence[Sheet], voice: Voice, who: Person | None = None
) -> Screen:
    """KeyError: a kind that is not of tasks; IndexError: its task cannot be read."""
    if notice.kind in MANY:
        return MANY[notice.kind](notice, brief, sheets, voice)
    one, task = sheets[0], sheets[0].task
    kind = notice.kind.partition(".")[2]
    if notice.kind in STILL and task.state not in STILL[notice.kind]:
        return _settled(one, voice)
    if kind == "remind" and task.is_overdue(voice.now):
        kind = "remind_overdue"
    head = voice.say(
        f"tasks.notice.{kind}",
        code=task.code,
        by=upper_first(str(notice.facts.get("by", ""))),
        name=upper_first(one.holder.name) if one.holder else "",
        to=one.holder.name if one.holder else "",
        trouble=said(task.trouble, voice),
    )
    if kind == "taken_away":
        return Screen(head)
    text = lines(
        head,
        tasks.name(one, voice),
        voice.say("tasks.incident", number=task.incident_id, summary=summary(brief, voice, 60)),
        _unmarked(tasks.state(one, voice)) if kind != "blocked" else "",
        _unmarked(tasks.due(one, voice)),
        _instead(one, voice) if kind == "not_taken" else "",
    )
    buttons = [
        Button(
            voice.plain(f"tasks.do.{do}"),
            Work(do=do, task=task.id, lap=task.lap),
            tasks.typed(do, task, voice),
        )
        for do in OFFERED[notice.kind]
        if who is None or do in _allowed(one, who)
    ]
    return Screen(text, [buttons[:2], buttons[2:]])


def _settled(one: Sheet, voice: Voice) -> Screen:
    """It has changed since this was written: what is true now, and nothing to be done."""
    return Screen(lines(_line(one, voice), tasks.state(one, voice), voice.say("tasks.notice.rest")))


def _allowed(one: Sheet, who: Person) -> tuple[str, ...]:
    """A button that would only be refused is not shown."""
    return choices(who, TaskOf(one.task, one.brief.incident))


def _unmarked(text: Html) -> Html:
    """One coloured mark stands in a message, in front (words.md, rule 5)."""
    return Html(text.lstrip("🔴🟡🟢 "))


def _instead(one: Sheet, voice: Voice) -> Html:
    """What to do about somebody who does not take it."""
    phone = one.holder.phone if one.holder else ""
    key = "not_taken_do" if phone else "not_taken_pass"
    return voice.say(f"tasks.notice.{key}", phone=phone)


def _opened(notice: Notice, brief: Brief, sheets: Sequence[Sheet], voice: Voice) -> Screen:
    lap, number = int(str(notice.facts.get("lap", 1))), brief.incident.id
    again = any(one.task.why == "loop" for one in sheets)
    key = "tasks.notice.opened_lap" if again else "tasks.notice.opened"
    phase = str(notice.facts["phase"])
    head = voice.say(key, number=number, count=len(sheets), lap=lap, phase=short(phase))
    named = [_line(one, voice) for one in sheets[:MOST]]
    if len(sheets) > MOST:
        named.append(voice.say("tasks.list.hidden", count=len(sheets) - MOST))
    foot = voice.say("tasks.notice.opened_foot", code=sheets[0].task.code)
    buttons = [
        Button(
            voice.say("tasks.do.see", code=one.task.code),
            Work(do="see", task=one.task.id, lap=one.task.lap),
            None,
        )
        for one in sheets[:MOST]
    ]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    return Screen(lines(head, summary(brief, voice, 60), *named, foot), rows)


def _informed(notice: Notice, brief: Brief, sheets: Sequence[Sheet], voice: Voice) -> Screen:
    facts = {"number": brief.incident.id, "phase": str(notice.facts["phase"])}
    return Screen(voice.say("tasks.notice.informed", **facts, summary=summary(brief, voice, 60)))


def _calls(notice: Notice, brief: Brief, sheets: Sequence[Sheet], voice: Voice) -> Screen:
    called = [one.callee for one in sheets if one.callee]
    names = voice.names(person.name for person in called)
    text = lines(
        voice.say("tasks.notice.call", names=names, number=brief.incident.id),
        summary(brief, voice, 60),
        *(_number(person, voice) for person in called),
        voice.say("tasks.notice.call_foot"),
    )
    rows = []
    for one in sheets:
        label = voice.plain("tasks.do.called")
        if len(sheets) > 1 and one.callee:
            label = f"{label}: {one.callee.name}"
        data = Work(do="called", task=one.task.id, lap=one.task.lap)
        rows.append([Button(label, data, tasks.typed("called", one.task, voice))])
    return Screen(text, rows)


def _number(person: Person, voice: Voice) -> Html:
    key = "call_one" if person.phone else "call_no_number"
    return voice.say(f"tasks.notice.{key}", name=person.name, phone=person.phone)


def _ready(notice: Notice, brief: Brief, sheets: Sequence[Sheet], voice: Voice) -> Screen:
    number, following = brief.incident.id, str(notice.facts["next"])
    last = voice.say("tasks.notice.ready_last")
    text = lines(
        voice.say("tasks.notice.ready", number=number, phase=short(str(notice.facts["phase"]))),
        voice.say("tasks.notice.ready_next", next=following) if following else last,
    )
    to, label = ("advance", "advance") if following else ("close", "finish")
    return Screen(text, [[Button(voice.plain(f"tasks.card.{label}"), Go(to=to, number=number))]])


def _line(one: Sheet, voice: Voice) -> Html:
    return voice.say("tasks.line", code=one.task.code, name=tasks.name(one, voice))


Sayer = Callable[[Notice, Brief, Sequence[Sheet], Voice], Screen]
MANY: Mapping[str, Sayer] = {
    "tasks.opened": _opened,
    "tasks.informed": _informed,
    "task.call": _calls,
    "phase.ready": _ready,
    **steps.OF_TASKS,
}
TOLD = frozenset({*MANY, *OFFERED})
