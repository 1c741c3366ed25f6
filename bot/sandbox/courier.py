"""Takes updates to the webhook, as the real server does: what is not answered 2xx comes again.

Updates of one chat go in order, chats side by side, so many at once as the bot has asked for. The
first repetition comes at once, the later ones after a wait that doubles; a Retry-After is obeyed.
"""

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout

from bot.sandbox.webhooks import Webhook
from bot.sandbox.world import World

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # the name of a header
PATIENCE = 60.0  # seconds that an answer may take
LONGEST = 60.0  # seconds between two tries
READ = 1000  # updates looked at
IDLE = 3600.0  # seconds; the bell rings before

Update = dict[str, Any]


class NotTaken(Exception):
    """The webhook did not answer 2xx; the text is the one the real server is known to tell."""

    def __init__(self, why: str, retry_after: float = 0.0) -> None:
        super().__init__(why)
        self.retry_after = retry_after


@dataclass(slots=True)
class Lane:
    """One chat whose first update was not taken."""

    failures: int = 0
    due: float = 0.0  # by the monotonic clock


class Courier:
    def __init__(self, world: World) -> None:
        self._world = world
        self._webhook = Webhook()
        self._lanes: dict[int, Lane] = {}
        self._under_way: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until the bell stops."""
        async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as http:
            try:
                while not self._world.bell.stopping:
                    await self._world.bell.wait(self._begin(http))
            finally:
                for task in self._under_way.values():
                    task.cancel()
                await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    def _begin(self, http: ClientSession) -> float:
        """Sends out what is due; the seconds until more is."""
        if self._webhook != self._world.webhooks.now:
            self._webhook = self._world.webhooks.now
            self._lanes.clear()
        if not self._webhook.url:
            return IDLE
        now = monotonic()
        next_due = now + IDLE
        for chat, update in self._first_of_each_chat().items():
            if chat in self._under_way:
                continue
            due = self._lanes[chat].due if chat in self._lanes else now
            if due > now:
                next_due = min(next_due, due)
            elif len(self._under_way) < self._webhook.connections:
                task = asyncio.create_task(self._carry(http, self._webhook, chat, update))
                self._under_way[chat] = task
        return max(next_due - monotonic(), 0.001)

    def _first_of_each_chat(self) -> dict[int, Update]:
        self._world.updates.forget_old()
        first: dict[int, Update] = {}
        for update in self._world.updates.first(READ):
            first.setdefault(_chat_of(update), update)
        return first

    async def _carry(
        self, http: ClientSession, webhook: Webhook, chat: int, update: Update
    ) -> None:
        world = self._world
        try:
            await _post(http, webhook, update)
        except NotTaken as trouble:
            lane = self._lanes.setdefault(chat, Lane())
            lane.due = monotonic() + (trouble.retry_after or self._wait(lane.failures))
            lane.failures += 1
            with world.store.step():
                world.webhooks.failed(str(trouble))
        else:
            self._lanes.pop(chat, None)
            with world.store.step():
                world.updates.take(update["update_id"])
        finally:
            del self._under_way[chat]
            world.bell.ring()

    def _wait(self, failures: int) -> float:
        """How long after so many failures and one more."""
        first = self._world.limits.webhook_retry_seconds
        return min(first * 2 ** min(failures - 1, 10), LONGEST) if failures else 0.0


async def _post(http: ClientSession, webhook: Webhook, update: Update) -> None:
    """NotTaken."""
    headers = {"Content-Type": "application/json"}
    if webhook.secret:
        headers[SECRET] = webhook.secret
    body = json.dumps(update, ensure_ascii=False).encode()
    try:
        async with http.post(
            webhook.url, data=body, headers=headers, allow_redirects=False
        ) as answer:
            if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
                return
            said = answer.headers.get("Retry-After", "")
            why = f"Wrong response from the webhook: {answer.status} {answer.reason}"
            raise NotTaken(why, float(said) if said.isascii() and said.isdigit() else 0.0)
    except TimeoutError:
        raise NotTaken("Read timeout expired") from None
    except ClientConnectorError:
        raise NotTaken("Connection refused") from None
    except ClientError:
        raise NotTaken("Webhook connection closed") from None


def _chat_of(update: Update) -> int:
    """The chat that it is of: what is of one chat stays in order."""
    (body,) = (value for name, value in update.items() if name != "update_id")
    place = body.get("message") or body
    return int(place["chat"]["id"])
