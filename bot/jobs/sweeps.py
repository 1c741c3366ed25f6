"""What the clockwork does at each tick: a few lines each, the work is a use case."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.domain.people import CLOCKWORK_IDENTITY, Act
from bot.services import (
    contacts,
    handover_notices,
    housekeeping,
    readiness,
    reminding,
    roster_watch,
    rounds,
    sealing,
)
from bot.services.desk import Desk
from bot.services.ports.clock import Clock

KEPT = timedelta(days=1)  # evidence of which nobody has said to which incident it belongs
REMEMBERED = timedelta(days=7)  # update keys; platforms repeat an update for a day


def sweeps(desk: Desk, clock: Clock) -> dict[str, Callable[[], Awaitable[None]]]:
    """By name: each is given to the scheduler with its own interval."""

    def act() -> Act:
        return Act(CLOCKWORK_IDENTITY, clock.now())

    async def remind() -> None:
        """Each area is a step of its own, and they commit together; one's fault stops no other."""
        steps = (desk.do(reminding.remind_due, act(), area) for area in reminding.AREAS)
        done = await asyncio.gather(*steps, return_exceptions=True)
        if faults := [one for one in done if isinstance(one, Exception)]:
            raise ExceptionGroup("reminders", faults)

    async def seal() -> None:
        await desk.do(sealing.seal, act())

    async def forget() -> None:
        await desk.do(housekeeping.forget_updates, act(), clock.now() - REMEMBERED)
        await desk.do(housekeeping.forget_files, act(), clock.now() - KEPT)

    async def look_ahead() -> None:
        await desk.do(roster_watch.look_ahead, act())

    async def tell_shifts() -> None:
        await desk.do(roster_watch.tell_shifts, act())

    async def try_numbers() -> None:
        await desk.do(contacts.remind, act())

    async def hand_over() -> None:
        await desk.do(handover_notices.remind_forgotten, act())

    async def keep_ready() -> None:
        await desk.do(readiness.warn, act())

    async def try_messages() -> None:
        await desk.do(rounds.go_on, act())

    return {
        "remind": remind,
        "hand_over": hand_over,
        "try_numbers": try_numbers,
        "look_ahead": look_ahead,
        "tell_shifts": tell_shifts,
        "keep_ready": keep_ready,
        "try_messages": try_messages,
        "seal": seal,
        "forget": forget,
    }
