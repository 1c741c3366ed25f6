"""The watchdog's own ways of calling: its bot's private chats, and whatever apprise can do."""

import asyncio
import logging
import warnings
from collections.abc import Sequence

from apprise import Apprise
from httpx import InvalidURL
from telegram import Bot
from telegram.error import TelegramError

LOG = logging.getLogger("watchdog")
PATIENCE = 40.0  # seconds for each


class BadAddress(Exception):
    """apprise does not know the address in this place (from 1); it may hold a password."""

    def __init__(self, place: int) -> None:
        super().__init__(f"apprise cannot use address {place}")
        self.place = place


class Means:
    """BadAddress. `bot`: None without Telegram."""

    def __init__(self, bot: Bot | None, chats: Sequence[int], others: Sequence[str]) -> None:
        self._bot, self._chats = bot, chats
        self._others: list[Apprise] = []
        for place, address in enumerate(others, start=1):
            one = Apprise()
            with warnings.catch_warnings():  # of the modules that apprise reads now
                warnings.simplefilter("ignore", DeprecationWarning)
                if not one.add(address):
                    raise BadAddress(place)
            self._others.append(one)

    async def call(self, text: str) -> list[str]:
        """By every way at once; why each did not work, "" where it did. The chats come first."""
        ways = [self._said(chat, text) for chat in self._chats if self._bot]
        ways += [self._sent(place, one, text) for place, one in enumerate(self._others, start=1)]
        return list(await asyncio.gather(*ways))

    async def _said(self, chat: int, text: str) -> str:
        try:
            async with asyncio.timeout(PATIENCE):
                assert self._bot is not None
                await self._bot.send_message(chat, text)
        except (TelegramError, TimeoutError, InvalidURL) as error:
            LOG.error("chat %s was not reached: %s", chat, type(error).__name__)
            return type(error).__name__
        return ""

    async def _sent(self, place: int, one: Apprise, text: str) -> str:
        """apprise raises nothing: what is falsy has failed."""
        head, _, body = text.partition("\n")
        try:
            async with asyncio.timeout(PATIENCE):
                sent = bool(await one.async_notify(title=head, body=body or head))
        except TimeoutError:
            sent = False
        if not sent:
            LOG.error("apprise has not sent by address %s", place)
        return "" if sent else "apprise"
