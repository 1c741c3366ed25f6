"""The timeline (nhật ký sự cố): each event as one sentence."""

from collections.abc import Mapping
from typing import Any

from bot.domain.timeline import Link
from bot.services.outcomes import Story
from bot.views import clocks, directions, files, progress, scenarios, supporting, verdicts
from bot.views.options import option, wanted
from bot.views.reporters import heard
from bot.views.screen import plain
from bot.views.voice import Html, Voice, lower_first


def sentence(link: Link, story: Story, voice: Voice) -> Html:
    what = _what(link, story, voice)
    return voice.say("incidents.story.line", time=voice.time(link.at), what=what)


def _what(link: Link, story: Story, voice: Voice) -> Html:
    by = story.names.get(link.person_id) or voice.plain("timeline.system")
    facts = link.facts
    if facts is None:
        erased = f"timeline.{link.kind}_erased"
        if voice.knows(erased):
            return voice.say(erased, by=by)
        return voice.say("timeline.erased", kind=link.kind)
    if "acting_for" in facts:
        by = _acting(by, facts, voice)
    if link.kind == "incident.reported" and facts.get("source"):
        return _on_behalf(by, facts, story, voice)
    said = _facts(link.kind, facts, story, voice)
    if link.kind == "verdict.decided" and "leader" in facts:
        return voice.say("timeline.verdict.decided_for", **{"by": by, **said})
    if link.kind == "page.exhausted" and not facts.get("on_duty", True):
        return voice.say("timeline.page.exhausted_nobody", **said)
    return voice.say(f"timeline.{link.kind}", **{"by": by, **said})


def _acting(by: str, facts: Mapping[str, Any], voice: Voice) -> str:
    """Người thay khi vắng mặt: for whom, and by which paper."""
    names, paper = voice.names(facts["acting_for"]), facts["paper"]
    key = "acting" if paper else "acting_no_paper"
    return plain(voice.say(f"timeline.{key}", by=by, names=names, paper=paper))


def _on_behalf(by: str, facts: Mapping[str, Any], story: Story, voice: Voice) -> Html:
    """Who told it and how; a telephone number is never said in a group."""
    told = heard(facts["source"], facts["caller_phone"] if story.private else "", voice)
    caller = facts["caller"] or voice.plain("incidents.on_behalf.unnamed")
    return voice.say("timeline.reported_for", by=by, caller=caller, told=told)


def _facts(kind: str, facts: Mapping[str, Any], story: Story, voice: Voice) -> dict[str, object]:
    """The facts of an event as words."""
    match kind:
        case "verdict.first":
            named = {"needs": "needs_response", "law": "serious_by_law", "plan": "serious_by_plan"}
            return {
                short: verdicts.value(which, facts[which], voice) for short, which in named.items()
            }
        case "verdict.recomputed":
            return _recomputed(facts, story, voice)
        case "verdict.decided" | "verdict.undecided":
            plan = verdicts.value("serious_by_plan", facts["serious"], voice)
            return {**facts, "plan": plan}
        case "incident.escalated":
            return {key: option(facts[key], voice) for key in ("to", "why")}
        case "incident.closed":
            return {"result": _with_words("result", facts, voice)}
        case "incident.reopened":
            return {"why": _with_words("why", facts, voice)}
        case "direction.given":
            words = f": “{facts['words']}”" if facts.get("words") else ""
            return {"answer": voice.plain(f"paging.leader.{facts['answer']}"), "words": words}
        case "direction.recorded":
            more = directions.beside(facts, voice)
            return {
                "leader": facts["leader"],
                "channel": lower_first(directions.channel(facts, voice)),
                "said": directions.said_at(facts, voice),
                "answer": directions.answer(facts, voice),
                "words": Html(f": {more}") if more else "",
            }
        case "direction.confirmed" | "direction.denied":
            return {**facts, "answer": directions.answer(facts, voice)}
        case "direction.waits":
            return {**facts, "said": directions.said_at(facts, voice)}
        case "handover.asked":
            return {**facts, "words": f": “{facts['words']}”" if facts["words"] else ""}
        case "incident.personal":
            return clocks.exposed(facts, voice)
        case _ if kind.startswith("clock."):
            return clocks.facts(facts, voice)
        case "incident.scenario":
            return scenarios.facts(facts, voice)
        case "evidence.received":
            written = {"size": files.written(facts["size"], voice)}
            return {**facts, **written, "sha256": f"{facts['sha256'][:12]}…"}
        case "incident.verified" | "incident.not_verified" | "incident.false_alarm":
            return {"beside": _verified(facts, voice)}
        case "leaders.asked_option" | "power.requested":
            return {
                **facts,
                "to": voice.names(facts["to"]),
                "ask": lower_first(wanted(facts["ask"], voice)),
            }
        case "power.used":
            words = f": {progress.said(facts['words'], voice)}" if facts["words"] else ""
            return {"power": progress.said(facts["power"], voice), "words": words}
        case "support.asked":
            said = {key: lower_first(wanted(facts[key], voice)) for key in ("how", "ask")}
            return {"name": facts["name"], **said}
        case "support.accepted" | "support.refused":
            return {"name": facts["name"], "beside": supporting.beside_answer(facts, voice)}
        case "task.partly":
            told = progress.answers(facts["answers"], voice)
            return {**_of_task(facts, voice), **_outcome(facts, voice), "words": told}
        case "task.done" | "task.blocked" | "call.made" | "phase.not_finished" | "phase.looped":
            return {**_of_task(facts, voice), **_outcome(facts, voice)}
        case _ if kind.startswith("task."):
            return _of_task(facts, voice)
        case _ if kind.startswith("audit."):
            return {"why": voice.plain(f"audit.why.{facts['why']}")}
        case "notice.failed" | "notice.elsewhere":
            to = facts["to"] or voice.plain("timeline.group")
            return {"to": to, "why": voice.plain(f"timeline.why.{facts['why']}")}
    return {key: _plain(key, value, voice) for key, value in facts.items()}


