"""Support beyond the agency as people see it: the prepared text, what came of it, who waits.

Telephone numbers stand in private chats only, where the dialog is asked.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.form import Draft
from bot.domain.moment import Moment
from bot.domain.notice import Notice
from bot.services.ports.incidents import Brief
from bot.services.support_outcomes import Asked
from bot.views import verdicts
from bot.views.callbacks import Go
from bot.views.options import wanted
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, cut, lines, lower_first, upper_first

SHORT = 70  # characters of a name
FACTS = ("system", "told", "since", "state", "level", "lead")  # whoever is asked wants to know
TOLD = 300  # characters of the reporter's words in the prepared text


def beside(draft: Draft, voice: Voice) -> Html:
    """Under the form's own question: who was asked already, the text that was prepared."""
    if draft.at == "body":
        return lines(
            *(
                voice.say("support.beside.reserved", name=cut(name, SHORT), who=cut(who, SHORT))
                for name, who in draft.context["reserved"]
            ),
            *(
                voice.say("support.beside.before", name=cut(name, SHORT), state=_state(now, voice))
                for name, now in draft.context["before"]
            ),
        )
    if draft.at != "how":
        return Html("")
    if who := draft.context["who"]:
        return lines(paper(draft, voice), "", voice.say("support.how.first", who=who))
    return lines(paper(draft, voice), _call(draft, voice), voice.say("support.how.ask"))


def paper(draft: Draft, voice: Voice) -> Html:
    """Văn bản đề nghị, to be read out or copied: the incident's facts, and what is missing."""
    known: Mapping[str, Any] = draft.context["paper"]
    head = [voice.say("support.paper.head"), voice.say("support.paper.to", to=known["to"])]
    if draft.secret:
        return lines(*head, *_secret(known, voice), *_people(known, voice))
    unknown = voice.plain("incidents.summary.system")
    since = voice.moment(Moment.read(known["since"])) if known["since"] else ""
    state = lower_first(voice.plain(f"report.option.{known['state']}")) if known["state"] else ""
    told, done = cut(str(draft.context["told"]), TOLD), known["done"]
    help_ = lower_first(wanted(draft.answers["help"], voice))
    return lines(
        *head,
        voice.say(
            "support.paper.from",
            unit=known["unit"],
            number=draft.about,
            system=known["system"] or unknown,
        ),
        voice.say("support.paper.told", told=told) if told else "",
        voice.say("support.paper.since", since=since) if since else "",
        voice.say("support.paper.state", state=state) if state else "",
        voice.say("support.paper.level", level=known["level"]) if known["level"] else "",
        _judged(known, voice),
        voice.say("support.paper.done", steps=voice.several(done)) if done else "",
        voice.say("support.paper.ask", help=help_),
        *_people(known, voice),
        *_basis(known, voice),
        _lacking({**known, "told": told}, voice),
    )


def asked(outcome: Asked, voice: Voice) -> Screen:
    """What came of it, and the one thing to do next."""
    number, name, support = outcome.number, cut(outcome.name, SHORT), outcome.support
    again = _go("support", "again", number, voice)
    match outcome.did:
        case "requested":
            to = voice.names(f"{one.name} {one.phone}".strip() for one in outcome.to)
            key = "requested" if outcome.to else "nobody_decides"
            return Screen(voice.say(f"support.did.{key}", number=number, name=name, to=to))
        case "asked" if support is not None and support.remind_at is not None:
            time = voice.time(support.remind_at)
            said = voice.say("support.did.asked", number=number, name=name, time=time)
            return Screen(said, [[_go("support_answer", "answer", number, voice)]])
        case "answered" if support is not None and support.state == "accepted":
            return Screen(voice.say("support.did.accepted", number=number, name=name))
        case "answered":
            said = voice.say("support.did.refused", number=number, name=name)
            if outcome.next is None:
                escalate = _go("escalate", "escalate", number, voice)
                return Screen(lines(said, voice.say("support.did.no_next")), [[escalate]])
            following = voice.say("support.did.next", name=cut(outcome.next.name, SHORT))
            return Screen(lines(said, following), [[_go("support", "next", number, voice)]])
        case "not_asked":
            return Screen(voice.say("support.did.not_asked", number=number), [[again]])
        case "nothing_waits":
            return Screen(voice.say("support.did.nothing_waits", number=number), [[again]])
    return Screen(voice.say("support.did.nobody", number=number))


