"""Tasks as people see them: one as a sheet, one as a card in the group, many as a list."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.task import BESIDE, Task
from bot.services.outcomes import Advanced, TaskList, TaskShown
from bot.services.ports.tasks import Sheet
from bot.views import contacts, scenarios, steps
from bot.views.callbacks import Go, Work
from bot.views.incidents import summary
from bot.views.progress import said, short
from bot.views.screen import TOAST, Button, Screen, plain
from bot.views.voice import Html, Voice, cut, lines, upper_first

LISTED = 6  # tasks in a list: each has a number
ON_CARD = ("take", "done", "block", "pass")  # what a card offers to everybody; the gate decides


def shown(outcome: TaskShown, voice: Voice) -> Screen:
    """With what was just done above; in a group that alone, over the card."""
    task = outcome.sheet.task
    did = _did(outcome, voice)
    text = lines(
        did,
        "" if not did else " ",
        sheet(outcome.sheet, voice),
        contacts.calls(outcome.calls, task.incident_id, voice),
        _typed(outcome, voice),
    )
    rows = _rows([_button(do, task, voice) for do in outcome.can])
    if outcome.can and task.incident_id:
        rows.append([_all(outcome.sheet, voice)])
    if outcome.did == "false_alarm":
        close = Go(to="close", number=task.incident_id)
        rows.insert(0, [Button(voice.plain("tasks.card.finish"), close)])
    shown = text.replace("\n \n", "\n\n")
    return Screen(shown, rows, _toast(outcome, voice), aside=True, numbers=Work)


def sheet(one: Sheet, voice: Voice) -> Html:
    task = one.task
    content = one.step.content if one.step and not one.brief.incident.is_secret else ""
    return lines(
        voice.say("tasks.head", code=task.code, name=name(one, voice)),
        _about(one, voice),
        _units(one, voice),
        state(one, voice),
        due(one, voice),
        _why(one, voice),
        steps.answered(task, voice),
        steps.rests_on(one, voice),
        scenarios.why(one, voice) if task.runs else "",
        voice.say("tasks.content", content=cut(content, steps.CONTENT)) if content else "",
    )


def card(one: Sheet, at: datetime, again: bool, voice: Voice) -> Screen:
    """In the group: who leads it, who has it, by when."""
    task = one.task
    mark = voice.plain("paging.again") if again else ""
    text = lines(
        voice.say("tasks.head", code=task.code, name=name(one, voice)) + mark,
        _about(one, voice),
        _units(one, voice),
        state(one, voice),
        due(one, voice),
        voice.say("tasks.card.type", code=task.code) if task.state in ("open", "given") else "",
        voice.say("incidents.card.updated", time=voice.time(at)) if task.runs else "",
    )
    offered: tuple[str, ...] = ()
    if task.runs:
        offered = ("take",) if not task.has_holder else ON_CARD[1:]
    return Screen(text, _rows([_button(do, task, voice) for do in offered]))


def listed(outcome: TaskList, voice: Voice) -> Screen:
    """/viec: the number of a line can be typed."""
    number, everything = outcome.number, [*outcome.mine, *outcome.free]
    when = voice.time(outcome.at)
    if not everything:
        empty = "tasks.list.empty_one" if number else "tasks.list.empty"
        nothing = voice.say(empty, number=number)
        return Screen(nothing, toast=plain(nothing), aside=True)
    head = voice.say(
        "tasks.list.head_one" if number else "tasks.list.head", time=when, number=number
    )
    second = "others" if number else "free"
    kept = everything[:LISTED]
    parts: list[Html] = [head]
    for place, one in enumerate(kept, start=1):
        if place == 1 and outcome.mine:
            parts.append(voice.say("tasks.list.mine"))
        if place == len(outcome.mine) + 1:
            parts.append(voice.say(f"tasks.list.{second}"))
        parts.append(_item(place, one, voice))
    if len(everything) > LISTED:
        parts.append(voice.say("tasks.list.hidden", count=len(everything) - LISTED))
    parts.append(voice.say("tasks.list.foot"))
    buttons = [_see(one, voice) for one in kept]
    codes = ", ".join(one.task.code for one in kept)
    toast = voice.say("tasks.list.toast", count=len(everything), codes=codes)
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    return Screen(lines(*parts), rows, toast, aside=True)


def advanced(outcome: Advanced, voice: Voice) -> Screen:
    """The next phase has begun, with its tasks; or not yet."""
    number = outcome.brief.incident.id
    work = outcome.brief.work
    phase = work.phase if work else ""
    if outcome.stays:
        return Screen(voice.say("tasks.advanced.stays", number=number, phase=short(phase)))
    if outcome.last:
        close = Button(voice.plain("tasks.card.finish"), Go(to="close", number=number))
        return Screen(voice.say("tasks.advanced.last", number=number), [[close]])
    said = [_line_with_state(one, voice) for one in outcome.tasks]
    buttons = [_see(one, voice) for one in outcome.tasks[:LISTED]]
    head = voice.say("tasks.advanced.begun", number=number, phase=phase)
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    return Screen(lines(head, *said, _foot(outcome.tasks, voice)), rows)


def _foot(sheets: Sequence[Sheet], voice: Voice) -> Html:
    """Which of them can be taken, and how, where that stands on no button."""
    free = [one.task.code for one in sheets if not one.task.has_holder]
    if voice.taps or not free:
        return Html("")
    return voice.say("tasks.notice.opened_foot", code=free[-1])


def name(one: Sheet, voice: Voice) -> str:
    """What is to be done: the plan's step, or what a loop or a page has added."""
    if one.step is not None:
        return one.step.label
    if one.task.kind == "call":
        return voice.say("tasks.call", name=one.callee.name if one.callee else "")
    if one.task.kind == "scenario":
        return one.task.name or voice.plain("tasks.scenario")
    return voice.plain(f"tasks.{one.task.kind if one.task.kind in BESIDE else 'recheck'}")


