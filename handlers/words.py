"""Typed words, what is said without any, and buttons that nobody knows."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import NothingAsked, NotWords, Outdated
from bot.domain.people import Act
from bot.services import listening
from bot.services.desk import Desk
from bot.services.people_outcomes import Chosen
from bot.views.outcomes import EARS
from handlers import holding
from handlers.answering import answer
from handlers.filters import NoWords, UnknownCommand, Words


async def write(message: Message, typed: str, act: Act, desk: Desk) -> None:
    done = await desk.do(listening.listen, act, typed, EARS)
    if isinstance(done.value, Chosen):
        await holding.name(message, done.value, act, desk)
    else:
        await answer(message, done, act, desk)


async def not_words(message: Message, act: Act, desk: Desk) -> None:
    """Nothing of it is fetched or kept: no picture, no file, no name of a file."""
    if act.private:
        name = message.document.file_name if message.document else ""
        beside = f"{message.caption or ''}\n{name or ''}"
        await desk.look(listening.without_words, act, beside)
        raise NotWords


async def unknown_command(message: Message, act: Act, desk: Desk) -> None:
    if act.private:
        await desk.look(listening.known, act)
        raise NothingAsked(act.chat)


async def old_button(query: CallbackQuery, act: Act, desk: Desk) -> None:
    """A button that no other handler knows: of an earlier version, or made up."""
    await desk.look(listening.known, act)
    raise Outdated(query.data)


def setup() -> Router:
    router = Router(name=__name__)
    router.message.register(write, Words())
    router.message.register(not_words, NoWords())
    router.message.register(unknown_command, UnknownCommand())
    router.callback_query.register(old_button)
    return router
