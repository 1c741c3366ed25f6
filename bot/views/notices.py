"""Every notice, by kind: rendered when it is sent, in the language its recipient reads then."""

from collections.abc import Callable, Mapping

from bot.domain.form import Draft
from bot.domain.notice import Notice
from bot.domain.people import Person
from bot.services.delivery import Letter
from bot.services.ports.incidents import Brief
from bot.views import (
    absences,
    accounts,
    channels,
    confirming,
    contacts,
    form,
    handovers,
    holding,
    law_notices,
    leaders,
    paging,
    people,
    quotas,
    readiness,
    rooms,
    rosters,
    rounds,
    scenarios,
    steps,
    still,
    supporting,
    swaps,
    task_notices,
    verdicts,
    watching,
)
from bot.views.incidents import summary
from bot.views.screen import Screen
from bot.views.voice import Voice, moment, upper_first

Sayer = Callable[[Notice, Brief, Voice], Screen]
PLAIN = {  # by language: a message's head and a page's, what follows of no incident and of one
    "vi": (
        ("Tin", "TIN KHẨN"),
        " của Trực Ban. Gõ: tình hình",
        " – sự cố số {number} {code}. Gõ: tình hình {number}",
    ),
    "en": (
        ("Message", "PAGE"),
        " from Trực Ban. Type: status",
        " – incident {number} {code}. Type: status {number}",
    ),
}


def screen(letter: Letter, voice: Voice) -> Screen:
    """What the letter says. KeyError and the like: the sender goes out with `fallback`."""
    notice, brief = letter.sending.notice, letter.brief
    if notice.kind == "test":
        return _marked(people.test(voice), letter.sending.again, voice)
    if notice.kind == "holder.asked":
        return _marked(holding.asked(notice, voice), letter.sending.again, voice)
    if notice.kind in rooms.TOLD:
        return _marked(rooms.told(notice, voice), letter.sending.again, voice)
    if notice.kind in channels.TOLD:
        return _marked(channels.told(notice, voice), letter.sending.again, voice)
    if notice.kind in quotas.TOLD:
        return _marked(quotas.told(notice, voice), letter.sending.again, voice)
    if notice.kind in contacts.TOLD:
        return _marked(contacts.told(notice, voice), letter.sending.again, voice)
    if notice.kind in watching.TOLD:
        return _marked(watching.told(notice, voice), letter.sending.again, voice)
    if notice.kind in rosters.TOLD:
        return _marked(rosters.told(notice, voice), letter.sending.again, voice)
    if notice.kind in rounds.TOLD:
        return _marked(rounds.told(notice, voice), letter.sending.again, voice)
    if notice.kind in readiness.TOLD:
        return _marked(readiness.told(notice, voice), letter.sending.again, voice)
    if notice.kind in swaps.TOLD:
        return _marked(swaps.told(notice, voice), letter.sending.again, voice)
    if notice.kind in absences.TOLD:
        return _marked(absences.told(notice, voice), letter.sending.again, voice)
    if notice.kind in handovers.TOLD:
        return _marked(handovers.told(notice, voice), letter.sending.again, voice)
    if notice.kind in accounts.TOLD:
        return _marked(accounts.told(notice, voice), letter.sending.again, voice)
    if isinstance(letter.more, Draft):
        return _marked(form.question(letter.more, voice), letter.sending.again, voice)
    if brief is None:
        raise KeyError(notice.kind)
    kind = notice.kind
    if kind in task_notices.TOLD:
        sheets, who = letter.more or (), letter.sending.person
        said = task_notices.told(notice, brief, sheets, voice, who)
        return _marked(said, letter.sending.again, voice)
    if kind in ("page.respond", "page.verify"):
        return paging.call(notice, brief, letter.sending.again, voice)
    if kind.startswith("page.nobody_"):
        return _marked(paging.nobody(notice, brief, voice), letter.sending.again, voice)
    if kind.startswith("leader."):
        person = letter.sending.person or Person(0, "")
        said = leaders.question(notice, brief, person, voice)
    else:
        said = KINDS[kind](notice, brief, voice)
    return _marked(said, letter.sending.again, voice)


def fallback(letter: Letter) -> str:
    """Plain and short, for when the words themselves fail: a page is never lost to a template."""
    number = letter.sending.notice.incident
    code = letter.brief.incident.code if letter.brief else ""
    page = letter.sending.notice.urgency == "page"
    head, of_us, of_an_incident = PLAIN[letter.language]
    said = of_us if number is None else of_an_incident.format(number=number, code=code)
    return head[page] + said


def _taken(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    verify = brief.page is not None and brief.page.kind == "verify"
    key = "taken_verify" if verify else "taken"
    return _said(f"paging.notice.{key}", notice, brief, voice)


def _taken_reporter(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    if brief.incident.is_secret:
        return _said("paging.notice.taken_reporter_secret", notice, brief, voice)
    return _said("paging.notice.taken_reporter", notice, brief, voice)


def _copy(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    if brief.incident.source:
        return _said("paging.notice.copy_for", notice, brief, voice)
    return _said("paging.notice.copy", notice, brief, voice)


def _plain(key: str) -> Sayer:
    def say(notice: Notice, brief: Brief, voice: Voice) -> Screen:
        return _said(key, notice, brief, voice)

    return say


def _said(key: str, notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """Words with the facts of the notice and of its incident."""
    facts = notice.facts
    by = str(facts.get("by", ""))
    options = {
        name: voice.plain(f"report.option.{facts[name]}").lower()
        for name in ("result", "why")
        if name in facts
    }
    changed = facts.get("changes")
    return Screen(
        voice.say(
            key,
            number=brief.incident.id,
            code=brief.incident.code,
            unit=brief.unit,
            needs=verdicts.needs(brief, voice),
            summary=summary(brief, voice),
            name=upper_first(by),
            by=upper_first(by),
            phone=facts.get("phone", ""),
            minutes=facts.get("minutes", ""),
            time=voice.time(moment(facts["at"])) if "at" in facts else "",
            changes=verdicts.changes(changed, voice) if isinstance(changed, list) else "",
            **options,
        )
    )


def _marked(said: Screen, again: bool, voice: Voice) -> Screen:
    """It may have arrived before: the first line says so."""
    if not again:
        return said
    first, *rest = said.text.split("\n")
    return Screen("\n".join([first + voice.plain("paging.again"), *rest]), said.rows, said.toast)


KINDS: Mapping[str, Sayer] = {
    "page.taken": _taken,
    "page.taken_reporter": _taken_reporter,
    "page.still": still.asked,
    "page.given_up": still.given_up,
    "page.returned": _plain("paging.notice.returned"),
    "page.leads": _plain("paging.notice.leads"),
    "report.copy": _copy,
    "report.informed": _plain("paging.notice.informed"),
    "report.recorded": _plain("paging.notice.recorded"),
    "verdict.changed": _plain("paging.notice.changed"),
    "incident.closed": _plain("paging.notice.closed"),
    "incident.reopened": _plain("paging.notice.reopened"),
    "clock.due": law_notices.due,
    "scenario.first": scenarios.first,
    "direction": leaders.direction,
    "direction_confirm": confirming.to_confirm,
    "direction_confirmed": confirming.confirmed,
    "direction_denied": confirming.denied,
    "direction_waits": confirming.waits,
    "leader_unreached": _plain("paging.notice.leader_unreached"),
    "leader_silent": _plain("paging.notice.leader_silent"),
    **steps.KINDS,
    **supporting.KINDS,
}
