"""May the bot write into this chat? The refusals of the real server, in its order."""

from typing import Any

from bot.sandbox.chats import KICKED, MEMBER, TELEGRAM
from bot.sandbox.refusals import BadRequest, Forbidden
from bot.sandbox.world import World


def open_chat(world: World, chat_id: Any) -> int:
    """The id of a chat into which the bot may write now. BadRequest, Forbidden: why not."""
    if not isinstance(chat_id, int):
        raise BadRequest("chat not found")
    place = world.chats.person(chat_id) or world.chats.group(chat_id)
    if place is not None and place.network != TELEGRAM:
        raise BadRequest("chat not found")
    if (refusal := world.shut.refusal(chat_id)) is not None:
        raise refusal
    if (person := world.chats.person(chat_id)) is not None:
        if person.blocked:
            raise Forbidden("bot was blocked by the user")
        if not person.started:
            raise Forbidden("bot can't initiate conversation with a user")
        return chat_id
    group = world.chats.group(chat_id)
    if group is None:
        raise BadRequest("chat not found")
    kind = group.chat()["type"]
    if group.bot_status == KICKED:
        raise Forbidden(f"bot was kicked from the {kind} chat")
    if group.bot_status != MEMBER:
        raise Forbidden(f"bot is not a member of the {kind} chat")
    return chat_id
