"""A draft as the next question, and a typed answer as the move it stands for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.duty_forms import OTHER_PERIOD, PERIODS
from bot.domain.errors import (
    InvalidAnswer,
    NotUnderstood,
    TypeThePeriod,
    TypeTheTime,
    TypeTheTimeAhead,
)
from bot.domain.folding import normal
from bot.domain.form import CANCELLED, CHOOSE, REVIEW, Draft, Move, Step
from bot.domain.moment import Moment
from bot.domain.readiness_forms import COMING_TIME, REHEARSAL, TIMES_AHEAD
from bot.domain.step_forms import POWER_FORMS, STEP_FORMS
from bot.views import handovers, review, scenarios, supporting
from bot.views.callbacks import Choice, Go, Nav
from bot.views.hearing import answers, periods
from bot.views.hearing.coming import coming, offered_ahead
from bot.views.hearing.moments import offered, understand
from bot.views.options import in_list
from bot.views.screen import Button, Screen
from bot.views.voice import Voice, cut, lines
from bot.views.words import LANGUAGES

ANY_TIME = datetime.min.replace(tzinfo=UTC)  # labels say none
CLOCK = ("just_now", "said_now", "last_hour", "this_afternoon", "this_morning", "yesterday")
OF_STEPS = frozenset(form.id for form in (*STEP_FORMS, *POWER_FORMS))
NUMBERED = ("report", "on_behalf", "supplement", "verify")  # "Câu 4/10"
WIDE = 18  # a label longer than this has a row of its own
NARROW = 12  # three of at most this length stand in one row of a telephone


def question(draft: Draft, voice: Voice) -> Screen:
    """Where the draft stands, with what was just done echoed above."""
    if draft.elsewhere:
        return Screen("", toast=voice.say("tasks.aside"), aside=True)
    if draft.parked:
        return Screen(voice.say("report.echo.parked"), [[_go(voice, "resume")]])
    if draft.at == CANCELLED:
        return Screen(voice.say("report.echo.cancelled"), [[_nav(draft, voice, "restore")]])
    if draft.at == REVIEW:
        said = lines(_echo(draft, voice), review.text(draft, voice))
        return Screen(said, _review(draft, voice), numbers=Choice)
    if draft.step is None and draft.at != CHOOSE:  # an offer that was declined
        return Screen(voice.say("report.offer_no"), [[_go(voice, "report")]])
    asked = voice.say("report.report.choose") if draft.at == CHOOSE else _asked(draft, voice)
    return Screen(
        lines(_echo(draft, voice), asked),
        [*_options(draft, voice), *_navs(draft, voice)],
        numbers=Choice,
    )


def move_of(pressed: Choice | Nav, now: datetime) -> Move:
    """TypeTheTime: "Giờ khác" asks for words."""
    if isinstance(pressed, Nav):
        return Move(pressed.do)
    if pressed.value == "other_time":
        raise TypeTheTime("since")
    if pressed.value == COMING_TIME:
        raise TypeTheTimeAhead("when")
    if pressed.value in TIMES_AHEAD:
        return Move("answer", offered_ahead(pressed.value, now).stored())
    if pressed.value == OTHER_PERIOD:
        raise TypeThePeriod("when")
    if pressed.value in PERIODS:
        return Move("answer", periods.offered(pressed.value, now).stored())
    if pressed.value in CLOCK:
        return Move("answer", offered(pressed.value, now).stored())
    return Move("answer", pressed.value)


def hear(draft: Draft, typed: str, now: datetime) -> Move:
    """NotUnderstood, Unclear: asked again, nothing is guessed. Navigation is heard everywhere."""
    said = normal(typed)
    step = draft.step
    going = answers.navigation(said)
    if going == "restore" and draft.at != CANCELLED:
        going = None
    if going and (step is None or step.kind != "words" or going != "cancel" or _short(said)):
        return _going(draft, going, said)
    if draft.at == CHOOSE:
        return Move("edit", _picked(draft, said))
    if step is None:
        raise NotUnderstood(typed=said)
    if step.kind == "words":
        return Move("answer", _written(step, draft, said))
    if step.kind == "moment":
        return Move("answer", _moment(step, draft, said, now))
    if draft.has_more and answers.number(said) == len(draft.shown) + 1:
        return Move("more")
    return Move("answer", _picked(draft, said))


def labels(draft: Draft, voice: Voice) -> list[str]:
    """What stands on the options that are shown, in order."""
    return _named(draft, draft.shown, voice)


def _named(draft: Draft, values: Sequence[str], voice: Voice) -> list[str]:
    if draft.at == CHOOSE:
        return [voice.plain(f"report.label.{step}") for step in values]
    listed = draft.step.listed if draft.step else ""
    own = draft.context.get(voice.language, {})  # what is called otherwise in this language
    named = dict(own.get(listed) or draft.context.get(listed, ()))
    return [in_list(value, named.get(value, ""), voice) for value in values]


def _going(draft: Draft, going: str, said: str) -> Move:
    match going:
        case "edit":
            number = answers.edit_number(said)
            route = list(draft.route)
            if number is None:
                return Move("edit")
            if not 1 <= number <= len(route):
                raise InvalidAnswer(said)
            return Move("edit", route[number - 1])
        case "early" | "send":
            early = draft.at != REVIEW and draft.may_send_early
            return Move("early" if early else "send")
        case "back" | "later" | "cancel" | "more" | "restore":
            return Move(going)
    raise InvalidAnswer(said)


def _picked(draft: Draft, typed: str) -> str:
    """The option meant. Labels are heard in both languages, whatever the person reads."""
    if draft.options == ("yes", "no", "unknown"):
        three = answers.three_valued(typed)
        if three:
            return three
    chosen = _labelled(draft, typed)
    if chosen is not None:
        return chosen
    if draft.step and draft.step.free:
        return typed
    for shown in _every_label(draft):
        near = answers.near(typed, shown)
        if near is not None:
            raise NotUnderstood(typed=typed, near=shown[near], number=near + 1)
    raise NotUnderstood(typed=typed)


def _written(step: Step, draft: Draft, typed: str) -> str:
    """Somebody's own words, or the option that says there are none: "không rõ"."""
    if not step.options:
        return typed
    nothing = step.options[0] if answers.nothing(typed) else None
    return _labelled(draft, typed) or nothing or typed


