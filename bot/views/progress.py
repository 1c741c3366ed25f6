"""Where the plan stands, in lines for a card or a screen."""

from bot.domain.task import Task, progress
from bot.services.ports.incidents import Brief
from bot.views.voice import Html, Voice, cut, lower_first

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
    name = names.get(task.step) or voice.plain("tasks.recheck")
    line = voice.say("tasks.line", code=task.code, name=name)
    if not task.trouble:
        return line
    return voice.say("tasks.stuck", task=line, trouble=said(task.trouble, voice))


def said(answer: str, voice: Voice) -> str:
    """An option in words, or somebody's own words."""
    key = f"report.option.{answer}"
    return lower_first(voice.plain(key)) if voice.knows(key) else cut(answer, 160).rstrip(".")
