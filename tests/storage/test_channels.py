"""Channels, what is said by which, what a newer one says, and the quota, in rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.channel import Channel, Heard, ordered
from bot.domain.escalation import Call, Rung
from bot.domain.notice import Card, Notice
from bot.domain.people import Identity
from bot.domain.quota import PLENTY, Allowance, Limit
from bot.services.ports.messages import Chat, Sending
from bot.services.ports.store import Transaction
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, connect, incident, page, person

LEASE = timedelta(seconds=90)
FIRST, SECOND = "test:bot:minh", "other:2:9a"
CALL = Notice("page.respond", facts={"count": 1}, urgency="page")


def two_ways(tx: Transaction) -> int:
    """Minh, who wrote from the second one last."""
    minh = connect(tx, "minh")
    tx.people.link(Identity("other", "2", "9a"), minh.id)
    tx.chats.seen(Chat(SECOND, private=True), minh.id, NOON + MINUTE)
    return minh.id


async def say(store: SqlStore, *notices: Notice, after: timedelta = 2 * MINUTE) -> None:
    await store.run(lambda tx: tx.notices.add(notices, NOON + after))


async def claim(
    store: SqlStore, after: timedelta = 2 * MINUTE, allowance: Allowance = PLENTY
) -> Sequence[Sending]:
    return await store.run(
        lambda tx: tx.notices.claim(NOON + after, LEASE, 50, allowance=allowance)
    )


async def of(store: SqlStore, *people: int) -> Mapping[int, Sequence[Channel]]:
    return await store.look(lambda tx: tx.channels.of(people, NOON))


async def test_every_private_chat_is_a_channel_and_its_owner_orders_them(store: SqlStore) -> None:
    minh = await store.run(two_ways)
    ways = (await of(store, minh))[minh]
    assert [one.address for one in ordered(ways)] == [SECOND, FIRST]
    await store.run(lambda tx: tx.channels.put_first(minh, FIRST, NOON))
    await store.run(lambda tx: tx.channels.put_first(minh + 1, SECOND, NOON + MINUTE))
    await store.run(lambda tx: tx.chats.lost(SECOND, "blocked", NOON))
    first, second = ordered((await of(store, minh))[minh])
    assert (first.address, first.is_open, second.lost) == (FIRST, True, "blocked")
    assert await of(store) == {}


async def test_pages_follow_the_order_and_the_rest_the_person(store: SqlStore) -> None:
    minh = await store.run(two_ways)
    await store.run(lambda tx: tx.channels.put_first(minh, FIRST, NOON))
    number = (await store.run(lambda tx: incident(tx))).id
    about = (await store.run(lambda tx: page(tx, number))).id
    call = replace(CALL, to=minh, incident=number, page=about)
    again = replace(call, facts={"count": 2, "turn": 2})
    await say(store, call, again, Notice("hello", to=minh), Notice("a", to=minh, urgency="quiet"))
    assert [one.chat for one in await claim(store)] == [FIRST, SECOND, SECOND, SECOND]


async def test_what_has_not_answered_comes_after_the_others(store: SqlStore) -> None:
    minh = await store.run(two_ways)
    await say(store, Notice("leader.direct", to=minh, urgency="page"))
    (one,) = await claim(store)
    number = one.notice_id
    await store.run(lambda tx: tx.notices.again_at(number, NOON, "unreachable", True, [one.chat]))
    (other,) = await claim(store)
    assert (one.chat, other.chat, other.tried, other.again) == (SECOND, FIRST, (SECOND,), True)
    await store.run(lambda tx: tx.notices.unknown(number, SECOND, "unreachable", NOON))
    await store.run(lambda tx: tx.notices.sent(number, FIRST, "7", "", NOON))


@pytest.mark.parametrize("urgency", ["page", "notice", "quiet"])
async def test_an_account_with_nothing_left_is_gone_round(store: SqlStore, urgency: Any) -> None:
    minh = await store.run(two_ways)
    await say(store, Notice("leader.direct", to=minh, urgency=urgency))
    full = Allowance(full=frozenset({"other:2"}))
    found = await claim(store, allowance=full)
    if urgency == "quiet":
        assert not found
        assert not await claim(store, 11 * MINUTE)
        assert [one.chat for one in await claim(store, 13 * MINUTE)] == [SECOND]
    else:
        assert [(one.chat, one.instead) for one in found] == [(FIRST, "quota")]


async def test_in_the_reserve_only_what_makes_no_sound_waits(store: SqlStore) -> None:
    minh = await store.run(two_ways)
    await say(store, *(Notice(u, to=minh, urgency=u) for u in ("quiet", "notice", "page")))
    scarce = Allowance(scarce=frozenset({"other:2"}))
    assert [one.notice.kind for one in await claim(store, allowance=scarce)] == ["page", "notice"]
    await store.run(lambda tx: tx.cards.want([Card("other:2:-9", "incident", 1)]))
    assert await store.look(lambda tx: tx.quotas.held(["other:2"])) == 2
    assert await store.look(lambda tx: tx.quotas.held(["test:bot"])) == 1


async def test_a_question_stays_where_its_answer_is_waited_for(store: SqlStore) -> None:
    minh = await store.run(two_ways)
    await say(store, Notice("form", to=minh, facts={"draft": 1}))
    full = Allowance(full=frozenset({"other:2"}))
    assert [one.chat for one in await claim(store, allowance=full)] == [SECOND]


async def test_of_what_waited_only_the_newest_is_said(store: SqlStore) -> None:
    minh = await store.run(two_ways)
    number = (await store.run(lambda tx: incident(tx))).id
    taken = Notice("page.taken", to=minh, incident=number, facts={"by": "a"}, urgency="quiet")
    await say(store, taken)
    await say(store, replace(taken, facts={"by": "b"}), after=3 * MINUTE)
    others = [replace(taken, kind="direction", facts={"by": by}) for by in "cd"]
    await say(store, *others, after=3 * MINUTE)
    found = await claim(store, 5 * MINUTE)
    assert [one.notice.facts["by"] for one in found] == ["b", "c", "d"]
    assert await claim(store, 9 * MINUTE + LEASE) != []
    states = await store.look(_states)
    assert states == ["superseded", "sending", "sending", "sending"]


async def test_a_page_that_somebody_has_is_not_said_late(store: SqlStore) -> None:
    minh = await store.run(two_ways)
    number = (await store.run(lambda tx: incident(tx))).id
    told = await store.run(lambda tx: page(tx, number))
    await say(store, replace(CALL, to=minh, incident=number, page=told.id))
    await store.run(lambda tx: tx.pages.save(replace(told, due_at=None)))
    assert await claim(store) == []
    assert await store.look(_states) == ["superseded"]


async def test_who_was_told_where_and_who_saw_it(store: SqlStore) -> None:
    minh = await store.run(two_ways)
    hung = (await store.run(lambda tx: person(tx, "hung"))).id
    number = (await store.run(lambda tx: incident(tx))).id
    ladder = (Rung((minh, hung), 5 * MINUTE, 2),)
    told = await store.run(lambda tx: page(tx, number, ladder=ladder))

    def called(tx: Transaction) -> None:
        tx.pages.called(told, Call((minh, hung), 1, 1, (), NOON), NOON)
        tx.pages.heard(told.id, Heard(minh, SECOND), NOON)
        tx.pages.heard(told.id, Heard(minh, FIRST), NOON)  # beside
        tx.pages.heard(told.id, Heard(hung, "", "blocked"), NOON)

    await store.run(called)
    assert not await store.run(lambda tx: tx.pages.saw("test:bot:none", NOON))
    assert [one.id for one in await store.run(lambda tx: tx.pages.saw(SECOND, NOON))] == [told.id]
    assert not await store.run(lambda tx: tx.pages.saw(SECOND, NOON)), "once"
    now = await store.look(lambda tx: tx.pages.get(told.id))
    assert now.heard == (
        Heard(minh, SECOND, seen=True),
        Heard(hung, "", "blocked"),
        Heard(minh, FIRST),
    )
    assert now.called == {minh, hung}


async def test_messages_are_counted_on_from_what_stands_there(store: SqlStore) -> None:
    limits = {"other:2": Limit(100, 10)}
    for _ in range(2):
        await store.run(lambda tx: tx.quotas.add("2026-11", {"other:2": 40}, limits))
    (quota,) = await store.look(lambda tx: tx.quotas.of("2026-11"))
    assert (quota.account, quota.sent, quota.told, quota.limit) == (
        "other:2",
        80,
        0,
        Limit(100, 10),
    )
    await store.run(lambda tx: tx.quotas.save(replace(quota, told=80).filled()))
    await store.run(lambda tx: tx.quotas.add("2026-11", {"other:2": 0}, {"other:2": Limit(200)}))
    (more,) = await store.look(lambda tx: tx.quotas.of("2026-11"))
    assert (more.sent, more.told, more.limit) == (100, 80, Limit(200))
    assert await store.look(lambda tx: tx.quotas.of("2026-12")) == []


def _states(tx: Transaction) -> list[str]:
    rows: Any = tx.notices
    return [state for (state,) in rows.rows.exec_driver_sql("SELECT state FROM notices")]
