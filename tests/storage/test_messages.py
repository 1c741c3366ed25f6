"""Notices are claimed, leased and settled; cards coalesce; chats come, go and move."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.notice import Card, Notice
from bot.services.ports.dialogs import Prompt
from bot.services.ports.messages import CardSending, Chat, Sending
from bot.services.ports.store import Transaction
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, connect, incident, person

LEASE = timedelta(seconds=90)
GROUP = Chat("test:bot:-1", private=False, unit="doi_ung_cuu", title="Đội")


async def say(store: SqlStore, *notices: Notice) -> None:
    await store.run(lambda tx: tx.notices.add(notices, NOON))


async def claim(
    store: SqlStore, after: timedelta = timedelta(0), limit: int = 50
) -> Sequence[Sending]:
    return await store.run(lambda tx: tx.notices.claim(NOON + after, LEASE, limit))


async def joined(store: SqlStore, key: str = "minh") -> int:
    return (await store.run(lambda tx: connect(tx, key))).id


async def test_pages_are_claimed_first_and_each_once(store: SqlStore) -> None:
    minh = await joined(store)
    kinds = [("quiet", "c"), ("notice", "b"), ("page", "a"), ("quiet", "d"), ("page", "aa")]
    await say(store, *(Notice(kind, to=minh, urgency=urgency) for urgency, kind in kinds))
    assert [sending.notice.kind for sending in await claim(store, limit=3)] == ["a", "aa", "b"]
    assert [sending.notice.kind for sending in await claim(store)] == ["c", "d"]
    assert await claim(store) == []


async def test_an_incident_with_500_waiting_pages_does_not_starve_another(store: SqlStore) -> None:
    """uptimepage#71: one noisy tenant delays all. What is on its way already counts too."""
    noisy, other = [(await store.run(incident)).id for _ in range(2)]

    def calls(number: int, many: int) -> list[Notice]:
        chats = (f"test:bot:{number}{place:03}" for place in range(many))
        return [Notice("cry", chat=c, incident=number, urgency="page") for c in chats]

    await say(store, *calls(noisy, 500))
    await claim(store)
    await say(store, *calls(other, 3))
    claimed = [sending.notice.incident for sending in await claim(store)]
    assert claimed[:4] == [other, other, other, noisy]
    assert len(claimed) == 50


async def test_one_recipient_has_ten_on_their_way_and_the_most_urgent(store: SqlStore) -> None:
    notices = [Notice(f"n{place}", chat=GROUP.address) for place in range(20)]
    await say(store, *notices, Notice("other", chat="test:bot:-2"))
    assert [s.notice.kind for s in await claim(store)] == [*(f"n{n}" for n in range(10)), "other"]
    await say(store, Notice("loud", chat=GROUP.address, urgency="page"))
    assert [s.notice.kind for s in await claim(store)] == ["loud"]
    await store.run(lambda tx: tx.notices.sent(1, GROUP.address, "7", "", NOON))
    assert [s.notice.kind for s in await claim(store)] == []
    await store.run(lambda tx: tx.notices.sent(2, GROUP.address, "8", "", NOON))
    assert [s.notice.kind for s in await claim(store)] == ["n10"]


async def test_what_is_claimed_carries_what_was_said(store: SqlStore) -> None:
    minh = await joined(store)
    number = (await store.run(lambda tx: incident(tx))).id
    facts = {"by": "anh Hùng", "names": ["chị Lan"]}
    said = Notice("page.taken", to=minh, incident=number, facts=facts, urgency="quiet")
    await say(store, said, Notice("hello", chat="test:bot:-1"))
    to_group, to_minh = await claim(store)
    assert to_minh.notice == said
    assert (to_minh.chat, to_minh.again, to_minh.attempts) == ("test:bot:minh", False, 1)
    assert to_minh.person is not None
    assert to_minh.person.name == "anh Minh"
    assert (to_group.chat, to_group.person) == ("test:bot:-1", None)


async def test_who_is_not_connected_has_no_chat(store: SqlStore) -> None:
    hung = (await store.run(lambda tx: person(tx, "hung"))).id
    await say(store, Notice("hello", to=hung))
    assert [sending.chat for sending in await claim(store)] == [""]
    minh = await joined(store)
    await store.run(lambda tx: tx.chats.lost("test:bot:minh", "blocked", NOON))
    await say(store, Notice("hello", to=minh))
    assert [sending.chat for sending in await claim(store)] == [""]


async def test_a_lease_that_ran_out_is_claimed_again_and_marked(store: SqlStore) -> None:
    minh = await joined(store)
    await say(store, Notice("hello", to=minh))
    (first,) = await claim(store)
    assert await claim(store, LEASE - timedelta(seconds=1)) == []
    (second,) = await claim(store, LEASE)
    assert (first.again, second.again) == (False, True)
    assert (second.notice_id, second.attempts) == (first.notice_id, 2)


async def test_once_marked_it_stays_marked(store: SqlStore) -> None:
    minh = await joined(store)
    await say(store, Notice("hello", to=minh))
    await claim(store)
    (again,) = await claim(store, LEASE)
    number = again.notice_id
    await store.run(lambda tx: tx.notices.again_at(number, NOON + LEASE, "flood", False))
    assert [sending.again for sending in await claim(store, LEASE)] == [True]


