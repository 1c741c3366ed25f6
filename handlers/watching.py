"""The watchdog's bot asks for a test page, in the group where both bots are."""

from aiogram import Router
from aiogram.types import Message

from bot.domain.people import Act
from bot.services import watching
from bot.services.desk import Desk
from handlers.filters import TestPage


async def asked(message: Message, nonce: str, asker: str, act: Act, desk: Desk) -> None:
    await desk.do(watching.answer, act, nonce, asker)


def setup() -> Router:
    router = Router(name=__name__)
    router.message.register(asked, TestPage())
    return router
