"""The ways to reach one person (kênh): their private chats, on whatever platform, in an order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """One private chat. `chosen_at`: when its owner last put it first; None: never."""

    address: str  # platform:account:chat
    wrote_at: datetime
    chosen_at: datetime | None = None
    lost: str = ""  # why nothing gets there
    stopped: bool = False  # no program runs this bot any more

    @property
    def is_open(self) -> bool:
        return not (self.lost or self.stopped)

    @property
    def account(self) -> str:
        return account_of(self.address)


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a page that was said to one person: in which chat, and whether it was seen.

    `chat`: "" while it is on its way, or when it never got through; `why` says then why not.
    """

    person_id: int
    chat: str = ""
    why: str = ""
    seen: bool = False


def account_of(address: str) -> str:
    """ "telegram:42" of "telegram:42:101"."""
    return address.rpartition(":")[0]


def ordered(channels: Collection[Channel]) -> tuple[Channel, ...]:
    """As its owner has put them; those never put anywhere follow, the last written from first."""
    by_use = sorted(channels, key=lambda one: (one.wrote_at, one.address), reverse=True)
    chosen = [one for one in by_use if one.chosen_at is not None]
    chosen.sort(key=lambda one: one.chosen_at or one.wrote_at, reverse=True)
    return (*chosen, *(one for one in by_use if one.chosen_at is None))


def answering(channels: Collection[Channel]) -> str:
    """Where its owner wrote last, of those that can be written to; "": nowhere."""
    there = [one for one in channels if one.is_open]
    newest = max(there, key=lambda one: (one.wrote_at, one.address), default=None)
    return newest.address if newest else ""


def calling(
    channels: Collection[Channel],
    turn: int = 1,
    tried: Collection[str] = (),
    shun: Collection[str] = (),
) -> str:
    """Where a page goes the `turn`-th time: each time one place further in the order.

    `tried`: chats that have just not answered; `shun`: accounts that should not be used. Both are
    used all the same where nothing else is left. "": nothing can be written to.
    """
    there = [one for one in ordered(channels) if one.is_open]
    if not there:
        return ""
    first = (turn - 1) % len(there)
    turned = [*there[first:], *there[:first]]
    return min(turned, key=lambda one: (one.address in tried, one.account in shun)).address


def left(channels: Collection[Channel], tried: Collection[str]) -> bool:
    """Whether one is left that has not just failed."""
    return any(one.is_open and one.address not in tried for one in channels)


def beyond(channels: Sequence[Channel], times: int) -> int:
    """How many would never be used if each of `times` used one."""
    return max(sum(one.is_open for one in channels) - times, 0)
