"""What came of a step, shown; a command that only reads is looked up round the writer."""

from typing import Any

from aiogram.types import CallbackQuery, Message

from bot.domain.people import Act
from bot.services import looking
from bot.services.desk import Desk, Done
from bot.services.outcomes import Wants
from bot.views.outcomes import screen
from bot.views.screen import show


async def answer(event: Message | CallbackQuery, done: Done[Any], act: Act, desk: Desk) -> None:
    if isinstance(done.value, Wants):
        done = await look_up(done.value, act, desk)
    await show(event, screen(done, act))


async def look_up(wants: Wants, act: Act, desk: Desk) -> Done[Any]:
    """What a command that only reads has to show."""
    return await desk.look(looking.wanted, act, wants.command, wants.number)
