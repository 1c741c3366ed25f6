"""Pages as people see them: the message that calls, and what answers a tap or a word."""

from collections.abc import Mapping

from bot.domain.notice import Notice
from bot.domain.rule import Answer as Answers
from bot.services.outcomes import AskedBack, PassedOn, Taken, Which
from bot.services.ports.incidents import Brief
from bot.views import reporters, scenarios, verdicts
from bot.views.callbacks import Answer, Go
from bot.views.incidents import meet, summary
from bot.views.screen import Button, Screen, plain
from bot.views.voice import Html, Voice, lines, moment, upper_first


def call(notice: Notice, brief: Brief, again: bool, voice: Voice) -> Screen:
    """The page itself, tin khẩn: to respond, or for the duty officer to verify first."""
    kind = notice.kind.partition(".")[2]
    number, facts = brief.incident.id, notice.facts
    mark = _again(int(str(facts.get("count", 1))), again, voice)
    rows = answers(notice.page or 0, voice)
    if brief.incident.is_secret:
        code = brief.incident.code
        text = voice.say("paging.secret", code=code, again=mark, meet=meet(brief, voice))
        return Screen(text, rows)
    head = voice.say(f"paging.{kind}.head", number=number, again=mark)
    reporter = _reporter(brief, voice)
    if kind == "verify":
        unknown = verdicts.words(brief, brief.verdicts.needs_response.unknown, voice)
        due = voice.time(moment(facts["next_at"]))
        text = lines(
            head,
            summary(brief, voice),
            voice.say("paging.verify.unknown", unknown=unknown),
            voice.say("paging.verify.now", time=due),
            reporter,
        )
        return Screen(text, rows)
    text = lines(
        head,
        summary(brief, voice),
        voice.say(f"paging.respond.{'now_c2' if _maybe_secret(brief) else 'now'}"),
        reporter,
        _undetermined(brief, voice) or _next(facts, brief, voice),
    )
    return Screen(text, rows)


