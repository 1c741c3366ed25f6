"""Typed words, and what is said without any."""

from aiogram import Router
from aiogram.types import Message

from bot.domain.errors import NothingAsked, NotWords
from bot.domain.people import Act
from bot.services import listening
from bot.services.desk import Desk
from bot.views.outcomes import EARS
from handlers.answering import answer
from handlers.filters import NoWords, UnknownCommand, Words


async def write(message: Message, typed: str, act: Act, desk: Desk) -> None:
    await answer(message, await desk.do(listening.listen, act, typed, EARS), act, desk)


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


def setup() -> Router:
    router = Router(name=__name__)
    router.message.register(write, Words())
    router.message.register(not_words, NoWords())
    router.message.register(unknown_command, UnknownCommand())
    return router
