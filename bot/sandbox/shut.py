"""Chats that refuse the bot: an account that is gone, a right withdrawn, a group that moved."""

from bot.sandbox.refusals import ApiRefusal, BadRequest, Forbidden
from bot.sandbox.store import Store

DEACTIVATED, MUTED, MOVED = "deactivated", "muted", "moved"


class Shut:
    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, chat_id: int, why: str, moved_to: int | None = None) -> None:
        self._store.run("INSERT OR REPLACE INTO shut VALUES (?, ?, ?)", chat_id, why, moved_to)

    def lift(self, chat_id: int) -> None:
        self._store.run("DELETE FROM shut WHERE chat_id = ?", chat_id)

    def why(self, chat_id: int) -> str:
        row = self._store.one("SELECT why FROM shut WHERE chat_id = ?", chat_id)
        return "" if row is None else str(row["why"])

    def refusal(self, chat_id: int) -> ApiRefusal | None:
        """What the real server says to a bot that writes there."""
        row = self._store.one("SELECT * FROM shut WHERE chat_id = ?", chat_id)
        if row is None:
            return None
        match row["why"]:
            case "deactivated":
                return Forbidden("user is deactivated")
            case "muted":
                return BadRequest("not enough rights to send text messages to the chat")
        refusal = BadRequest("group chat was upgraded to a supergroup chat")
        refusal.parameters["migrate_to_chat_id"] = int(row["moved_to"])
        return refusal