def nobody(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """Nobody has acknowledged: to the room without telephone numbers, to the duty officer with."""
    kind = notice.kind.partition("nobody_")[2]
    facts, number = notice.facts, brief.incident.id
    told, missed = _list(facts["told"]), _list(facts["missed"])
    phones = facts.get("phones")
    told_line = (
        voice.say("paging.nobody_respond.told", names=voice.names(told))
        if told
        else voice.say("paging.nobody_respond.nobody_told")
    )
    calling = ""
    if isinstance(phones, list) and phones:
        listed = voice.names(f"{name} {phone}" for name, phone in phones)
        calling = voice.say("paging.nobody_respond.call", phones=listed)
    head = voice.say(f"paging.nobody_{kind}.head", number=number, minutes=facts["minutes"])
    if brief.missing:
        some = {"units": voice.names(brief.missing), "minutes": facts["minutes"]}
        head = voice.say("paging.nobody_respond.head_missing", number=number, **some)
    text = lines(
        head,
        summary(brief, voice),
        told_line,
        voice.say("paging.nobody_respond.missed", names=voice.names(missed)) if missed else "",
        calling or voice.say("paging.nobody_respond.room"),
        voice.say("paging.nobody_respond.patience"),
    )
    take = Button(voice.plain("paging.take"), Answer(do="take", page=notice.page or 0))
    return Screen(text, [[take]])


def taken(outcome: Taken, voice: Voice) -> Screen:
    brief, page = outcome.brief, outcome.page
    number = brief.incident.id
    when = voice.time(outcome.at) if outcome.at else ""
    name = upper_first(outcome.by.name) if outcome.by else ""
    if not outcome.by:
        return _over(voice.say("paging.taken.closed", number=number))
    if not outcome.first:
        key = "already_mine" if outcome.mine else "already"
        told = outcome.by.name
        return _over(voice.say(f"paging.taken.{key}", number=number, name=told, time=when))
    toast = voice.say("paging.taken.toast", number=number)
    undo = voice.say("paging.taken.undo")
    back = Button(voice.plain("paging.return"), Answer(do="return", page=page.id))
    likely = scenarios.likely(outcome.likely, voice) or scenarios.line(brief, voice)
    choose = [] if brief.incident.is_secret else [[scenarios.choose(number, voice)]]
    own = brief.reporter.id == outcome.by.id or bool(brief.incident.source)
    if page.kind == "verify":
        do = Button(voice.plain("paging.verify.do"), Go(to="verify", number=number))
        text = lines(
            voice.say("paging.taken.verifying", number=number, name=name, time=when),
            _first(brief, "verify_first", voice, outcome),
            likely,
            undo,
        )
        return Screen(text, [[do], *choose, [back]], toast)
    reporter = upper_first(brief.reporter.name)
    text = lines(
        voice.say(
            f"paging.taken.mine{'_self' if own else ''}",
            number=number,
            name=name,
            time=when,
            reporter=reporter,
        ),
        _first(brief, "first", voice, outcome),
        voice.say("incidents.card.waiting", units=voice.names(brief.missing))
        if brief.missing
        else "",
        likely,
        undo,
    )
    return Screen(text, [*choose, [back]], toast)


def passed_on(outcome: PassedOn, voice: Voice) -> Screen:
    number = outcome.brief.incident.id
    back = "back_" if outcome.gave_back else ""
    if outcome.kept:
        kept = voice.names(person.name for person in outcome.kept)
        return _over(voice.say("paging.passed.kept", number=number, names=kept))
    if not outcome.to:
        return _over(voice.say(f"paging.passed.{back}loud", number=number))
    names = voice.names(person.name for person in outcome.to)
    return _over(voice.say(f"paging.passed.{back}to", number=number, names=names))


def _over(text: str) -> Screen:
    """In a group it is said over the card, which stays as it is."""
    return Screen(text, toast=plain(text))


def asked_back(outcome: AskedBack, voice: Voice) -> Screen:
    text = voice.say("paging.asked_back", number=outcome.brief.incident.id)
    return Screen(text, answers(outcome.page.id, voice))


def which(outcome: Which, voice: Voice) -> Screen:
    numbers = voice.plain("paging.which_or").join(map(str, outcome.numbers))
    return Screen(voice.say("paging.which", numbers=numbers))


def answers(page: int, voice: Voice) -> list[list[Button]]:
    return [
        [Button(voice.plain("paging.take"), Answer(do="take", page=page))],
        [Button(voice.plain("paging.pass"), Answer(do="pass", page=page))],
    ]


def _again(count: int, again: bool, voice: Voice) -> str:
    """The n-th time on purpose, or once more because nobody knows whether it arrived."""
    if count > 1:
        return voice.say("paging.again_nth", count=count)
    return Html(voice.plain("paging.again") if again else "")


def _next(facts: Mapping[str, object], brief: Brief, voice: Voice) -> Html:
    names = _list(facts.get("next", []))
    when, units = voice.time(moment(facts["next_at"])), voice.names(brief.missing)
    if units and not names:
        return voice.say("paging.respond.missing_loud", time=when, units=units)
    if units:
        also = voice.names(names)
        return voice.say("paging.respond.missing", time=when, units=units, names=also)
    if not names:
        return voice.say("paging.respond.next_loud", time=when)
    return voice.say("paging.respond.next", time=when, names=voice.names(names))


def _maybe_secret(brief: Brief) -> bool:
    """Asked whether a state secret may be exposed, the reporter was not sure."""
    return brief.incident.answers.get("c2") is Answers.UNKNOWN


def _undetermined(brief: Brief, voice: Voice) -> Html:
    if not brief.undetermined:
        return Html("")
    return voice.say("paging.respond.undetermined", names=voice.names(brief.undetermined))


def _reporter(brief: Brief, voice: Voice) -> Html:
    return voice.say("paging.respond.reporter", who=reporters.who(brief, voice))


def _until(outcome: Taken, voice: Voice) -> str:
    return voice.time(outcome.until) if outcome.until else ""


def _first(brief: Brief, key: str, voice: Voice, outcome: Taken) -> Html:
    if brief.incident.is_secret:
        return lines(voice.say("paging.taken.meet"), meet(brief, voice))
    before = _until(outcome, voice)
    name, phone = reporters.to_call(brief, outcome.by.id if outcome.by else 0, voice)
    if not name:
        return voice.say(f"paging.taken.{key}_there", unit=brief.unit, time=before)
    return voice.say(f"paging.taken.{key}", reporter=name, phone=phone, time=before)


def _list(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
