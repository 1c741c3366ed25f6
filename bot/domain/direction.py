"""A direction (ý kiến chỉ đạo) given by word of mouth and written down in the leader's stead.

It takes effect at once and waits for the leader's own tap. "Đồng ý" is a direction with a name
and an hour; it does not stand for a signed document.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from bot.domain.consultation import Consultation, Kind
from bot.domain.errors import Outdated
from bot.domain.moment import Moment

State = Literal["waiting", "confirmed", "denied"]
CHANNELS = ("by_phone", "face_to_face", "in_meeting")
SAID = "said"  # nothing had been asked: the leader spoke first
UNWRITTEN = "unwritten"  # of a secret: that there is a direction, and no word of it
PATIENCE = timedelta(hours=8)  # a leader who spoke at night is not hurried before the morning

ANSWERED: dict[Kind, tuple[str, ...]] = {"direct": ("agree",), "decide": ("serious", "not_serious")}


@dataclass(frozen=True, slots=True)
class Direction:
    id: int
    incident_id: int
    leader_id: int
    recorder_id: int  # the duty officer, or whoever has the incident
    channel: str  # of CHANNELS
    said: Moment
    answer: str  # of a Consultation, or SAID
    words: str
    recorded_at: datetime
    question_id: int = 0  # the consultation that it answers; 0: none
    state: State = "waiting"
    settled_at: datetime | None = None  # when the leader tapped
    reminded_at: datetime | None = None  # the duty officer was told that it still waits

    @property
    def waits(self) -> bool:
        return self.state == "waiting"

    def settled(self, by_tap: State, now: datetime) -> "Direction":
        """Outdated: the leader has tapped already."""
        if not self.waits:
            raise Outdated(self.id)
        return replace(self, state=by_tap, settled_at=now)


class Reading(NamedTuple):
    """What was chosen or written in the form: `question` is the one that it answers."""

    answer: str
    words: str
    question: Consultation | None


def offered(questions: Sequence[Consultation], secret: bool) -> tuple[str, ...]:
    """What can be chosen: the answers of what this leader was asked; other words are written."""
    asked = {question.kind for question in questions}
    given = [answer for kind in ANSWERED if kind in asked for answer in ANSWERED[kind]]
    return (*given, *((UNWRITTEN,) if secret else ()))


def read(value: str, questions: Sequence[Consultation], options: Sequence[str]) -> Reading | None:
    """`options`: those on the screen. None: what was chosen is no longer asked of the leader.

    Words answer the newest question for a direction; what is to be decided needs its own answer.
    """
    chosen = value in options
    if chosen and value != UNWRITTEN:
        asked = [one for one in questions if value in ANSWERED[one.kind]]
        return Reading(value, "", asked[-1]) if asked else None
    words = "" if chosen else value
    asked = [one for one in questions if one.kind == "direct"]
    return Reading("opinion", words, asked[-1]) if asked else Reading(SAID, words, None)
