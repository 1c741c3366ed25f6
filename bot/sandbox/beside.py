"""Several sandboxes as one Telegram: a group that each has under one id is one group.

Each plays one bot with its own private chats. What a bot says in such a group stands in all of
them; another bot hears it where Telegram's Bot-to-Bot Communication Mode lets it: one of the two
has the mode on, and the message holds a command with its name (/command@its_name) or answers it.
"""

from bot.sandbox.chats import MEMBER
from bot.sandbox.messages import Content, Message
from bot.sandbox.talk import bot_sees
from bot.sandbox.world import World


def meet(one: World, other: World) -> None:
    """From now on, until one of them stops."""
    for here, there in ((one, other), (other, one)):
        here.beside.append(there)
        here.messages.know(there.bot)


def part(world: World) -> None:
    for other in world.beside:
        other.beside.remove(world)
    world.beside.clear()


def carry(world: World, message: Message) -> None:
    """What the bot has just said, to the groups of the same id; each is a step of its own."""
    for other in world.beside:
        group = other.chats.group(message.chat_id)
        if group is None:
            continue
        content = Content(message.text, message.entities, message.kind)
        with other.step():
            here = other.messages.post(group.id, world.bot.id, content, silent=message.silent)
            other.tell_message("message", here)
            may = world.bot_to_bot or other.bot_to_bot
            if may and group.bot_status == MEMBER and bot_sees(other, here):
                other.updates.add("message", other.messages.for_bot(here))
