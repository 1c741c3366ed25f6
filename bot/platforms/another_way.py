"""The same message said another way, when a chat refuses it as it is: nothing is lost to its form.

Notices, cards and answers alike; where it went at last can be read off the message that came back.
"""

from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.methods import EditMessageText, SendMessage

from bot.platforms.bot_api import explain, not_modified
from bot.views.screen import plain

LIMIT = 4000  # characters of a plain message; the platform takes 4096

Said = SendMessage | EditMessageText


def another_way(said: Said, error: AiogramError) -> Said | None:
    """Into the chat that the group has become, outside a closed topic, without marks, without
    buttons. None: nothing of that would help."""
    trouble = explain(error)
    if isinstance(said, SendMessage):
        if trouble.reason == "migrated" and trouble.to:
            moved = {"chat_id": int(trouble.to), "message_thread_id": None}
            return said.model_copy(update=moved)
        if trouble.reason == "topic_closed" and said.message_thread_id is not None:
            return said.model_copy(update={"message_thread_id": None})
    if not isinstance(error, TelegramBadRequest) or trouble.reason != "refused_text":
        return None
    if not_modified(error):
        return None
    if said.parse_mode is not None:
        return said.model_copy(update={"parse_mode": None, "text": _cut(plain(said.text or ""))})
    if said.reply_markup is not None:
        return said.model_copy(update={"reply_markup": None})
    return None


def _cut(text: str) -> str:
    return text if len(text) <= LIMIT else f"{text[: LIMIT - 1].rstrip()}…"
