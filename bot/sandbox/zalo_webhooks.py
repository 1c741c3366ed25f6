"""The webhook that the Zalo bot has set; kept over a restart."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class ZaloWebhook:
    url: str
    secret: str
    updated_at: int  # milliseconds

    def told(self) -> dict[str, Any]:
        return {"url": self.url, "updated_at": self.updated_at}


class ZaloWebhooks:
    """`now`: the one that is set; None: the bot polls."""

    def __init__(self, store: Store) -> None:
        self._store = store
        kept = store.fact("zalo.webhook")
        self.now = ZaloWebhook(**json.loads(kept)) if kept else None

    def set(self, webhook: ZaloWebhook | None) -> None:
        self._store.set_fact("zalo.webhook", json.dumps(asdict(webhook)) if webhook else "")
        self.now = webhook
