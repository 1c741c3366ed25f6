"""What has still to be said: notices (a kind and its facts) and cards (a desired state).

The words come when it is sent, in the language that the recipient reads then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Urgency = Literal["page", "notice", "quiet"]  # quiet: without a sound

# Why something said did not arrive. LOST: nothing gets there until somebody writes from it;
# TROUBLES: the chat is there, and what is tried later may get through.
LOST = ("blocked", "kicked", "deactivated", "not_found")
TROUBLES = ("muted", "topic_closed")
Why = Literal[
    "blocked",  # the person blocked the bot
    "kicked",  # the bot is not in the group any more
    "deactivated",  # the person's account is gone
    "not_found",  # no such chat
    "not_connected",  # the person never wrote to the bot
    "muted",  # the bot may not write in the group
    "topic_closed",  # the topic of the group, and its general one, are closed or gone
    "migrated",  # the group has another id
    "refused_text",  # unparsable, empty, too long
    "message_gone",  # the message to edit is not there: a new one is to be sent
    "too_old",  # the press was not answered in time
    "unreachable",  # network, server, token
    "limited",  # 429 to the end
    "quota",  # the account has sent all that it may send this month
    "unreadable",  # what is to be shown cannot be read
]


# Each says all that the one before it has said: of several that wait only the newest is said.
STATES = (
    "page.respond",
    "page.verify",
    "page.nobody_respond",
    "page.nobody_verify",
    "page.taken",
    "page.taken_reporter",
    "page.returned",
    "incident.closed",
    "incident.reopened",
    "leader_silent",
    "scenario.first",
)
CALLS = ("page.respond", "page.verify")  # what asks somebody to take it
WHILE_WAITING = STATES[:4]  # not said any more once somebody has it


@dataclass(frozen=True, slots=True)
class Notice:
    """To a person, or to a chat (a group). `incident` is read fresh when it is sent."""

    kind: str
    to: int | None = None
    chat: str | None = None
    incident: int | None = None
    page: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    urgency: Urgency = "notice"


@dataclass(frozen=True, slots=True)
class Card:
    """One message per chat and subject that always shows the newest state, edited in place."""

    chat: str
    kind: Literal["incident", "menu", "task"]
    subject: int
