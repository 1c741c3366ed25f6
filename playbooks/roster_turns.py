"""Turns as they are found in a file, day by day, and what was said beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from bot.domain.roster_import import Hours, Layout, Note, Turn, Usual

SLACK = timedelta(days=10)  # a week that begins before the month of the title or ends after it


@dataclass
class Found:
    turns: list[Turn] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    layouts: list[Layout] = field(default_factory=list)


def turns_on(
    place: str,
    name: str,
    days: list[date],
    part: str,
    hours: Hours | None,
    usual: Usual,
    about: tuple[str, str, int, str],
) -> Iterator[Turn]:
    """One for each day; hours that were not said are the usual ones, and marked so."""
    kind, column, seat, phone = about
    by_part = {"whole": usual.whole, "day": usual.day, "night": usual.night}
    assumed: Literal["", "whole", "day", "night"] = ""
    if hours is None:
        hours = by_part[part]
        assumed = "day" if part == "day" else "night" if part == "night" else "whole"
    for day in days:
        begins, ends = hours.on(day)
        yield Turn(place, name, begins, ends, kind, column, seat, phone, assumed)


def near(day: date, about: tuple[int, int]) -> bool:
    """Of the month that the sheet says, or of a week that reaches over its ends."""
    year, month = about
    if not year:
        return True
    first = date(year, month, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first - SLACK <= day < last + SLACK
