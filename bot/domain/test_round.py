"""A round of test messages (tin thử): everybody answers with one tap, and silence is named.

Pure: when it is reminded of, when it is over, when a quarter begins one. Hours are those of
`Asia/Ho_Chi_Minh`. Rounds are no incidents, and stand in no figure of one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.domain.duty import DAY, HERE, Calendar

# A whole day: whoever has the night, the morning or the afternoon comes by a telephone in it.
LASTS = timedelta(hours=24)
QUARTERLY_AT = time(9)  # offices are open, and there is a day ahead to mend what is found
OPEN = range(9, 17)  # hours in which a round begins by itself, after days without the program, too
AWAKE = range(7, 21)  # a test reminds nobody at night
MONTHS = 3  # of a quarter

Kind = Literal["asked", "quarterly"]
State = Literal["asking", "reminded", "over"]
Answer = Literal["", "received", "moved", "left"]  # moved: đã chuyển công tác; left: đã nghỉ việc
Where = Literal["asked", "not_connected", "away"]  # as the round began
GONE: tuple[Answer, ...] = ("moved", "left")
# The lists of its page, in their order; who answered is a figure only.
LISTS = ("silent", "undelivered", "not_connected", "moved", "left", "away")


@dataclass(frozen=True, slots=True)
class Asked:
    """One person in one round."""

    id: int
    round_id: int
    person_id: int
    where: Where = "asked"
    answer: Answer = ""
    answered_at: datetime | None = None

    def says(self, answer: Answer) -> bool:
        """Whether this is news: it counts once; who has received it may say that they left."""
        return not self.answer or (self.answer == "received" and answer in GONE)


@dataclass(frozen=True, slots=True)
class Round:
    id: int
    kind: Kind
    by_id: int  # who started it; the program itself: -1
    began_at: datetime
    state: State = "asking"
    people: tuple[Asked, ...] = ()

    @property
    def ends_at(self) -> datetime:
        return self.began_at + LASTS

    @property
    def due_at(self) -> datetime | None:
        """When something is to be done next; None: it is over."""
        match self.state:
            case "asking":
                return reminds_at(self.began_at)
            case "reminded":
                return self.ends_at
        return None

    def goes_on(self, now: datetime) -> "Round":
        """What it has become by now; after a long stop it is over without a reminder."""
        if self.state != "over" and now >= self.ends_at:
            return replace(self, state="over")
        if self.state == "asking" and now >= reminds_at(self.began_at):
            return replace(self, state="reminded")
        return self

    @property
    def silent(self) -> tuple[int, ...]:
        """Who was asked and has not answered."""
        waits = (one for one in self.people if one.where == "asked" and not one.answer)
        return tuple(one.person_id for one in waits)


def reminds_at(began_at: datetime) -> datetime:
    """After half the time; what falls into the night comes in the morning."""
    half = (began_at + LASTS / 2).astimezone(HERE)
    if half.hour in AWAKE:
        return half
    day = half.date() + (DAY if half.hour >= AWAKE.stop else timedelta())
    return datetime.combine(day, time(AWAKE.start), HERE)


def sorted_out(
    round_: Round, undelivered: Mapping[int, str], away: Iterable[int]
) -> dict[str, list[int]]:
    """Everybody of the round who has not simply answered, by the lists of its page.

    undelivered: why what was sent did not arrive, by person. away: who is away as it ends; leave
    is no silence.
    """
    on_leave = set(away)
    found: dict[str, list[int]] = {name: [] for name in LISTS}
    for one in round_.people:
        who = one.person_id
        if one.answer:
            if one.answer in GONE:
                found[one.answer].append(who)
        elif one.where == "away" or who in on_leave:
            found["away"].append(who)
        elif one.where == "not_connected":
            found["not_connected"].append(who)
        else:
            found["undelivered" if who in undelivered else "silent"].append(who)
    return found


def quarter_of(day: date) -> str:
    """ "2026Q4" """
    return f"{day.year}Q{(day.month - 1) // MONTHS + 1}"


def first_working_day(day: date, calendar: Calendar) -> date:
    """Of the quarter in which this day lies."""
    found = date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)
    while calendar.is_off(found):
        found += DAY
    return found


def quarter_to_begin(now: datetime, calendar: Calendar, done: str) -> str:
    """The quarter whose round is to begin now; "": none.

    On its first working day at nine, or in the first open hours after it. done: the quarter of
    the last one.
    """
    here = now.astimezone(HERE)
    quarter = quarter_of(here.date())
    opens = datetime.combine(first_working_day(here.date(), calendar), QUARTERLY_AT, HERE)
    is_open = here.hour in OPEN and not calendar.is_off(here.date())
    return quarter if quarter > done and here >= opens and is_open else ""


def pages(lists: Mapping[str, Sequence[str]], most: int) -> list[dict[str, list[str]]]:
    """The lists, whole, over as many messages as they need; `most` names in one."""
    flat = [(name, one) for name, those in lists.items() for one in those]
    found: list[dict[str, list[str]]] = []
    for start in range(0, max(len(flat), 1), most):
        page: dict[str, list[str]] = {}
        for name, one in flat[start : start + most]:
            page.setdefault(name, []).append(one)
        found.append(page)
    return found
