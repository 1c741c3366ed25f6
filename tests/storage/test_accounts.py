"""Which bots run, whom a dark one is told to, and where a person of several accounts is written."""

from datetime import datetime

import pytest

from bot.domain.account import Account, Sight
from bot.domain.people import CLOCKWORK_IDENTITY, Act, Post, Role
from bot.services import accounts
from bot.services.desk import Desk
from bot.services.ports.dialogs import Prompt
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, connect

FIRST, SECOND = Account("test", "bot", "@mot"), Account("test", "other", "@hai")
DARK = Sight(ours=True, pending=3, error="502 Bad Gateway", error_at=NOON + MINUTE)


def act(at: datetime = NOON) -> Act:
    return Act(CLOCKWORK_IDENTITY, at)


async def entered(store: SqlStore, *those: Account) -> list[Account]:
    await Desk(store).do(accounts.enter, act(), those)
    return list(await store.look(lambda tx: tx.accounts.all()))


async def sighted(store: SqlStore, sight: Sight | None, at: datetime = NOON) -> bool:
    who = (FIRST.platform, FIRST.account)
    return (await Desk(store).do(accounts.sighted, act(at), *who, sight, NOON)).value


async def said(store: SqlStore) -> list[tuple[str, str]]:
    """What notices wait, and for whom."""
    there = await store.run(lambda tx: tx.notices.claim(NOON + 5 * MINUTE, MINUTE, 99))
    return [(one.notice.kind, one.person.key if one.person else "") for one in there]


async def kinds(store: SqlStore) -> list[str]:
    links = await store.look(lambda tx: tx.events.chain("agency"))
    return [link.kind for link in links if link.kind.startswith(("account.", "webhook."))]


async def test_an_account_comes_stays_goes_and_comes_back(store: SqlStore) -> None:
    assert await entered(store, FIRST, SECOND) == [FIRST, SECOND]
    await entered(store, FIRST, SECOND)
    assert await kinds(store) == ["account.entered"] * 2
    first, second = await entered(store, FIRST)
    assert (first.left_at, second.left_at) == (None, NOON)
    await entered(store, FIRST)
    renamed = Account("test", "other", "@ba")
    assert await entered(store, FIRST, renamed) == [FIRST, renamed]
    assert await kinds(store) == ["account.entered"] * 2 + ["account.left", "account.entered"]


async def test_administrators_are_told_once_and_once_again_at_the_end(store: SqlStore) -> None:
    await store.run(lambda tx: connect(tx, "binh"))
    await store.run(lambda tx: connect(tx, "lan"))
    await entered(store, FIRST)
    assert await sighted(store, DARK)
    for later in (DARK, None, Sight(ours=False)):
        assert await sighted(store, later, NOON + MINUTE)
    assert not await sighted(store, Sight(ours=True, pending=1, error_at=NOON - MINUTE))
    assert (await store.look(lambda tx: tx.accounts.all()))[0].dark_since == NOON
    assert not await sighted(store, Sight(ours=True), NOON + 2 * MINUTE)
    assert not await sighted(store, Sight(ours=True), NOON + 3 * MINUTE)
    assert await said(store) == [("webhook.dark", "binh"), ("webhook.well", "binh")]
    assert await kinds(store) == ["account.entered", "webhook.dark", "webhook.well"]


async def test_without_an_administrator_who_can_be_told_the_duty_officers_are(
    store: SqlStore,
) -> None:
    def on_duty(tx: Transaction) -> None:
        tx.people.give(connect(tx, "minh").id, Post(Role.DUTY, "thi_xa"), NOON)

    await entered(store, FIRST)
    await store.run(on_duty)
    await sighted(store, None)
    assert await said(store) == [("webhook.dark", "minh")]


async def test_an_account_that_never_entered_is_none_of_ours(store: SqlStore) -> None:
    assert not await sighted(store, DARK)
    assert await kinds(store) == []


@pytest.mark.parametrize("way", ["wrote", "asked"])
async def test_a_person_is_written_to_where_he_was_last(store: SqlStore, way: str) -> None:
    def on_two(tx: Transaction) -> int:
        who = connect(tx, "minh")
        tx.chats.seen(Chat("test:other:minh", private=True), who.id, NOON + MINUTE)
        return who.id

    minh = await store.run(on_two)

    async def where() -> str | None:
        return await store.look(lambda tx: tx.chats.private_of(minh))

    assert await where() == "test:other:minh"
    later = NOON + 2 * MINUTE
    if way == "wrote":
        here = Chat("test:bot:minh", private=True)
        await store.run(lambda tx: tx.chats.seen(here, minh, later))
    else:
        prompt = Prompt("menu", 0, 0)
        await store.run(lambda tx: tx.prompts.asked("test:bot:minh", minh, prompt, later))
    assert await where() == "test:bot:minh"
    await store.run(lambda tx: tx.chats.lost("test:bot:minh", "blocked", later))
    assert await where() == "test:other:minh"


async def test_where_no_bot_runs_nobody_is_written_to(store: SqlStore) -> None:
    def joined(tx: Transaction) -> int:
        tx.chats.bind(Chat("test:bot:-5", private=False, unit="doi_ung_cuu"), NOON)
        return connect(tx, "minh").id

    minh = await store.run(joined)

    async def reached() -> tuple[str | None, bool, int]:
        return await store.look(
            lambda tx: (
                tx.chats.private_of(minh),
                minh in tx.people.absent([minh]),
                len(tx.chats.groups_of(["doi_ung_cuu"])),
            )
        )

    await entered(store, FIRST)
    assert await reached() == ("test:bot:minh", False, 1)
    await entered(store, SECOND)
    assert await reached() == (None, True, 0)
    await entered(store, FIRST)
    assert await reached() == ("test:bot:minh", False, 1)
