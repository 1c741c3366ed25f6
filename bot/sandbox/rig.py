"""How updates are handed out, for tests: held back, each one twice, shuffled."""

from dataclasses import dataclass
from random import Random
from typing import Any

Update = dict[str, Any]


@dataclass(slots=True)
class Rig:
    """In memory: a restart is without it. `shuffle`: a seed; 0 leaves the order as it is.

    What one person does stays in order, as it does in Telegram; a second copy may come anywhere
    behind the first.
    """

    twice: bool = False
    shuffle: int = 0
    hold: bool = False

    def arranged(self, found: list[Update]) -> list[Update]:
        """What a poller gets of the updates that wait."""
        if self.hold:
            return []
        if not self.shuffle:
            return [update for update in found for _ in range(1 + self.twice)]
        chance = Random(self.shuffle)
        lines: dict[int, list[Update]] = {}
        for update in found:
            lines.setdefault(_person(update), []).append(update)
        if self.twice:
            for line in lines.values():
                for update in tuple(line):
                    line.insert(chance.randint(line.index(update) + 1, len(line)), update)
        turns = [who for who, line in lines.items() for _ in line]
        chance.shuffle(turns)
        return [lines[who].pop(0) for who in turns]


def _person(update: Update) -> int:
    body = next(value for name, value in update.items() if name != "update_id")
    return int(body.get("from", {}).get("id", 0))
