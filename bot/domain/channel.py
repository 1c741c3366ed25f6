"""The ways to reach one person (kênh): their private chats, on whatever platform, in an order.

After the chats, for a page and nothing else, the ways beside them: mail, SMS, ntfy.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.platform import can


@dataclass(frozen=True, slots=True)
class Channel:
    """One private chat, or one way beside. `chosen_at`: when its owner last put it first."""

    address: str  # platform:account:chat
    wrote_at: datetime
    chosen_at: datetime | None = None
    lost: str = ""  # why nothing gets there
    stopped: bool = False  # no program runs this bot any more

    @property
    def is_open(self) -> bool:
        return not (self.lost or self.stopped)

    @property
    def is_chat(self) -> bool:
        """Otherwise a way beside the chats, which only says: mail, SMS."""
        return can(self.address).answers

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
    """As its owner has put them; those never put anywhere follow, the last written from first;
    then the ways beside the chats, as they are given."""
    chats = [one for one in channels if one.is_chat]
    by_use = sorted(chats, key=lambda one: (one.wrote_at, one.address), reverse=True)
    chosen = [one for one in by_use if one.chosen_at is not None]
    chosen.sort(key=lambda one: one.chosen_at or one.wrote_at, reverse=True)
    never = (one for one in by_use if one.chosen_at is None)
    return (*chosen, *never, *(one for one in channels if not one.is_chat))


def answering(channels: Collection[Channel]) -> str:
    """Where its owner wrote last, of those that can be written to; "": nowhere."""
    there = [one for one in channels if one.is_open and one.is_chat]
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


def usable(channels: Iterable[Channel], for_a_page: bool) -> tuple[Channel, ...]:
    """Those by which something may go at all: beside the chats goes nothing but a page."""
    return tuple(one for one in channels if one.is_chat or for_a_page)


def left(channels: Collection[Channel], tried: Collection[str]) -> bool:
    """Whether one is left that has not just failed."""
    return any(one.is_open and one.address not in tried for one in channels)


def beyond(channels: Sequence[Channel], times: int) -> int:
    """How many more the last of `times` uses: all that were never used, and where that would be
    none but mail and the like, the first chat once more."""
    there = [one for one in ordered(channels) if one.is_open]
    more = max(len(there) - times, 0)
    used = [there[(turn - 1) % len(there)] for turn in range(times, times + more + 1) if there]
    if not used or any(one.is_chat for one in used) or not there[0].is_chat:
        return more
    return more + len(there) - (times + more - 1) % len(there)
