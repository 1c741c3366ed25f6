"""Quiet hours with their hours in the same message: "yên lặng 22-6", "/yenlang tắt"."""

from aiogram import Router
from aiogram.types import Message

from bot.domain.people import Act
from bot.domain.quiet import Hours
from bot.services import quiet
from bot.services.desk import Desk
from handlers.answering import answer
from handlers.filters import QuietHours


async def said(message: Message, hours: Hours | None, act: Act, desk: Desk) -> None:
    await answer(message, await desk.do(quiet.settle, act, hours), act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.message.register(said, QuietHours())
    return router
