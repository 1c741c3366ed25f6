"""Takes events to the Zalo bot's webhook, and gives up what nobody comes to fetch.

How often the real Zalo tries again is not known. Here: what is not answered 200 comes again three
times, after waits that double, and is then lost. What is of one chat stays in order.
"""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.sandbox.networks import bots_told
from bot.sandbox.world import World
from bot.sandbox.zalo_mail import Letter
from bot.sandbox.zalo_talk import lose
from bot.sandbox.zalo_webhooks import ZaloWebhook

SECRET = "X-Bot-Api-Secret-Token"  # the name of a header
TRIES = 4
PATIENCE = 30.0  # seconds that an answer may take
IDLE = 3600.0  # seconds; the bell rings before
AT_ONCE = 40  # chats


@dataclass(slots=True)
class Lane:
    """One chat whose first event was not taken."""

    failures: int = 0
    due: float = 0.0  # by the monotonic clock


class ZaloCourier:
    def __init__(self, world: World) -> None:
        self._world = world
        self._webhook: ZaloWebhook | None = world.zalo_webhook.now  # probed when it was set
        self._listens = world.zalo_listens()
        self._lanes: dict[int, Lane] = {}
        self._under_way: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until the bell stops."""
        async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as http:
            try:
                while not self._world.bell.stopping:
                    await self._world.bell.wait(await self._begin(http))
            finally:
                for task in self._under_way.values():
                    task.cancel()
                await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _begin(self, http: ClientSession) -> float:
        """Sends out what is due; the seconds until more is."""
        self._tell_who_listens()
        if self._webhook != self._world.zalo_webhook.now:
            self._webhook = self._world.zalo_webhook.now
            self._lanes.clear()
            if self._webhook is not None:
                await _probe(http, self._webhook)
        if self._webhook is None:
            return self._give_up()
        next_due = monotonic() + IDLE
        busy = set(self._under_way)
        while len(self._under_way) < AT_ONCE:
            letter = self._world.mail.next(but=busy)
            if letter is None:
                break
            busy.add(letter.chat_id)
            lane = self._lanes.get(letter.chat_id, Lane())
            if lane.due > monotonic():
                next_due = min(next_due, lane.due)
                continue
            carrying = self._carry(http, self._webhook, letter)
            self._under_way[letter.chat_id] = asyncio.create_task(carrying)
        return max(next_due - monotonic(), 0.001)

    def _tell_who_listens(self) -> None:
        if self._listens != self._world.zalo_listens():
            self._listens = not self._listens
            with self._world.step():
                self._world.events.tell("bots", bots_told(self._world))

    def _give_up(self) -> float:
        """Nobody has polled for too long: what waits is lost. Else the seconds until then."""
        patience = self._world.mail.patience(self._world.limits.zalo_poll_grace_seconds)
        if patience:
            return min(patience, IDLE)
        if letters := self._world.mail.waiting():
            lose(self._world, letters)
        return IDLE

    async def _carry(self, http: ClientSession, webhook: ZaloWebhook, letter: Letter) -> None:
        world, chat = self._world, letter.chat_id
        try:
            if await _post(http, webhook, _body(letter)):
                self._lanes.pop(chat, None)
                with world.store.step():
                    world.mail.handed(letter)
                return
            lane = self._lanes.setdefault(chat, Lane())
            lane.failures += 1
            lane.due = monotonic() + world.limits.webhook_retry_seconds * 2 ** (lane.failures - 1)
            if lane.failures == TRIES:
                self._lanes.pop(chat)
                lose(world, [letter])
        finally:
            del self._under_way[chat]
            world.bell.ring()


async def _probe(http: ClientSession, webhook: ZaloWebhook) -> None:
    """Whether anybody is there: a post without a body, whose answer changes nothing."""
    await _post(http, webhook, b"")


async def _post(http: ClientSession, webhook: ZaloWebhook, body: bytes) -> bool:
    headers = {"Content-Type": "application/json", SECRET: webhook.secret}
    with suppress(TimeoutError, ClientError):
        async with http.post(
            webhook.url, data=body, headers=headers, allow_redirects=False
        ) as answer:
            return answer.status == HTTPStatus.OK
    return False


def _body(letter: Letter) -> bytes:
    said = {"ok": True, "result": letter.event}
    return json.dumps(said, ensure_ascii=False).encode()
