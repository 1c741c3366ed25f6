"""What a keyboard may be. Says what the real server says of one that it refuses."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.refusals import BadRequest

MOST_BUTTONS = 100
MOST_DATA = 64  # bytes
MOST_COPIED = 256  # characters
STYLES = {"danger", "success", "primary"}


def checked(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """The keyboard as it is stored: None for an empty one. BadRequest: not one that may be sent."""
    if markup is None:
        return None
    rows = markup.get("inline_keyboard", markup.get("keyboard"))
    if rows is None:
        return markup  # a removal, or a forced reply
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise BadRequest("reply markup is too long")
    for button in buttons:
        if not button["text"].strip():
            raise BadRequest("keyboard button text must be non-empty")
        if button.get("style", "primary") not in STYLES:
            raise BadRequest("can't parse keyboard button: unknown button style specified")
        if "inline_keyboard" in markup:
            _inline(button)
    return markup if buttons else None


def _inline(button: dict[str, Any]) -> None:
    acts = [name for name in ("callback_data", "url", "copy_text") if name in button]
    if not acts:
        raise BadRequest(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(acts) > 1:
        raise BadRequest("can't parse inline keyboard button: exactly one action is allowed")
    match acts[0]:
        case "callback_data" if not 1 <= len(button["callback_data"].encode()) <= MOST_DATA:
            raise BadRequest("BUTTON_DATA_INVALID")
        case "url" if not _address(button["url"]):
            raise BadRequest(f"inline keyboard button URL '{button['url']}' is invalid")
        case "copy_text" if not 1 <= len(button["copy_text"]["text"]) <= MOST_COPIED:
            raise BadRequest("BUTTON_COPY_TEXT_INVALID")


def _address(url: str) -> bool:
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        return False
    if parts.scheme == "tg":
        return True
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and bool(re.fullmatch(r"[\w-]+(\.[\w-]+)+", host))