async def test_at_start_every_lease_is_over(store: SqlStore) -> None:
    minh = await joined(store)
    await say(store, Notice("hello", to=minh), Notice("later", to=minh))
    await claim(store, limit=1)
    await store.run(lambda tx: tx.notices.release(NOON))
    assert [(s.notice.kind, s.again) for s in await claim(store)] == [
        ("hello", True),
        ("later", False),
    ]


@pytest.mark.parametrize("unknown", [True, False])
async def test_later_is_marked_only_when_it_may_have_arrived(
    store: SqlStore, unknown: bool
) -> None:
    minh = await joined(store)
    await say(store, Notice("hello", to=minh))
    (sending,) = await claim(store)
    number = sending.notice_id
    await store.run(lambda tx: tx.notices.again_at(number, NOON + MINUTE, "flood", unknown))
    assert await claim(store, MINUTE / 2) == []
    assert [again.again for again in await claim(store, MINUTE)] == [unknown]


@pytest.mark.parametrize("end", ["sent", "failed"])
async def test_what_is_settled_is_never_claimed_again(store: SqlStore, end: str) -> None:
    def settle(tx: Transaction) -> None:
        if end == "sent":
            tx.notices.sent(1, "test:bot:minh", "7", "lời", NOON)
        else:
            tx.notices.failed(1, "test:bot:minh", "blocked", NOON)

    minh = await joined(store)
    await say(store, Notice("hello", to=minh))
    await claim(store)
    await store.run(settle)
    await store.run(lambda tx: tx.notices.release(NOON))
    assert await claim(store, timedelta(days=9)) == []


async def test_a_notice_wakes_the_sender(store: SqlStore) -> None:
    await say(store)
    assert not store.stirred.is_set()
    await say(store, Notice("hello", chat="g"))
    await store.run(lambda _: None)  # what the commit before it set is set by now
    assert store.stirred.is_set()


CARD = Card("test:bot:-1", "incident", 9)


async def cards(store: SqlStore, after: timedelta = timedelta(0)) -> Sequence[CardSending]:
    return await store.run(lambda tx: tx.cards.claim(NOON + after, LEASE, 50))


async def want(store: SqlStore, times: int = 1) -> None:
    for _ in range(times):
        await store.run(lambda tx: tx.cards.want([CARD]))


async def test_wanted_five_times_it_is_shown_once_at_its_newest(store: SqlStore) -> None:
    await want(store, 5)
    (card,) = await cards(store)
    assert (card.card, card.wanted, card.message_id, card.again) == (CARD, 5, "", False)
    await store.run(lambda tx: tx.cards.shown(card.card_id, card.wanted, "77", NOON))
    assert await cards(store) == []


async def test_what_changed_while_it_was_sent_is_shown_after(store: SqlStore) -> None:
    await want(store)
    (card,) = await cards(store)
    await want(store, 3)
    assert await cards(store) == []  # still under way: never two at once
    await store.run(lambda tx: tx.cards.shown(card.card_id, card.wanted, "77", NOON))
    (newer,) = await cards(store)
    assert (newer.wanted, newer.message_id, newer.again) == (4, "77", False)


async def test_a_card_of_a_dead_process_is_marked_when_it_may_stand_there(store: SqlStore) -> None:
    await want(store)
    await cards(store)
    await store.run(lambda tx: tx.cards.release(NOON))
    assert [card.again for card in await cards(store)] == [True]


async def test_a_deleted_card_is_sent_anew(store: SqlStore) -> None:
    await want(store)
    (card,) = await cards(store)
    await store.run(lambda tx: tx.cards.shown(card.card_id, 1, "77", NOON))
    await store.run(lambda tx: tx.cards.want_again("incident", 9))
    await cards(store)
    await store.run(lambda tx: tx.cards.gone(card.card_id))
    assert [(card.message_id, card.again) for card in await cards(store)] == [("", False)]


async def test_a_failed_card_waits_until_it_is_wanted_anew(store: SqlStore) -> None:
    await want(store)
    (card,) = await cards(store)
    await store.run(lambda tx: tx.cards.failed(card.card_id))
    assert await cards(store, timedelta(days=1)) == []
    await store.run(lambda tx: tx.cards.want_every("incident"))
    assert len(await cards(store)) == 1


async def test_a_card_told_to_wait_waits(store: SqlStore) -> None:
    await want(store)
    (card,) = await cards(store)
    await store.run(lambda tx: tx.cards.again_at(card.card_id, NOON + MINUTE, False))
    assert await cards(store, MINUTE / 2) == []
    assert len(await cards(store, MINUTE)) == 1


@pytest.mark.parametrize("unknown", [True, False])
async def test_a_card_is_marked_only_when_it_may_stand_there(
    store: SqlStore, unknown: bool
) -> None:
    await want(store)
    (card,) = await cards(store)
    await store.run(lambda tx: tx.cards.again_at(card.card_id, NOON, unknown))
    assert [card.again for card in await cards(store)] == [unknown]


