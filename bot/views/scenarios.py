"""Which tình huống it is: what the words point to, what was confirmed, what follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.form import Draft
from bot.domain.law import NOT_SAID
from bot.domain.notice import Notice
from bot.domain.task import Task
from bot.services.ports.incidents import Brief, Guess, Situation
from bot.services.ports.tasks import Sheet
from bot.services.scenario_outcomes import Confirmed
from bot.views import clocks
from bot.views.callbacks import Go
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines, upper_first

WORDS = 2  # of the reporter's, beside a scenario in a line with others
FIRST, NEVER = 4, 2  # lines of the playbook that the reporter is sent; more behind a button


def name(one: Situation, voice: Voice) -> str:
    """As the plan calls it; who reads English reads our own name for it."""
    return called(one.name, one.english, voice)


def called(wording: str, english: str, voice: Voice) -> str:
    return english if voice.language == "en" else upper_first(wording)


def line(brief: Brief, voice: Voice) -> Html:
    one = brief.situation
    if one is None:
        return Html("")
    key = "scenarios.line_inherited" if one.inherited else "scenarios.line"
    return voice.say(key, name=name(one, voice), plan=brief.plan)


def progress(tasks: Iterable[Task], voice: Voice) -> Html:
    """How many of the tasks beside the plan's steps are done."""
    stands = [task for task in tasks if task.kind == "scenario" and task.state != "dropped"]
    if not stands:
        return Html("")
    done = sum(task.state == "done" for task in stands)
    return voice.say("scenarios.progress", done=done, total=len(stands))


def likely(guesses: Sequence[Guess], voice: Voice) -> Html:
    """For who has just taken it, in one line; each with the words that point there."""
    if not guesses:
        return Html("")
    said = [
        voice.say(
            "scenarios.guess",
            name=name(one.situation, voice),
            words=_quoted(one.words[:WORDS], voice),
        )
        for one in guesses
    ]
    return voice.say("scenarios.likely", guesses=voice.several(said))


def choose(number: int, voice: Voice) -> Button:
    return Button(voice.plain("scenarios.do.choose"), Go(to="scenario", number=number))


def reasons(draft: Draft, voice: Voice) -> Html:
    """Under the first question: what is recorded now, and each likely scenario with its words."""
    context = draft.context
    because = context.get("because", {})
    said = [
        voice.say("scenarios.asked.because", name=one, words=_quoted(words, voice))
        for scenario, one in context["likely"]
        if (words := because.get(scenario))
    ]
    now = context["now_name"]
    return lines(
        voice.say("scenarios.asked.now", name=now) if now else "",
        *(said or [voice.say("scenarios.asked.nothing")]),
    )


def suggestion(draft: Draft, voice: Voice) -> Html:
    """Under a criterion's question; whoever verifies confirms it by answering."""
    said, usual = (draft.context.get(which, {}) for which in ("suggested", "usual"))
    if draft.secret:
        return Html("")
    if draft.at in said:
        answer, words = said[draft.at]
        facts = {"answer": voice.plain(f"report.option.{answer}")}
        return voice.say("scenarios.suggested", **facts, words=_quoted(words, voice))
    if draft.at in usual:
        answer = voice.plain(f"report.option.{usual[draft.at]}")
        return voice.say("scenarios.usual", answer=answer)
    return Html("")


def confirmed(outcome: Confirmed, voice: Voice) -> Screen:
    brief, one = outcome.brief, outcome.brief.situation
    number = brief.incident.id
    if one is None:
        key = "unknown" if outcome.changed else "same_unknown"
        return Screen(voice.say(f"scenarios.confirmed.{key}", number=number))
    facts = {"number": number, "name": name(one, voice)}
    to_playbook = Button(voice.plain("scenarios.do.playbook"), Go(to="playbook", number=number))
    to_tasks = Button(voice.plain("tasks.card.all"), Go(to="tasks", number=number))
    rows = [[to_playbook, to_tasks] if brief.work else [to_playbook]]
    if not outcome.changed:
        return Screen(voice.say("scenarios.confirmed.same", **facts), rows)
    key = "head_inherited" if one.inherited else "head"
    asks, ask_rows = Html(""), list[list[Button]]()
    if one.playbook.personal and brief.incident.personal == NOT_SAID:
        asks, ask_rows = clocks.ask_data(brief, voice)
    text = lines(
        voice.say(f"scenarios.confirmed.{key}", **facts, plan=brief.plan),
        _opened(outcome, voice),
        voice.say("scenarios.confirmed.told") if outcome.told else "",
        asks,
        voice.say("scenarios.confirmed.again", number=number),
    )
    return Screen(text, [*ask_rows, *rows])


def first(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """For the reporter: what to do in the first ten minutes, and what never to do."""
    by = brief.lead.name if brief.lead else str(notice.facts["by"])
    facts = {"number": brief.incident.id, "by": by}
    if brief.situation is None:  # it has been taken back, or has become a secret
        return Screen(voice.say("scenarios.first.calm", **facts))
    playbook = brief.situation.playbook
    text = lines(
        voice.say("scenarios.first.head", **facts),
        *(
            voice.say("scenarios.first.item", place=place, text=what)
            for place, what in enumerate(playbook.first[:FIRST], start=1)
        ),
        voice.say("scenarios.page.item", text=" ".join(playbook.never[:NEVER])),
    )
    whole = Go(to="playbook", number=brief.incident.id)
    return Screen(text, [[Button(voice.plain("scenarios.do.whole"), whole)]])


def why(one: Sheet, voice: Voice) -> Html:
    """Why a task stands beside the plan's steps."""
    if one.job is None or one.situation is None:
        return Html("")
    reason, scenario = one.job.why.rstrip("."), name(one.situation, voice)
    if not one.job.condition:
        return voice.say("scenarios.task.why", why=reason, scenario=scenario)
    condition = one.job.condition
    return voice.say("scenarios.task.why_when", why=reason, condition=condition, scenario=scenario)


def whose(one: Sheet, voice: Voice) -> Html:
    if one.job is None:
        return Html("")
    return voice.say(f"scenarios.whose.{one.job.whose}", unit=voice.names(one.lead))


def facts(recorded: Mapping[str, Any], voice: Voice) -> dict[str, object]:
    """Of the event that somebody has confirmed it."""
    return {"name": called(recorded["name"], recorded["english"], voice)}


def _opened(outcome: Confirmed, voice: Voice) -> Html:
    if outcome.brief.work is None:
        return voice.say("scenarios.confirmed.later")
    if not outcome.tasks:
        return voice.say("scenarios.confirmed.no_tasks")
    codes = voice.names(one.task.code for one in outcome.tasks)
    return voice.say("scenarios.confirmed.opened", count=len(outcome.tasks), codes=codes)


def _quoted(words: Iterable[str], voice: Voice) -> Html:
    return voice.names(voice.say("scenarios.quoted", words=one) for one in words)
