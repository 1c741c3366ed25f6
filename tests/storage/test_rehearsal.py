"""Ai được báo: what is foretold is what the real order of telling does at that hour, unanswered.

The page is raised, climbed each minute and sent by the real use cases; of the rehearsal nothing is
used but its answer. Through the wires: tests/flows/test_who_is_told.py.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

import pytest

from bot.domain.agency import Agency, Listed, Post
from bot.domain.duty import HERE, Absence
from bot.domain.incident import Standing
from bot.domain.people import CLOCKWORK_IDENTITY, Act, Verb
from bot.domain.playbook import Plan
from bot.domain.reach import Needed
from bot.domain.roster_plan import LayerPlan, RosterPlan
from bot.domain.severity import Needs, Serious
from bot.services import auditing, delivery, paging, rehearsing
from bot.services.delivery import Result
from bot.services.desk import Desk
from bot.services.ports.books import Books
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction
from bot.services.readiness_outcomes import Rehearsed
from bot.services.telling import agency_of
from playbooks.calendars import load_holidays
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, connect, incident, person

STARTS = datetime(2026, 11, 16, 7, 30, tzinfo=HERE)
NIGHT = (time(17, 30), time(7, 30))
SATURDAY = datetime(2026, 11, 28, 2, tzinfo=HERE)
TET = datetime(2027, 2, 6, 10, tzinfo=HERE)  # mùng Một
WORKING = datetime(2026, 11, 25, 10, tzinfo=HERE)  # a Wednesday
DUTY = RosterPlan(
    "truc",
    "thi_xa",
    "duty",
    "Trực ban",
    (
        LayerPlan(("binh",), STARTS),
        LayerPlan(("tuyet",), STARTS, days="days_off"),
        LayerPlan(("khoa",), STARTS, hours=NIGHT),
    ),
)
TEAM = RosterPlan(
    "ky_thuat",
    "doi_ung_cuu",
    "responder",
    "Kỹ thuật trực",
    (LayerPlan(("minh",), STARTS), LayerPlan(("khoa",), STARTS, days="days_off")),
)
JOINED = ("minh", "hung", "binh", "tuyet", "khoa", "phuc", "son")  # bảo has never connected
Sayings = set[tuple[int, int, str]]  # minute, person, by what ("cry": nobody has answered)


def of_the_story(agency: Agency) -> Agency:
    """Two more of the team, one of whom takes turns at night; another duty officer; two rosters."""
    team = [Post("responder", "doi_ung_cuu", place) for place in (3, 4)]
    duty = Post("duty", "thi_xa", 0)
    more = (
        Listed("khoa", "Khoa", "anh", "", "0905 1", (team[0], duty)),
        Listed("bao", "Bảo", "anh", "", "0905 2", (team[1],)),
        Listed("tuyet", "Tuyết", "chị", "", "0905 3", (duty,)),
    )
    return replace(agency, people=(*agency.people, *more), rosters=(DUTY, TEAM))


@pytest.fixture
async def store(file: Path, plans: dict[str, Plan], sample: Agency) -> AsyncIterator[SqlStore]:
    store = SqlStore(f"sqlite:///{file}", Books(plans, holidays=load_holidays()))

    def begun(tx: Transaction) -> None:
        tx.agencies.apply(of_the_story(sample), (), NOON)
        for key in JOINED:
            connect(tx, key)
        for key in ("minh", "binh"):
            there = Chat(f"other:2:{key}", private=True)
            tx.chats.seen(there, person(tx, key).id, NOON + MINUTE)
        group = Chat("test:bot:-1", private=False, unit="doi_ung_cuu", title="Đội")
        tx.chats.bind(group, NOON)

    await store.run(begun)
    yield store
    await store.close()


@dataclass(frozen=True)
class Night:
    """One hour that is asked about, and what is otherwise than usual in it."""

    at: datetime
    needed: Needed
    but: Callable[[Transaction, datetime], None] = lambda tx, at: None


def minh_is_away(tx: Transaction, at: datetime) -> None:
    _away(tx, "minh", at - 60 * MINUTE, at + 600 * MINUTE, "hung")


def leaves_in_the_middle(tx: Transaction, at: datetime) -> None:
    _away(tx, "hung", at + 7 * MINUTE, at + 600 * MINUTE, "")
    _away(tx, "minh", at - 600 * MINUTE, at + 12 * MINUTE, "")


def the_duty_officer_is_away(tx: Transaction, at: datetime) -> None:
    for key in ("binh", "tuyet", "khoa"):
        _away(tx, key, at - MINUTE, at + 600 * MINUTE, "")


def hung_sleeps(tx: Transaction, at: datetime) -> None:
    tx.quiet_hours.set(person(tx, "hung").id, (22 * 60, 6 * 60))


def everybody_sleeps_in_ten_minutes(tx: Transaction, at: datetime) -> None:
    here = at.astimezone(HERE)
    begins = here.hour * 60 + here.minute + 10
    for key in JOINED:
        tx.quiet_hours.set(person(tx, key).id, (begins, begins + 30))


def one_is_blocked(tx: Transaction, at: datetime) -> None:
    tx.chats.lost("test:bot:khoa", "blocked", NOON)
    tx.chats.lost("other:2:minh", "blocked", NOON)


def nobody_is_there(tx: Transaction, at: datetime) -> None:
    for key in ("minh", "hung", "khoa"):
        tx.chats.lost(f"test:bot:{key}", "blocked", NOON)
    tx.chats.lost("other:2:minh", "blocked", NOON)


def _away(tx: Transaction, key: str, begins: datetime, ends: datetime, acting: str) -> None:
    instead = person(tx, acting).id if acting else 0
    one = Absence(0, person(tx, key).id, begins, ends, "phép", instead)
    tx.rosters.add_absence(one, 1, NOON)


NIGHTS = {
    "Saturday 02:00, serious": Night(SATURDAY, "serious"),
    "Saturday 02:00, response": Night(SATURDAY, "respond"),
    "Saturday 02:00, to verify": Night(SATURDAY, "verify"),
    "Tet, serious": Night(TET, "serious"),
    "working hours, serious": Night(WORKING, "serious"),
    "working hours, response": Night(WORKING, "respond"),
    "somebody absent, serious": Night(WORKING, "serious", minh_is_away),
    "somebody leaves meanwhile": Night(WORKING, "respond", leaves_in_the_middle),
    "no duty officer, to verify": Night(SATURDAY, "verify", the_duty_officer_is_away),
    "quiet hours, serious": Night(SATURDAY, "serious", hung_sleeps),
    "quiet hours, response": Night(SATURDAY, "respond", hung_sleeps),
    "quiet hours begin": Night(WORKING, "respond", everybody_sleeps_in_ten_minutes),
    "quiet hours begin, serious": Night(WORKING, "serious", everybody_sleeps_in_ten_minutes),
    "blocked, serious": Night(SATURDAY, "serious", one_is_blocked),
    "nobody of the team": Night(TET, "serious", nobody_is_there),
}


async def foretold(store: SqlStore, night: Night) -> Sayings:
    def told(tx: Transaction) -> Rehearsed:
        tx.at = NOON  # it is asked days before
        return rehearsing.of(tx, agency_of(tx), "tan_lap", night.needed, night.at)

    line = (await store.look(told)).line
    said = {
        (_minute(night, one.at), each.person_id, each.channel) for one in line for each in one.told
    }
    said |= {(_minute(night, one.at), who, "cry") for one in line for who in one.cried}
    return said | {(_minute(night, one.at), -one.rooms, "cry") for one in line if one.rooms}


async def happened(store: SqlStore, night: Night) -> Sayings:
    """Reported then, and nobody answers for an hour."""
    desk, said = Desk(store), set()
    await desk.do(_raised, _act(night.at), night.needed)
    for minute in range(60):
        act = _act(night.at + minute * MINUTE)
        due = (await desk.look(auditing.due, act)).value
        if minute and not due:
            continue
        for page in due:
            await desk.do(auditing.climb, act, page)
        letters, _ = (await desk.do(delivery.claim, act)).value
        for sending in (one.sending for one in letters):
            kind, who = sending.notice.kind, sending.notice.to or 0
            if kind in ("page.respond", "page.verify"):
                said.add((minute, who, sending.chat))
            elif kind.startswith("page.nobody_"):
                said.add((minute, who or -1, "cry"))
            await desk.do(delivery.settle, act, sending, Result("sent", "1", "text"))
    return said


def _raised(tx: Transaction, act: Act, needed: Needed) -> None:
    act.require(Verb.SWEEP)
    serious = Serious.YES if needed == "serious" else Serious.NO
    needs = Needs.UNVERIFIED if needed == "verify" else Needs.YES
    scope = ("tan_lap", "thi_xa", "doi_ung_cuu", "ban_chi_dao")
    one = incident(
        tx, system="", reported_at=act.at, scope=scope, standing=Standing(needs, serious)
    )
    paging.raise_page(tx, act, one, "verify" if needed == "verify" else "respond")


def _act(at: datetime) -> Act:
    return Act(CLOCKWORK_IDENTITY, at)


def _minute(night: Night, at: datetime) -> int:
    return (at - night.at) // MINUTE


@pytest.mark.parametrize("night", NIGHTS.values(), ids=NIGHTS)
async def test_whom_it_foretells_is_told_then_and_by_that_and_nobody_else(
    store: SqlStore, night: Night
) -> None:
    await store.run(lambda tx: night.but(tx, night.at))
    expected = await foretold(store, night)
    assert len(expected) > 3
    assert await happened(store, night) == expected


async def test_the_reason_is_the_one_of_that_minute(store: SqlStore) -> None:
    """Asked about 21:55: at 22:05 it would be anh Hùng's turn, who sleeps by then."""
    night = Night(WORKING.replace(hour=21, minute=55), "respond", hung_sleeps)
    await store.run(lambda tx: night.but(tx, night.at))

    def told(tx: Transaction) -> tuple[Rehearsed, int]:
        tx.at = NOON
        hung = person(tx, "hung").id
        return rehearsing.of(tx, agency_of(tx), "tan_lap", night.needed, night.at), hung

    found, hung = await store.look(told)
    moment = min(one.at for one in found.line if hung in one.hushed)
    assert moment == night.at + 10 * MINUTE
    said = found.why[moment, hung]
    assert (said.reach.result, said.reach.why, said.hours) == ("spared", "quiet", (1320, 360))


async def test_the_hours_differ_as_the_rosters_do(store: SqlStore) -> None:
    """Else the comparison above would compare one night with itself."""
    first = {}
    for name in ("Saturday 02:00, serious", "Tet, serious", "working hours, serious"):
        line = await foretold(store, NIGHTS[name])
        first[name] = {who for minute, who, _ in line if minute == 0}

    def named(tx: Transaction) -> dict[str, set[str]]:
        people = tx.people.named({who for those in first.values() for who in those})
        return {name: {people[who].key for who in those} for name, those in first.items()}

    assert await store.look(named) == {
        "Saturday 02:00, serious": {"minh", "hung", "khoa"},
        "Tet, serious": {"khoa", "minh", "tuyet"},
        "working hours, serious": {"minh", "hung", "binh"},
    }
