"""Pictures and files: looked at first, fetched in the turn, then kept; and one of a list, sent."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.evidence import Given
from bot.domain.people import Act
from bot.services import evidence, handing_out
from bot.services.desk import Desk
from bot.services.ports.files import Incoming
from bot.views.callbacks import Piece, Put
from handlers.answering import answer
from handlers.filters import HandedIn


async def take(message: Message, name: str, act: Act, desk: Desk, incoming: Incoming) -> None:
    """Nothing is fetched before the gate has been asked."""
    beside = message.caption or ""
    await desk.look(evidence.admit, act, beside, name)
    given = await incoming.fetch(message)
    if isinstance(given, Given):
        await answer(message, await desk.do(evidence.keep, act, given, beside), act, desk)
    else:
        await answer(message, await desk.do(evidence.offer, act, None, given), act, desk)


async def press(query: CallbackQuery, callback_data: Piece, act: Act, desk: Desk) -> None:
    await answer(query, await desk.do(handing_out.fetch, act, callback_data.file), act, desk)


async def put(query: CallbackQuery, callback_data: Put, act: Act, desk: Desk) -> None:
    await answer(query, await desk.do(evidence.put, act, callback_data.incident), act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.message.register(take, HandedIn())
    router.callback_query.register(press, Piece.filter())
    router.callback_query.register(put, Put.filter())
    return router
