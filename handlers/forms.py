"""Every guided dialog by tapping. The rules are in bot.domain.form."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Act
from bot.services import dialogs
from bot.services.desk import Desk
from bot.views.callbacks import Choice, Nav
from bot.views.form import move_of
from handlers.answering import answer


async def press(query: CallbackQuery, callback_data: Choice | Nav, act: Act, desk: Desk) -> None:
    drawn = callback_data
    move = move_of(drawn, act.at)
    done = await desk.do(dialogs.press, act, drawn.draft, drawn.version, move)
    await answer(query, done, act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(press, Choice.filter())
    router.callback_query.register(press, Nav.filter())
    return router
