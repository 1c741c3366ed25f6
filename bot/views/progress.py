"""Where the plan stands, in lines for a card or a screen."""

from collections.abc import Mapping

from bot.domain.step_forms import STEP_FORMS
from bot.domain.task import Task, progress
from bot.services.ports.incidents import Brief
from bot.views import scenarios
from bot.views.options import option
from bot.views.voice import Html, Voice, cut, lower_first

ORDER = tuple(dict.fromkeys(step.id for form in STEP_FORMS for step in form.steps))
RESULT = ("found", "by", "option", "told", "branch", "nominee")  # stands in the task's state
NAMED = 3  # free tasks that a card without cards of tasks names


def progress_lines(brief: Brief, voice: Voice) -> list[Html]:
    """Where the plan stands: its phase, what comes next, what is stuck, what is late."""
    work = brief.work
    if work is None:
        return []
    now = progress(work.tasks, work.phase_id, voice.now)
    lap = brief.incident.lap
    key = "tasks.card.progress_lap" if now.is_again else "tasks.card.progress"
    said_now = [voice.say(key, phase=short(work.phase), done=now.done, total=now.total, lap=lap)]
    if beside := scenarios.progress(work.tasks, voice):
        said_now.append(beside)
    following = next((task for task in now.running if task not in now.blocked), None)
    if following is not None:
        holder = work.people.get(following.person_id)
        who = holder.name if holder else voice.plain("tasks.free")
        said_now.append(voice.say("tasks.card.next", task=_named(following, brief, voice), who=who))
    elif now.is_finished:
        said_now.append(voice.say("tasks.card.ready"))
    parts = {"blocked": now.blocked, "overdue": now.overdue, "waiting": now.waiting}
    for which, found in parts.items():
        if found:
            named = voice.several(_named(task, brief, voice) for task in found)
            said_now.append(voice.say(f"tasks.card.{which}", tasks=named))
    if brief.speaker is not None:
        said_now.append(voice.say("steps.speaker.line", name=brief.speaker.name))
    free = [task for task in now.running if not task.has_holder]
    if free and not voice.taps:
        named = voice.several(_named(task, brief, voice) for task in free[:NAMED])
        said_now.append(voice.say("tasks.card.free", tasks=named, code=free[0].code))
    return said_now


def short(phase: str) -> str:
    """ "I" of "I. Tiếp nhận, phân tích …", for where the name has no room."""
    return phase.partition(".")[0]


def _named(task: Task, brief: Brief, voice: Voice) -> Html:
    names = brief.work.names if brief.work else {}
    unnamed = "tasks.scenario" if task.kind == "scenario" else "tasks.recheck"
    name = names.get(task.step) or task.name or voice.plain(unnamed)
    line = voice.say("tasks.line", code=task.code, name=name)
    if not task.trouble:
        return line
    return voice.say("tasks.stuck", task=line, trouble=said(task.trouble, voice))


def said(answer: str, voice: Voice) -> str:
    """An option in words, or somebody's own words."""
    known = option(answer, voice)
    return lower_first(known) if known else cut(answer, 160).rstrip(".")


def answers(given: Mapping[str, str], voice: Voice, whole: bool = False) -> Html:
    """In words: "người xác minh: anh Minh; xác minh: điện lại người báo"."""
    return voice.several(
        voice.say(f"steps.said.{step}", answer=said(answer, voice))
        for step, answer in sorted(given.items(), key=lambda one: _place(one[0]))
        if whole or step not in RESULT
    )


def _place(step: str) -> int:
    """In the order in which it was asked; what became of an answer stands last."""
    return ORDER.index(step) if step in ORDER else len(ORDER)
