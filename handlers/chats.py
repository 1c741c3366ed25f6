"""The bot was blocked or unblocked, put into a group or out of it; a group has another id."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated, Message

from bot.domain.people import Act
from bot.services import rooms
from bot.services.desk import Desk
from bot.services.ports.messages import Chat
from handlers.filters import Moved

GONE = (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)


async def changed(event: ChatMemberUpdated, act: Act, desk: Desk) -> None:
    chat = Chat(act.chat, act.private, title=event.chat.title or "")
    present = event.new_chat_member.status not in GONE
    await desk.do(rooms.changed, act, chat, present)


async def moved(message: Message, was: int, now: int, act: Act, desk: Desk) -> None:
    here = act.chat.rpartition(":")[0]
    await desk.do(rooms.moved, act, f"{here}:{was}", f"{here}:{now}")


def setup() -> Router:
    router = Router(name=__name__)
    router.my_chat_member.register(changed)
    router.message.register(moved, Moved())
    return router
