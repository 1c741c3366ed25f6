"""Messages as rows, and the two shapes in which they are told: the Bot API's and the people's."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.chats import BotAccount, Chats
from bot.sandbox.clock import SandboxClock
from bot.sandbox.markup import Entity
from bot.sandbox.store import Store

Json = dict[str, Any]
OWN = "sandbox"  # among the extra fields, not told to the bot


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says, without who, where and when."""

    text: str
    entities: Sequence[Entity] = ()
    kind: str = "text"  # text, sticker, photo, document, voice, service
    extra: Mapping[str, Any] | None = None  # fields of the Bot API beside text and entities


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    chat_id: int
    sender_id: int
    date: int
    edit_date: int | None
    edits: int
    kind: str
    text: str
    entities: list[Entity]
    markup: Json | None
    silent: bool
    protected: bool
    reply_to: int | None
    extra: Json

    @property
    def own(self) -> Json:
        """What the sandbox notes beside what the Bot API has: see World.post_on_zalo and Files."""
        noted: Json = self.extra.get(OWN, {})
        return noted

    @property
    def buttons(self) -> list[list[Json]]:
        return self.markup.get("inline_keyboard", []) if self.markup else []


class Messages:
    def __init__(
        self, store: Store, clock: SandboxClock, chats: Chats, bots: Sequence[BotAccount]
    ) -> None:
        self._store, self._clock, self._chats = store, clock, chats
        self._bots = {bot.id: bot for bot in bots}

    def know(self, bot: BotAccount) -> None:
        """A bot of another sandbox, that is in one group with people of here."""
        self._bots[bot.id] = bot

    def post(
        self,
        chat_id: int,
        sender_id: int,
        content: Content,
        *,
        markup: Json | None = None,
        reply_to: int | None = None,
        silent: bool = False,
        protected: bool = False,
    ) -> Message:
        number = self._store.run(
            "INSERT INTO messages (chat_id, sender_id, date, kind, text, entities, markup, silent,"
            " protected, reply_to, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(chat_id, sender_id, self._clock.stamp(), content.kind, content.text),
            *(json.dumps(content.entities), json.dumps(markup) if markup else None),
            *(silent, protected, reply_to, json.dumps(content.extra or {})),
        )
        return self.the(number)

    def edit(self, message: Message, content: Content, markup: Json | None) -> Message:
        self._store.run(
            "UPDATE messages SET text = ?, entities = ?, markup = ?, edit_date = ?,"
            " edits = edits + 1 WHERE id = ?",
            *(content.text, json.dumps(content.entities), json.dumps(markup) if markup else None),
            *(self._clock.stamp(), message.id),
        )
        return self.the(message.id)

    def the(self, message_id: int) -> Message:
        """LookupError: there is none of this id."""
        row = self._store.one("SELECT * FROM messages WHERE id = ?", message_id)
        if row is None:
            raise LookupError(message_id)
        return _message(row)

    def find(self, chat_id: int, message_id: int) -> Message | None:
        row = self._store.one(
            "SELECT * FROM messages WHERE id = ? AND chat_id = ?", message_id, chat_id
        )
        return None if row is None else _message(row)

    def of_chat(self, chat_id: int, after: int = 0, last: int = 200) -> list[Message]:
        """The newest of a chat, the oldest of them first."""
        rows = self._store.all(
            "SELECT * FROM messages WHERE chat_id = ? AND id > ? ORDER BY id DESC LIMIT ?",
            *(chat_id, after, last),
        )
        return [_message(row) for row in reversed(rows)]

    def of_topic(self, chat_id: int, topic: int) -> list[Message]:
        rows = self._store.all(
            "SELECT * FROM messages WHERE chat_id = ?"
            " AND json_extract(extra, '$.message_thread_id') = ?",
            *(chat_id, topic),
        )
        return [_message(row) for row in rows]

    def next_number(self) -> int:
        """Of the message that will be posted next."""
        last = self._store.number("SELECT seq FROM sqlite_sequence WHERE name = 'messages'")
        return last + 1

    def lose(self, message_id: int) -> Message | None:
        """Marked as lost on its way to the bot. None: it is deleted."""
        row = self._store.one("SELECT * FROM messages WHERE id = ?", message_id)
        if row is None:
            return None
        message = _message(row)
        extra = {**message.extra, OWN: {**message.own, "lost": True}}
        changed = json.dumps(extra, ensure_ascii=False)
        self._store.run("UPDATE messages SET extra = ? WHERE id = ?", changed, message_id)
        return self.the(message_id)

    def delete(self, message: Message) -> None:
        self._store.run("DELETE FROM messages WHERE id = ?", message.id)

    def newest(self, chat_id: int) -> int:
        return self._store.number("SELECT max(id) FROM messages WHERE chat_id = ?", chat_id)

    def chat_of(self, chat_id: int) -> Json:
        """The Bot API's Chat. LookupError: no such chat."""
        found = self._chats.person(chat_id) or self._chats.group(chat_id)
        if found is None:
            raise LookupError(chat_id)
        return found.chat()

    def user_of(self, sender_id: int) -> Json:
        """The Bot API's User. LookupError: nobody."""
        if sender_id in self._bots:
            return self._bots[sender_id].user()
        person = self._chats.person(sender_id)
        if person is None:
            raise LookupError(sender_id)
        return person.user()

    def for_bot(self, message: Message, *, with_reply: bool = True) -> Json:
        """The Bot API's Message."""
        told: Json = {
            "message_id": message.id,
            "from": self.user_of(message.sender_id),
            "chat": self.chat_of(message.chat_id),
            "date": message.date,
            **message.extra,
        }
        told.pop(OWN, None)
        if message.text and message.kind != "service":
            field = "text" if message.kind == "text" else "caption"
            told[field] = message.text
            if message.entities:
                told["entities" if field == "text" else "caption_entities"] = message.entities
        if message.edit_date is not None:
            told["edit_date"] = message.edit_date
        if message.protected:
            told["has_protected_content"] = True
        if message.markup and "inline_keyboard" in message.markup:
            told["reply_markup"] = message.markup
        if with_reply and message.reply_to is not None:
            answered = self.find(message.chat_id, message.reply_to)
            if answered is not None:
                told["reply_to_message"] = self.for_bot(answered, with_reply=False)
        return told

    def for_people(self, message: Message) -> Json:
        """The shape of docs/sandbox.md, "Tin nhắn"."""
        user, file = self.user_of(message.sender_id), message.own.get("file")
        return {
            "id": message.id,
            "chat": message.chat_id,
            "from": {"id": user["id"], "name": user["first_name"], "is_bot": user["is_bot"]},
            "date": message.date,
            "kind": message.kind,
            "text": message.text,
            "entities": message.entities,
            "buttons": [[_button(button) for button in row] for row in message.buttons],
            "reply_keyboard": _reply_keyboard(message.markup),
            "reply_to": message.reply_to,
            "topic": message.extra.get("message_thread_id"),
            "edited": message.edits > 0,
            "edits": message.edits,
            "edit_date": message.edit_date,
            "silent": message.silent,
            "protected": message.protected,
            "sticker": message.extra.get("sticker", {}).get("emoji"),
            "document": message.extra.get("document", {}).get("file_name"),
            "picture": file["address"] if file and message.kind == "photo" else None,
            "file": file,
            "lost": message.own.get("lost", False),
        }


def _button(button: Json) -> Json:
    shown: Json = {"label": button["text"]}
    if "callback_data" in button:
        shown["data"] = button["callback_data"]
    if "url" in button:
        shown["url"] = button["url"]
    if "copy_text" in button:
        shown["copy"] = button["copy_text"]["text"]
    return shown


def _reply_keyboard(markup: Json | None) -> list[list[str]] | None:
    """Labels under the typing field; an empty list takes them away; None: says nothing of them."""
    if markup and "keyboard" in markup:
        return [[button["text"] for button in row] for row in markup["keyboard"]]
    return [] if markup and "remove_keyboard" in markup else None


def _message(row: sqlite3.Row) -> Message:
    return Message(
        id=row["id"],
        chat_id=row["chat_id"],
        sender_id=row["sender_id"],
        date=row["date"],
        edit_date=row["edit_date"],
        edits=row["edits"],
        kind=row["kind"],
        text=row["text"],
        entities=json.loads(row["entities"]),
        markup=json.loads(row["markup"]) if row["markup"] else None,
        silent=bool(row["silent"]),
        protected=bool(row["protected"]),
        reply_to=row["reply_to"],
        extra=json.loads(row["extra"]),
    )