def state(one: Sheet, voice: Voice) -> Html:
    """Who has it, what stands in the way, what came of it."""
    task = one.task
    who = one.holder.name if one.holder else ""
    who = who if task.state == "given" else upper_first(who)  # where the sentence begins with it
    which: str = task.state
    if task.state == "dropped":
        which, who = ("dropped", one.giver.name) if one.giver else ("ended", "")
    if task.state == "offered" and one.step is not None and one.step.kind == "direct":
        which = "offered_direct"
    return voice.say(
        f"tasks.state.{which}",
        name=who,
        trouble=said(task.trouble, voice),
        result=said(task.result, voice),
        time=voice.time(task.done_at) if task.done_at else "",
    )


def due(one: Sheet, voice: Voice) -> Html:
    """The hour and what is left of it (words.md rule 11); nothing once it has ended."""
    task = one.task
    if task.due_at is None or not task.runs or task.kind == "call":
        return Html("")
    key = "tasks.overdue" if task.is_overdue(voice.now) else "tasks.due"
    left = abs(task.due_at - voice.now)
    return voice.say(key, time=voice.time(task.due_at), left=voice.span(left))


def _did(outcome: TaskShown, voice: Voice) -> Html:
    text = _done_now(outcome, voice)
    return Html(f"{state(outcome.sheet, voice)} {text}") if outcome.did == "already" else text


def _done_now(outcome: TaskShown, voice: Voice) -> Html:
    did, one = outcome.did, outcome.sheet
    if not did:
        return Html("")
    if did == "looped" and _by_base(one):
        return voice.say("tasks.did.looped_base", plan=one.brief.plan)
    who = one.holder.name if one.holder else ""
    return voice.say(f"tasks.did.{did}", code=one.task.code, name=who)


def _by_base(one: Sheet) -> bool:
    """Where the way back leads is the base pack's word: the plan says none."""
    step = one.step
    inherited = step is not None and step.source.inherited_from is not None
    return inherited or (step is not None and step.loop is not None and not step.loop.back_to)


