"""The auditor (tự kiểm tra) and the sweep that climbs: each page in a step of its own.

One page or one incident that cannot be worked upon is logged, told and gone round; it stops no
other. While anything is left uncured, or the auditor itself does not come to its end, `is_well` is
False: the heartbeat is withheld, and whoever watches from outside calls.
"""

import asyncio
import math
from collections.abc import Awaitable
from typing import TypeVar

import structlog

from bot.domain.audit import Found
from bot.domain.people import CLOCKWORK_IDENTITY, Act
from bot.services import auditing
from bot.services.desk import Desk
from bot.services.ports.clock import Clock
from bot.services.ports.store import StoreDown

EACH = 60.0  # seconds between two rounds
LATE = 5 * 60.0  # seconds since its last round, or since pages were last climbed: it has stopped
REST = 60.0  # seconds that a page is left to the auditor after its climb has failed
T = TypeVar("T")


class Auditor:
    """`climb` with each sweep, `look` each minute."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk, self._clock = desk, clock
        self._resting: dict[int, float] = {}  # pages whose climb has failed, until when
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
        await self._climb_all(but=self._resting)
        self._climbed = asyncio.get_running_loop().time()

    async def look(self) -> None:
        """A whole round. What cannot be read at all is a fault of the round: it has not run."""
        await self._climb_all()
        numbers = (await self._desk.look(auditing.open_ones, self._act())).value
        left = [one for number in numbers for one in await self._looked_at(number)]
        left += (await self._desk.do(auditing.unmoved, self._act())).value
        self.left = tuple(left)
        await self._desk.do(auditing.close, self._act(), self.left)
        self._audited = asyncio.get_running_loop().time()

    async def _climb_all(self, but: "dict[int, float] | None" = None) -> None:
        due = (await self._desk.look(auditing.due, self._act())).value
        for page in due:
            if page in (but or {}):
                continue
            climbed = self._desk.do(auditing.climb, self._act(), page)
            fault = await self._alone(climbed, page=page)
            if fault and not isinstance(fault, StoreDown):  # which is no fault of this page's
                self._resting[page] = asyncio.get_running_loop().time() + REST

    async def _looked_at(self, number: int) -> list[Found]:
        """What is wrong with one incident and stays so."""
        found: list[Found] = []

        async def judged_and_cured() -> None:
            one = (await self._desk.look(auditing.look_at, self._act(), number)).value
            if one is not None and not (await self._desk.do(auditing.cure, self._act(), one)).value:
                found.append(one)

        if await self._alone(judged_and_cured(), incident=number):
            return [Found("unread", number)]
        return found

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
