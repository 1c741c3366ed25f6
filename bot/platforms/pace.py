"""The one paced queue of a bot (hàng gửi): who may send next, under the platform's limits.

Whoever sends awaits `turn` first. What is most urgent leaves first; among equals it is the turn of
the incident that waited longest. A chat that must wait holds up nobody else.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Protocol

INSTANT = 1e-6  # seconds: timers may come this much early
LATE = 0.01  # seconds: a timer that comes so much late moves nothing of what follows
ROOM = 1.02  # seconds in which a second's messages leave: on their way they crowd together
SLOWER = 1.1  # times longer from one to the next, after a 429 of the whole bot
SLOWEST = 2.0  # times, and no longer


class Urgency(IntEnum):
    """What leaves first (lower first)."""

    FIRST_PAGE = 0  # somebody is told for the first time
    PAGE = 1  # and again
    ANSWER = 2
    TEST = 3  # whether a way is open
    TASK = 4
    NOTICE = 5  # reminders and what else is heard
    CHATTER = 6  # what makes no sound
    CARD = 7
    TASK_CARD = 8  # behind the incident's, which says what matters now


class Closed(Exception):
    """The queue was closed before this one's turn came."""


class Timer(Protocol):
    def cancel(self) -> None: ...


@dataclass(slots=True, order=True)
class _Waiter:
    urgency: Urgency
    number: int
    since: float = field(compare=False)
    of: str = field(compare=False)
    go: "asyncio.Future[None]" = field(compare=False)


@dataclass(slots=True)
class _Lane:
    """One chat: a bucket that runs empty at `drained`, and who waits for it, most urgent first."""

    gap: float
    depth: float
    drained: float = -inf
    held: float = -inf
    waiting: list[_Waiter] = field(default_factory=list)

    def ready(self, urgency: Urgency) -> float:
        """When a message may leave; cards leave one place of the burst for what is urgent."""
        depth = self.depth - self.gap if urgency is Urgency.CARD else self.depth
        return max(self.held, self.drained - max(depth, 0.0))

    def head(self) -> _Waiter | None:
        while self.waiting and self.waiting[0].go.done():  # gone away
            heappop(self.waiting)
        return self.waiting[0] if self.waiting else None


