"""What the duty officer and the administrator are told of a group that cannot be written to."""

from bot.domain.notice import Notice
from bot.views.screen import Screen
from bot.views.voice import Voice

TOLD = {
    "room.lost": "rooms.lost",
    "room.muted": "rooms.muted",
    "room.astray": "rooms.astray",
    "room.topic_closed": "rooms.topic_closed",
}


def told(notice: Notice, voice: Voice) -> Screen:
    return Screen(voice.say(TOLD[notice.kind], **notice.facts))
