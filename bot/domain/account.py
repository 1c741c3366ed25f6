"""A bot's account on a platform, and whether what people write to it comes in (đường nhận tin)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

# Why nothing comes in: the way leads elsewhere, we do not take what is brought, nobody answers.
Why = Literal["moved", "refused", "unasked"]


@dataclass(frozen=True, slots=True)
class Sight:
    """What the platform tells of the way in."""

    ours: bool  # it leads where we have set it
    pending: int = 0  # updates that wait
    error: str = ""
    error_at: datetime | None = None  # when one was last not taken


@dataclass(frozen=True, slots=True)
class Account:
    platform: str
    account: str  # the bot's id there
    name: str = ""
    dark_since: datetime | None = None
    left_at: datetime | None = None  # no program runs it any more

    @property
    def address(self) -> str:
        """What the addresses of its chats begin with."""
        return f"{self.platform}:{self.account}"

    def told(self, why: Why | None, at: datetime) -> "Account":
        """As it stands after a look; the same while nothing has changed."""
        if why is None:
            return replace(self, dark_since=None)
        return self if self.dark_since else replace(self, dark_since=at)


def judge(sight: Sight | None, heard_at: datetime) -> Why | Literal["well", "unclear"]:
    """`sight`: None where the platform has not answered for long. `heard_at`: the last taken."""
    if sight is None:
        return "unasked"
    if not sight.ours:
        return "moved"
    if not sight.pending or sight.error_at is None:
        return "well"
    return "refused" if sight.error_at > heard_at else "unclear"
