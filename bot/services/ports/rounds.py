"""Rounds of test messages (tin thử), and the last signs that a person's ways work."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.reach import Proof
from bot.domain.test_round import Asked, Round


class Rounds(Protocol):
    def add(self, round_: Round) -> Round:
        """With its id, and those of its people."""

    def get(self, round_id: int) -> Round:
        """NotFound."""

    def open(self) -> Sequence[Round]: ...
    def due(self, now: datetime) -> Sequence[Round]: ...
    def newest(self) -> Round | None: ...
    def save(self, round_: Round) -> None:
        """Where it stands; not its people."""

    def asked(self, number: int) -> Asked:
        """NotFound."""

    def waiting(self, person_ids: Collection[int]) -> Sequence[Asked]:
        """Theirs in the rounds that are open, answered or not; the oldest first."""

    def late(self, person_ids: Collection[int]) -> Sequence[Asked]:
        """What the last round asked them, where that is over and they have not answered."""

    def answer(self, asked: Asked) -> None: ...
    def undelivered(self, round_: Round) -> Mapping[int, str]:
        """Why what it sent did not arrive, by person; once it is over also what has never left."""

    def proofs(self, person_ids: Collection[int]) -> Mapping[int, Proof]: ...
