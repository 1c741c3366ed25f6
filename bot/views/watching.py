"""What the auditor could not cure, told to whoever can act; and the watchdog's test page."""

from bot.domain.notice import Notice
from bot.views.screen import Screen
from bot.views.voice import Voice

TOLD = ("audit.stuck", "watch.test")


def told(notice: Notice, voice: Voice) -> Screen:
    facts = notice.facts
    if notice.kind == "watch.test":
        return Screen(voice.say("audit.test", nonce=facts["nonce"], asker=facts["asker"]))
    why = voice.plain(f"audit.why.{facts['why']}")
    if not facts["number"]:
        return Screen(voice.say("audit.stuck_of_none", why=why))
    return Screen(voice.say("audit.stuck", number=facts["number"], why=why))
