"""Rosters (lịch trực) and decreed days (ngày nghỉ, làm bù) in an agency's file: shapes and values.

People write local time, so a moment in the file is naive and of Asia/Ho_Chi_Minh; one that names a
zone is refused. A turn is counted in days, hours stand in quotes: YAML reads 1:30 as 90.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from bot.domain.duty import HERE
from bot.domain.roster_plan import DayOff, Hours, LayerPlan, RosterPlan
from playbooks.errors import Fault
from playbooks.fields import HOURS, LOCAL, Day, Id, ShortText, Strict, UnitName, unknown_name
from playbooks.reading import Document

NO_MOMENT = "“{}” không phải một ngày giờ (viết năm-tháng-ngày giờ:phút, ví dụ 2026-11-16 07:30)"
NO_HOURS = "“{}” không phải hai giờ trong ngày (viết từ 00:00 đến 23:59, ví dụ 17:30-07:30)"


def _is_moment(value: str) -> str:
    try:
        _moment(value)
    except ValueError:
        raise PydanticCustomError("no_moment", "{why}", {"why": NO_MOMENT.format(value)}) from None
    return value


def _are_hours(value: str) -> str:
    try:
        _hours(value)
    except ValueError:
        raise PydanticCustomError("no_hours", "{why}", {"why": NO_HOURS.format(value)}) from None
    return value


LocalMoment = Annotated[str, StringConstraints(pattern=LOCAL), AfterValidator(_is_moment)]
TimesOfDay = Annotated[str, StringConstraints(pattern=HOURS), AfterValidator(_are_hours)]


class LayerEntry(Strict):
    people: Annotated[list[Id], Field(min_length=1)]
    starts: LocalMoment
    every_days: Annotated[int, Field(ge=1, le=366)] = 1
    days: Literal["all", "workdays", "days_off"] = "all"
    hours: TimesOfDay | None = None


class RosterEntry(Strict):
    unit: UnitName
    role: Literal["duty", "leader", "responder"]
    name: ShortText
    layers: Annotated[list[LayerEntry], Field(default_factory=list)]


class DayOffEntry(Strict):
    day: Day
    name: ShortText
    working: bool = False
    paper: ShortText | None = None


def not_theirs(document: Document) -> Iterator[Fault]:
    """Whoever stands in a roster is a person of the file and holds its role in its unit; no day is
    decreed twice."""
    data = document.data if isinstance(document.data, dict) else {}
    people, rosters = data.get("people"), data.get("rosters")
    for name, roster in rosters.items() if isinstance(rosters, dict) else ():
        if not isinstance(roster, dict):
            continue
        role, unit, layers = roster.get("role"), roster.get("unit"), roster.get("layers")
        holders = _holders(people, role, unit)
        for index, layer in enumerate(layers if isinstance(layers, list) else ()):
            among = layer.get("people") if isinstance(layer, dict) else None
            for turn, who in enumerate(among if isinstance(among, list) else ()):
                place = ("rosters", name, "layers", index, "people", turn)
                if isinstance(people, dict) and str(who) not in people:
                    why = unknown_name("người (people)", str(who), holders or people)
                    yield document.fault(place, why)
                elif str(who) not in holders:
                    why = (
                        f"“{who}” không có vai trò {role} ở đơn vị {unit} (thêm vào roles của "
                        f"người này, hoặc chọn: {', '.join(holders) or 'chưa có ai'})"
                    )
                    yield document.fault(place, why)
    seen: set[object] = set()
    days = data.get("days_off")
    for index, one in enumerate(days if isinstance(days, list) else ()):
        day = one.get("day") if isinstance(one, dict) else None
        if day is not None and str(day) in seen:
            yield document.fault(("days_off", index), "ngày này đã nêu ở trên (bỏ một dòng)")
        seen.add(str(day))


def roster_of(id_: str, entry: RosterEntry) -> RosterPlan:
    layers = tuple(
        LayerPlan(
            tuple(one.people),
            _moment(one.starts),
            one.every_days,
            one.days,
            _hours(one.hours) if one.hours else None,
        )
        for one in entry.layers
    )
    return RosterPlan(id_, entry.unit, entry.role, entry.name, layers)


def days_off_of(entries: Sequence[DayOffEntry]) -> tuple[DayOff, ...]:
    """By date."""
    found = (DayOff(one.day, one.name, one.working, one.paper or "") for one in entries)
    return tuple(sorted(found, key=lambda one: one.day))


def _holders(people: object, role: object, unit: object) -> Sequence[str]:
    """In the file's order."""
    known = people if isinstance(people, dict) else {}
    return [name for name, person in known.items() if _holds(person, role, unit)]


def _holds(person: object, role: object, unit: object) -> bool:
    posts = person.get("roles") if isinstance(person, Mapping) else None
    return any(
        isinstance(post, Mapping) and (post.get("role"), post.get("unit")) == (role, unit)
        for post in (posts if isinstance(posts, list) else ())
    )


def _moment(written: str) -> datetime:
    """Local time, said with its zone from here on."""
    return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=HERE)


def _hours(written: str) -> Hours:
    first, second = re.split(r"\s*[-–]\s*", written)
    return time.fromisoformat(first.zfill(5)), time.fromisoformat(second.zfill(5))
