"""sendDocument and getFile."""

from typing import Any

from bot.sandbox.bot_access import open_chat
from bot.sandbox.bot_messages import content_of, posted
from bot.sandbox.contents import document
from bot.sandbox.files import LARGEST_DOWNLOAD, File, Upload
from bot.sandbox.messages import OWN, Content
from bot.sandbox.refusals import BadRequest
from bot.sandbox.world import World

LONGEST_CAPTION = 1024  # characters, after entities


def send_document(world: World, given: dict[str, Any]) -> dict[str, Any]:
    chat_id = open_chat(world, given["chat_id"])
    caption, file = _caption(given), _file(world, given["document"])
    extra = {"document": document(file), OWN: {"file": file.for_people()}}
    content = Content(caption.text, caption.entities, kind="document", extra=extra)
    return posted(world, chat_id, given, content)


def get_file(world: World, given: dict[str, Any]) -> dict[str, Any]:
    file = world.files.of_bot(given["file_id"])
    if file is None:
        raise BadRequest("invalid file_id")
    if file.size > LARGEST_DOWNLOAD:
        raise BadRequest("file is too big")
    return {**file.for_bot(), "file_path": file.path}


def _caption(given: dict[str, Any]) -> Content:
    if not given.get("caption", "").strip():
        return Content("")
    words = {"text": given["caption"], "entities": given.get("caption_entities", [])}
    words["parse_mode"] = given.get("parse_mode", "")
    return content_of(words, "message caption is too long", LONGEST_CAPTION)


def _file(world: World, given: Upload | str) -> File:
    """What was sent along, or a file that is known already."""
    if isinstance(given, Upload):
        if not given.body:
            raise BadRequest("file must be non-empty")
        return world.files.add("document", given.name, given.body)
    known = world.files.of_bot(given)
    if known is None:
        raise BadRequest("wrong remote file identifier specified: wrong string length")
    return known
