"""The auditor (tự kiểm tra) and the sweep of pages: each page in a step of its own.

Those that wait climb; of those that were taken the holder is asked "vẫn đang xử lý?".

One page or one incident that cannot be worked upon is logged, told and gone round; it stops no
other. While anything is left uncured, or the auditor itself does not come to its end, `is_well` is
False: the heartbeat is withheld, and whoever watches from outside calls.
"""

import asyncio
import math
from collections.abc import Awaitable, Collection
from typing import TypeVar

import structlog

from bot.domain.audit import Found
from bot.domain.people import CLOCKWORK_IDENTITY, Act
from bot.services import auditing, holding_on
from bot.services.desk import Desk
from bot.services.ports.clock import Clock
from bot.services.ports.store import StoreDown

EACH = 60.0  # seconds between two rounds
LATE = 5 * 60.0  # seconds since its last round, or since pages were last climbed: it has stopped
REST = 60.0  # seconds that a page is left to the auditor after its step has failed
MOVES = ((auditing.due, auditing.climb), (holding_on.due, holding_on.look_at))
T = TypeVar("T")


class Auditor:
    """`climb` with each sweep, `look` each minute."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk, self._clock = desk, clock
        self._resting: dict[int, float] = {}  # pages whose climb has failed, until when
        self._missed: frozenset[int] = frozenset()  # incidents for which the store was not there
        self._climbed = self._audited = math.inf  # in the loop's time; inf: not begun
        self.left: tuple[Found, ...] = ()  # what the last round has found and could not cure
        self._log = structlog.get_logger("audit")

    def is_well(self) -> bool:
        """Both run, and nothing is left uncured."""
        now = asyncio.get_running_loop().time()
        if self._audited == math.inf:
            self._audited = self._climbed = now  # asked before the first round
        return not self.left and now - min(self._audited, self._climbed) < LATE

    async def climb(self) -> None:
        now = asyncio.get_running_loop().time()
        self._resting = {page: end for page, end in self._resting.items() if end > now}
        await self._move_all(but=self._resting)
        self._climbed = asyncio.get_running_loop().time()

    async def look(self) -> None:
        """A whole round. What cannot be read at all is a fault of the round: it has not run.

        An incident for which the store was not there (locked, full) is tried again in the next
        round, before anybody is told of it.
        """
        await self._move_all()
        numbers = (await self._desk.look(auditing.open_ones, self._act())).value
        before, self._missed = self._missed, frozenset()
        left = [one for number in numbers for one in await self._looked_at(number, before)]
        left += (await self._desk.do(auditing.unmoved, self._act())).value
        self.left = tuple(left)
        await self._desk.do(auditing.close, self._act(), self.left)
        self._audited = asyncio.get_running_loop().time()

    async def _move_all(self, but: Collection[int] = ()) -> None:
        for due, move in MOVES:
            for page in (await self._desk.look(due, self._act())).value:
                if page in but:
                    continue
                fault = await self._alone(self._desk.do(move, self._act(), page), page=page)
                if fault and not isinstance(fault, StoreDown):  # which is no fault of this page's
                    self._resting[page] = asyncio.get_running_loop().time() + REST

    async def _looked_at(self, number: int, before: frozenset[int]) -> list[Found]:
        """What is wrong with one incident and stays so. `before`: missed in the last round."""
        found: list[Found] = []

        async def judged_and_cured() -> None:
            one = (await self._desk.look(auditing.look_at, self._act(), number)).value
            if one is not None and not (await self._desk.do(auditing.cure, self._act(), one)).value:
                found.append(one)

        fault = await self._alone(judged_and_cured(), incident=number)
        if isinstance(fault, StoreDown):
            self._missed |= {number}
            if number not in before:
                return []
        return [Found("unread", number)] if fault else found

    async def _alone(self, work: Awaitable[object], **about: int) -> Exception | None:
        """What it has failed with, which is logged."""
        try:
            await work
        except Exception as error:  # the edge: what fails for one must not stop the others
            self._log.exception("audit.failed", **about)
            return error
        return None

    def _act(self) -> Act:
        return Act(CLOCKWORK_IDENTITY, self._clock.now())