class Pace:
    """Even pacing of one bot, of each chat and of each group.

    In any second at most `per_second` messages leave, evenly, and fewer after a 429 of the whole
    bot, until nobody waits; a person's chat takes `burst` at once and then `chat_per_second`; a
    group takes `burst` at once and in any minute at most `group_per_minute`. Whoever has waited
    more than `patience` seconds gets every fourth place, so that no flood of urgent things silences
    the rest. `now` and `later` are the loop's clock and its call_later, unless others are given.
    """

    def __init__(
        self,
        *,
        per_second: float = 30.0,
        chat_per_second: float = 1.0,
        group_per_minute: float = 18.0,
        burst: int = 3,
        patience: float = 15.0,
        now: Callable[[], float] | None = None,
        later: Callable[[float, Callable[[], None]], Timer] | None = None,
    ) -> None:
        if min(per_second, chat_per_second, patience) <= 0 or not 1 <= burst <= group_per_minute:
            raise ValueError("a pace needs rates above 0 and a burst of 1 to group_per_minute")
        self._gap = self._usual = ROOM / per_second
        self._chat_gap = 1.0 / chat_per_second
        self._group_gap = 60.0 / (group_per_minute - burst + 1)  # the burst counts in its minute
        self._burst = burst
        self._patience = patience
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._later = later or (
            lambda wait, call: asyncio.get_running_loop().call_later(wait, call)
        )
        self._free = -inf  # when the bot itself may send next
        self._lanes: dict[str, _Lane] = {}
        self._busy: set[str] = set()  # chats somebody waits for
        self._served: dict[str, int] = {}  # what it was about -> number of its last turn
        self._turns = 0
        self._numbers = count()
        self._timer: Timer | None = None
        self._wakes = inf  # when the timer comes
        self._closed = False

    async def turn(self, urgency: Urgency, chat: str, group: bool, of: str = "") -> None:
        """Return when this message may leave. `of` names what it is about (an incident).

        Closed: it never will.
        """
        if self._closed:
            raise Closed
        lane = self._lane(chat, group)
        go = asyncio.get_running_loop().create_future()
        heappush(lane.waiting, _Waiter(urgency, next(self._numbers), self._now(), of, go))
        self._busy.add(chat)
        self._served.setdefault(of, self._turns)
        if self._timer is None or self._wakes > self._free:
            self._serve()
        try:
            await go
        except asyncio.CancelledError:
            if not go.cancelled():  # its turn had come: the chat may have it back
                lane.drained -= lane.gap
            self._serve()
            raise

    def hold(self, chat: str | None, seconds: float) -> None:
        """Nothing leaves to this chat (None: to any) for so many seconds from now (a 429)."""
        now = self._now()
        until = now + seconds
        if chat is None:
            if self._free <= now + self._gap:  # not held already: one storm, one lesson
                self._gap = min(self._gap * SLOWER, self._usual * SLOWEST)
            self._free = max(self._free, until)
        else:
            lane = self._lane(chat, group=chat.startswith(("-", "@")))
            lane.held = max(lane.held, until)
        self._serve()

    def close(self) -> None:
        """Nothing more leaves: whoever waits is told so at once."""
        self._closed = True
        for lane in self._lanes.values():
            for waiter in lane.waiting:
                if not waiter.go.done():
                    waiter.go.set_exception(Closed())

    async def pause(self, seconds: float) -> None:
        """Wait by the same clock, outside the queue."""
        over = asyncio.Event()
        timer = self._later(seconds, over.set)
        try:
            await over.wait()
        finally:
            timer.cancel()

    def _lane(self, chat: str, group: bool) -> _Lane:
        if chat not in self._lanes:
            gap = self._group_gap if group else self._chat_gap
            self._lanes[chat] = _Lane(gap, gap * (self._burst - 1))
        return self._lanes[chat]

    def _serve(self) -> None:
        """Let go whoever may go now, and come back when the next may."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._busy:
            now = self._now()
            if self._free > now + INSTANT:
                return self._wake(self._free, now)
            heads, next_ready = self._heads(now)
            if heads:
                self._grant(*self._choose(heads, now), now)
            elif self._busy:
                return self._wake(next_ready, now)
        return self._forget()

    def _wake(self, moment: float, now: float) -> None:
        self._wakes = moment
        self._timer = self._later(moment - now, self._serve)

    def _heads(self, now: float) -> tuple[list[tuple[_Lane, _Waiter]], float]:
        """The first of each chat that may send now, and when the next chat may."""
        heads: list[tuple[_Lane, _Waiter]] = []
        next_ready = inf
        for chat in tuple(self._busy):
            lane = self._lanes[chat]
            head = lane.head()
            if head is None:
                self._busy.discard(chat)
            elif (ready := lane.ready(head.urgency)) <= now + INSTANT:
                heads.append((lane, head))
            else:
                next_ready = min(next_ready, ready)
        return heads, next_ready

    def _grant(self, lane: _Lane, waiter: _Waiter, now: float) -> None:
        heappop(lane.waiting)
        lane.drained = max(lane.drained, now) + lane.gap
        on_time = self._free if now - self._free <= LATE else now
        self._free = on_time + self._gap
        self._turns += 1
        self._served[waiter.of] = self._turns
        waiter.go.set_result(None)

    def _choose(self, heads: list[tuple[_Lane, _Waiter]], now: float) -> tuple[_Lane, _Waiter]:
        if self._turns % 4 == 3:
            oldest = min(heads, key=lambda pair: pair[1].since)
            if now - oldest[1].since > self._patience:
                return oldest
        return min(
            heads,
            key=lambda pair: (pair[1].urgency, self._served[pair[1].of], pair[1].number),
        )

    def _forget(self) -> None:
        """Nobody waits: chats that owe nothing need not be remembered."""
        self._served.clear()
        self._gap = self._usual
        if len(self._lanes) > 256:
            now = self._now()
            owing = {
                c: lane for c, lane in self._lanes.items() if max(lane.drained, lane.held) > now
            }
            self._lanes = owing
