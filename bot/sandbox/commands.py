"""The bot's command menus: one a scope and language, and which of them a person is shown."""

import json
from typing import Any

from bot.sandbox.store import Store

Command = dict[str, str]


def scope_name(scope: dict[str, Any]) -> str:
    """ "chat:-400000001", "chat_member:-400000001:700000001", "default"."""
    parts = [scope["type"], scope.get("chat_id"), scope.get("user_id")]
    return ":".join(str(part) for part in parts if part is not None)


class Commands:
    def __init__(self, store: Store) -> None:
        self._store = store

    def set(self, scope: str, language: str, commands: list[Command]) -> None:
        self._store.run(
            "INSERT OR REPLACE INTO commands VALUES (?, ?, ?)",
            *(scope, language, json.dumps(commands, ensure_ascii=False)),
        )

    def get(self, scope: str, language: str) -> list[Command] | None:
        row = self._store.one(
            "SELECT commands FROM commands WHERE scope = ? AND language = ?", scope, language
        )
        return None if row is None else json.loads(row["commands"])

    def shown(self, chat_id: int, person_id: int) -> list[Command]:
        """The narrowest menu that there is, in Telegram's order; everybody here speaks vi."""
        if chat_id > 0:
            scopes = [f"chat:{chat_id}", "all_private_chats", "default"]
        else:
            scopes = [f"chat_member:{chat_id}:{person_id}", f"chat:{chat_id}"]
            scopes += ["all_group_chats", "default"]
        for scope in scopes:
            for language in ("vi", ""):
                found = self.get(scope, language)
                if found:
                    return found
        return []
