"""Ai được báo, lúc nào, bằng gì: a page that nobody answers, climbed on a pushed clock.

The real `climb` is asked at each moment at which something falls due; who is there, whose quiet
hours hold and by what each is told is asked of the caller for that moment, so that the answer is
the one that a sweep would give.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.escalation import Call, Exhausted, Page

ROUNDS = 60  # steps at most: a page that climbs each minute


@dataclass(frozen=True, slots=True)
class Told:
    """One person told once. turn: the n-th time for them; channel: "": by nothing at all."""

    person_id: int
    turn: int
    channel: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What happens at one moment: people are told, or the order of telling is used up.

    passed: who stood in the order and could not be told; hushed: of these, whose quiet hours hold.
    cried: who hears of it when nobody has answered; rooms: so many groups, too.
    """

    at: datetime
    told: tuple[Told, ...] = ()
    passed: tuple[int, ...] = ()
    hushed: tuple[int, ...] = ()
    exhausted: int = 0  # the round that has ended
    cried: tuple[int, ...] = ()
    rooms: int = 0

    @property
    def is_gap(self) -> bool:
        """Nobody is told who could answer."""
        return not any(one.channel for one in self.told) and not self.cried


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the climb as the rules take it, and what they looked at."""

    page: Page
    saying: Call | Exhausted | None
    absent: frozenset[int] = frozenset()
    hushed: frozenset[int] = frozenset()


Climb = Callable[[Page, datetime], Step]
Tell = Callable[[Page, Call, datetime], Mapping[int, Sequence[tuple[int, str]]]]
Cry = Callable[[Step, datetime], tuple[Sequence[int], int]]


def rehearse(page: Page, until: datetime, climb: Climb, tell: Tell, cry: Cry) -> list[Moment]:
    """From the page's beginning until `until`, nobody answering.

    climb: one step; tell: by what each person is told, turn and channel; cry: who hears it when
    the order is used up, and in how many groups.
    """
    found: list[Moment] = []
    while page.due_at is not None and page.due_at < until and len(found) < ROUNDS:
        at = page.due_at
        step = climb(page, at)
        if step.saying is None:
            break
        passed = _split(_passed(page, step), step)
        if isinstance(step.saying, Call):
            ways = tell(step.page, step.saying, at)
            told = [Told(who, *way) for who in step.saying.person_ids for way in ways[who]]
            found.append(Moment(at, tuple(told), *passed))
        else:
            cried, rooms = cry(step, at)
            found.append(Moment(at, (), *passed, step.saying.round, tuple(cried), rooms))
        page = step.page
    return found


def _passed(before: Page, step: Step) -> list[int]:
    """Who stood between the two rungs and was left out, and beside whoever was told."""
    used_up = isinstance(step.saying, Exhausted)
    last = len(before.ladder) - 1 if used_up else step.page.rung
    places = before.ladder[before.rung + 1 : last + 1]
    out = step.absent | step.hushed
    told = step.saying.person_ids if isinstance(step.saying, Call) else ()
    return [who for rung in places for who in rung.person_ids if who in out and who not in told]


def _split(passed: Sequence[int], step: Step) -> tuple[tuple[int, ...], tuple[int, ...]]:
    missed = tuple(dict.fromkeys(passed))
    return missed, tuple(who for who in missed if who in step.hushed and who not in step.absent)
