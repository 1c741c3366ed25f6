"""Liên lạc được: whether a page would reach a person, by what, and what is missing.

For each verdict that has to be told, through every way that the rows know. A sentence names what
is missing; which words it has is for the views.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, NamedTuple

from bot.domain.channel import Channel, ordered
from bot.domain.duty import HERE, Absence
from bot.domain.people import DOERS, Person, Role
from bot.domain.quiet import Hours

Needed = Literal["verify", "respond", "serious"]
Result = Literal["unreachable", "one_way", "spared", "reachable"]
# In the order in which they are said: what is wrong first. spared: somebody else is told meanwhile.
RESULTS: tuple[Result, ...] = ("unreachable", "one_way", "spared", "reachable")
Why = Literal[
    "never",  # nothing was ever connected
    "blocked",  # the last open chat was blocked by its owner
    "gone",  # the account or its chat is not there any more
    "stopped",  # no program runs that bot any more
    "away_alone",  # away, and nobody acts for them
    "quota",  # a network takes no more of our messages this month, and no other is left, or one
    "beside",  # mail or SMS only, where nobody can answer
    "lost_one",  # one network is left, another was blocked or is gone
    "network",  # one network, though the deployment has more
    "only_network",  # one network, and the deployment has no other
    "away",  # somebody acts for them
    "quiet",  # quiet hours hold: only what is serious is told
    "untested",  # no test message was ever answered
    "phone",  # nobody could telephone
    "",
]
PARTS: Mapping[Needed, tuple[Role, ...]] = {
    "verify": (Role.DUTY,),
    "respond": (*DOERS, Role.DUTY),
    "serious": (*DOERS, Role.DUTY, Role.LEADER),
}

OFFICE_HOURS = range(8, 17)  # of a working week: what is not urgent is said then
TOLD_AT = time(8)  # on Mondays


@dataclass(frozen=True, slots=True)
class Proof:
    """The last signs that a way works: a test that was answered, something that got through."""

    answered_at: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """All that decides whether one person is reached at one moment. `hushed`: the quiet hours that
    hold; `away`: the absence that holds; `full`: accounts that may send no more this month."""

    channels: tuple[Channel, ...] = ()
    has_phone: bool = True
    hushed: Hours | None = None
    away: Absence | None = None
    proof: Proof = Proof()
    full: frozenset[str] = frozenset()

    @property
    def ways(self) -> tuple[Channel, ...]:
        """Those that are open, in the order in which a page takes them."""
        return tuple(one for one in ordered(self.channels) if one.is_open)

    @property
    def seen_at(self) -> datetime | None:
        """When something was last written from one of the chats that are open."""
        return max((one.wrote_at for one in self.ways if one.is_chat), default=None)


class Reach(NamedTuple):
    """`networks`: by which they are not reached and could be; or which was lost."""

    result: Result
    why: Why = ""
    networks: tuple[str, ...] = ()
    since: datetime | None = None


def needed_of(person: Person) -> tuple[Needed, ...]:
    """The verdicts of which this person is told loudly, by the posts that they hold."""
    return tuple(needed for needed, roles in PARTS.items() if person.holds(roles))


def reach(known: Known, needed: Needed, offered: Collection[str] = ()) -> Reach:
    """`offered`: the networks of this deployment ("zalo"), mail and the like among them."""
    if known.away is not None:
        alone = not known.away.acting_id
        return Reach("unreachable", "away_alone") if alone else Reach("spared", "away")
    if not known.ways:
        return _lost(known.channels)
    left = [one for one in known.ways if one.account not in known.full]
    here = {network_of(one) for one in left}
    spent = tuple(one for one in dict.fromkeys(map(network_of, known.ways)) if one not in here)
    if not left:
        return Reach("unreachable", "quota", spent)
    if known.hushed and needed != "serious":
        return Reach("spared", "quiet")
    if spent and (len(here) == 1 or not any(one.is_chat for one in left)):
        return Reach("one_way", "quota", spent)
    if not any(one.is_chat for one in left):
        return Reach("one_way", "beside")
    if len(here) == 1:
        return _one_network(known, here, offered)
    if known.proof.answered_at is None:
        return Reach("reachable", "untested")
    return Reach("reachable", "" if known.has_phone else "phone")


def worst(found: Iterable[Reach]) -> Reach:
    """What is said of a person first; among equals the first."""
    return min(found, key=lambda one: RESULTS.index(one.result))


def week_to_tell(now: datetime, done: str | None) -> str:
    """The week of which those who are not reached are to be told now, by its Monday; "": none.

    On Monday at eight, or in the first office hours after it. done: the week told last; None:
    nothing was ever told, and this week counts as told once somebody has said so.
    """
    here = now.astimezone(HERE)
    monday = here.date() - timedelta(days=here.weekday())
    week = monday.isoformat()
    if done is None:
        return week
    if week == done or here < datetime.combine(monday, TOLD_AT, HERE):
        return ""
    is_open = here.weekday() < 5 and here.hour in OFFICE_HOURS
    return week if is_open else ""


def network_of(channel: Channel) -> str:
    return channel.address.partition(":")[0]


def _lost(channels: Collection[Channel]) -> Reach:
    """Why nothing gets there at all: the chat that was lost last says it."""
    chats = [one for one in channels if one.is_chat]
    newest = max(chats, key=lambda one: (one.wrote_at, one.address), default=None)
    if newest is None:
        return Reach("unreachable", "never")
    networks = (network_of(newest),)
    if not newest.lost:
        return Reach("unreachable", "stopped", networks)
    return Reach("unreachable", _how(newest), networks, newest.wrote_at)


def _one_network(known: Known, here: Collection[str], offered: Collection[str]) -> Reach:
    lost = [one for one in known.channels if one.lost and network_of(one) not in here]
    if lost:
        newest = max(lost, key=lambda one: (one.wrote_at, one.address))
        return Reach("one_way", "lost_one", (network_of(newest),), newest.wrote_at)
    lacks = tuple(one for one in offered if one not in here)
    return Reach("one_way", "network" if lacks else "only_network", lacks)


def _how(lost: Channel) -> Why:
    return "blocked" if lost.lost == "blocked" else "gone"
