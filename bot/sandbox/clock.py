"""The sandbox's clock (giờ mô phỏng): real time plus what people have pushed it on."""

from datetime import UTC, datetime, timedelta

from bot.sandbox.store import Store

LONGEST_PUSH = 31 * 24 * 3600  # seconds


class SandboxClock:
    """Runs at the speed of real time, is only ever pushed forward, and survives a restart."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.offset_seconds = int(store.fact("clock.offset") or 0)
        self.version = int(store.fact("clock.version") or 0)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset_seconds)

    def stamp(self) -> int:
        """Whole seconds since 1970, as the Bot API writes its dates."""
        return int(self.now().timestamp())

    def milliseconds(self) -> int:
        """Since 1970, as Zalo writes its dates."""
        return int(self.now().timestamp() * 1000)

    def push(self, seconds: int) -> None:
        """ValueError: not between one second and 31 days."""
        if not 1 <= seconds <= LONGEST_PUSH:
            raise ValueError(seconds)
        self._store.set_fact("clock.offset", self.offset_seconds + seconds)
        self._store.set_fact("clock.version", self.version + 1)
        self.offset_seconds += seconds
        self.version += 1

    def reading(self) -> dict[str, int]:
        """What `GET /sandbox/clock` answers."""
        return {"offset_seconds": self.offset_seconds, "version": self.version}

    def face(self) -> dict[str, object]:
        """The reading with the moment itself, for the page and the events."""
        return {**self.reading(), "now": self.now().isoformat()}
