"""The webhook that is set: where updates are posted to, its secret, and what last went wrong."""

import json
from dataclasses import asdict, dataclass

from bot.sandbox.clock import SandboxClock
from bot.sandbox.store import Store

USUAL = 40  # connections


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str = ""  # "": none is set, the bot polls
    secret: str = ""
    connections: int = USUAL


@dataclass(frozen=True, slots=True)
class Trouble:
    date: int
    message: str


class Webhooks:
    def __init__(self, store: Store, clock: SandboxClock) -> None:
        self._store, self._clock = store, clock
        self.now = Webhook(**json.loads(store.fact("webhook") or "{}"))

    def set(self, webhook: Webhook) -> None:
        """Another one begins without the troubles of the one before."""
        if webhook != self.now:
            self._store.set_fact("webhook", json.dumps(asdict(webhook)))
            self._store.set_fact("webhook_trouble", "")
            self.now = webhook

    def failed(self, why: str) -> None:
        trouble = Trouble(self._clock.stamp(), why)
        self._store.set_fact("webhook_trouble", json.dumps(asdict(trouble)))

    def trouble(self) -> Trouble | None:
        said = self._store.fact("webhook_trouble")
        return Trouble(**json.loads(said)) if said else None
