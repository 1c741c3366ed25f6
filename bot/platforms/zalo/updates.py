"""What people write on Zalo, as the updates that the handlers know.

Zalo tells a message whole, without ids that grow and without entities. The update's id is drawn
from the chat's and the message's, so that one that is brought twice is known at the door.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from aiogram import Bot
from aiogram.types import Update

from bot.platforms.zalo.numbers import GROUP, Numbers, digest

Json = Mapping[str, Any]

NOT_HERE = "unsupported"  # the file_id of what Zalo does not hand over
MENTION = r"@{name}(?!\w)\s*[,:]?\s*"
ANY_MENTION = re.compile(r"\s*@\w+\s*[,:]?\s+")


class Unknown(ValueError):
    """An event of a kind that we do not know, or without what its kind has. Holds no words."""


class Own(Exception):
    """What a bot has said, ours or another."""


def update_of(told: object, bot: Bot, numbers: Numbers, name: str) -> Update:
    """Of an event, with its envelope or without. `name`: the bot's, by which a group calls it.

    Raises Unknown, Own.
    """
    try:
        event = _unwrapped(told)
        kind, message = event["event_name"], event["message"]
        if message["from"].get("is_bot"):
            raise Own
        shown = {**_frame(message, numbers), **_content(kind, message, name)}
        number = digest(f"{message['chat']['id']}|{message['message_id']}") >> 3
        shown["message_id"] = number
        return Update.model_validate({"update_id": number, "message": shown}, context={"bot": bot})
    except Unknown:
        raise
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise Unknown(type(error).__name__) from None


def _unwrapped(told: object) -> Json:
    event = told["result"] if isinstance(told, dict) and "event_name" not in told else told
    if not isinstance(event, dict):
        raise Unknown("no event")
    return event


def _frame(message: Json, numbers: Numbers) -> dict[str, Any]:
    """Who, where, when."""
    sender, chat = message["from"], message["chat"]
    called = _written(str(sender.get("display_name") or "?"))
    user = {"id": numbers.of(_id(sender)), "is_bot": False, "first_name": called}
    if str(chat.get("chat_type", "")).upper() == "PRIVATE":
        where = {"id": numbers.of(_id(chat)), "type": "private", "first_name": called}
    else:
        title = _written(str(chat.get("display_name") or chat.get("title") or ""))
        where = {"id": numbers.of(GROUP + _id(chat)), "type": "group", "title": title}
    date = int(message["date"]) // 1000
    return {"date": date, "chat": where, "from": user}


def _id(one: Json) -> str:
    """One that can stand in an address, and is not taken for a group's."""
    if not re.fullmatch(r"\w+", told := str(one["id"]), re.ASCII):
        raise Unknown("no id")
    return told


def _content(kind: str, message: Json, name: str) -> dict[str, Any]:
    caption = {"caption": _written(message["caption"])} if message.get("caption") else {}
    unique = str(message["message_id"])
    match kind:
        case "message.text.received":
            return {"text": _said(message["text"], message["chat"], name)}
        case "message.image.received":
            url = str(message.get("photo_url") or message["photo"])
            picture = {"file_id": url, "file_unique_id": unique, "width": 0, "height": 0}
            return {"photo": [picture], **caption}
        case "message.sticker.received":
            sticker = {"file_id": unique, "file_unique_id": unique, "type": "regular"}
            shape = {"width": 0, "height": 0, "is_animated": False, "is_video": False}
            return {"sticker": {**sticker, **shape}}
        case "message.voice.received":
            return {"voice": {"file_id": unique, "file_unique_id": unique, "duration": 0}}
        case "message.unsupported.received":
            return {"document": {"file_id": NOT_HERE, "file_unique_id": unique}, **caption}
    raise Unknown("another kind")


def _said(text: str, chat: Json, name: str) -> str:
    """Without the bot's name, which is how a group speaks to it."""
    text = _written(text)
    if str(chat.get("chat_type", "")).upper() == "PRIVATE":
        return text
    name = re.escape(unicodedata.normalize("NFC", name))
    without = re.sub(MENTION.format(name=name), "", text, count=1, flags=re.I) if name else text
    if without == text:
        without = ANY_MENTION.sub("", text, count=1) if ANY_MENTION.match(text) else text
    return without.strip()


def _written(text: str) -> str:
    """Composed; half a letter, which no row can hold, becomes a question mark."""
    return unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode()
