"""The watchdog's words: a YAML file for each language, apart from the program's."""

from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from bot.watchdog.alarm import Alarm, Fault, Say

FOLDER = Path(__file__).parent / "words"
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
# Of the heartbeat, as the program names them.
PARTS = ("store", "outbox", "updates", "audit", "ticks")


@cache
def words(language: str) -> dict[str, str]:
    read: dict[str, str] = YAML(typ="safe", pure=True).load(FOLDER / f"{language}.yaml")
    return read


class Wording:
    def __init__(self, language: str, patience: float, again: float) -> None:
        """`patience` in seconds, `again` in minutes: as they are set."""
        self._words = words(language)
        self._patience, self._again = patience, again

    def say(self, key: str, **facts: object) -> str:
        return self._words[key].format(**facts)

    def alarm(self, what: Say, alarm: Alarm, now: datetime) -> str:
        """The first line says it all; the last says what to do."""
        since = alarm.since or now
        if what == "over":
            minutes = max(int((now - since).total_seconds() // 60), 1)
            return self.say("over", time=written(now), minutes=minutes)
        head = self.say(what, time=written(since))
        foot = self.say("foot", minutes=f"{self._again:g}")
        return "\n".join([head, *map(self.fault, alarm.faults), foot])

    def fault(self, fault: Fault) -> str:
        why = fault.why
        if fault.kind == "unwell":
            named = (f"part_{one}" for one in fault.why.split())
            why = ", ".join(self._words.get(key, key.removeprefix("part_")) for key in named)
        return self.say(fault.kind, why=why, seconds=f"{self._patience:g}")


def written(moment: datetime) -> str:
    return moment.astimezone(HERE).strftime("%H:%M, %d/%m/%Y")