def _of_task(facts: Mapping[str, Any], voice: Voice) -> dict[str, object]:
    """A task by its code and its step; what a loop has added has a name of ours."""
    said = {key: _plain(key, value, voice) for key, value in facts.items()}
    if (name := facts.get("name")) in ("recheck", "scenario", "nominate", "join"):
        said["name"] = voice.plain(f"tasks.{name}")
    return said


def _verified(facts: Mapping[str, Any], voice: Voice) -> Html:
    """By whom and how, where that was asked."""
    if not facts.get("how"):
        return Html("")
    beside = voice.names((facts["who"], progress.said(facts["how"], voice)))
    return Html(f" ({beside})")


def _outcome(facts: Mapping[str, Any], voice: Voice) -> dict[str, object]:
    """What came of it, and the words that were written to it."""
    said: dict[str, object] = {
        key: progress.said(facts[key], voice) for key in ("result", "trouble") if key in facts
    }
    words = facts.get("words") or facts.get("lacking") or ""
    said["words"] = f" – {progress.said(words, voice)}" if words else ""
    if told := progress.answers(facts.get("answers") or {}, voice):
        said["words"] = Html(f" – {told}")
    if "inherited" in facts:
        said["inherited"] = voice.plain("timeline.by_base") if facts["inherited"] else ""
    return said


def _recomputed(facts: Mapping[str, Any], story: Story, voice: Voice) -> dict[str, object]:
    criteria = story.brief.criteria
    said = [
        voice.say(
            "incidents.verdict.is",
            word=criteria.get(name, name),
            answer=voice.plain(f"report.option.{answer}").lower(),
        )
        for name, answer in facts["answers"].items()
    ]
    if facts.get("level"):
        said.append(voice.say(f"report.option.{facts['level']}"))
    changed = voice.say("timeline.verdict.same")
    if facts["changes"]:
        what = verdicts.changes(facts["changes"], voice)
        changed = voice.say("timeline.verdict.changes", changes=what)
    return {"answers": voice.several(said), "changes": changed}


def _with_words(key: str, facts: Mapping[str, Any], voice: Voice) -> str:
    label = voice.plain(f"report.option.{facts[key]}")
    words = str(facts.get("words") or "").rstrip(".")
    return f"{label} – {words}" if words else label


def _plain(key: str, value: Any, voice: Voice) -> object:
    if key == "purpose":
        return voice.plain(f"timeline.purpose.{value}")
    if key == "order":
        return Html(" → ".join(_names(rung, voice) for rung in value))
    if isinstance(value, list):
        return _names(value, voice)
    return value


def _names(value: list[str], voice: Voice) -> str:
    return voice.names(value) or voice.plain("timeline.nobody")