def _labelled(draft: Draft, typed: str) -> str | None:
    for shown in _every_label(draft):
        index = answers.choice(typed, shown)
        if index is not None:
            return draft.shown[index]
    return _behind_more(draft, typed)


def _behind_more(draft: Draft, typed: str) -> str | None:
    """By its words an option is understood before "Xem thêm" has shown it; by a number never."""
    if not draft.has_more or answers.number(typed) is not None:
        return None
    for language in LANGUAGES:
        every = _named(draft, draft.options, Voice(language, ANY_TIME))
        index = answers.choice(typed, every)
        if index is not None:
            return draft.options[index]
    return None


def _every_label(draft: Draft) -> list[list[str]]:
    return [labels(draft, Voice(language, ANY_TIME)) for language in LANGUAGES]


def _moment(step: Step, draft: Draft, typed: str, now: datetime) -> str:
    """A button's number or label, or a time in words."""
    if step.period:
        return _period(step, draft, typed, now)
    to_come = draft.form == REHEARSAL
    found: Moment | None = coming(typed, now) if to_come else understand(typed, now)
    if found is not None:
        return found.stored()
    chosen = _labelled(draft, typed)
    if chosen is None:
        raise NotUnderstood(step.id, typed=typed, time="ahead" if to_come else "past")
    return move_of(Choice(draft=0, version=0, value=chosen), now).value


def _period(step: Step, draft: Draft, typed: str, now: datetime) -> str:
    """From when to when: a button's, or in words."""
    found = periods.understand(typed, now)
    if found is not None:
        return found.stored()
    chosen = _labelled(draft, typed)
    if chosen is None:
        raise NotUnderstood(step.id, typed=typed, time="period")
    return move_of(Choice(draft=0, version=0, value=chosen), now).value


def _asked(draft: Draft, voice: Voice) -> str:
    form, step = draft.form.id, draft.at
    if form in OF_STEPS:
        return _asked_of_a_step(draft, voice)
    area = form if voice.knows(f"report.{form}.{step}") else "report"  # a question of the report
    facts = {name: value for name, value in draft.context.items() if isinstance(value, str | int)}
    facts["told"] = cut(str(draft.context.get("told", "")), 160)
    if form.startswith("task_") and not draft.context["step"]:  # no step of the plan
        facts["step"] = voice.say(f"tasks.{draft.context['kind']}", name=draft.context["callee"])
    if form == "advance":
        return _exit_check(draft, facts, voice)
    if step == "summary":
        facts["state"] = handovers.state(draft.context["state"], voice)
    key = f"report.{area}.{step}" if form != "offer" else "report.offer"
    asked = voice.say(key, **facts)
    if form == "support":
        asked = lines(asked, supporting.beside(draft, voice))
    if form == "scenario" and step == "likely":
        asked = lines(asked, scenarios.reasons(draft, voice))
    if form in NUMBERED:
        route = list(draft.route)
        number, total = route.index(step) + 1, len(route)
        asked = lines(
            _opening(draft, voice), voice.say("report.count", number=number, total=total) + asked
        )
        asked = lines(asked, scenarios.suggestion(draft, voice))
        if draft.may_send_early and "told_to" in draft.context and step == "since":
            told = review.told_to(draft, voice)
            asked = lines(asked, voice.say("report.report.early", told=told))
    return asked


