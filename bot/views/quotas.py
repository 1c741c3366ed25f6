"""What administrators are told of the monthly quota: what is used, what follows, what to do."""

from bot.domain.notice import Notice
from bot.services.people_outcomes import Left
from bot.views.channels import named
from bot.views.screen import Screen
from bot.views.voice import Html, Voice, lines

TOLD = ("quota.low",)
ALL = 100  # percent


def told(notice: Notice, voice: Voice) -> Screen:
    facts = notice.facts
    bot = named(str(facts["platform"]), str(facts["name"]), voice)
    key = "quotas.full" if facts["mark"] == ALL else "quotas.low"
    return Screen(voice.say(key, **{**facts, "bot": bot}))


def left(outcome: Left, voice: Voice) -> Html:
    """On an administrator's board: what is left of the month, and what waits for it."""
    said = [
        voice.say(
            "quotas.left",
            bot=named(quota.account.partition(":")[0], name, voice),
            sent=quota.sent,
            monthly=quota.limit.monthly,
        )
        for quota, name in outcome.of
    ]
    if outcome.held:
        said.append(voice.say("quotas.held", count=outcome.held))
    return lines(*said)
