"""What has still to be said: notices (a kind and its facts) and cards (a desired state).

The words come when it is sent, in the language that the recipient reads then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Urgency = Literal["page", "notice", "quiet"]  # quiet: without a sound


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
    kind: Literal["incident", "menu"]
    subject: int
