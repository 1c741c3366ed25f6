"""The last screen of a form before it is sent: what was answered, and who will be told."""

from bot.domain.form import Draft, Step
from bot.domain.forms import CRITERIA
from bot.domain.moment import Moment
from bot.views.options import in_list
from bot.views.voice import Html, Voice, cut, lines, lower_first, upper_first


def text(draft: Draft, voice: Voice) -> Html:
    if draft.form.id in ("report", "on_behalf", "supplement"):
        return _report(draft, voice)
    number = draft.context.get("number", "")
    head = voice.say(f"report.{draft.form.id}.review", number=number)
    answered = [
        voice.say("incidents.verdict.is", word=voice.plain(f"report.label.{step.id}"), answer=said)
        for step in draft.route.values()
        if (said := label(draft, step, draft.answers.get(step.id, ""), voice))
    ]
    return lines(head, *answered)


def label(draft: Draft, step: Step, answer: str, voice: Voice) -> str:
    """An answer as people read it: the option's label, a time, or their own words."""
    if not answer:
        return ""
    if step.kind == "moment":
        return voice.moment(Moment.read(answer))
    named = dict(draft.context.get(step.listed, ()))
    if answer in step.options or answer in named:
        return in_list(answer, str(named.get(answer, "")), voice)
    return cut(answer, 200)


def told_to(draft: Draft, voice: Voice) -> str:
    """Who would be told if it were sent now, as `reports.preview` found it."""
    told = draft.context.get("told_to", {})
    duty = voice.plain("report.told.duty")
    parts = []
    if told.get("duty"):
        parts.append(voice.say("report.told.named_duty", names=voice.names(told["duty"])))
    if told.get("needs") == "unverified":
        parts = [voice.say("report.told.verify", duty=parts[0] if parts else Html(duty))]
    for name, position in (*told.get("called", ()), *told.get("officers", ())):
        parts.append(voice.say("report.told.officer", name=name, position=position))
    if told.get("copies"):
        parts.append(voice.say("report.told.copies", names=voice.names(told["copies"])))
    if told.get("asked"):
        parts.append(voice.say("report.told.asked", names=voice.names(told["asked"])))
    if told.get("informed"):
        parts.append(voice.say("report.told.informed", names=voice.names(told["informed"])))
    return voice.several(parts) or voice.plain("report.told.nobody")


def meet(draft: Draft, voice: Voice) -> Html:
    """Whom to see in person about a secret, and where."""
    person, place = draft.context.get("meet", ("", ""))
    if person:
        return voice.say("report.secret.meet", person=person, place=place)
    return voice.say("report.secret.meet_duty", phone=draft.context.get("phone", ""))


def _report(draft: Draft, voice: Voice) -> Html:
    answers, route = draft.answers, draft.route
    system = label(draft, route["system"], answers.get("system", ""), voice)
    unit = draft.context.get("unit_name", "")
    told = answers.get("told", "")
    when = label(draft, route["since"], answers.get("since", ""), voice)
    state = label(draft, route["state"], answers.get("state", ""), voice)
    written = [
        voice.say("report.review.told", told=cut(told, 160)) if told else "",
        voice.say("report.review.secret") if draft.secret else "",
        voice.say("report.review.since", since=when) if when else "",
    ]
    return lines(
        voice.say("report.review.head", unit=unit, system=system),
        _source(draft, voice),
        Html(" ".join(part for part in written if part)),
        _criteria(draft, voice),
        voice.say("report.review.state", state=lower_first(state)) if state else "",
        voice.say("report.review.told_to", told=told_to(draft, voice))
        if "told_to" in draft.context
        else "",
    )


def _source(draft: Draft, voice: Voice) -> Html:
    """Báo hộ: how it came, and from whom."""
    route = draft.route
    if "source" not in draft.answers:
        return Html("")
    asked = [route[step] for step in ("source", "caller", "caller_phone") if step in route]
    said = [_in_sentence(draft, step, voice) for step in asked]
    return voice.say("report.review.source", told=voice.names(part for part in said if part))


def _in_sentence(draft: Draft, step: Step, voice: Voice) -> str:
    """A label begins small inside a sentence; somebody's own words stay as they are."""
    answer = draft.answers.get(step.id, "")
    said = label(draft, step, answer, voice)
    return lower_first(said) if answer in step.options else said


def _criteria(draft: Draft, voice: Voice) -> Html:
    """Có: gián đoạn; vượt khả năng. Chưa rõ: mất dữ liệu. Không: các mục còn lại."""
    groups: dict[str, list[str]] = {"yes": [], "unknown": [], "no": []}
    for criterion in CRITERIA:
        groups[draft.answers.get(criterion, "unknown")].append(criterion)
    said = []
    for answer, which in groups.items():
        if not which:
            continue
        rest = answer == "no" and len(which) > 3
        each = voice.several(voice.plain(f"report.label.{c}").lower() for c in which)
        names = voice.plain("report.review.rest") if rest else each
        word = voice.plain(f"report.option.{answer}")
        said.append(voice.say("report.review.group", answer=word, which=names))
    return Html(upper_first(" ".join(said)))
