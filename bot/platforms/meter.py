"""What leaves each account is counted against its monthly quota (hạn mức tin), in small batches.

A kill loses what the last second has counted, and nothing else: the rest stands in rows.
"""

from collections import Counter
from collections.abc import Mapping

from bot.domain.people import CLOCKWORK_IDENTITY, Act
from bot.domain.quota import Allowance, Limit, Quota, month_of
from bot.services import quotas
from bot.services.desk import Desk
from bot.services.ports.clock import Clock
from bot.services.ports.store import StoreDown


class Meter:
    """`limits`: of the accounts that have one, by "platform:account"."""

    def __init__(self, desk: Desk, clock: Clock, limits: Mapping[str, Limit]) -> None:
        self._desk, self._clock, self._limits = desk, clock, limits
        self._new = Counter[str]()  # sent, and not written down yet
        self._spent: set[str] = set()  # refused for the month, and not written down yet
        self._known: dict[str, Quota] = {}

    def sent(self, account: str, count: int = 1) -> None:
        """So many messages have left, or may have: answers, notices, pages, parts of a text."""
        if account in self._limits:
            self._new[account] += count

    def used_up(self, account: str) -> None:
        """The platform takes no more this month."""
        if account in self._limits:
            self._spent.add(account)

    async def flush(self) -> None:
        """Written down; at first, and in a new month, even without anything new."""
        is_new_month = self._now().keys() < self._limits.keys()
        if not (self._new or self._spent or is_new_month):
            return
        counted, self._new = self._new, Counter()
        spent, self._spent = self._spent, set()
        act = Act(CLOCKWORK_IDENTITY, self._clock.now())
        every = dict.fromkeys(self._limits, 0) | counted
        try:
            done = await self._desk.do(quotas.count, act, every, self._limits, spent)
        except StoreDown:
            self._new.update(counted)  # for the next time
            self._spent |= spent
            return
        self._known = {quota.account: quota for quota in done.value}

    def allowance(self) -> Allowance:
        """How each account stands, what was not written down yet among it."""
        standing = {
            account: quota.counted(self._new[account]).standing
            for account, quota in self._now().items()
        }
        return Allowance(
            frozenset(one for one, state in standing.items() if state == "reserve"),
            frozenset(one for one, state in standing.items() if state == "full") | self._spent,
        )

    def _now(self) -> dict[str, Quota]:
        """Of this month; nothing is known of a new one."""
        month = month_of(self._clock.now())
        return {account: one for account, one in self._known.items() if one.month == month}
