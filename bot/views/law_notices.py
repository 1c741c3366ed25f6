"""What is told of legal clocks: a report falls due, or is overdue."""

from bot.domain.notice import Notice
from bot.services.ports.incidents import Brief
from bot.views.clocks import called, go, is_late, to, when
from bot.views.incidents import summary
from bot.views.screen import Screen
from bot.views.voice import Voice, lines


def due(notice: Notice, brief: Brief, voice: Voice) -> Screen:
    """A report falls due or is overdue; sent meanwhile, or not asked for any more, it says so."""
    key = (notice.facts["regime"], notice.facts["report"])
    one = next((o for o in brief.clocks if (o.clock.regime, o.clock.report) == key), None)
    if one is None:
        return Screen(voice.say("law.due.dropped", number=brief.incident.id))
    if not one.clock.runs:
        return Screen(
            voice.say("law.due.settled", number=brief.incident.id, name=called(one.deadline, voice))
        )
    late = is_late(one.clock, voice)
    text = lines(
        voice.say(
            "law.due.late" if late else "law.due.soon",
            number=brief.incident.id,
            name=called(one.deadline, voice),
            when=when(one.clock, voice),
        ),
        summary(brief, voice, 60),
        voice.say("law.due.to", to=to(one, voice)),
        voice.say("law.due.foot", number=brief.incident.id),
    )
    return Screen(text, [[go("sent_report", brief, voice), go("deadlines", brief, voice)]])
