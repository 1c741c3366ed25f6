"""The one thing that a person says at a time: words, a sticker, a picture, a file, a voice."""

from base64 import b64decode
from binascii import Error
from typing import Any

from bot.sandbox.body import Body
from bot.sandbox.entities import detected
from bot.sandbox.files import LARGEST_DOWNLOAD, File
from bot.sandbox.messages import OWN, Content
from bot.sandbox.pictures import HEIGHT, WIDTH, made_up
from bot.sandbox.refusals import wrong
from bot.sandbox.world import World

KINDS = ("text", "sticker", "photo", "document", "voice")
FIELDS = (*KINDS, "caption", "bytes", "size")
LARGEST = 2 * 10**9  # bytes, as large as a file may be at Telegram
ENDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}


def content_of(world: World, body: Body) -> Content:
    """PeopleRefusal: several at once, or none. Within a step: bytes are kept."""
    kinds = [name for name in KINDS if name in body]
    if len(kinds) > 1:
        raise wrong(kinds[1], "mỗi lần chỉ một thứ", "one thing at a time")
    caption = body.maybe_text("caption", 1024) or ""
    match kinds:
        case ["sticker"]:
            return _sticker(world, body.text("sticker", 16))
        case ["photo"]:
            picture = _picture(body)
            file = world.files.add("photo", f"anh.{_end(picture)}", picture)
            sizes = [{**file.for_bot(), "width": WIDTH, "height": HEIGHT}]
            return _with(file, caption, {"photo": sizes})
        case ["document"]:
            file = _document(world, body)
            return _with(file, caption, {"document": document(file)})
        case ["voice"] if body.flag("voice"):
            file = world.files.add("voice", "ghi-am.aac", b"\xff\xf1" * 64)
            return _with(file, "", {"voice": {**file.for_bot(), "duration": 1}})
        case _:
            return text_content(body.text("text"))


def text_content(text: str) -> Content:
    text = text.strip()
    return Content(text, detected(text, []))


def document(file: File) -> dict[str, Any]:
    """The Bot API's Document."""
    return {**file.for_bot(), "file_name": file.name, "mime_type": file.type}


def _sticker(world: World, emoji: str) -> Content:
    file = world.files.add("sticker", "nhan-dan.webp", None)
    sticker = {**file.for_bot(), "type": "regular", "width": 512, "height": 512}
    sticker |= {"is_animated": False, "is_video": False, "emoji": emoji}
    return Content("", kind="sticker", extra={"sticker": sticker})


def _with(file: File, caption: str, fields: dict[str, Any]) -> Content:
    extra = {**fields, OWN: {"file": file.for_people()}}
    return Content(caption, detected(caption, []), kind=file.kind, extra=extra)


def _picture(body: Body) -> bytes:
    """`true`: some picture; else its bytes."""
    if body.is_text("photo"):
        return _bytes(body, "photo")
    if not body.flag("photo"):
        raise wrong("photo", "cần true hoặc ảnh ở dạng base64", "true, or a picture in base64")
    return made_up()


def _end(picture: bytes) -> str:
    ends = [end for begins, end in ENDS.items() if picture.startswith(begins)]
    if not ends:
        raise wrong("photo", "không phải ảnh", "is not a picture")
    return ends[0]


def _document(world: World, body: Body) -> File:
    name, size = body.text("document", 128), body.maybe_integer("size", 0, LARGEST)
    if "bytes" in body:
        return world.files.add("document", name, _bytes(body, "bytes"))
    if size is None:
        return world.files.add("document", name, f"{name}\n".encode())
    made = bytes(size) if size <= LARGEST_DOWNLOAD else None
    return world.files.add("document", name, made, size)


def _bytes(body: Body, name: str) -> bytes:
    try:
        return b64decode(body.text(name, 2**25), validate=True)
    except (Error, ValueError):
        raise wrong(name, "không phải base64", "is not base64") from None
