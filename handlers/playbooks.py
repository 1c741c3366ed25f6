"""A playbook page by page, by tapping; a typed number comes with the other words."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Act
from bot.services import leafing
from bot.services.desk import Desk
from bot.views.callbacks import Turn
from handlers.answering import answer


async def turn(query: CallbackQuery, callback_data: Turn, act: Act, desk: Desk) -> None:
    drawn = callback_data
    done = await desk.do(leafing.turn, act, drawn.incident, drawn.place)
    await answer(query, done, act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(turn, Turn.filter())
    return router
