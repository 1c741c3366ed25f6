"""What figures are counted from: Vietnamese months, the first task of the plan, rounds apart."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.figures import period, tally
from bot.domain.incident import Standing
from bot.domain.severity import Needs
from bot.domain.test_round import Asked, Round
from bot.services.ports.figures import Rounds
from bot.services.ports.store import Transaction
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, incident, person
from tests.storage.test_tasks import task

# 00:00 on the first of November and of December in Việt Nam
NOVEMBER = datetime(2026, 10, 31, 17, tzinfo=UTC)
DECEMBER = datetime(2026, 11, 30, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LAST = period(11, date(2027, 1, 15))


async def test_a_month_begins_and_ends_at_midnight_in_vietnam(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        for at in (NOVEMBER - SECOND, NOVEMBER, DECEMBER - SECOND, DECEMBER):
            incident(tx, reported_at=at)
        found = tx.figures.courses(LAST.begins, LAST.ends)
        assert [one.reported_at for one in found] == [NOVEMBER, DECEMBER - SECOND]
        counted = tally(found, LAST, DECEMBER)
        assert {month: group.count for month, group in counted.months.items()} == {LAST.first: 2}
        every = tx.figures.courses(NOVEMBER - 60 * MINUTE, DECEMBER + 60 * MINUTE)
        assert [one.month.month for one in every] == [10, 11, 11, 12]

    await store.run(work)


async def test_the_first_task_is_the_plans_first_and_not_the_first_call(store: SqlStore) -> None:
    """A telephone call that the program asked for is no step; nor is what was begun or dropped."""

    def work(tx: Transaction) -> None:
        about, other = incident(tx).id, incident(tx, standing=Standing(Needs.YES)).id
        done = {"state": "done", "done_at": NOON + 40 * MINUTE}
        task(tx, about, **done)
        task(tx, about, **{**done, "done_at": NOON + 50 * MINUTE})
        task(tx, about, **{**done, "state": "dropped", "done_at": NOON + 5 * MINUTE})
        call = {"kind": "call", "step": "", "phase": "", "callee_id": person(tx, "minh").id}
        task(tx, about, **{**done, **call, "done_at": NOON + MINUTE})
        task(tx, other, **{**done, **call})
        first, second = tx.figures.courses(NOON - MINUTE, NOON + MINUTE)
        assert (first.took("first"), second.took("first")) == (40 * MINUTE, None)
        assert second.waits("first")

    await store.run(work)


async def test_what_was_never_acknowledged_and_what_was_reopened(store: SqlStore) -> None:
    """Open again, its first acknowledgement stays; what ended untaken was not quick."""
    closed_at, taken_at = NOON + 60 * MINUTE, NOON + 10 * MINUTE

    def work(tx: Transaction) -> None:
        needs = Standing(Needs.YES)
        never = incident(tx, standing=needs)
        tx.incidents.save(replace(tx.incidents.get(never.id), state="closed", closed_at=closed_at))
        again = incident(tx, standing=needs)
        ended = replace(tx.incidents.get(again.id), state="closed", closed_at=closed_at)
        tx.incidents.save(replace(ended, taken_at=taken_at))
        reopened = replace(tx.incidents.get(again.id), state="open", closed_at=None)
        tx.incidents.save(reopened)
        counted = tally(tx.figures.courses(NOON, NOON + MINUTE), LAST, NOON + 90 * MINUTE).whole
        taken, closed = counted.spreads["taken"], counted.spreads["closed"]
        assert (taken.times, taken.waiting, taken.unknown) == ((10 * MINUTE,), (), 1)
        assert (closed.times, closed.waiting) == ((60 * MINUTE,), (90 * MINUTE,))

    await store.run(work)


async def test_rounds_are_counted_by_themselves(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        people = [person(tx, key).id for key in ("minh", "hung", "binh")]
        asked = tuple(Asked(0, 0, who) for who in people)
        began = tx.rounds.add(Round(0, "asked", people[2], NOVEMBER, people=asked))
        tx.rounds.answer(replace(began.people[0], answer="moved", answered_at=NOVEMBER + MINUTE))
        tx.rounds.add(Round(0, "quarterly", -1, NOVEMBER - SECOND, people=asked))
        assert tx.figures.rounds(LAST.begins, LAST.ends) == Rounds(1, 3, 1)
        nothing = tx.figures.rounds(DECEMBER, DECEMBER + MINUTE)
        assert nothing == Rounds(0, 0, 0)
        assert tx.figures.courses(LAST.begins, LAST.ends) == []

    await store.run(work)
