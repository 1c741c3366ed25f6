"""When a page (tin khẩn) is not acknowledged: who is told next, and when again. Never silence."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.channel import Heard

TOGETHER = 2  # of a unit, person and backup at once, where it is serious
PATIENCE = timedelta(minutes=5)  # between two cries of a page that has nobody to tell

Kind = Literal["respond", "verify"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One place in the order of telling (thứ tự báo tin): told `times` times, `wait` between."""

    person_ids: tuple[int, ...]
    wait: timedelta
    times: int = 1


@dataclass(frozen=True, slots=True)
class Team:
    """A lead unit (đơn vị chủ trì) of which somebody has to acknowledge."""

    unit: str
    person_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Call:
    person_ids: tuple[int, ...]
    count: int  # the n-th time that this page is said, to whomever
    heard: int  # the n-th time for these people; from the second on "(nhắc lại lần n)"
    next_ids: tuple[int, ...]  # who is told next; empty: everybody again
    next_at: datetime  # when the next rung is told, if nobody acknowledges before


@dataclass(frozen=True, slots=True)
class Exhausted:
    """Everybody was told and nobody acknowledged: the room and the duty officer hear it."""

    round: int


@dataclass(frozen=True, slots=True)
class Page:
    id: int
    incident_id: int
    kind: Kind
    ladder: tuple[Rung, ...]  # a copy taken when the page began: later edits do not reach it
    began_at: datetime
    due_at: datetime | None  # None only once acknowledged or closed
    units: tuple[str, ...] = ()  # the lead units, whose members may take it in the room
    rung: int = -1
    told: int = 0  # how often the present rung has been told
    count: int = 0  # how often the page has been said in all
    round: int = 1
    teams: tuple[Team, ...] = ()  # where there are several: one of each has to acknowledge
    serious: bool = False  # nghiêm trọng: quiet hours are overridden
    called: frozenset[int] = frozenset()
    heard: tuple[Heard, ...] = ()  # what became of each call, the oldest first
    acknowledged: tuple[int, ...] = ()  # in the order in which they did
    closed: bool = False
    version: int = 0

    @property
    def waits(self) -> bool:
        """Still to be acknowledged."""
        return self.due_at is not None

    @property
    def missing(self) -> tuple[Team, ...]:
        """Of whom nobody has acknowledged yet. Whoever is of none of them stands for one."""
        members = {who for team in self.teams for who in team.person_ids}
        answered = set(self.acknowledged)
        left = [team for team in self.teams if not answered & set(team.person_ids)]
        return tuple(left[len(answered - members) :])

    @property
    def is_answered(self) -> bool:
        return bool(self.acknowledged) and not self.missing

    @property
    def done(self) -> frozenset[int]:
        """Of whom nothing is wanted any more: who has answered, and the others of their unit."""
        members = {who for team in self.teams for who in team.person_ids}
        wanted = {who for team in self.missing for who in team.person_ids}
        return frozenset(members - wanted if self.acknowledged else ()) | set(self.acknowledged)

    def acknowledge(self, person_id: int) -> "Page":
        if self.due_at is None or person_id in self.acknowledged:
            return self
        taken = replace(self, acknowledged=(*self.acknowledged, person_id))
        return replace(taken, due_at=None) if taken.is_answered else taken

    def give_back(self, person_id: int, now: datetime) -> "Page":
        """Taken by mistake (trả lại): whoever comes next is told at once."""
        if self.closed or person_id not in self.acknowledged:
            return self
        left = tuple(who for who in self.acknowledged if who != person_id)
        back = replace(self, acknowledged=left, due_at=now)
        if back.is_answered:  # by others of each lead unit
            return replace(back, due_at=None)
        if self.rung < 0:  # all have been told by now: who stands behind the giver is the next
            own = (n for n, rung in enumerate(self.ladder) if person_id in rung.person_ids)
            back = replace(back, rung=next(own, -1))
        return back.hurried(now)

    def handed_over(self, giver: int, receiver: int) -> "Page":
        """The receiver has it now; the giver's answer stands where their unit has no other."""
        both = tuple(dict.fromkeys((*self.acknowledged, receiver)))
        left = tuple(who for who in both if who != giver)
        after = replace(self, acknowledged=left)
        if set(after.missing) - set(self.missing):
            after = replace(self, acknowledged=both)
        return replace(after, due_at=None) if after.is_answered else after

    def hurried(self, now: datetime) -> "Page":
        """The present rung is done with: the next is told at once."""
        if self.due_at is None:
            return self
        told = self.ladder[self.rung].times if 0 <= self.rung < len(self.ladder) else self.told
        return replace(self, due_at=now, told=told)

    def turned_serious(self, now: datetime) -> "Page":
        """Nghiêm trọng only now: whoever comes next is told beside those who are being told."""
        return self if self.serious else replace(self, serious=True).hurried(now)

    def close(self) -> "Page":
        return replace(self, due_at=None, closed=True)


def climb(
    page: Page,
    now: datetime,
    absent: frozenset[int] = frozenset(),
    hushed: frozenset[int] = frozenset(),
) -> tuple[Page, Call | Exhausted | None]:
    """Say it again, or tell the next rung that has somebody on it; past the last, go round again.

    `absent`: people who cannot be told (not connected, blocked, gone, away); a rung of only such
    people is passed at once. `hushed`: whose quiet hours hold; they are spared unless the page is
    serious, or nobody else is left.
    """
    if page.due_at is None or now < page.due_at:
        return page, None
    absent = _spared(page, absent, hushed)
    if 0 <= page.rung < len(page.ladder) and page.told < page.ladder[page.rung].times:
        here = _present(page.ladder[page.rung], absent)
        if here:
            return _tell(page, page.rung, here, page.told + 1, now, absent)
    for step in range(page.rung + 1, len(page.ladder)):
        here = _present(page.ladder[step], absent)
        if here:
            return _tell(page, step, here, 1, now, absent)
    wait = page.ladder[-1].wait if page.ladder else PATIENCE
    again = replace(page, rung=-1, told=0, round=page.round + 1, due_at=now + wait)
    return again, Exhausted(page.round)


def _tell(
    page: Page, step: int, here: tuple[int, ...], told: int, now: datetime, absent: frozenset[int]
) -> tuple[Page, Call]:
    rung, count = page.ladder[step], page.count + 1
    following = (_present(later, absent) for later in page.ladder[step + 1 :])
    next_ids = next((who for who in following if who), ())
    climbed = replace(
        page,
        rung=step,
        told=told,
        count=count,
        due_at=now + rung.wait,
        called=page.called | set(here),
    )
    left = max(rung.times - told, 0) + 1
    heard = (page.round - 1) * rung.times + told
    return climbed, Call(here, count, heard, next_ids, now + left * rung.wait)


def _spared(page: Page, absent: frozenset[int], hushed: frozenset[int]) -> frozenset[int]:
    """Who is not told now: beside the absent whoever has answered, and for a while the hushed."""
    everybody = {who for rung in page.ladder for who in rung.person_ids}
    out = absent | page.done
    awake = everybody - out - hushed
    return out if page.serious or not awake else out | hushed


def _present(rung: Rung, absent: frozenset[int]) -> tuple[int, ...]:
    return tuple(who for who in rung.person_ids if who not in absent)
