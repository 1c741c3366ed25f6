"""Readiness over real rows: who is told of whom that is lost, and what a round of tests finds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from bot.domain.duty import HERE
from bot.domain.notice import Notice
from bot.domain.people import CLOCKWORK_IDENTITY, Act, Identity
from bot.domain.quota import Limit, month_of
from bot.domain.test_round import LASTS, Asked, Round
from bot.services import readiness, rounds
from bot.services.desk import Desk
from bot.services.ports.store import Transaction
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, connect, person

T = TypeVar("T")
NINE = datetime(2027, 1, 4, 9, tzinfo=HERE)  # a Monday, the first working day of 2027


async def swept(store: SqlStore, work: Callable[[Transaction, Act], T], at: datetime) -> T:
    return (await Desk(store).do(work, Act(CLOCKWORK_IDENTITY, at))).value


async def told(store: SqlStore, kind: str, at: datetime) -> list[str]:
    """By the keys of the agency's file."""

    def read(tx: Transaction) -> list[str]:
        found = tx.notices.claim(at, LASTS, 500)
        numbers = {one.notice.to or 0 for one in found if one.notice.kind == kind}
        return sorted(one.key for one in tx.people.named(numbers).values())

    return await store.run(read)


async def test_when_the_only_administrator_is_lost_the_leader_hears_of_it(store: SqlStore) -> None:
    """Anh Bình has the duty and the server; nobody else would be told that he is not reached."""

    def begun(tx: Transaction) -> None:
        for key in ("binh", "minh", "phuc", "son"):
            connect(tx, key)

    await store.run(begun)
    await swept(store, readiness.warn, NOON)
    await store.run(lambda tx: tx.chats.lost("test:bot:minh", "blocked", NOON))
    await swept(store, readiness.warn, NOON + MINUTE)
    assert await told(store, "reach.lost", NOON + MINUTE) == ["binh"]
    await store.run(lambda tx: tx.chats.lost("test:bot:binh", "blocked", NOON))
    await swept(store, readiness.warn, NOON + 2 * MINUTE)
    assert await told(store, "reach.lost", NOON + 2 * MINUTE) == ["phuc"]


async def test_an_account_that_is_used_up_is_no_way_this_month(store: SqlStore) -> None:
    """Otherwise everybody seems to be reached, and no page leaves before the month is over."""
    limits = {"test:bot": Limit(3000)}

    def begun(tx: Transaction) -> None:
        connect(tx, "minh")
        tx.quotas.add(month_of(NOON), {"test:bot": 3000}, limits)

    await store.run(begun)

    def found(tx: Transaction, at: datetime) -> tuple[str, str]:
        (one,) = readiness.of(tx, [person(tx, "minh")], at)
        return one.reach.result, one.reach.why

    assert await store.look(lambda tx: found(tx, NOON)) == ("unreachable", "quota")
    after = NOON + 10 * LASTS
    assert (await store.look(lambda tx: found(tx, after)))[0] == "one_way", "a month of its own"


async def asked_of(store: SqlStore, *keys: str) -> Round:
    """A round that has begun, with what it has sent to each."""

    def begun(tx: Transaction) -> Round:
        people = [connect(tx, key).id for key in keys]
        one = Round(
            0, "asked", person(tx, "binh").id, NOON, people=tuple(Asked(0, 0, n) for n in people)
        )
        one = tx.rounds.add(one)
        said = (
            Notice("round.asked", each.person_id, facts={"asked": each.id, "n": n})
            for n in (1, 2)
            for each in one.people
        )
        tx.notices.add(said, NOON)
        return one

    return await store.run(begun)


async def test_what_never_left_is_not_called_silence(store: SqlStore) -> None:
    """Minh's waits for a month's quota, Hùng has had one of two, Bình blocked the bot after his."""
    before = await asked_of(store, "minh", "hung", "binh")
    minh, hung, binh = (one.person_id for one in before.people)

    def sent(tx: Transaction) -> None:
        for one in tx.notices.claim(NOON, MINUTE, 50):
            first, who = one.notice.facts["n"] == 1, one.notice.to
            if who == minh or (who == hung and not first):
                tx.notices.again_at(one.notice_id, NOON + LASTS, "quota", False)
            elif who == binh and not first:
                tx.notices.failed(one.notice_id, one.chat, "blocked", NOON)
            else:
                tx.notices.sent(one.notice_id, one.chat, "7", "", NOON)

    await store.run(sent)
    assert await store.look(lambda tx: tx.rounds.undelivered(before)) == {binh: "blocked"}
    over = before.goes_on(before.ends_at)
    found = await store.look(lambda tx: tx.rounds.undelivered(over))
    assert found == {binh: "blocked", minh: "quota"}
    await swept(store, rounds.go_on, before.ends_at)
    page, *_ = await store.run(
        lambda tx: [
            one.notice.facts["lists"]
            for one in tx.notices.claim(before.ends_at, MINUTE, 50)
            if one.notice.kind == "round.page"
        ]
    )
    assert {name: len(those) for name, those in page.items()} == {"silent": 1, "undelivered": 2}


