"""Lịch trực as an agency's file tells it: people by their ids in the file, not yet by rows."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.duty import Days

Hours = tuple[time, time]


@dataclass(frozen=True, slots=True)
class LayerPlan:
    """As `duty.Layer`; `starts` is aware."""

    people: tuple[str, ...]
    starts: datetime
    every_days: int = 1
    days: Days = "all"
    hours: Hours | None = None

    def __str__(self) -> str:
        turn = f"{', '.join(self.people)} · {self.starts:%Y-%m-%d %H:%M} · {self.every_days} · "
        if self.hours is None:
            return f"{turn}{self.days}"
        return f"{turn}{self.days} · {self.hours[0]:%H:%M}-{self.hours[1]:%H:%M}"


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """role: of `duty.DUTY_ROLES`."""

    id: str
    unit: str
    role: str
    name: str
    layers: tuple[LayerPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class DayOff:
    """Decreed, over what the calendar knows by itself. working: a day that is worked (làm bù);
    paper: the document that says so."""

    day: date
    name: str
    working: bool = False
    paper: str = ""

    @property
    def id(self) -> str:
        return self.day.isoformat()
