"""Messages to leaders: conclusion first, the question after, the telephone number last."""

from datetime import datetime

from bot.domain.notice import Notice
from bot.domain.people import Person
from bot.domain.severity import Serious
from bot.services.outcomes import Directed, Escalated
from bot.services.ports.incidents import Brief
from bot.views import directions, verdicts
from bot.views.callbacks import Opinion
from bot.views.hearing.answers import says
from bot.views.incidents import meet, summary
from bot.views.options import wanted
from bot.views.progress import said
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines, upper_first
from bot.views.words import LANGUAGES, text

ASKED = {"decide": ("serious", "not_serious", "call"), "direct": ("agree", "opinion", "call")}


def question(notice: Notice, brief: Brief, person: Person, voice: Voice) -> Screen:
    """One message that can be read in ten seconds and answered with one tap."""
    kind = notice.kind.partition(".")[2]
    facts, number = notice.facts, brief.incident.id
    rows = answers(kind, int(str(facts["consultation"])), voice)
    duty = voice.say("paging.leader.duty", duty=on_duty(facts.get("duty", []), voice))
    if brief.incident.is_secret:
        head = voice.say("paging.leader.secret_head", name=person.name, code=brief.incident.code)
        asked = [voice.say("paging.leader.decide_ask")] if kind == "decide" else []
        return Screen(lines(head, *asked, meet(brief, voice), duty), rows)
    done = (
        voice.say("paging.leader.done", lead=brief.lead.name, number=number)
        if brief.lead
        else voice.say("paging.leader.done_nobody", number=number)
    )
    if kind == "decide":
        return Screen(_decide(brief, done, duty, voice), rows)
    text = lines(
        voice.say("paging.leader.direct_head", name=person.name, summary=_about(brief, voice)),
        done,
        voice.say("paging.leader.why", why=said(str(facts["why"]), voice)),
        voice.say("paging.leader.ask", ask=wanted(str(facts.get("ask", "")), voice)),
        _until(facts.get("until"), voice),
        duty,
    )
    return Screen(text, rows)


def heard(kind: str, typed: str) -> str | None:
    """A leader's answer in words, in either language: "đồng ý", "đề nghị gọi cho tôi"."""
    for language in LANGUAGES:
        for answer in ASKED[kind]:
            if says(typed, text(language, f"paging.leader.{answer}")):
                return answer
    return None


def escalated(outcome: Escalated, voice: Voice) -> Screen:
    number = outcome.brief.incident.id
    names = voice.names(person.name for person in outcome.to)
    if not outcome.to:
        text = voice.say("paging.escalated.nobody", number=number)
    else:
        leaders = all(any(post.role == "leader" for post in p.posts) for p in outcome.to)
        key = "to" if leaders else "next"
        text = voice.say(f"paging.escalated.{key}", number=number, names=names)
    text = lines(text, *_answered(outcome, voice))
    if outcome.changes:
        changed = verdicts.changes(outcome.changes, voice)
        text = lines(text, voice.say("paging.escalated.changed", changes=changed))
    if outcome.missed:
        phones = voice.names(f"{one.name} {one.phone}".strip() for one in outcome.missed)
        return Screen(lines(text, voice.say("paging.escalated.missed", names=phones)))
    return Screen(lines(text, voice.say("paging.leader.rest")))


def _answered(outcome: Escalated, voice: Voice) -> list[Html]:
    """ "Vượt khả năng xử lý" is an answer to criterion 6: what it was, and what follows from it."""
    said = [
        voice.say(
            "incidents.verdict.change",
            which=upper_first(outcome.brief.criteria.get(criterion, criterion)),
            before=voice.plain(f"report.option.{before}"),
            after=voice.plain(f"report.option.{now}"),
        )
        for criterion, before, now in outcome.answered
    ]
    if said and not outcome.changes:
        needs = verdicts.needs(outcome.brief, voice)
        said.append(voice.say("incidents.rejudged.same", needs=needs))
    return [Html(one if one.endswith(".") else f"{one}.") for one in said]


def directed(outcome: Directed, voice: Voice) -> Screen:
    given, number = outcome.consultation, outcome.brief.incident.id
    rest = voice.say("paging.leader.rest")
    if given.answer == "call":
        rows = answers(given.kind, given.id, voice)[:2]
        return Screen(voice.say("paging.leader.got_call", number=number), rows)
    answer = voice.plain(f"paging.leader.{given.answer}")
    when = voice.time(given.answered_at) if given.answered_at else ""
    got = voice.say("paging.leader.got", number=number, answer=answer, time=when)
    if outcome.then is None:
        return Screen(lines(got, rest))
    then = voice.say(f"paging.leader.then_{outcome.then.kind}", number=number)
    return Screen(lines(got, then), answers(outcome.then.kind, outcome.then.id, voice))


def direction(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """A leader's answer, for the duty officer and whoever has the incident."""
    facts, number = notice.facts, brief.incident.id
    by = facts["by"]
    if facts["answer"] == "call":
        return Screen(
            voice.say("paging.notice.direction_call", by=by, number=number, phone=facts["phone"])
        )
    answer, ask = directions.answer(facts, voice), str(facts.get("ask", ""))
    return Screen(
        lines(
            voice.say("paging.notice.direction", number=number, by=by, answer=answer),
            directions.beside(facts, voice),
            voice.say("paging.notice.direction_ask", ask=wanted(ask, voice)) if ask else "",
            directions.how(facts, voice, waiting=True) if "recorder" in facts else "",
            voice.say("paging.notice.direction_next", number=number),
        )
    )


def _decide(brief: Brief, done: Html, duty: Html, voice: Voice) -> Html:
    by_plan, by_law = brief.verdicts.serious_by_plan, brief.verdicts.serious_by_law
    proposed = (
        voice.say(
            "paging.leader.decide_why",
            why=verdicts.words(brief, by_plan.because, voice),
            clause=verdicts.clause_of(by_plan.clause, brief.plan, voice),
        )
        if by_plan.because
        else ""
    )
    law = (
        voice.say(
            "paging.leader.decide_law",
            why=verdicts.words(brief, (*by_law.because, *by_law.unknown), voice),
        )
        if by_law.value is Serious.YES
        else ""
    )
    return lines(
        voice.say("paging.leader.decide_head", number=brief.incident.id),
        _about(brief, voice),
        proposed,
        law,
        done,
        duty,
    )


def answers(kind: str, consultation: int, voice: Voice) -> list[list[Button]]:
    return [
        [
            Button(
                voice.plain(f"paging.leader.{answer}"),
                Opinion(answer=answer, consultation=consultation),
            )
        ]
        for answer in ASKED[kind]
    ]


def _about(brief: Brief, voice: Voice) -> Html:
    """What happened, and that nobody has verified it yet."""
    return Html(summary(brief, voice) + verdicts.unverified(brief, voice))


def _until(until: object, voice: Voice) -> Html:
    """How long an answer is waited for, where somebody has said so."""
    if not isinstance(until, str) or (when := datetime.fromisoformat(until)) <= voice.now:
        return Html("")
    return voice.say("steps.until", time=voice.time(when), left=voice.span(when - voice.now))


def on_duty(people: object, voice: Voice) -> str:
    pairs = people if isinstance(people, list) else []
    return voice.names(f"{name} {phone}".strip() for name, phone in pairs)
