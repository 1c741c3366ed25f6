"""A tap on a test message (tin thử)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Act
from bot.services import rounds
from bot.services.desk import Desk
from bot.views.callbacks import Receive
from handlers.answering import answer


async def press(query: CallbackQuery, callback_data: Receive, act: Act, desk: Desk) -> None:
    pressed = callback_data
    await answer(query, await desk.do(rounds.answer, act, pressed.asked, pressed.do), act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(press, Receive.filter())
    return router
