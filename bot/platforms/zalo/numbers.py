"""Numbers for Zalo's ids, which are words to us and too long for aiogram, that wants integers.

They hold for this process only: rows keep Zalo's own ids. Beyond 2^52, so that none can be taken
for one of Telegram's; below 2^53, so that JSON keeps them; groups are negative.
"""

from hashlib import blake2b

FIRST = 2**52
GROUP = "-"  # before the id of a group, in addresses and here


class Numbers:
    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._externals: dict[int, str] = {}

    def of(self, external: str) -> int:
        """The same for the same id, and never that of another."""
        known = self._numbers.get(external)
        if known is not None:
            return known
        sign = -1 if external.startswith(GROUP) else 1
        number = FIRST + 1 + digest(external) % (FIRST - 2)
        while sign * number in self._externals:
            number = number + 1 if number + 1 < 2 * FIRST else FIRST + 1
        self._numbers[external], self._externals[sign * number] = sign * number, external
        return sign * number

    def external(self, number: int) -> str:
        """LookupError: none that was given here."""
        return self._externals[number]


def digest(text: str) -> int:
    """Of 56 bits, the same in every process."""
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big")