def _asked_of_a_step(draft: Draft, voice: Voice) -> str:
    """What the plan's step asks; a question that several of them ask has words of its own."""
    own = f"steps.{draft.form.id}.{draft.at}"
    facts = {name: value for name, value in draft.context.items() if isinstance(value, str | int)}
    facts["recipients"] = facts.get("recipients") or voice.plain("steps.no_recipients")
    facts["lead"] = facts.get("lead") or voice.plain("steps.nobody_leads")
    return voice.say(own if voice.knows(own) else f"steps.ask.{draft.at}", **facts)


def _exit_check(draft: Draft, facts: dict[str, str | int], voice: Voice) -> str:
    """The plan's question at the end of a phase; what still runs is named."""
    if draft.at == "lacking":
        return voice.say("report.advance.lacking", **facts)
    left = draft.context["left"]
    following = "next" if facts["next"] else "last"
    return lines(
        voice.say("report.advance.check", **facts),
        voice.say("report.advance.left", tasks=voice.names(left)) if left else "",
        voice.say(f"report.advance.{following}", **facts),
    )


def _opening(draft: Draft, voice: Voice) -> str:
    """Said once, before the first question is answered."""
    if draft.version > 0:
        return ""
    if draft.form.id == "verify":
        return voice.say("report.verify.head", number=draft.context.get("number", "")) + "\n"
    if draft.form.id == "on_behalf" and draft.at == "source":
        return voice.say("report.on_behalf.opening") + "\n"
    if draft.form.id != "report" or draft.at != "system":
        return ""
    kept = draft.answers.get("told", "")
    return lines(
        voice.say("report.echo.kept", told=kept) if kept else "",
        voice.say("report.opening", phone=draft.context.get("phone", "")) + "\n",
    )


def _echo(draft: Draft, voice: Voice) -> str:
    """What was just understood, with a blank line below it."""
    said = _understood(draft, voice)
    return f"{said}\n" if said else ""


def _understood(draft: Draft, voice: Voice) -> str:
    said = draft.said
    if said is None or said.do != "answer":
        return ""
    if said.value == "secret":
        return lines(voice.say("report.secret.stopped"), review.meet(draft, voice))
    answer = draft.answers.get(said.value, "")
    if said.value == "c2" and answer == "yes":
        return lines(voice.say("report.secret.chosen"), review.meet(draft, voice))
    if said.value == "since" and answer:
        return voice.say("report.echo.time", time=voice.moment(Moment.read(answer)))
    step = next(s for s in draft.form.steps if s.id == said.value)
    if step.kind == "words" or not answer:
        return ""
    return voice.say("report.echo.choice", answer=review.label(draft, step, answer, voice))


def _options(draft: Draft, voice: Voice) -> list[list[Button]]:
    here = {"draft": draft.id, "version": draft.version}
    buttons = [
        Button(label, Choice(value=value, **here))
        for label, value in zip(labels(draft, voice), draft.shown, strict=True)
    ]
    if draft.has_more:
        buttons.append(_nav(draft, voice, "more"))
    if len(buttons) == 3 and all(len(button.label) <= NARROW for button in buttons):
        return [buttons]
    return _in_rows(buttons)


def _in_rows(buttons: list[Button]) -> list[list[Button]]:
    rows: list[list[Button]] = []
    for button in buttons:
        fits = rows and len(rows[-1]) == 1 and len(rows[-1][0].label) <= WIDE
        if fits and len(button.label) <= WIDE:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _navs(draft: Draft, voice: Voice) -> list[list[Button]]:
    first = draft.at == next(iter(draft.route), "")
    rows: list[list[Button]] = []
    if draft.may_send_early:
        rows.append([_nav(draft, voice, "early")])
    to_review = draft.editing and not draft.unanswered
    last = [] if first and not to_review else [_nav(draft, voice, "back")]
    if draft.form.id not in ("offer", "join", "bind"):
        last.append(_nav(draft, voice, "later"))
        if first:
            last.append(_nav(draft, voice, "cancel"))
    return [*rows, last]


def _review(draft: Draft, voice: Voice) -> list[list[Button]]:
    edit = _nav(draft, voice, "edit")
    if draft.form.id not in NUMBERED:
        edit = replace(edit, typed=voice.plain("typed.nav.change"))
    first = [_nav(draft, voice, "send"), edit]
    return [first, [_nav(draft, voice, "later"), _nav(draft, voice, "cancel")]]


def _nav(draft: Draft, voice: Voice, do: str) -> Button:
    data = Nav(do=do, draft=draft.id, version=draft.version)
    return Button(voice.plain(f"report.nav.{do}"), data)


def _go(voice: Voice, to: str) -> Button:
    return Button(voice.plain(f"people.command.{to}"), Go(to=to))


def _short(typed: str) -> bool:
    return len(typed.split()) <= 2
