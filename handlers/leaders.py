"""A leader's answer, by tapping; and the tap on what was written down in the leader's stead."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Act
from bot.services import confirming, consulting
from bot.services.desk import Desk
from bot.views.callbacks import Confirm, Opinion
from handlers.answering import answer


async def press(query: CallbackQuery, callback_data: Opinion, act: Act, desk: Desk) -> None:
    given = callback_data
    done = await desk.do(consulting.answer, act, given.consultation, given.answer)
    await answer(query, done, act, desk)


async def settle(query: CallbackQuery, callback_data: Confirm, act: Act, desk: Desk) -> None:
    use_case = confirming.DO[callback_data.do]
    await answer(query, await desk.do(use_case, act, callback_data.direction), act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(press, Opinion.filter())
    router.callback_query.register(settle, Confirm.filter())
    return router
