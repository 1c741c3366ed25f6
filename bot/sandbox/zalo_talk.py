"""What people write on Zalo: which of it the bot hears, in which shape, and what is lost."""

import re
import unicodedata
from typing import Any

from bot.sandbox.chats import MEMBER, Person
from bot.sandbox.messages import Message
from bot.sandbox.world import World
from bot.sandbox.zalo_mail import Letter

Json = dict[str, Any]

EVENTS = {"text": "text", "photo": "image", "sticker": "sticker", "voice": "voice"}


def arrives(world: World, message: Message) -> None:
    """Waits for the bot, or is lost where nobody listens."""
    if not hears(world, message):
        return
    if world.zalo_listens():
        world.mail.add(message.chat_id, message.id, event_of(world, message))
    else:
        world.lose(message.id)


def hears(world: World, message: Message) -> bool:
    """Of a group only what names the bot or answers it; never who comes and goes."""
    if message.chat_id > 0:
        return True
    if world.group(message.chat_id).bot_status != MEMBER:
        return False
    if message.reply_to is not None:
        answered = world.messages.find(message.chat_id, message.reply_to)
        if answered is not None and world.is_bot(answered.sender_id):
            return True
    return is_named(world, message.text)


def is_named(world: World, text: str) -> bool:
    if world.zalo_bot is None:
        return False
    names = "|".join(re.escape(_same(n)) for n in (world.zalo_bot.name, world.zalo_bot.username))
    return re.search(rf"(?<!\w)@(?:{names})(?!\w)", _same(text)) is not None


def _same(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def event_of(world: World, message: Message) -> Json:
    """{event_name, message} as Zalo writes it: nothing tells of a mention or of a reply."""
    kind = EVENTS.get(message.kind, "unsupported")
    sender = world.person(message.sender_id)
    told: Json = {
        "from": {"id": sender.zalo_id, "display_name": sender.name, "is_bot": False},
        "chat": chat_of(world, message.chat_id),
        "message_id": message.own["zalo_id"],
        "date": message.own["milliseconds"],
    }
    match kind:
        case "text":
            told["text"] = message.text
        case "image":
            told["photo_url"] = media(world, message)
            if message.text:
                told["caption"] = message.text
        case "voice":
            told["voice_url"] = media(world, message)
        case "sticker":
            told["sticker"] = message.extra["sticker"]["file_unique_id"]
    return {"event_name": f"message.{kind}.received", "message": told}


def media(world: World, message: Message) -> str:
    """Anybody who knows this address can read it, as at Zalo."""
    return f"{world.address}/zalo/media/{message.own['file']['id']}"


def chat_of(world: World, chat_id: int) -> Json:
    place = world.person(chat_id) if chat_id > 0 else world.group(chat_id)
    kind = "PRIVATE" if isinstance(place, Person) else "GROUP"
    return {"id": place.zalo_id, "chat_type": kind}


def lose(world: World, letters: list[Letter]) -> None:
    """What waited and will not be fetched; what the rig only brings again is not lost."""
    with world.step():
        for letter in letters:
            world.mail.drop(letter)
            if not letter.handed:
                world.lose(letter.message_id)
