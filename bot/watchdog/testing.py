"""The test page: asked for by the watchdog's bot in a group, answered there by the program's.

A bot hears another bot where one of the two has Bot-to-Bot Communication Mode on and the message is
a command with its name; so the question and the answer both are (docs/decisions/0016-watchdog.md).
"""

import asyncio
import secrets
from time import monotonic

from httpx import InvalidURL
from telegram import Bot, Message, Update
from telegram.error import ChatMigrated, Conflict, NetworkError, TelegramError

from bot.watchdog.alarm import Fault

LONGEST_POLL = 20  # seconds
PAUSE = 0.5  # seconds after a poll that failed


class Tester:
    """`name`: the program's bot. `wrote`: who has written to the watchdog's bot, by chat."""

    def __init__(self, bot: Bot, chat: int | None, name: str, patience: float) -> None:
        self._bot, self._chat, self._name, self._patience = bot, chat, name, patience
        self._offset = 0
        self.moved_to: int | None = None  # the group has become a supergroup
        self.took = 0.0  # seconds, of the last one that came back
        self.wrote: dict[int, str] = {}

    async def test(self) -> Fault | None:
        nonce = secrets.token_hex(6).upper()
        began = monotonic()
        try:
            await self._ask(nonce)
            came = await self._comes_back(nonce, began + self._patience)
        except (TelegramError, InvalidURL) as error:
            return Fault("telegram", type(error).__name__)
        self.took = monotonic() - began
        return None if came else Fault("lost")

    async def listen(self) -> None:
        """Takes up what people have written. TelegramError."""
        await self._poll(0)

    async def _ask(self, nonce: str) -> None:
        said = f"/kiemtra@{self._name} {nonce}"
        try:
            await self._bot.send_message(self._where(), said, disable_notification=True)
        except ChatMigrated as moved:
            self.moved_to = moved.new_chat_id
            await self._bot.send_message(self._where(), said, disable_notification=True)

    def _where(self) -> int:
        return self.moved_to or self._chat or 0

    async def _comes_back(self, nonce: str, until: float) -> bool:
        """Raises the wire's error where it never answered in all this time."""
        trouble: TelegramError | None = None
        while (left := until - monotonic()) > 0:
            try:
                async with asyncio.timeout(left):
                    said = await self._poll(min(left, LONGEST_POLL))
                trouble = None
            except TimeoutError:
                break
            except Conflict:
                raise
            except NetworkError as error:
                trouble = error
                await asyncio.sleep(min(PAUSE, left))
                continue
            if any(self._is_answer(message, nonce) for message in said):
                return True
        if trouble is not None:
            raise trouble
        return False

    async def _poll(self, seconds: float) -> list[Message]:
        updates = await self._bot.get_updates(
            offset=self._offset, timeout=int(seconds), allowed_updates=[Update.MESSAGE]
        )
        said = [update.message for update in updates if update.message is not None]
        if updates:
            self._offset = updates[-1].update_id + 1
        for message in said:
            if message.from_user is not None and message.chat.type == message.chat.PRIVATE:
                self.wrote[message.chat.id] = message.from_user.full_name
        return said

    def _is_answer(self, message: Message, nonce: str) -> bool:
        """Of the program's bot, not of somebody who has read the question in the group."""
        by = message.from_user
        mine = by is not None and by.is_bot and (by.username or "").lower() == self._name.lower()
        return mine and nonce in (message.text or "")
