"""The timeline (nhật ký sự cố): each event as one sentence."""

from collections.abc import Mapping
from typing import Any

from bot.domain.timeline import Link
from bot.services.outcomes import Story
from bot.views import verdicts
from bot.views.voice import Html, Voice


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
    said = _facts(link.kind, facts, story, voice)
    if link.kind == "page.exhausted" and not facts.get("on_duty", True):
        return voice.say("timeline.page.exhausted_nobody", **said)
    return voice.say(f"timeline.{link.kind}", **{"by": by, **said})


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
        case "verdict.decided":
            return {"plan": verdicts.value("serious_by_plan", facts["serious"], voice)}
        case "incident.escalated":
            return {key: voice.plain(f"report.option.{facts[key]}") for key in ("to", "why")}
        case "incident.closed":
            return {"result": _with_words("result", facts, voice)}
        case "incident.reopened":
            return {"why": _with_words("why", facts, voice)}
        case "direction.given":
            words = f": “{facts['words']}”" if facts.get("words") else ""
            return {"answer": voice.plain(f"paging.leader.{facts['answer']}"), "words": words}
        case "notice.failed":
            to = facts["to"] or voice.plain("timeline.group")
            return {"to": to, "why": voice.plain(f"timeline.why.{facts['why']}")}
    return {key: _plain(key, value, voice) for key, value in facts.items()}


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
    return f"{label} – {facts['words']}" if facts.get("words") else label


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
