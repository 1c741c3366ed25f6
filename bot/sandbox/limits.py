"""How much the bot may send (429 beyond it), on real time; and how long what else may take."""

import json
import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from bot.sandbox.refusals import TooMany
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Limits:
    """Zero switches one of them off; `on: false` all that hold the bot back."""

    on: bool = True
    bot_per_second: int = 30
    chat_burst: int = 5
    chat_per_second: float = 1.0
    group_per_minute: int = 20
    group_edits_per_minute: int = 20
    callback_seconds: int = 60  # of the sandbox's clock
    webhook_retry_seconds: float = 1.0  # the first wait before an update comes again; it doubles
    zalo_poll_grace_seconds: float = 2.0  # between two polls, in which nothing is lost
    zalo_month_quota: int = 3000  # messages of the bot in a calendar month

    @classmethod
    def kept(cls, store: Store) -> "Limits":
        return cls(**json.loads(store.fact("limits") or "{}"))

    def keep(self, store: Store) -> None:
        store.set_fact("limits", json.dumps(asdict(self)))


class Window:
    """At most so many within so many seconds."""

    def __init__(self) -> None:
        self._moments: deque[float] = deque()

    def wait(self, now: float, most: int, seconds: float) -> float:
        """Seconds until there is room again; 0 when there is."""
        while self._moments and self._moments[0] <= now - seconds:
            self._moments.popleft()
        if not most or len(self._moments) < most:
            return 0.0
        return self._moments[len(self._moments) - most] + seconds - now

    def count(self, now: float) -> None:
        self._moments.append(now)


@dataclass(slots=True)
class Bucket:
    """A burst, then so many a second."""

    spent: float = 0.0
    since: float = 0.0

    def wait(self, now: float, burst: int, rate: float) -> float:
        self.spent = max(0.0, self.spent - (now - self.since) * rate)
        self.since = now
        if not burst or not rate or self.spent + 1 <= burst:
            return 0.0
        return (self.spent + 1 - burst) / rate


@dataclass(slots=True)
class Gauge:
    """Counts what was sent. Only what was let through counts."""

    now: Callable[[], float] = time.monotonic
    bot: Window = field(default_factory=Window)
    chats: dict[int, Bucket] = field(default_factory=lambda: defaultdict(Bucket))
    groups: dict[tuple[int, bool], Window] = field(default_factory=lambda: defaultdict(Window))

    def let_through(self, limits: Limits, chat_id: int, *, edit: bool) -> None:
        """TooMany: with the whole seconds after which there is room again."""
        if not limits.on:
            return
        now = self.now()
        waits = [self.bot.wait(now, limits.bot_per_second, 1.0)]
        if not edit:
            burst, rate = limits.chat_burst, limits.chat_per_second
            waits.append(self.chats[chat_id].wait(now, burst, rate))
        if chat_id < 0:
            most = limits.group_edits_per_minute if edit else limits.group_per_minute
            waits.append(self.groups[chat_id, edit].wait(now, most, 60.0))
        if max(waits) > 0:
            raise TooMany(max(1, math.ceil(max(waits))))
        self.bot.count(now)
        if not edit:
            self.chats[chat_id].spent += 1
        if chat_id < 0:
            self.groups[chat_id, edit].count(now)
