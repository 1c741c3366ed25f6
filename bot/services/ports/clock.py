"""The clock that every rule's `now` comes from (đồng hồ); nothing else asks what time it is."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Aware UTC inside; a screen turns it into Asia/Ho_Chi_Minh."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""

    async def sleep_until(self, moment: datetime) -> None:
        """Return once `now() >= moment`; at once when that is so already."""
