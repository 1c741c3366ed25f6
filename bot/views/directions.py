"""A direction given by word of mouth, in one line: whose, what, how, and where it stands."""

from collections.abc import Mapping

from bot.domain.direction import SAID, UNWRITTEN
from bot.domain.moment import Moment
from bot.services.outcomes import Said
from bot.views.voice import Html, Voice, cut, lower_first

LENGTH = 200  # characters of a leader's words


def answer(facts: Mapping[str, object], voice: Voice) -> str:
    """What was answered; where nothing had been asked, the words themselves."""
    given, said = str(facts["answer"]), words(facts, voice)
    if given != SAID:
        return voice.plain(f"paging.leader.{given}")
    return said or voice.plain(f"report.option.{UNWRITTEN}")


def words(facts: Mapping[str, object], voice: Voice) -> str:
    said = facts.get("words")
    return voice.say("directions.quoted", words=cut(str(said), LENGTH)) if said else ""


def beside(facts: Mapping[str, object], voice: Voice) -> str:
    """The words of an answer; those that are the answer have been said."""
    return "" if facts["answer"] == SAID else words(facts, voice)


def how(facts: Mapping[str, object], voice: Voice, waiting: bool = False) -> Html:
    """Qua điện thoại, 23:14; anh Bình ghi thay."""
    return voice.say(
        f"directions.how{'_waiting' if waiting else ''}",
        channel=channel(facts, voice),
        time=said_at(facts, voice),
        recorder=facts["recorder"],
    )


def channel(facts: Mapping[str, object], voice: Voice) -> str:
    return voice.plain(f"report.option.{facts['channel']}")


def said_at(facts: Mapping[str, object], voice: Voice) -> str:
    return voice.moment(Moment.read(str(facts["said"])))


def line(said: Said, voice: Voice) -> Html:
    """On the incident's own screen."""
    facts, one = facts_of(said), said.direction
    when = voice.time(one.settled_at) if one.settled_at else ""
    more = beside(facts, voice)
    return voice.say(
        "directions.line",
        leader=said.leader.name,
        answer=answer(facts, voice),
        words=Html(f": {more}") if more else "",
        channel=lower_first(channel(facts, voice)),
        time=said_at(facts, voice),
        recorder=said.recorder.name,
        state=voice.say(f"directions.state.{one.state}", time=when),
    )


def waiting(said: Said, voice: Voice) -> Html:
    """On the board."""
    return voice.say(
        "directions.waiting",
        number=said.direction.incident_id,
        leader=said.leader.name,
        time=said_at(facts_of(said), voice),
    )


def facts_of(said: Said) -> dict[str, object]:
    """As the facts of its notices."""
    one = said.direction
    return {
        "answer": one.answer,
        "words": one.words,
        "channel": one.channel,
        "said": one.said.stored(),
        "recorder": said.recorder.name,
    }
