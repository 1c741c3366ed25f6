"""What is about to be said, read fresh: each incident once for all that is claimed together.

What cannot be read is None or missing: one bad row must not silence the others.
"""

from collections.abc import Iterable, Sequence

from bot.domain.errors import Refusal
from bot.domain.form import Draft
from bot.services.briefing import brief
from bot.services.ports.incidents import Brief
from bot.services.ports.store import Transaction
from bot.services.ports.tasks import Sheet
from bot.services.sheets import sheet


class Reader:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._briefs: dict[int, Brief | None] = {}

    def incident(self, number: int | None) -> Brief | None:
        if number is None:
            return None
        if number not in self._briefs:
            try:
                self._briefs[number] = brief(self._tx, self._tx.incidents.get(number))
            except (Refusal, LookupError):
                self._briefs[number] = None
        return self._briefs[number]

    def tasks(self, ids: Iterable[int]) -> Sequence[Sheet]:
        found = (self._task(number) for number in ids)
        return [one for one in found if one is not None]

    def draft(self, number: int) -> Draft | None:
        try:
            return self._tx.drafts.get(number)
        except Refusal:
            return None

    def _task(self, number: int) -> Sheet | None:
        try:
            task = self._tx.tasks.get(number)
            about = self.incident(task.incident_id)
            return sheet(self._tx, task, about) if about is not None else None
        except (Refusal, LookupError):
            return None