def line(brief: Brief, voice: Voice) -> Html:
    """On the card and the state of an incident: who was asked, and where it stands."""
    if not brief.supports or brief.incident.state == "closed":
        return Html("")
    said = [
        voice.say("support.one", name=cut(one.name, SHORT), state=_state(one.state, voice))
        for one in brief.supports
    ]
    return voice.say("support.line", asked=voice.several(said))


def beside_answer(facts: Mapping[str, Any], voice: Voice) -> Html:
    """Who answered and what they said, in the timeline."""
    who, words = facts["who"], facts["words"]
    named = f": {voice.names([who])}" if who else ""
    quoted = f" – “{voice.names([words])}”" if words else ""
    return Html(named + quoted)


def waits(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    facts, number = notice.facts, brief.incident.id
    name = cut(str(facts["name"]), SHORT)
    time = voice.time(datetime.fromisoformat(str(facts["at"])))
    said = voice.say("support.notice.waits", name=name, number=number, time=time)
    both = [_go("support_answer", "answer", number, voice), _go("support", "next", number, voice)]
    return Screen(said, [both])


def answered(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    facts, number = notice.facts, brief.incident.id
    name, by = cut(str(facts["name"]), SHORT), upper_first(str(facts["by"]))
    if facts["state"] == "accepted":
        said = voice.say("support.notice.accepted", name=name, number=number, by=by)
        return Screen(said)
    said = voice.say("support.notice.refused", name=name, number=number, by=by)
    both = [_go("support", "next", number, voice), _go("escalate", "escalate", number, voice)]
    return Screen(said, [both])


def _secret(known: Mapping[str, Any], voice: Voice) -> list[Html]:
    person, place = known["meet"]
    where = voice.say("support.paper.secret_duty", code=known["code"])
    if person:
        facts = {"person": person, "place": place, "code": known["code"]}
        where = voice.say("support.paper.secret", **facts)
    return [where, voice.say("support.paper.secret_rule")]


def _people(known: Mapping[str, Any], voice: Voice) -> list[Html]:
    lead, duty = known["lead"], known["duty"]
    return [
        voice.say("support.paper.lead", lead=lead) if lead else Html(""),
        voice.say("support.paper.duty", duty=duty) if duty else Html(""),
    ]


def _judged(known: Mapping[str, Any], voice: Voice) -> Html:
    needs = verdicts.value("needs_response", known["needs"], voice)
    if not known["yes"]:
        return voice.say("support.paper.needs", needs=needs)
    return voice.say("support.paper.yes", needs=needs, criteria=voice.several(known["yes"]))


def _basis(known: Mapping[str, Any], voice: Voice) -> list[Html]:
    plan, section = known["plan"]
    of_plan = voice.say("support.paper.plan_only", plan=plan)
    if section:
        of_plan = voice.say("support.paper.plan", plan=plan, section=section)
    return [
        of_plan,
        *(
            voice.say(
                "support.paper.law", section=where, mark=voice.say("law.mark") if doubtful else ""
            )
            for where, doubtful in known["law"]
        ),
    ]


def _lacking(known: Mapping[str, Any], voice: Voice) -> Html:
    missing = [voice.plain(f"support.lack.{key}") for key in FACTS if not known[key]]
    return voice.say("support.paper.lacking", what=voice.names(missing)) if missing else Html("")


def _call(draft: Draft, voice: Voice) -> Html:
    known = draft.context["paper"]
    if not known["call"]:
        return voice.say("support.call.none", to=cut(known["to"], SHORT))
    name, phone, *rest = known["call"]
    beside = voice.names(one for one in rest if one)
    more = voice.say("support.call.more", more=beside) if beside else ""
    return voice.say("support.call.phone", name=name, phone=phone, more=more)


def _state(state: str, voice: Voice) -> Html:
    return voice.say(f"support.state.{state}")


def _go(to: Any, label: str, number: int, voice: Voice) -> Button:
    return Button(voice.plain(f"support.do.{label}"), Go(to=to, number=number))


KINDS: Mapping[str, Callable[[Notice, Brief, Voice], Screen]] = {
    "support.waits": waits,
    "support.answered": answered,
}
