"""Tasks by tapping. Typed codes ("xong 12.3") come with the other words."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Act
from bot.services import tasks
from bot.services.desk import Desk
from bot.views.callbacks import Work
from handlers.answering import answer


async def press(query: CallbackQuery, callback_data: Work, act: Act, desk: Desk) -> None:
    drawn = callback_data
    done = await desk.do(tasks.press, act, drawn.do, drawn.task, drawn.lap)
    await answer(query, done, act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(press, Work.filter())
    return router