async def test_a_card_out_of_reach_is_sent_anew_when_it_is_wanted(store: SqlStore) -> None:
    await want(store)
    (card,) = await cards(store)
    await store.run(lambda tx: tx.cards.shown(card.card_id, 1, "77", NOON))
    await store.run(lambda tx: tx.cards.forget(CARD.chat))
    assert await cards(store) == []
    await want(store)
    assert [(card.message_id, card.again) for card in await cards(store)] == [("", False)]


async def test_trouble_is_news_once(store: SqlStore) -> None:
    await store.run(lambda tx: tx.chats.bind(GROUP, NOON))
    assert not await store.run(lambda tx: tx.chats.well(GROUP.address, ["muted"]))
    await store.run(lambda tx: tx.chats.troubled(GROUP.address, "muted"))
    bound = await store.look(lambda tx: tx.chats.bound(GROUP.address))
    assert bound is not None
    assert bound.trouble == "muted"
    wells = [
        await store.run(lambda tx, t=trouble: tx.chats.well(GROUP.address, [t]))
        for trouble in ("astray", "muted", "muted")
    ]
    assert wells == [False, True, False]


async def test_no_card_goes_to_a_chat_that_is_lost(store: SqlStore) -> None:
    await store.run(lambda tx: tx.chats.bind(GROUP, NOON))
    await store.run(lambda tx: tx.chats.lost(GROUP.address, "kicked", NOON))
    await want(store)
    assert await cards(store) == []
    await store.run(lambda tx: tx.chats.seen(GROUP, None, NOON))
    assert len(await cards(store)) == 1


async def test_a_group_that_moved_takes_everything_along(store: SqlStore) -> None:
    await store.run(lambda tx: tx.chats.bind(GROUP, NOON))
    await want(store)
    await cards(store)
    await store.run(lambda tx: tx.cards.shown(1, 1, "77", NOON))
    await want(store)
    await say(store, Notice("hello", chat=GROUP.address))
    moves = [
        await store.run(lambda tx: tx.chats.moved(GROUP.address, "test:bot:-100")) for _ in range(2)
    ]
    assert moves == [True, False]
    (card,) = await cards(store)
    assert (card.card.chat, card.message_id, card.again) == ("test:bot:-100", "", False)
    assert [sending.chat for sending in await claim(store)] == ["test:bot:-100"]
    groups = await store.look(lambda tx: tx.chats.groups_of(["doi_ung_cuu"]))
    assert [group.address for group in groups] == ["test:bot:-100"]


async def test_a_group_that_was_seen_under_its_new_id_is_the_same_one(store: SqlStore) -> None:
    minh = await joined(store)
    topic = replace(GROUP, thread="7")
    new = Chat("test:bot:-100", private=False, title="Đội")
    await store.run(lambda tx: tx.chats.bind(topic, NOON))
    await want(store)
    await cards(store)
    await store.run(lambda tx: tx.chats.seen(new, None, NOON))
    await store.run(lambda tx: tx.cards.want([Card(new.address, "incident", 9)]))
    prompt = Prompt("menu", 1, 0)
    for chat in (GROUP.address, new.address):
        await store.run(lambda tx, c=chat: tx.prompts.asked(c, minh, prompt, NOON))
    await store.run(lambda tx: tx.chats.moved(GROUP.address, new.address))
    assert [card.card.chat for card in await cards(store)] == [new.address]
    found = await store.look(lambda tx: tx.chats.bound(new.address))
    assert found == replace(GROUP, address=new.address)
    assert await store.look(lambda tx: tx.chats.bound(GROUP.address)) is None


async def test_a_message_knows_the_topic_of_its_group(store: SqlStore) -> None:
    await store.run(lambda tx: tx.chats.bind(replace(GROUP, thread="7"), NOON))
    await want(store)
    await say(store, Notice("hello", chat=GROUP.address))
    assert [card.thread for card in await cards(store)] == ["7"]
    assert [sending.thread for sending in await claim(store)] == ["7"]


async def test_a_group_seen_again_stays_bound_and_a_lost_one_is_told_nothing(
    store: SqlStore,
) -> None:
    await store.run(lambda tx: tx.chats.bind(GROUP, NOON))
    await store.run(lambda tx: tx.chats.seen(Chat(GROUP.address, False), None, NOON))
    assert await store.look(lambda tx: tx.chats.bound(GROUP.address)) == GROUP
    await store.run(lambda tx: tx.chats.lost(GROUP.address, "kicked", NOON))
    assert await store.look(lambda tx: tx.chats.groups_of(["doi_ung_cuu"])) == []
    assert await store.look(lambda tx: tx.chats.bound("test:bot:none")) is None


async def test_when_much_is_under_way_only_pages_are_claimed(store: SqlStore) -> None:
    minh = await joined(store)
    await say(store, *(Notice(u, to=minh, urgency=u) for u in ("quiet", "notice", "page")))
    crowded = await store.run(lambda tx: tx.notices.claim(NOON, LEASE, 20, True))
    assert [sending.notice.kind for sending in crowded] == ["page"]
    assert [sending.notice.kind for sending in await claim(store)] == ["notice", "quiet"]
