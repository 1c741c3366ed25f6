"""Who there is: the bot, the people with their private chats, the groups with their members."""

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any

from bot.sandbox.store import Store

FIRST_PERSON = 700_000_001
FIRST_GROUP = -400_000_001
SUPERGROUPS = -1_000_000_000_000  # their ids lie below
TELEGRAM, ZALO = "telegram", "zalo"
MEMBER, KICKED, NEVER = "member", "kicked", "left"  # the bot's standing in a group


@dataclass(frozen=True, slots=True)
class BotAccount:
    id: int
    name: str
    username: str

    def user(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    username: str | None
    started: bool  # has written to the bot, so the bot may write
    blocked: bool  # has blocked the bot
    zalo_id: str | None = None

    @property
    def network(self) -> str:
        return ZALO if self.zalo_id else TELEGRAM

    def user(self) -> dict[str, Any]:
        known: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.username:
            known["username"] = self.username
        return {**known, "language_code": "vi"}

    def chat(self) -> dict[str, Any]:
        chat: dict[str, Any] = {"id": self.id, "type": "private", "first_name": self.name}
        return {**chat, "username": self.username} if self.username else chat


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    title: str
    bot_status: str
    members: tuple[int, ...]
    has_topics: bool = False
    zalo_id: str | None = None

    @property
    def network(self) -> str:
        return ZALO if self.zalo_id else TELEGRAM

    def chat(self) -> dict[str, Any]:
        kind = "supergroup" if self.has_topics or self.id < SUPERGROUPS else "group"
        chat: dict[str, Any] = {"id": self.id, "type": kind, "title": self.title}
        return {**chat, "is_forum": True} if self.has_topics else chat


class Chats:
    def __init__(self, store: Store) -> None:
        self._store = store

    def person(self, person_id: int) -> Person | None:
        row = self._store.one("SELECT * FROM people WHERE id = ?", person_id)
        return None if row is None else _person(row)

    def people(self) -> list[Person]:
        return [_person(row) for row in self._store.all("SELECT * FROM people ORDER BY id")]

    def named(self, username: str) -> Person | None:
        row = self._store.one("SELECT * FROM people WHERE lower(username) = lower(?)", username)
        return None if row is None else _person(row)

    def of_zalo(self, zalo_id: str) -> Person | Group | None:
        """Whose id at Zalo this is."""
        row = self._store.one("SELECT * FROM people WHERE zalo_id = ?", zalo_id)
        if row is not None:
            return _person(row)
        row = self._store.one("SELECT * FROM groups WHERE zalo_id = ?", zalo_id)
        return None if row is None else self._group(row)

    def save_person(
        self, name: str, username: str | None, person_id: int | None, zalo_id: str | None = None
    ) -> Person:
        """A new person, of Telegram or of Zalo, or the one of this id under the name now given."""
        known = self._store.number("SELECT max(id) FROM people")
        number = person_id or max(known + 1, FIRST_PERSON)
        self._store.run(
            "INSERT INTO people (id, name, username, zalo_id) VALUES (?, ?, ?, ?) ON CONFLICT (id)"
            " DO UPDATE SET name = excluded.name, username = excluded.username",
            *(number, name, username, zalo_id),
        )
        (row,) = self._store.all("SELECT * FROM people WHERE id = ?", number)
        return _person(row)

    def mark(self, person: Person, *, started: bool, blocked: bool) -> None:
        self._store.run(
            "UPDATE people SET started = ?, blocked = ? WHERE id = ?", started, blocked, person.id
        )

    def group(self, group_id: int) -> Group | None:
        row = self._store.one("SELECT * FROM groups WHERE id = ?", group_id)
        return None if row is None else self._group(row)

    def groups(self) -> list[Group]:
        rows = self._store.all(
            "SELECT * FROM groups WHERE id NOT IN"
            " (SELECT chat_id FROM shut WHERE moved_to IS NOT NULL) ORDER BY id DESC"
        )
        return [self._group(row) for row in rows]

    def add_group(
        self, title: str, status: str, group_id: int | None, zalo_id: str | None = None
    ) -> int:
        lowest = self._store.number("SELECT min(id) FROM groups WHERE id > ?", SUPERGROUPS)
        number = group_id or min(lowest - 1, FIRST_GROUP)
        self._store.run(
            "INSERT INTO groups (id, title, bot_status, zalo_id) VALUES (?, ?, ?, ?)",
            *(number, title, status, zalo_id),
        )
        return number

    def rename_group(self, group_id: int, title: str) -> None:
        self._store.run("UPDATE groups SET title = ? WHERE id = ?", title, group_id)

    def set_bot_status(self, group_id: int, status: str) -> None:
        self._store.run("UPDATE groups SET bot_status = ? WHERE id = ?", status, group_id)

    def join(self, group_id: int, person_id: int) -> None:
        self._store.run("INSERT OR IGNORE INTO members VALUES (?, ?)", group_id, person_id)

    def leave(self, group_id: int, person_id: int) -> None:
        self._store.run(
            "DELETE FROM members WHERE group_id = ? AND person_id = ?", group_id, person_id
        )

    def _group(self, row: sqlite3.Row) -> Group:
        members = self._store.all(
            "SELECT person_id FROM members WHERE group_id = ? ORDER BY rowid", row["id"]
        )
        inside = tuple(int(member["person_id"]) for member in members)
        topics = self._store.number("SELECT count(*) FROM topics WHERE group_id = ?", row["id"])
        return Group(row["id"], row["title"], row["bot_status"], inside, topics > 0, row["zalo_id"])

    def see(self, person_id: int, chat_id: int, message_id: int) -> None:
        """The person has read this chat up to this message."""
        self._store.run(
            "INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT (person_id, chat_id)"
            " DO UPDATE SET message_id = max(message_id, excluded.message_id)",
            *(person_id, chat_id, message_id),
        )

    def unread(self, person_id: int, chat_id: int) -> int:
        return self._store.number(
            "SELECT count(*) FROM messages WHERE chat_id = ? AND sender_id <> ? AND id >"
            " (SELECT coalesce(max(message_id), 0) FROM seen WHERE person_id = ? AND chat_id = ?)",
            *(chat_id, person_id, person_id, chat_id),
        )


def _person(row: sqlite3.Row) -> Person:
    return Person(
        row["id"],
        row["name"],
        row["username"],
        bool(row["started"]),
        bool(row["blocked"]),
        row["zalo_id"],
    )


def new_zalo_id() -> str:
    """Of a person, a group or a message: 80 bits."""
    return secrets.token_hex(10)
