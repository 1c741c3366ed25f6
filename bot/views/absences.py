"""Vắng mặt as people see it: from when to when, who acts, and on what paper."""

from bot.domain.notice import Notice
from bot.services.duty_outcomes import AbsenceShown
from bot.views.callbacks import Go
from bot.views.screen import Button, Screen
from bot.views.spans import between
from bot.views.voice import Html, Voice, lines, lower_first, moment, sentences

TOLD = ("absence.begun", "absence.ended")
SHOWN = 3  # incidents with a button of their own


def shown(outcome: AbsenceShown, voice: Voice) -> Screen:
    one = outcome.absence
    name = outcome.person.name
    acting = outcome.acting.name if outcome.acting else ""
    if outcome.did == "over":
        return Screen(sentences(voice.say("absences.over", name=name)))
    if outcome.did == "ended":
        told = voice.say("absences.ended_acting", name=acting) if acting else ""
        said = lines(voice.say("absences.ended", name=name), told, voice.say("absences.rest"))
        return Screen(said)
    text = lines(
        voice.say(
            "absences.begun",
            name=name,
            span=between(one.begins, one.ends, voice),
            why=_why(one.why, voice),
        ),
        _acting(acting, one.paper, voice),
        voice.say("absences.leads", numbers=voice.names(map(str, outcome.leads)))
        if outcome.leads
        else "",
        voice.say("absences.foot_own" if outcome.own else "absences.foot"),
    )
    rows = [
        [Button(voice.say("absences.hand_over", number=number), Go(to="handover", number=number))]
        for number in outcome.leads[:SHOWN]
    ]
    return Screen(text, [*rows, [_back(one.id, voice)]])


def told(notice: Notice, voice: Voice) -> Screen:
    """For the stand-in, for whoever is away by another's word, for whoever keeps the roster."""
    facts = notice.facts
    name, by = str(facts["person"]), str(facts["by"])
    reader = facts.get("to")
    if notice.kind == "absence.ended":
        key = "told_ended_acting" if reader == facts["acting_id"] else "told_ended"
        return Screen(sentences(voice.say(f"absences.{key}", name=name, by=by)))
    span = between(moment(facts["begins"]), moment(facts["ends"]), voice)
    why = _why(str(facts["why"]), voice)
    paper = str(facts["paper"])
    if reader == facts["acting_id"]:
        return Screen(
            lines(
                voice.say("absences.told_acting", name=name),
                sentences(voice.say("absences.told_span", name=name, span=span, why=why)),
                _paper(paper, voice),
                voice.say("absences.foot_acting"),
            )
        )
    key, foot = ("told_own", "foot_other") if reader == facts["person_id"] else ("told", "rest")
    text = lines(
        sentences(voice.say(f"absences.{key}", name=name, by=by)),
        sentences(voice.say("absences.told_span", name=name, span=span, why=why)),
        _acting(str(facts["acting"]), paper, voice),
        voice.say(f"absences.{foot}"),
    )
    rows = [[_back(int(str(facts["absence"])), voice)]] if reader == facts["person_id"] else []
    return Screen(text, rows)


def _acting(acting: str, paper: str, voice: Voice) -> Html:
    if not acting:
        return voice.say("absences.nobody")
    return lines(voice.say("absences.acting", name=acting), _paper(paper, voice))


def _paper(paper: str, voice: Voice) -> Html:
    return voice.say("absences.paper", paper=paper) if paper else voice.say("absences.no_paper")


def _why(why: str, voice: Voice) -> str:
    return lower_first(voice.plain(f"report.option.{why}"))


def _back(number: int, voice: Voice) -> Button:
    return Button(voice.plain("absences.back"), Go(to="back", number=number))
