"""Who holds a shared telephone (máy trực dùng chung): said by name, asked again after a shift."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.errors import Outdated
from bot.domain.secrecy import marked

SHIFT = timedelta(hours=8)  # a working day: whoever comes after it says so anew
# Characters of typed words that wait until the name is said: a command, a code, "nhận 12.3".
# A sentence is typed again instead, so that nothing of an incident is kept outside its form.
KEPT = 24


@dataclass(frozen=True, slots=True)
class Holding:
    """The telephone's one row: who has it in hand, and the question that asks it."""

    device_id: int
    holder_id: int = 0  # 0: nobody has said so
    since: datetime | None = None
    question: int = 0  # how often it was asked; every button carries it
    waiting: str = ""  # what was pressed or typed, and is done once the name is said
    is_press: bool = False
    answered: str = ""  # by which update; "" while it is asked

    @property
    def is_asked(self) -> bool:
        return self.question > 0 and not self.answered

    def holder_at(self, now: datetime) -> int:
        """0: nobody, or it was said too long ago."""
        return self.holder_id if self.since is not None and now < self.since + SHIFT else 0

    def asked(self, said: str, is_press: bool) -> "Holding":
        """The same thing pressed or typed twice is the same question."""
        kept = is_press or (len(said) <= KEPT and not marked(said))
        waiting = said if kept else ""
        if self.is_asked and (waiting, is_press) == (self.waiting, self.is_press):
            return self
        return Holding(
            self.device_id, question=self.question + 1, waiting=waiting, is_press=is_press
        )

    def named(self, holder_id: int, question: int, by: str, now: datetime) -> "Holding":
        """`by`: the update, which may come twice. Outdated: answered already, or asked anew."""
        if question != self.question or self.answered not in ("", by):
            raise Outdated(question)
        if self.answered:
            return self
        return replace(self, holder_id=holder_id, since=now, answered=by)
