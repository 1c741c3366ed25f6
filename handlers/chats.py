"""The bot was blocked or unblocked, put into a group or out of it."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated

from bot.domain.people import Act
from bot.services import delivery
from bot.services.desk import Desk
from bot.services.ports.messages import Chat

GONE = (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)


async def changed(event: ChatMemberUpdated, act: Act, desk: Desk) -> None:
    chat = Chat(act.chat, act.private, title=event.chat.title or "")
    present = event.new_chat_member.status not in GONE
    await desk.do(delivery.chat_changed, act, chat, present)


def setup() -> Router:
    router = Router(name=__name__)
    router.my_chat_member.register(changed)
    return router
