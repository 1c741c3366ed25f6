"""A shared telephone: who holds it is said, and what was asked for before is done at once."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Act
from bot.services import holding, listening
from bot.services.commands import do_command
from bot.services.desk import Desk
from bot.services.people_outcomes import Chosen, Held
from bot.views.callbacks import (
    Answer,
    Choice,
    Confirm,
    Go,
    Hold,
    Nav,
    Opinion,
    Piece,
    Prefer,
    Put,
    Receive,
    Turn,
    Work,
)
from bot.views.outcomes import EARS
from bot.views.people import COMMANDS
from handlers import commands, files, forms, leaders, paging, playbooks, readiness, tasks
from handlers.answering import answer
from handlers.filters import COMMAND

# Every button that can wait until the name is said, and who does what it asks for.
PRESSES: dict[type[CallbackData], Callable[..., Awaitable[None]]] = {
    Choice: forms.press,
    Nav: forms.press,
    Answer: paging.press,
    Opinion: leaders.press,
    Confirm: leaders.settle,
    Work: tasks.press,
    Prefer: commands.prefer,
    Piece: files.press,
    Put: files.put,
    Turn: playbooks.turn,
    Receive: readiness.press,
    Go: commands.go,
}


async def press(query: CallbackQuery, callback_data: Hold, act: Act, desk: Desk) -> None:
    await name(query, Chosen(callback_data.holder, callback_data.question), act, desk)


async def name(event: Message | CallbackQuery, said: Chosen, act: Act, desk: Desk) -> None:
    """Two steps: killed between them, the update comes again, and only the second has its key."""
    naming = replace(act, update_key=None)  # changes nothing the second time
    by = act.update_key or ""
    done = await desk.do(holding.name, naming, said.holder, said.question, by)
    if not done.value.waiting:
        await answer(event, done, act, desk)
        return
    await _again(event, done.value, act, desk)


async def _again(event: Message | CallbackQuery, held: Held, act: Act, desk: Desk) -> None:
    """The press or the words that waited, on the way that they would have gone."""
    if held.is_press:
        await _pressed(event, held.waiting, act, desk)
        return
    done: Any
    if command := _command(held.waiting):
        done = await desk.do(do_command, act, *command)
    else:
        done = await desk.do(listening.listen, act, held.waiting, EARS)
    await answer(event, done, act, desk)


def _command(typed: str) -> tuple[str, int | None] | None:
    """ "/captren 12" as a command and its number."""
    found = COMMAND.fullmatch(typed)
    for command, aliases in COMMANDS.items() if found else ():
        if found and found[1].lower() in aliases:
            return command, int(found[2]) if found[2] else None
    return None


async def _pressed(event: Message | CallbackQuery, waiting: str, act: Act, desk: Desk) -> None:
    for kind, press_of in PRESSES.items():
        if waiting.partition(":")[0] == kind.__prefix__:
            await press_of(event, kind.unpack(waiting), act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(press, Hold.filter())
    return router