async def test_who_has_left_the_file_meanwhile_is_neither_reminded_nor_called_silent(
    store: SqlStore,
) -> None:
    before = await asked_of(store, "minh", "hung", "binh")
    _, hung, binh = (one.person_id for one in before.people)

    def gone(tx: Transaction) -> None:
        agency = tx.agencies.current()
        assert agency is not None
        people = tuple(one for one in agency.people if one.id != "minh")
        tx.agencies.apply(replace(agency, people=people), (), NOON)
        for one in tx.notices.claim(NOON, LASTS, 50):  # what the round has sent at first
            tx.notices.sent(one.notice_id, one.chat, "7", "", NOON)

    await store.run(gone)

    async def said(kind: str, at: datetime) -> list[Notice]:
        await swept(store, rounds.go_on, at)
        found = await store.run(lambda tx: tx.notices.claim(at, LASTS, 50))
        return [one.notice for one in found if one.notice.kind == kind]

    reminded = await said("round.asked", NOON + LASTS / 2 + 12 * 60 * MINUTE - MINUTE)
    assert {one.to for one in reminded} == {hung, binh}
    page, *_ = await said("round.page", before.ends_at)
    assert (page.facts["count"], len(page.facts["lists"]["silent"])) == (2, 2)  # type: ignore[index]


def an_old_one_that_minh_never_answered(tx: Transaction) -> None:
    asked = Asked(0, 0, person(tx, "minh").id)
    tx.rounds.add(Round(0, "quarterly", -1, NOON - 90 * LASTS, "over", (asked,)))


async def test_an_answer_that_comes_late_is_written_down_however_it_is_typed(
    store: SqlStore,
) -> None:
    """On Zalo nothing can be pressed: a word after the end is worth as much as a late tap."""
    await store.run(an_old_one_that_minh_never_answered)
    before = await asked_of(store, "minh", "hung")
    desk, late = Desk(store), before.ends_at + 60 * MINUTE
    await swept(store, rounds.go_on, before.ends_at)

    def act(key: str) -> Act:
        return Act(Identity("test", "bot", key), late, f"test:bot:{key}")

    for key in ("minh", "hung"):  # both have answered on joining, and this is news all the same
        await store.run(lambda tx, key=key: tx.people.answered_test(person(tx, key).id, NOON))
    assert (await desk.look(rounds.is_late, act("minh"))).value
    assert (await desk.do(rounds.answer_test, act("minh"))).value.first
    assert not (await desk.look(rounds.is_late, act("minh"))).value
    assert not (await desk.do(rounds.answer_test, act("minh"))).value.first
    assert (await desk.do(rounds.has_left, act("hung"))).value.answer == "left"
    after = await store.look(lambda tx: tx.rounds.get(before.id))
    assert [(one.answer, one.answered_at) for one in after.people] == [
        ("received", late),
        ("left", late),
    ]
    old = await store.look(lambda tx: tx.rounds.get(1))
    assert old.people[0].answer == "", "what nobody remembers being asked is not answered"
    minh = before.people[0].person_id
    proofs = await store.look(lambda tx: tx.rounds.proofs([minh]))
    assert proofs[minh].answered_at == late


@pytest.mark.parametrize("back", [timedelta(days=5), timedelta(days=95)])
async def test_a_clock_that_was_ahead_asks_nobody_twice(store: SqlStore, back: timedelta) -> None:
    """2027Q1 has had its round; the clock is set back, and comes there again."""

    async def begun(at: datetime) -> int:
        await swept(store, rounds.go_on, at)
        return len(
            await store.look(lambda tx: [one for one in tx.rounds.open() if one.began_at == at])
        )

    assert await begun(NINE - timedelta(days=14)) == 0  # the program comes to the agency
    assert await begun(NINE) == 1
    earlier = NINE - back
    while earlier.weekday() > 4:
        earlier -= timedelta(days=1)
    assert await begun(earlier) == 0
    assert await begun(earlier + MINUTE) == 0
    assert await begun(NINE + MINUTE) == 1, "its own time is right: that round is the real one"
