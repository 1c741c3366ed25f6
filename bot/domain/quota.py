"""The messages that an account may send in a calendar month (hạn mức tin), and what is kept back.

A month is one of Việt Nam's. Counting is not exact: a kill may lose what the last second has sent.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
TOLD_AT = (80, 95, 100)  # percent: administrators are told once a month of each

Standing = Literal["open", "reserve", "full"]


@dataclass(frozen=True, slots=True)
class Limit:
    """What an account may send in a month; `reserved`: percent of it, for pages and answers."""

    monthly: int
    reserved: int = 20


@dataclass(frozen=True, slots=True)
class Quota:
    account: str  # platform:account
    month: str  # "2026-11"
    limit: Limit
    sent: int = 0
    told: int = 0  # the highest of TOLD_AT that administrators were told of

    @property
    def percent(self) -> int:
        return self.sent * 100 // self.limit.monthly

    @property
    def left(self) -> int:
        return max(self.limit.monthly - self.sent, 0)

    @property
    def standing(self) -> Standing:
        """`reserve`: what makes no sound waits; `full`: other ways are looked for."""
        if not self.left:
            return "full"
        return "reserve" if self.left * 100 <= self.limit.monthly * self.limit.reserved else "open"

    def counted(self, count: int) -> "Quota":
        return replace(self, sent=self.sent + count)

    def filled(self) -> "Quota":
        """The platform says that it is used up, whatever was counted here."""
        return replace(self, sent=max(self.sent, self.limit.monthly))

    def crossed(self) -> int:
        """The mark that has been passed since administrators were told; 0: none."""
        return max((mark for mark in TOLD_AT if self.told < mark <= self.percent), default=0)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Accounts that have little left this month: what is not urgent waits; and nothing at all."""

    scarce: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()


PLENTY = Allowance()


def month_of(at: datetime) -> str:
    return f"{at.astimezone(HERE):%Y-%m}"
