"""Legal clocks as people see them: the list, what falls due, the nearest one on a card.

The mark "cần pháp chế xác nhận" is shown to leaders, the legal officer and who keeps the clocks.
"""

from collections.abc import Mapping
from typing import Any

from bot.domain.law import Clock, Deadline
from bot.domain.rule import Answer
from bot.services.outcomes import Deadlines
from bot.services.ports.incidents import Brief, Legal
from bot.views.callbacks import Go
from bot.views.screen import Button, Screen
from bot.views.voice import HERE, Html, Voice, cut, lines, lower_first

TO = 160  # characters of the recipients of one report


def listed(outcome: Deadlines, voice: Voice) -> Screen:
    """/thoihan 12."""
    brief = outcome.brief
    number = brief.incident.id
    running = [one for one in outcome.clocks if one.clock.runs]
    head = voice.say("law.list.head", number=number)
    nothing = "" if outcome.clocks else voice.say("law.list.none")
    rows = [_line(one, outcome.marks, voice) for one in outcome.clocks]
    foot = "settle" if outcome.settles else "wait" if running else "rest"
    text = lines(
        head,
        _personal(brief, voice),
        nothing,
        *rows,
        voice.say("law.list.foot") if running else "",
        voice.say(f"law.list.{foot}"),
    )
    buttons = [[go("sent_report", brief, voice)]] if outcome.settles else []
    if not outcome.clocks or running:
        buttons.append([go("status", brief, voice)])
    return Screen(text, buttons)


def ask_data(brief: Brief, voice: Voice) -> tuple[Html, list[list[Button]]]:
    """One question is left for who verifies: whether people's data are exposed."""
    said = voice.say("law.ask", number=brief.incident.id)
    return said, [[go("personal", brief, voice)]]


def nearest(brief: Brief, voice: Voice) -> Html:
    """One line for a card or a screen; empty while nothing runs."""
    running = [one for one in brief.clocks if one.clock.runs and one.clock.due_at]
    if not running:
        return Html("")
    one = running[0]
    return voice.say("law.nearest", name=called(one.deadline, voice), when=when(one.clock, voice))


def called(deadline: Deadline, voice: Voice) -> str:
    """What a report is called: by the law's words, in English by ours."""
    return deadline.english if voice.language == "en" and deadline.english else deadline.name


def when(clock: Clock, voice: Voice) -> Html:
    """Until when and how long that is (words.md rule 11)."""
    if clock.due_at is None:
        return voice.say("law.no_figure")
    if clock.due_at <= clock.began_at:
        return voice.say("law.at_once")
    left = voice.span(abs(clock.due_at - voice.now))
    key = "law.overdue" if is_late(clock, voice) else "law.before"
    return voice.say(key, time=voice.time(clock.due_at), left=left)


def facts(about: Mapping[str, Any], voice: Voice) -> dict[str, object]:
    """Of a clock's event in the timeline."""
    own = about.get("english") if voice.language == "en" else ""
    paper = str(about.get("paper", ""))
    known = voice.knows(f"report.option.{paper}") if paper else False
    said = lower_first(voice.plain(f"report.option.{paper}")) if known else cut(paper, 60)
    name = own or about["name"]
    return {"name": name, "paper": voice.say("law.paper", paper=said) if said else ""}


def exposed(about: Mapping[str, Any], voice: Voice) -> dict[str, object]:
    """Of what was said of people's data."""
    said = voice.plain(f"report.option.{about['exposed']}").lower()
    return {"exposed": said, "more": _more(about["kinds"], about["count"], voice)}


def _line(one: Legal, with_marks: bool, voice: Voice) -> Html:
    clock, source = one.clock, one.deadline.source
    mark = voice.say("law.mark") if with_marks and _is_unsure(one) else ""
    article = voice.say("law.article", document=one.regime.name, section=source.section)
    if clock.state == "sent" and clock.settled_at is not None:
        sent = voice.time(clock.settled_at)
        return voice.say(
            "law.list.sent", name=called(one.deadline, voice), time=sent, article=article
        )
    return voice.say(
        "law.list.runs",
        light="🔴" if is_late(clock, voice) else "🟡",
        name=called(one.deadline, voice),
        when=when(clock, voice),
        to=to(one, voice),
        article=article,
        mark=mark,
    )


def to(one: Legal, voice: Voice) -> str:
    return cut("; ".join(one.deadline.to), TO)


def _personal(brief: Brief, voice: Voice) -> Html:
    said = brief.incident.personal
    if said.exposed is Answer.UNKNOWN and not said.count:
        return Html("")
    exposed = voice.plain(f"report.option.{said.exposed}").lower()
    return voice.say("law.personal", exposed=exposed, more=_more(said.kinds, said.count, voice))


def _more(kinds: Any, count: str, voice: Voice) -> Html:
    named = [lower_first(voice.plain(f"report.option.{kind}")) for kind in kinds]
    named += [lower_first(voice.plain(f"report.option.{count}"))] if count else []
    return Html(f" ({voice.names(named)})") if named else Html("")


def _is_unsure(one: Legal) -> bool:
    """Not read in the law itself, or the law may stand no more."""
    day = one.clock.began_at.astimezone(HERE).date()
    return one.deadline.source.status != "confirmed" or one.regime.is_doubtful(day)


def is_late(clock: Clock, voice: Voice) -> bool:
    return clock.runs and clock.due_at is not None and clock.due_at <= voice.now


def go(to: str, brief: Brief, voice: Voice) -> Button:
    return Button(voice.plain(f"people.command.{to}"), Go(to=to, number=brief.incident.id))
