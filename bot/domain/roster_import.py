"""A roster (lịch trực) as it was kept elsewhere: what a file says, who is meant, what it changes.

A file is read by playbooks/; here names become people and turns become shifts. Nothing is guessed:
what is not sure is handed back to be asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Literal

from bot.domain.duty import DAY, HERE, Roster, Shift, Span
from bot.domain.folding import fold, may_be

MOST_DAYS = 366  # that one file may cover
NEAR = 0.74  # of difflib's ratio; from here on a name is offered, never taken
Why = Literal["same", "part", "chosen", "several", "near", "no_role", "unknown"]
SURE = ("same", "part", "chosen")


@dataclass(frozen=True, slots=True)
class Hours:
    """When a turn of a day begins and ends; past midnight where the end is not later.

    days_before: 1 where it begins the evening before (17h30 hôm trước).
    """

    begins: time
    ends: time
    days_before: int = 0

    def on(self, day: date) -> tuple[datetime, datetime]:
        begins = datetime.combine(day, self.begins, HERE) - self.days_before * DAY
        ends = datetime.combine(begins.date(), self.ends, HERE)
        return begins, ends if ends > begins else ends + DAY


@dataclass(frozen=True, slots=True)
class Usual:
    """The hours that are taken where a file says none, and the preview says so."""

    whole: Hours = Hours(time(7, 30), time(7, 30))
    day: Hours = Hours(time(7, 30), time(17, 30))
    night: Hours = Hours(time(17, 30), time(7, 30))


def usual_of(roster: Roster) -> Usual:
    """A whole turn is as long as the first of the roster's layers that says its hours."""
    own = next((one.hours for one in roster.layers if one.hours), None)
    return Usual(Hours(*own)) if own else Usual()


