"""A leader's answer, by tapping."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Act
from bot.services import consulting
from bot.services.desk import Desk
from bot.views.callbacks import Opinion
from handlers.answering import answer


async def press(query: CallbackQuery, callback_data: Opinion, act: Act, desk: Desk) -> None:
    given = callback_data
    done = await desk.do(consulting.answer, act, given.consultation, given.answer)
    await answer(query, done, act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(press, Opinion.filter())
    return router
