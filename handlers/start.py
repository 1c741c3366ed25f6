"""/start: the menu, or an invitation code from a deep link."""

from aiogram import Router
from aiogram.types import Message

from bot.domain.people import Act
from bot.services import joining
from bot.services.desk import Desk
from handlers.answering import answer
from handlers.filters import Start


async def start(message: Message, code: str, act: Act, desk: Desk) -> None:
    if code:
        done = await desk.do(joining.redeem, act, code)
    else:
        done = await desk.do(joining.menu, act, greeting=True)
    await answer(message, done, act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.message.register(start, Start())
    return router
