"""sendMessage and editMessageText."""

from dataclasses import replace
from typing import Any

from bot.sandbox import beside, topics
from bot.sandbox.bot_access import open_chat
from bot.sandbox.entities import detected
from bot.sandbox.keyboards import checked
from bot.sandbox.markup import parse, trimmed, units
from bot.sandbox.messages import Content
from bot.sandbox.refusals import BadRequest
from bot.sandbox.world import World

LONGEST = 4096  # characters, after entities
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def content_of(given: dict[str, Any], too_long: str, longest: int = LONGEST) -> Content:
    """Text and entities as the server would keep them. BadRequest: empty, too long, broken."""
    text, entities = given.get("text", ""), given.get("entities", [])
    match given.get("parse_mode", "").lower():
        case "html":
            text, entities = parse(text)
        case "markdown" | "markdownv2":
            raise BadRequest("the sandbox reads parse_mode HTML only")
        case "":
            _inside(text, entities)
        case _:
            raise BadRequest("unsupported parse_mode")
    text, entities = trimmed(text, entities)
    if not text:
        raise BadRequest("message text is empty")
    if len(text) > longest:
        raise BadRequest(too_long)
    return Content(text, detected(text, entities))


def _inside(text: str, entities: list[dict[str, Any]]) -> None:
    for entity in entities:
        if entity["offset"] < 0 or entity["offset"] + entity["length"] > units(text):
            raise BadRequest("entity beyond the end of the text")


def send_message(world: World, given: dict[str, Any]) -> dict[str, Any]:
    chat_id = open_chat(world, given["chat_id"])
    return posted(world, chat_id, given, content_of(given, "message is too long"))


def posted(world: World, chat_id: int, given: dict[str, Any], content: Content) -> dict[str, Any]:
    """With what every kind of message may carry: keyboard, reply, topic."""
    markup = checked(given.get("reply_markup"))
    reply_to = _answered(world, chat_id, given.get("reply_parameters") or {})
    place = topics.for_bot(world, chat_id, given.get("message_thread_id"))
    world.gauge.let_through(world.limits, chat_id, edit=False)
    message = world.messages.post(
        chat_id,
        world.bot.id,
        replace(content, extra={**(content.extra or {}), **place}),
        markup=markup,
        reply_to=reply_to,
        silent=given.get("disable_notification", False),
        protected=given.get("protect_content", False),
    )
    world.tell_message("message", message)
    beside.carry(world, message)
    return world.messages.for_bot(message)


def _answered(world: World, chat_id: int, reply: dict[str, Any]) -> int | None:
    wanted = reply.get("message_id")
    if wanted is None:
        return None
    if reply.get("chat_id", chat_id) == chat_id and world.messages.find(chat_id, wanted):
        return int(wanted)
    if reply.get("allow_sending_without_reply"):
        return None
    raise BadRequest("message to be replied not found")


def edit_message_text(world: World, given: dict[str, Any]) -> dict[str, Any]:
    if "chat_id" not in given:
        raise BadRequest("chat_id is empty")
    if "message_id" not in given:
        raise BadRequest("message identifier is not specified")
    chat_id = open_chat(world, given["chat_id"])
    content = content_of(given, "MESSAGE_TOO_LONG")
    markup = checked(given.get("reply_markup"))
    before = world.messages.find(chat_id, given["message_id"])
    if before is None:
        raise BadRequest("message to edit not found")
    if before.sender_id != world.bot.id or before.kind != "text":
        raise BadRequest("message can't be edited")
    if (before.text, before.entities, before.markup) == (content.text, content.entities, markup):
        raise BadRequest(NOT_MODIFIED)
    world.gauge.let_through(world.limits, chat_id, edit=True)
    message = world.messages.edit(before, content, markup)
    world.tell_message("edit", message)
    return world.messages.for_bot(message)
