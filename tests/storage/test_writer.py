"""The writer: what waits together commits together, and nobody hears of a step before."""

import asyncio
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.services.ports.messages import Chat
from bot.services.ports.store import StoreDown, Transaction
from storage.store import SqlStore
from tests.storage.rows import NOON


def saw(tx: Transaction, address: str) -> str:
    tx.chats.bind(Chat(address, private=False, unit="thi_xa"), NOON)
    return address


async def there(store: SqlStore) -> list[str]:
    return [chat.address for chat in await store.look(lambda tx: tx.chats.groups_of(["thi_xa"]))]


async def test_what_waits_together_commits_together(store: SqlStore) -> None:
    commits: list[object] = []
    event.listen(store.engine, "commit", commits.append)
    steps = [store.run(lambda tx, n=n: saw(tx, f"g:{n:03}")) for n in range(50)]
    assert await asyncio.gather(*steps) == [f"g:{n:03}" for n in range(50)]
    assert await there(store) == [f"g:{n:03}" for n in range(50)]
    assert 0 < len(commits) < 50


async def test_a_failing_step_takes_back_only_itself(store: SqlStore) -> None:
    def bad(tx: Transaction) -> None:
        saw(tx, "bad")
        raise LookupError("ours")

    steps = (store.run(lambda tx: saw(tx, "a")), store.run(bad), store.run(lambda tx: saw(tx, "b")))
    a, error, b = await asyncio.gather(*steps, return_exceptions=True)
    assert (a, b) == ("a", "b")
    assert isinstance(error, LookupError)
    assert await there(store) == ["a", "b"]


async def test_nobody_hears_of_a_step_that_is_not_committed(store: SqlStore) -> None:
    def dies(_connection: object) -> None:
        raise OSError("the disk is gone")

    event.listen(store.engine, "commit", dies)
    steps = [store.run(lambda tx, n=n: saw(tx, f"g{n}")) for n in range(3)]
    told = await asyncio.gather(*steps, return_exceptions=True)
    assert [type(error) for error in told] == [OSError] * 3
    event.remove(store.engine, "commit", dies)
    assert await there(store) == []
    assert await store.run(lambda tx: saw(tx, "after")) == "after"
    assert await there(store) == ["after"]


async def test_steps_are_done_in_the_order_in_which_they_came(store: SqlStore) -> None:
    done: list[int] = []
    await asyncio.gather(*(store.run(lambda _, n=n: done.append(n)) for n in range(200)))
    assert done == list(range(200))


async def test_closing_finishes_what_waits_and_takes_nothing_more(store: SqlStore) -> None:
    steps = [asyncio.ensure_future(store.run(lambda _, n=n: n)) for n in range(200)]
    late = asyncio.ensure_future(store.close())
    assert await asyncio.gather(*steps) == list(range(200))
    await late
    with pytest.raises(RuntimeError, match="closed"):
        await store.run(lambda _: None)


async def test_who_has_gone_away_leaves_the_step_done(store: SqlStore) -> None:
    begun, gone, loop = asyncio.Event(), threading.Event(), asyncio.get_running_loop()

    def slow(tx: Transaction) -> None:
        loop.call_soon_threadsafe(begun.set)
        assert gone.wait(5)
        saw(tx, "g")

    asked = asyncio.ensure_future(store.run(slow))
    await begun.wait()
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    gone.set()
    await store.run(lambda _: None)
    assert await there(store) == ["g"]


async def test_a_locked_database_is_down_and_comes_back(store: SqlStore, file: Path) -> None:
    def impatient(connection: Any, _record: object, _pooled: object) -> None:
        connection.execute("PRAGMA busy_timeout = 0")

    event.listen(store.engine, "checkout", impatient)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreDown, match="locked"):
        await store.run(lambda tx: saw(tx, "g"))
    assert await there(store) == []  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    assert await store.run(lambda tx: saw(tx, "g")) == "g"


async def test_two_steps_that_read_and_write_lose_nothing(store: SqlStore) -> None:
    def one_more(tx: Transaction) -> None:
        chat = tx.chats.bound("counter")
        count = int(chat.title) + 1 if chat else 1
        tx.chats.bind(Chat("counter", False, "thi_xa", str(count)), NOON)

    await asyncio.gather(*(store.run(one_more) for _ in range(100)))
    chat = await store.look(lambda tx: tx.chats.bound("counter"))
    assert chat is not None
    assert chat.title == "100"
