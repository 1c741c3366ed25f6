"""What figures are counted from: the moments of every incident, and the rounds of test messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.domain.figures import Course


class Rounds(NamedTuple):
    """Test messages (tin thử): rounds, people asked, and of those who answered."""

    rounds: int
    asked: int
    answered: int


class Figures(Protocol):
    def courses(self, begins: datetime, ends: datetime) -> Sequence[Course]:
        """Of every incident that was reported in this time, drills too."""

    def rounds(self, begins: datetime, ends: datetime) -> Rounds: ...
