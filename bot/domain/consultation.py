"""A leader is asked (xin ý kiến chỉ đạo): whether it is serious by the plan, or for a direction.

"Đồng ý" is a direction with a name and an hour; it does not stand for a signed document.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.domain.errors import Outdated

Kind = Literal["decide", "direct"]
# decide: serious | not_serious | call; direct: agree | opinion | call (đề nghị gọi cho tôi)
ANSWERS: dict[Kind, tuple[str, ...]] = {
    "decide": ("serious", "not_serious", "call"),
    "direct": ("agree", "opinion", "call"),
}


@dataclass(frozen=True, slots=True)
class Consultation:
    id: int
    incident_id: int
    kind: Kind
    asked_id: int  # the leader
    by_id: int  # who asks; the clockwork where the bot proposes
    why: str  # an option of the escalation form, or "rule"
    ask: str  # an option, or the asker's own words
    asked_at: datetime
    answer: str = ""
    words: str = ""  # of another opinion
    answered_at: datetime | None = None
    reminded_at: datetime | None = None  # the duty officer was told to telephone
    minutes: int | None = None  # for which an answer is waited for; None: as the plan says

    @property
    def asker_id(self) -> int:
        """Who waits for the answer; the rule asks in a step of the reporter's, who does not: 0."""
        return self.by_id if self.kind == "direct" else 0

    @property
    def settled(self) -> bool:
        """ "Đề nghị gọi cho tôi" is no answer yet: the leader may still give one."""
        return self.answer not in ("", "call")

    def answered(self, answer: str, words: str, now: datetime) -> "Consultation":
        """Outdated: it has an answer already, or this is none for what was asked."""
        if self.settled or answer not in ANSWERS[self.kind] or answer == self.answer:
            raise Outdated(self.id)
        return replace(self, answer=answer, words=words, answered_at=now)

    def reopened(self, now: datetime) -> "Consultation":
        """The leader denies the answer: it waits again, and nobody is reminded of it twice."""
        return replace(self, answer="", words="", answered_at=None, reminded_at=now)
