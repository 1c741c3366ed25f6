"""Pages by tapping: taking one, passing it on, giving it back."""

from collections.abc import Callable

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Act
from bot.services import holding_on, paging
from bot.services.desk import Desk
from bot.services.outcomes import Outcome
from bot.services.ports.store import Transaction
from bot.views.callbacks import Answer
from handlers.answering import answer

DO: dict[str, Callable[[Transaction, Act, int], Outcome]] = {
    "take": paging.take,
    "pass": paging.pass_on,
    "return": paging.give_back,
    "alive": holding_on.alive,
}


async def press(query: CallbackQuery, callback_data: Answer, act: Act, desk: Desk) -> None:
    done = await desk.do(DO[callback_data.do], act, callback_data.page)
    await answer(query, done, act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(press, Answer.filter())
    return router
