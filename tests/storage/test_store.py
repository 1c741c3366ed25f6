"""The store: reads go round the writer and cannot write; times are aware; files open or not."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert
from sqlalchemy.exc import IntegrityError, StatementError

from bot.domain.forms import REPORT
from bot.domain.playbook import Plan
from bot.services.ports.books import Books
from bot.services.ports.messages import Chat
from bot.services.ports.store import StoreDown, Transaction
from storage.store import CannotOpen, SqlStore
from storage.tables import update_keys
from tests.storage.rows import NOON, incident, person


async def test_a_look_cannot_write(store: SqlStore) -> None:
    with pytest.raises(StoreDown, match="readonly"):
        await store.look(lambda tx: tx.chats.bind(Chat("g", False, "thi_xa"), NOON))
    assert await store.look(lambda tx: tx.chats.bound("g")) is None


async def test_a_look_sees_one_moment(store: SqlStore, file: Path) -> None:
    def twice(tx: Transaction) -> tuple[int, int]:
        first = len(tx.chats.groups_of(["thi_xa"]))
        other = sqlite3.connect(file)
        row = "('g', 'thi_xa', '', '', '', 0, NULL, '2026-11-21')"
        columns = "address, unit, thread, title, lost, private, person_id, at"
        other.execute(f"INSERT INTO chats ({columns}) VALUES {row}")
        other.commit()
        other.close()
        return first, len(tx.chats.groups_of(["thi_xa"]))

    assert await store.look(twice) == (0, 0)
    assert len(await store.look(lambda tx: tx.chats.groups_of(["thi_xa"]))) == 1


async def test_a_rule_of_the_tables_broken_is_no_trouble_of_the_disk(store: SqlStore) -> None:
    with pytest.raises(IntegrityError):
        await store.run(lambda tx: tx.chats.seen(Chat("p", True), 999, NOON))


async def test_a_sender_is_woken_only_by_something_to_say(store: SqlStore) -> None:
    def report(tx: Transaction) -> None:
        tx.drafts.add(REPORT, person(tx, "lan").id, 0, {}, {}, NOON)

    await store.run(report)
    assert not store.stirred.is_set()


def test_a_file_in_a_folder_that_cannot_be_made(tmp_path: Path, plans: dict[str, Plan]) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotOpen, match=r"(?i)exists|directory"):
        SqlStore(f"sqlite:///{tmp_path / 'file' / 'trucban.db'}", Books(plans))


def test_a_file_that_is_no_database(tmp_path: Path, plans: dict[str, Plan]) -> None:
    (tmp_path / "trucban.db").write_text("this is no database, and long enough to be seen" * 20)
    with pytest.raises(CannotOpen, match="not a database"):
        SqlStore(f"sqlite:///{tmp_path / 'trucban.db'}", Books(plans))


async def test_a_time_without_a_zone_is_refused(store: SqlStore) -> None:
    naive = datetime(2026, 11, 21, 5)  # noqa: DTZ001
    with pytest.raises(StatementError, match="naive"):
        await store.run(lambda tx: tx.update_keys.add("k", "", naive))


async def test_times_come_back_in_utc(store: SqlStore) -> None:
    here = NOON.astimezone(timezone(timedelta(hours=7)))
    number = (await store.run(lambda tx: incident(tx, reported_at=here))).id
    back = (await store.look(lambda tx: tx.incidents.get(number))).reported_at
    assert back == NOON
    assert back.tzinfo is UTC


async def test_update_keys(store: SqlStore) -> None:
    await store.run(lambda tx: tx.update_keys.add("t:1", "draft/1", NOON))
    await store.run(lambda tx: tx.update_keys.add("t:2", "", NOON + timedelta(days=1)))
    assert await store.look(lambda tx: [tx.update_keys.done(f"t:{n}") for n in (1, 2, 3)]) == [
        "draft/1",
        "",
        None,
    ]
    with pytest.raises(IntegrityError):
        await store.run(lambda tx: tx.update_keys.add("t:1", "", NOON))
    assert await store.run(lambda tx: tx.update_keys.forget(NOON + timedelta(hours=1))) == 1
    assert await store.look(lambda tx: tx.update_keys.done("t:1")) is None
    assert await store.look(lambda tx: tx.update_keys.done("t:2")) == ""


async def test_what_was_committed_is_in_the_file_after_closing(
    file: Path, plans: dict[str, Plan]
) -> None:
    store = SqlStore(f"sqlite:///{file}", Books(plans))
    await store.run(lambda tx: tx.update_keys.add("kept", "", NOON))
    await store.close()
    assert not file.with_name(f"{file.name}-wal").exists()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as rows, pytest.raises(IntegrityError):
        rows.execute(insert(update_keys), {"key": "kept", "chain": "", "at": NOON})
    engine.dispose()
