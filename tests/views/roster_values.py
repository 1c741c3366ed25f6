"""Rosters as they are shown, in every state, and call lists, with the worst text people write."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.agency import SecretContact
from bot.domain.duty import Calendar, Roster, Shift, Span
from bot.domain.duty_table import table
from bot.domain.roster_findings import KINDS, Finding
from bot.domain.roster_import import Changed, Known, Layout, Match, Note, Reading
from bot.services.import_outcomes import (
    Awaiting,
    BroughtIn,
    DutyTable,
    DutyTables,
    Looked,
    Preview,
    Stopped,
    Wish,
)
from bot.services.roster_outcomes import (
    Acting,
    CallList,
    CallListFile,
    DutyDay,
    DutyWeek,
    Listed,
    RosterShown,
    Turn,
)
from bot.views.voice import HERE
from tests.views.contact_values import ENTRIES
from tests.views.values import BINH, CONTACT, EVERYTHING, EVIL, LAN, NOON

HOUR = timedelta(hours=1)
TODAY = NOON.astimezone(HERE).date()
HERS = Turn(NOON, NOON + 20 * HOUR, LAN, BINH)
HOLE = Turn(NOON + 20 * HOUR, NOON + 30 * HOUR, None, hole=True)
OFFICE = Turn(NOON, NOON + HOUR, None)
ALWAYS = Turn(NOON, None, BINH)
DAYS = tuple(
    DutyDay(TODAY + timedelta(days=number), turns, name, is_off)
    for number, (turns, name, is_off) in enumerate(
        [
            ((HERS, HOLE), "", True),
            ((HOLE,), f"Ngày {EVIL}", True),
            *[((ALWAYS,), "", False)] * 4,
            ((), "", False),
        ]
    )
)
SHOWN = (
    RosterShown(f"Trực ban {EVIL}", HERS, HOLE, DAYS),
    RosterShown("Lãnh đạo trực", ALWAYS, None, DAYS),
    RosterShown("Kỹ thuật trực", HOLE, HERS),
    RosterShown("Kỹ thuật trực", replace(HOLE, ends=None), None),
    RosterShown("Ban đêm", OFFICE, ALWAYS, handed_to=ALWAYS.who),
)
WEEK = DutyWeek(SHOWN, TODAY, (47, 48, 49), 0, True, edits=True, private=True, reader=EVERYTHING)
LIST = CallList(
    f"UBND {EVIL}",
    CONTACT,
    SHOWN,
    [
        (
            f"Đơn vị {EVIL}",
            [
                Listed(LAN, "official", 1, EVIL),
                Listed(BINH, "duty", 1, "Trực ban"),
                Listed(BINH, "leader", 2),
            ],
        )
    ],
    [
        Acting(LAN, NOON + HOUR, BINH, f"số 1 {EVIL}"),
        Acting(LAN, NOON + HOUR, BINH, ""),
        Acting(BINH, NOON + HOUR, None, ""),
    ],
    [one.now.contact for one in ENTRIES],
    {f"Đơn vị {EVIL}": SecretContact(EVIL, EVIL)},
)


def roster_outcomes() -> Iterator[object]:
    for whole in (True, False):
        for edits in (True, False):
            yield replace(WEEK, rosters=(), whole=whole, edits=edits)
            yield replace(WEEK, whole=whole, edits=edits, private=whole, away=edits)
    yield replace(WEEK, rosters=SHOWN[1:2], hidden=4)
    yield replace(WEEK, rosters=SHOWN * 12, hidden=3)
    for carried in (True, False):
        yield CallListFile(LIST, carried)
    yield from duty_tables()
    yield from imports()


def imports() -> Iterator[object]:
    """A file that is asked for, previewed at its longest, applied, applied before."""
    truc = Roster("truc", "xa", "duty", f"Trực ban {EVIL}")
    yield Stopped()
    yield Awaiting((truc,), carried=False)
    yield Awaiting(())
    yield Awaiting((truc,), truc)
    yield Awaiting((truc,) * 3)
    for count in (2, 60):
        seen = preview(truc, count)
        yield Looked(seen, 5)
        yield Looked(replace(seen, added=0), 0)
        yield BroughtIn(EVIL, replace(seen, applied=True), NOON)
        for trouble in ("no_column", "nobody", "unreachable"):
            yield Looked(replace(seen, trouble=trouble), 0)
    yield BroughtIn(EVIL, None, NOON - 48 * HOUR)


def preview(roster: Roster, count: int) -> Preview:
    """With so many of everything that a preview can say."""
    long = f"{EVIL} {'a' * 300}"
    all_known = [Known(n + 1, f"p{n}", "Bình", "anh Bình") for n in range(count)]
    times = [(NOON + n * HOUR, NOON + (n + 1) * HOUR) for n in range(count)]
    notes = [Note(kind, "Trang, C7", long) for kind in ("mark", "weekday")] * count
    return Preview(
        Reading(
            "lich.xlsx",
            "ab" * 32,
            notes=tuple(notes),
            layouts=(Layout(long, "list", (long,) * count),) * count,
        ),
        roster,
        Wish("truc"),
        columns=(long,) * count,
        matches=(
            *(Match(long, "part", one) for one in all_known),
            *(Match(long, "near", near=(one,) * 3) for one in all_known),
        ),
        shifts=tuple(Shift(0, "truc", n + 1, *time) for n, time in enumerate(times)),
        assumed=("whole", "day", "night"),
        beside=(long,) * count,
        phones=(Note("phone", "C7", long),) * count,
        people={1: BINH},
        changed=tuple(Changed(*time, 1, 0) for time in times),
        findings=tuple(Finding(kind, "truc", *time) for kind in KINDS for time in times),
        covers=count,
        added=count,
    )


def duty_tables() -> Iterator[DutyTables]:
    """A month of nobody, of few, of many, and without any roster."""
    truc = Roster("truc", "xa", "duty", EVIL)
    turns = [Span(NOON + n * HOUR, NOON + (n + 1) * HOUR, n % 12, "layer") for n in range(40)]
    names = dict.fromkeys(range(12), EVIL)
    for spans in ([], turns[:3], turns):
        one = DutyTable(truc, EVIL, TODAY, NOON, table(spans, Calendar()), names, names)
        for carried in (True, False):
            yield DutyTables(TODAY, EVIL, (one, one), carried)
    yield DutyTables(TODAY, EVIL, (), carried=True)