@dataclass(frozen=True, slots=True)
class Turn:
    """One name at one time. kind: of DUTY_ROLES, "" where the column says nothing of it; seat: its
    place in the cell, 1 first; assumed: which hours of `Usual` stand in for what was not said."""

    place: str  # sheet and cell
    name: str  # without title and position
    begins: datetime
    ends: datetime
    kind: str = ""
    column: str = ""
    seat: int = 1
    phone: str = ""
    assumed: Literal["", "whole", "day", "night"] = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What was not taken over, or should be looked at. kind: of the words importing.note."""

    kind: str
    place: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one sheet was understood. form: of the words importing.layout."""

    sheet: str
    form: Literal["list", "grid", "calendar"]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. trouble: why it cannot be read at all, of the words importing.trouble."""

    file: str
    digest: str  # SHA-256
    turns: tuple[Turn, ...] = ()
    notes: tuple[Note, ...] = ()
    layouts: tuple[Layout, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the directory. holds: the role of the roster, in its unit."""

    id: int
    key: str
    name: str  # without a title
    said: str  # anh Bình
    phone: str = ""
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """Who a name of the file is; who: None where that is not sure, near: who it may be."""

    name: str
    why: Why
    who: Known | None = None
    near: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A time that somebody else has now; 0 is nobody."""

    begins: datetime
    ends: datetime
    was: int
    now: int


def of_roster(
    turns: Iterable[Turn], role: str, column: str = "", seat: int = 1
) -> tuple[tuple[Turn, ...], tuple[Turn, ...]]:
    """Those that this roster takes, and those beside them in the same cells.

    By the column that is named, else by the role, else by columns that say nothing of a role.
    """
    found = tuple(turns)
    if column:
        theirs = [one for one in found if fold(column) in fold(one.column)]
    else:
        theirs = [one for one in found if one.kind == role]
        theirs = theirs or [one for one in found if not one.kind]
    taken = tuple(one for one in theirs if one.seat == seat)
    return taken, tuple(one for one in theirs if one.seat != seat)


def of_month(turns: Iterable[Turn], month: date) -> tuple[Turn, ...]:
    """Those that begin in this month, in Vietnam; month: its first day."""
    return tuple(one for one in turns if one.begins.astimezone(HERE).date().replace(day=1) == month)


def match(name: str, people: Sequence[Known], chosen: Mapping[str, str]) -> Match:
    """Who is meant by a name without its title. chosen: ids of the agency's file by folded name.

    A part of a name ("Bình") is enough where one person alone can be meant.
    """
    said = fold(name)
    if said in chosen:
        who = next((one for one in people if one.key == chosen[said] and one.holds), None)
        return Match(name, "chosen", who) if who else Match(name, "unknown")
    meant = [one for one in people if _is_part(name, one.name)]
    holders = tuple(one for one in meant if one.holds)
    same = [one for one in meant if fold(one.name) == said and " " in said]
    if len(same) == 1 and same[0].holds:
        return Match(name, "same", same[0])
    if len(holders) == 1 and not same:
        why: Why = "same" if fold(holders[0].name) == said else "part"
        return Match(name, why, holders[0])
    if holders:
        return Match(name, "several", near=holders)
    if meant:
        return Match(name, "no_role", near=tuple(meant))
    by_name = {fold(one.name): one for one in people if one.holds}
    near = tuple(by_name[one] for one in get_close_matches(said, by_name, 3, NEAR))
    return Match(name, "near" if near else "unknown", near=near)


def _is_part(one: str, other: str) -> bool:
    """ "binh" of "Nguyễn Văn Bình", and the other way round: whole words from the end, and no mark
    that denies it ("Bính" is somebody else)."""
    pairs = zip(reversed(one.split()), reversed(other.split()), strict=False)
    return all(may_be(a, b) or may_be(b, a) for a, b in pairs)


def shifts_of(turns: Iterable[Turn], matches: Mapping[str, Match], roster: str) -> list[Shift]:
    """Those of whom it is sure who they are, the earliest first; what is said twice, once."""
    found = dict.fromkeys(
        Shift(0, roster, who.id, one.begins, one.ends)
        for one in turns
        if (who := matches[one.name].who) is not None
    )
    return sorted(found, key=lambda one: (one.begins, one.ends))


def replaced(
    before: Sequence[Shift], new: Sequence[Shift]
) -> tuple[tuple[Shift, ...], tuple[Shift, ...]]:
    """Which planned shifts are cancelled and which are added, so that the time that the new ones
    cover is theirs and nothing outside it is changed; both empty where all of it stands already."""
    begins, ends = extent(new)
    standing = [one for one in before if _touches(one, begins, ends)]
    if [_what(one) for one in _sorted(standing)] == [_what(one) for one in _sorted(new)]:
        return (), ()
    within = _reached(before, begins, ends)
    outside = []
    for one in within:
        if one.begins < begins:
            outside.append(replace(one, id=0, ends=min(one.ends, begins)))
        if ends < one.ends:
            outside.append(replace(one, id=0, begins=max(one.begins, ends)))
    return tuple(within), (*outside, *new)


def _reached(before: Sequence[Shift], begins: datetime, ends: datetime) -> list[Shift]:
    """Those that touch this time, and those that overlap these: what is written down anew lies over
    what stays, so the order among them is kept by writing down all of them."""
    within: list[Shift] = []
    while True:
        more = [one for one in before if _touches(one, begins, ends)]
        if len(more) == len(within):
            return within
        within = more
        begins, ends = min(begins, extent(within)[0]), max(ends, extent(within)[1])


def _touches(one: Shift, begins: datetime, ends: datetime) -> bool:
    return one.begins < ends and begins < one.ends


def extent(shifts: Sequence[Shift]) -> tuple[datetime, datetime]:
    """From the first beginning to the last end of some."""
    return min(one.begins for one in shifts), max(one.ends for one in shifts)


def changed(before: Iterable[Span], after: Iterable[Span]) -> tuple[Changed, ...]:
    """Where the two lines, of the same time, name different people."""
    found: list[Changed] = []
    old = list(before)
    for now in after:
        for was in old:
            begins, ends = max(was.begins, now.begins), min(was.ends, now.ends)
            if begins >= ends or was.person_id == now.person_id:
                continue
            one = Changed(begins, ends, was.person_id, now.person_id)
            if found and _goes_on(found[-1], one):
                found[-1] = replace(found[-1], ends=ends)
            else:
                found.append(one)
    return tuple(found)


def days_of(shifts: Iterable[Shift]) -> dict[int, tuple[date, ...]]:
    """On which local days each person's shifts begin."""
    found: dict[int, set[date]] = {}
    for one in shifts:
        found.setdefault(one.person_id, set()).add(one.begins.astimezone(HERE).date())
    return {who: tuple(sorted(days)) for who, days in found.items()}


def too_long(shifts: Sequence[Shift]) -> bool:
    begins, ends = extent(shifts)
    return ends - begins > timedelta(days=MOST_DAYS)


def _goes_on(one: Changed, other: Changed) -> bool:
    return one.ends == other.begins and (one.was, one.now) == (other.was, other.now)


def _sorted(shifts: Iterable[Shift]) -> list[Shift]:
    return sorted(shifts, key=lambda one: (one.begins, one.ends, one.person_id))


def _what(shift: Shift) -> tuple[int, datetime, datetime]:
    return shift.person_id, shift.begins, shift.ends
