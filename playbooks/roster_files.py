"""A roster as it was kept elsewhere: a spreadsheet or a calendar, by what the file itself is."""

from datetime import date
from hashlib import sha256

from bot.domain.evidence import Given, clean_name
from bot.domain.roster_import import Reading, Usual
from playbooks.roster_calendars import read_calendar
from playbooks.roster_sheets import read_grid
from playbooks.roster_times import month_in
from playbooks.roster_turns import Found
from playbooks.workbooks import Unreadable, grids_of

CALENDAR = b"BEGIN:VCALENDAR"


def read_roster(
    content: bytes, name: str, usual: Usual, month: date | None, today: date
) -> Reading:
    """What it says. month: its first day, where whoever imports has said it. A file that cannot be
    read is no error here: the reading says why."""
    digest = sha256(content).hexdigest()
    try:
        found = _found(content, name, usual, month, today)
    except Unreadable as error:
        return Reading(name, digest, trouble=str(error))
    read = (tuple(found.turns), tuple(found.notes), tuple(found.layouts))
    return Reading(name, digest, *read, "" if found.turns else "nothing")


def read_sent(given: Given, beside: str, usual: Usual, today: date) -> tuple[Reading, date | None]:
    """The same of what came over a chat. The words beside it may name a month with its year, which
    is handed back by its first day."""
    said = month_in(beside)
    month = date(*said, 1) if said and said[0] else None
    return read_roster(given.content, clean_name(given.name), usual, month, today), month


def _found(content: bytes, name: str, usual: Usual, month: date | None, today: date) -> Found:
    if not content.strip():
        raise Unreadable("empty")
    if content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(CALENDAR):
        return read_calendar(content, name, usual, month or today.replace(day=1))
    grids, notes = grids_of(name, content)
    whole = Found(notes=notes)
    about = (month.year, month.month) if month else None
    for grid in grids:
        found = read_grid(grid, usual, about)
        whole.turns += found.turns
        whole.notes += found.notes
        whole.layouts += found.layouts
    return whole
