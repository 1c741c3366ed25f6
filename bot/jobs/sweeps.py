"""What the clockwork does at each tick: a few lines each, the work is a use case."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.domain.people import CLOCKWORK_IDENTITY, Act
from bot.services import contacts, housekeeping, paging, reminding, sealing
from bot.services.desk import Desk
from bot.services.ports.clock import Clock

KEPT = timedelta(days=1)  # evidence of which nobody has said to which incident it belongs
REMEMBERED = timedelta(days=7)  # update keys; platforms repeat an update for a day


def sweeps(desk: Desk, clock: Clock) -> dict[str, Callable[[], Awaitable[None]]]:
    """By name: each is given to the scheduler with its own interval."""

    def act() -> Act:
        return Act(CLOCKWORK_IDENTITY, clock.now())

    async def climb() -> None:
        await desk.do(paging.climb_due, act())

    async def remind() -> None:
        await desk.do(reminding.remind_due, act())

    async def seal() -> None:
        await desk.do(sealing.seal, act())

    async def forget() -> None:
        await desk.do(housekeeping.forget_updates, act(), clock.now() - REMEMBERED)
        await desk.do(housekeeping.forget_files, act(), clock.now() - KEPT)

    async def try_numbers() -> None:
        await desk.do(contacts.remind, act())

    return {
        "climb": climb,
        "remind": remind,
        "try_numbers": try_numbers,
        "seal": seal,
        "forget": forget,
    }
