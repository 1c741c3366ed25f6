"""What administrators are told when nothing comes in by one of the bots, and when it does again."""

from bot.domain.notice import Notice
from bot.views.screen import Screen
from bot.views.voice import Voice, cut, moment

LONGEST = 120  # characters of the platform's own words
TOLD = ("webhook.dark", "webhook.well")
DARK = {
    "refused": "accounts.dark.refused",
    "moved": "accounts.dark.moved",
    "unasked": "accounts.dark.unasked",
}


def told(notice: Notice, voice: Voice) -> Screen:
    facts = notice.facts
    time = voice.time(moment(facts["at"]))
    if notice.kind == "webhook.well":
        return Screen(voice.say("accounts.well", name=facts["name"], time=time))
    error = cut(str(facts["error"]), LONGEST)
    return Screen(voice.say(DARK[str(facts["why"])], **{**facts, "time": time, "error": error}))
