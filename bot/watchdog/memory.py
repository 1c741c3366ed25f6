"""What the watchdog knows over a restart of its own: the alarm, and when it last sent a test."""

import json
import logging
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.watchdog.alarm import Alarm, Fault

LOG = logging.getLogger("watchdog")


@dataclass(frozen=True, slots=True)
class Memory:
    alarm: Alarm = field(default_factory=Alarm)
    tested_at: datetime | None = None


def remembered(file: Path) -> Memory:
    """What the file holds; nothing where there is none, or none that can be read."""
    try:
        told = json.loads(file.read_text("utf-8"))
        faults = tuple(Fault(kind, why) for kind, why in told["faults"])
        alarm = Alarm(_moment(told["since"]), _moment(told["said_at"]), faults)
        return Memory(alarm, _moment(told["tested_at"]))
    except FileNotFoundError:
        return Memory()
    except (OSError, ValueError, KeyError, TypeError) as error:
        LOG.warning("the state file cannot be read, and is begun anew: %s", type(error).__name__)
        return Memory()


def keep(file: Path, memory: Memory) -> None:
    """The whole file or the one before. A disk that is full must not stop the watch."""
    alarm = memory.alarm
    told = {
        "since": _written(alarm.since),
        "said_at": _written(alarm.said_at),
        "faults": [[one.kind, one.why] for one in alarm.faults],
        "tested_at": _written(memory.tested_at),
    }
    beside = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(told), "utf-8")
        os.replace(beside, file)
    except OSError as error:
        LOG.error("the state file cannot be written: %s", error.strerror)


def _moment(written: str | None) -> datetime | None:
    """ValueError: none, or one without its zone."""
    moment = datetime.fromisoformat(written) if written else None
    if moment is not None and moment.tzinfo is None:
        raise ValueError(written)
    return moment


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
