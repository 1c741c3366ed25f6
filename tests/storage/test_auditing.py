"""The auditor over real rows: what it says itself, a store that is not there, a month's quota."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from bot.domain.audit import SAID, UNMOVED
from bot.domain.incident import Standing
from bot.domain.notice import Notice
from bot.domain.severity import Needs
from bot.jobs.auditor import Auditor
from bot.services.desk import Desk
from bot.services.ports.store import StoreDown, Transaction
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, connect, incident, page

T = TypeVar("T")
URGENT = "leader.direct"


class Clock:
    """It stands until it is pushed."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    async def sleep_until(self, moment: datetime) -> None:
        self.at = moment


class Locked:
    """The real store, whose next steps find the database locked; reads go round that."""

    def __init__(self, store: SqlStore) -> None:
        self.store, self.times = store, 0

    async def run(self, step: Callable[[Transaction], T]) -> T:
        if self.times:
            self.times -= 1
            raise StoreDown("database is locked")
        return await self.store.run(step)

    async def look(self, query: Callable[[Transaction], T]) -> T:
        return await self.store.look(query)


async def reported(store: SqlStore, paged: bool = True) -> tuple[int, dict[str, int]]:
    """An incident that needs a response; and who is connected."""

    def begun(tx: Transaction) -> tuple[int, dict[str, int]]:
        people = {key: connect(tx, key).id for key in ("minh", "hung", "binh")}
        one = incident(tx, standing=Standing(Needs.YES))
        if paged:
            page(tx, one.id, due_at=NOON + timedelta(days=1))
        return one.id, people

    return await store.run(begun)


async def told(store: SqlStore) -> Sequence[int]:
    """To whom the auditor has cried, each time."""

    def read(tx: Transaction) -> Sequence[int]:
        found = tx.notices.claim(NOON + timedelta(days=2), MINUTE, 500)
        return [one.notice.to or 0 for one in found if one.notice.kind == SAID]

    return await store.run(read)


async def test_a_cry_that_does_not_leave_either_is_no_finding_of_the_next_round(
    store: SqlStore,
) -> None:
    """The network dead for an hour: each round must not cry about what the last has said."""
    number, people = await reported(store)
    stuck = [Notice(URGENT, who, None, number, urgency="page") for who in people.values()]
    await store.run(lambda tx: tx.notices.add(stuck, NOON))
    clock = Clock()
    auditor = Auditor(Desk(store), clock)
    for _ in range(12):
        clock.at += 4 * MINUTE
        await auditor.look()
        assert [one.why for one in auditor.left] == ["unmoved"], "once, however many wait"
    assert await told(store) == [people["binh"]], "once an hour, to who can act"


async def test_one_locked_round_is_tried_again_before_anybody_is_told(store: SqlStore) -> None:
    number, people = await reported(store, paged=False)
    locked, clock = Locked(store), Clock()
    auditor = Auditor(Desk(locked), clock)
    locked.times = 1  # the cure of the one incident that needs it
    await auditor.look()
    assert (auditor.left, auditor.is_well()) == ((), True)
    clock.at += MINUTE
    locked.times = 1
    await auditor.look()
    assert [(one.why, one.incident) for one in auditor.left] == [("unread", number)]
    assert not auditor.is_well()
    assert await told(store) == [people["binh"]]
    clock.at += MINUTE
    await auditor.look()
    assert (auditor.left, auditor.is_well()) == ((), True)
    clock.at += MINUTE
    locked.times = 1  # what was well in between is tried again, too
    await store.run(lambda tx: tx.pages.close_all(number))
    await auditor.look()
    assert auditor.left == ()


async def test_a_store_that_stays_locked_withholds_the_heartbeat(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await reported(store, paged=False)
    locked = Locked(store)
    auditor = Auditor(Desk(locked), Clock())
    await auditor.look()
    locked.times = 10**6
    monkeypatch.setattr("bot.jobs.auditor.LATE", 0.0)
    with pytest.raises(StoreDown):
        await auditor.look()
    assert not auditor.is_well()


@pytest.mark.parametrize(
    ("others", "left"),
    [("sent", []), ("quota", [1]), ("to_send", [1]), ("of_another", [1]), ("long_ago", [1])],
)
async def test_who_waits_for_a_months_quota_is_stuck_only_where_nobody_else_was_told(
    store: SqlStore, others: str, left: list[int]
) -> None:
    """The platform takes no more: who is left in the order was told, and the telephone is asked
    for. A page that reached nobody at all is everybody's alarm."""
    number, people = await reported(store)
    other = await store.run(incident)
    about = other.id if others == "of_another" else number

    def said(tx: Transaction) -> None:
        waits = Notice(URGENT, people["minh"], None, number, urgency="page")
        beside = Notice(URGENT, people["hung"], None, about, urgency="page")
        tx.notices.add([waits], NOON)
        tx.notices.add([beside], NOON - 60 * MINUTE if others == "long_ago" else NOON)
        mine, theirs = tx.notices.claim(NOON, MINUTE, 10)
        tx.notices.again_at(mine.notice_id, NOON + 10 * MINUTE, "quota", False)
        if others in ("sent", "of_another", "long_ago"):
            tx.notices.sent(theirs.notice_id, theirs.chat, "7", "", NOON)
        else:
            why = "quota" if others == "quota" else "unreachable"
            tx.notices.again_at(theirs.notice_id, NOON + MINUTE, why, False)

    await store.run(said)
    before = NOON + 4 * MINUTE - UNMOVED
    assert await store.look(lambda tx: tx.notices.unmoved(before, SAID)) == left
