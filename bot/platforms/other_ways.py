"""The wire of the ways beside the chats: what is said to a person by mail, SMS, ntfy."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog

from bot.domain.account import Account
from bot.gateways import Gateway, loaded, speaker
from bot.platforms.bot_api import DeliveryError

LIMIT = 20.0  # seconds for one message; apprise's own limits for a connection are shorter
AT_ONCE = 8  # messages under way by one gateway: what hangs there holds up no other


class OtherWays:
    """The gateways of a running program, by their accounts ("mail:0")."""

    def __init__(self, those: Sequence[Gateway]) -> None:
        self._gateways = {one.account.address: one for one in those}
        self._threads = {each: ThreadPoolExecutor(AT_ONCE, "gateway") for each in self._gateways}
        self._turns = {each: asyncio.Semaphore(AT_ONCE) for each in self._gateways}
        self._log = structlog.get_logger("gateways")

    @property
    def accounts(self) -> list[Account]:
        return [one.account for one in self._gateways.values()]

    async def say(self, account: str, address: str, subject: str, text: str) -> None:
        """DeliveryError: not taken, or nobody knows; apprise tells no more than that. "limited":
        too many wait for this gateway, and it has not left."""
        gateway = self._gateways.get(account)
        if gateway is None:  # taken out of the setting since the row was claimed
            raise DeliveryError("unreachable", permanent=False)
        try:
            async with asyncio.timeout(LIMIT):
                await self._turns[account].acquire()
        except TimeoutError:
            raise DeliveryError("limited", permanent=False) from None
        saying = asyncio.get_running_loop().run_in_executor(
            self._threads[account], _say, gateway.to(address), subject, text
        )
        saying.add_done_callback(lambda _: self._turns[account].release())
        try:
            async with asyncio.timeout(LIMIT):
                taken = await asyncio.shield(saying)  # a thread that hangs keeps its place
        except TimeoutError:
            taken = False
        if not taken:
            self._log.warning("gateway.not_taken", way=gateway.way, number=gateway.number + 1)
            raise DeliveryError("unreachable", permanent=False, fate_unknown=True)

    def close(self) -> None:
        """What still hangs ends by its own limit; nothing waits for it."""
        for threads in self._threads.values():
            threads.shutdown(wait=False, cancel_futures=True)


def _say(url: str, subject: str, text: str) -> bool:
    """In a thread. Whatever goes wrong inside apprise comes back as False."""
    apprise = loaded()
    all_of_it = apprise.Apprise()
    if not all_of_it.add(speaker(url)):
        return False
    as_text = apprise.NotifyFormat.TEXT
    return bool(all_of_it.notify(body=text, title=subject, body_format=as_text))
