"""answerCallbackQuery."""

import re
from typing import Any

from bot.sandbox.callbacks import Answer
from bot.sandbox.refusals import BadRequest
from bot.sandbox.world import World

LONGEST = 200  # characters


def answer_callback_query(world: World, given: dict[str, Any]) -> Answer:
    """The answer, to be told to whoever waits once it is on disk."""
    text = given.get("text") or None
    if text and len(text) > LONGEST:
        raise BadRequest("MESSAGE_TOO_LONG")
    url = given.get("url")
    if url and not re.match(rf"(?i)(https?://)?t\.me/{world.bot.username}\b", url):
        raise BadRequest("URL_INVALID")
    answer = world.callbacks.answer(
        given["callback_query_id"],
        text,
        given.get("show_alert", False),
        world.limits.callback_seconds,
    )
    world.events.tell(
        "callback",
        {
            "query": answer.query,
            "person": answer.person_id,
            "chat": answer.chat_id,
            "text": answer.text,
            "show_alert": answer.show_alert,
        },
    )
    return answer
