"""Taps that wait for the bot's answer. The tap is a row; who waits for it is in memory."""

import asyncio
import secrets
from dataclasses import dataclass

from bot.sandbox.clock import SandboxClock
from bot.sandbox.refusals import BadRequest
from bot.sandbox.store import Store

LATE = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Answer:
    query: str
    person_id: int
    chat_id: int
    text: str | None
    show_alert: bool


class Callbacks:
    def __init__(self, store: Store, clock: SandboxClock) -> None:
        self._store, self._clock = store, clock
        self._waiting: dict[str, asyncio.Future[Answer | None]] = {}

    def tapped(self, person_id: int, chat_id: int, message_id: int, data: str) -> str:
        """The id of the new callback query."""
        query = str(secrets.randbelow(9 * 10**17) + 10**17)
        self._store.run(
            "INSERT INTO callbacks (id, person_id, chat_id, message_id, data, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *(query, person_id, chat_id, message_id, data, self._clock.now().timestamp()),
        )
        return query

    def answer(self, query: str, text: str | None, show_alert: bool, patience: float) -> Answer:
        """BadRequest: unknown, answered before, or older than `patience` seconds of the clock."""
        row = self._store.one("SELECT * FROM callbacks WHERE id = ? AND answered = 0", query)
        if row is None or self._clock.now().timestamp() - row["at"] > patience:
            raise BadRequest(LATE)
        self._store.run(
            "UPDATE callbacks SET answered = 1, text = ?, alert = ? WHERE id = ?",
            *(text, show_alert, query),
        )
        return Answer(query, row["person_id"], row["chat_id"], text, show_alert)

    def tell(self, answer: Answer) -> None:
        """Whoever waits for this answer has it."""
        waiting = self._waiting.pop(answer.query, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    async def wait(self, query: str, seconds: float) -> Answer | None:
        """None: not answered within so many real seconds, or the server stops."""
        waiting: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self._waiting[query] = waiting
        try:
            async with asyncio.timeout(seconds):
                return await waiting
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(query, None)

    def stop(self) -> None:
        for waiting in list(self._waiting.values()):
            if not waiting.done():
                waiting.set_result(None)
