"""sendMessage, sendPhoto, sendSticker and sendChatAction of the Zalo face."""

from datetime import timedelta, timezone
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.chats import MEMBER, Group, Person
from bot.sandbox.entities import detected
from bot.sandbox.guard import is_loopback
from bot.sandbox.messages import OWN, Content, Message
from bot.sandbox.world import World
from bot.sandbox.zalo_refusals import NOT_IN, STRANGE, ZaloBadRequest, ZaloRefusal

LONGEST = 2000  # characters
VIETNAM = timezone(timedelta(hours=7))  # Asia/Ho_Chi_Minh; has no summer time
Json = dict[str, Any]


def open_chat(world: World, given: Json) -> int:
    """The number of a chat into which the bot may write now."""
    place = world.chats.of_zalo(text_of(given, "chat_id"))
    if place is None:
        raise ZaloBadRequest("chat not found")
    shut = bool(world.shut.why(place.id))
    if isinstance(place, Person) and (shut or place.blocked or not place.started):
        raise ZaloBadRequest(STRANGE)
    if isinstance(place, Group) and (shut or place.bot_status != MEMBER):
        raise ZaloBadRequest(NOT_IN)
    return place.id


def text_of(given: Json, name: str, longest: int = LONGEST) -> str:
    text = given.get(name)
    if not isinstance(text, str) or not text.strip():
        raise ZaloBadRequest(f"{name} is required")
    if len(text) > longest:
        raise ZaloBadRequest(f"{name} must have 1 to {longest} characters")
    return text


def send_message(world: World, given: Json) -> Message:
    chat_id, text = open_chat(world, given), text_of(given, "text")
    found = [entity for entity in detected(text, []) if entity["type"] == "url"]
    return _sent(world, chat_id, Content(text, found))


def send_photo(world: World, given: Json) -> Message:
    """Zalo fetches the picture from its address; here the page does, if it can."""
    chat_id, address = open_chat(world, given), text_of(given, "photo")
    caption = text_of(given, "caption") if given.get("caption") else ""
    try:
        parts = urlsplit(address)
        public = parts.scheme == "https" and bool(parts.hostname)
        fits = public or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    except ValueError:
        fits = False
    if not fits:
        raise ZaloBadRequest("photo must be a public HTTPS address")
    file = {"id": None, "address": address, "name": None, "type": None, "size": None}
    return _sent(world, chat_id, Content(caption, kind="photo", extra={OWN: {"file": file}}))


def send_sticker(world: World, given: Json) -> Message:
    chat_id, sticker = open_chat(world, given), text_of(given, "sticker")
    extra = {"sticker": {"file_unique_id": sticker, "emoji": "🙂"}}
    return _sent(world, chat_id, Content("", kind="sticker", extra=extra))


def send_chat_action(world: World, given: Json) -> Json:
    open_chat(world, given)
    if text_of(given, "action") not in ("typing", "upload_photo"):
        raise ZaloBadRequest("unknown action")
    return {}


def _sent(world: World, chat_id: int, content: Content) -> Message:
    bot = world.zalo_bot
    assert bot is not None, "only a bot that is there can send"
    _count(world)
    message = world.post_on_zalo(chat_id, bot.id, content)
    world.tell_message("message", message)
    return message


def _count(world: World) -> None:
    """One more of this month. ZaloRefusal 429: there are no more; Zalo does not say until when."""
    month = f"zalo.sent.{world.clock.now().astimezone(VIETNAM):%Y-%m}"
    sent, most = int(world.store.fact(month) or 0), world.limits.zalo_month_quota
    if world.limits.on and most and sent >= most:
        raise ZaloRefusal(HTTPStatus.TOO_MANY_REQUESTS)
    world.store.set_fact(month, sent + 1)