def _toast(outcome: TaskShown, voice: Voice) -> str:
    """Over a group's card there is little room: long words are cut, not what was done."""
    done = plain(_done_now(outcome, voice))
    if outcome.did not in ("", "already"):
        return cut(done, TOAST)
    stands = cut(plain(state(outcome.sheet, voice)), TOAST - len(done) - 1)
    return f"{stands} {done}".strip()


def _about(one: Sheet, voice: Voice) -> Html:
    number = one.brief.incident.id
    return voice.say("tasks.incident", number=number, summary=summary(one.brief, voice, 60))


def _units(one: Sheet, voice: Voice) -> Html:
    gone = voice.say("tasks.missing", names=voice.several(one.missing)) if one.missing else ""
    if not one.lead:
        return Html(gone)
    lead, beside = voice.names(one.lead), voice.names(one.coordinating)
    key = "tasks.units_both" if beside else "tasks.units"
    text = scenarios.whose(one, voice) or voice.say(key, lead=lead, coordinating=beside)
    if one.missing and not one.stand_in:  # another place leads it, too
        gone = voice.say("tasks.missing_too", names=voice.several(one.missing))
    elif one.stand_in:
        gone = voice.say("tasks.stand_in")
    return Html(f"{text}. {gone}") if gone else text


def _why(one: Sheet, voice: Voice) -> Html:
    why = one.task.why
    if not one.task.runs or why not in ("loop", "serious", "optional"):
        return Html("")
    return voice.say(f"tasks.why.{why}", lap=one.task.lap)


def _item(place: int, one: Sheet, voice: Voice) -> Html:
    task = voice.say("tasks.line", code=one.task.code, name=name(one, voice))
    return voice.say("tasks.list.item", place=place, task=task, state=_short(one, voice))


def _line_with_state(one: Sheet, voice: Voice) -> Html:
    task = voice.say("tasks.line", code=one.task.code, name=name(one, voice))
    return Html(f"{task} – {_short(one, voice)}")


def _short(one: Sheet, voice: Voice) -> Html:
    """Who has it, and by when."""
    task = one.task
    if not task.runs:
        return state(one, voice)
    who = one.holder.name if one.holder else voice.plain("tasks.free")
    if task.due_at is None or task.kind == "call":
        return voice.names([who])
    left = voice.span(abs(task.due_at - voice.now))
    key = "tasks.overdue_short" if task.is_overdue(voice.now) else "tasks.due_short"
    return voice.names([who, voice.say(key, time=voice.time(task.due_at), left=left)])


def _typed(outcome: TaskShown, voice: Voice) -> Html:
    """The same by typing; a number does it too, in the order of the buttons."""
    if not outcome.can or not voice.taps:
        return Html("")
    code = outcome.sheet.task.code
    words = [voice.plain(f"tasks.word.{do}") for do in outcome.can[:3]]
    examples = voice.names(voice.say("tasks.example", word=word, code=code) for word in words)
    return voice.say("tasks.type", examples=examples)


def _button(do: str, task: Task, voice: Voice) -> Button:
    return Button(
        voice.plain(f"tasks.do.{do}"),
        Work(do=do, task=task.id, lap=task.lap),
        typed(do, task, voice),
    )


def typed(do: str, task: Task, voice: Voice) -> str:
    """ "nhận 12.3"."""
    return f"{voice.plain(f'tasks.word.{do}')} {task.code}"


def _see(one: Sheet, voice: Voice) -> Button:
    label = voice.say("tasks.do.see", code=one.task.code)
    return Button(label, Work(do="see", task=one.task.id, lap=one.task.lap), None)


def _all(one: Sheet, voice: Voice) -> Button:
    return Button(voice.plain("tasks.card.all"), Go(to="tasks", number=one.task.incident_id))


def _rows(buttons: Sequence[Button]) -> list[list[Button]]:
    return [list(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
