"""Wrong codes are counted: whoever guesses is stopped long before a guess could be right."""

from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address

EACH, ALL = 8, 200  # wrong codes, of one asker and of everybody
REMEMBERED = 1000  # askers


class Guesses:
    def __init__(self, now: Callable[[], datetime], window: timedelta) -> None:
        self._now, self._window = now, window
        self._wrong: dict[str, list[datetime]] = {}

    def wrong(self, asker: str) -> None:
        if len(self._wrong) >= REMEMBERED and asker not in self._wrong:
            asker = ""  # many addresses, one crowd
        self._wrong.setdefault(asker, []).append(self._now())

    def too_many(self, asker: str) -> bool:
        since = self._now() - self._window
        recent = {
            who: [moment for moment in moments if moment > since]
            for who, moments in self._wrong.items()
        }
        self._wrong = {who: moments for who, moments in recent.items() if moments}
        of_all = sum(map(len, self._wrong.values()))
        return len(self._wrong.get(asker, ())) >= EACH or of_all >= ALL

    @staticmethod
    def is_near(address: str) -> bool:
        """On this machine or in its own network: a proxy of ours."""
        try:
            return ip_address(address).is_private
        except ValueError:
            return False
