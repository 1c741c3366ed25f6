"""Evidence in rows: numbers within an incident, bytes apart, and nothing left when it is erased."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.errors import NotFound
from bot.domain.evidence import File, Given, Pass
from bot.domain.forms import REPORT
from bot.services.ports.store import Transaction
from bot.services.secrecy import keep_secret
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, incident, person

GIVEN = Given("nhật ký.log", b"dong-nhat-ky-xyz " * 20_000)  # over many pages of the file


def add(tx: Transaction, draft_id: int = 0, number: int = 0) -> File:
    """Lan's; of a draft, of an incident, or of neither yet."""
    who = person(tx, "lan").id
    about = (GIVEN.name, "text/plain", len(GIVEN.content), GIVEN.sha256, "zalo", NOON)
    file = tx.files.add(File(0, 0, draft_id, who, 0, *about), GIVEN)
    return tx.files.attach(file.id, number) if number else file


async def test_numbers_are_within_the_incident(store: SqlStore) -> None:
    def kept(tx: Transaction) -> list[str]:
        one, two = incident(tx).id, incident(tx).id
        files = [add(tx, number=number) for number in (one, two, one)]
        assert tx.files.content(files[0].id) == GIVEN.content
        assert [file.number for file in tx.files.of(one)] == [1, 2]
        return [file.receipt for file in files]

    assert await store.run(kept) == ["1.A1", "2.A1", "1.A2"]


async def test_what_came_with_a_report_is_the_drafts_until_it_is_sent(store: SqlStore) -> None:
    def sent(tx: Transaction) -> None:
        who = person(tx, "lan").id
        draft = tx.drafts.add(REPORT, who, 0, {}, {}, NOON)
        file = add(tx, draft.id)
        assert [one.id for one in tx.files.of_draft(draft.id)] == [file.id]
        assert tx.files.nowhere(who) == []
        attached = tx.files.attach(file.id, incident(tx).id)
        assert (attached.draft_id, attached.number) == (0, 1)
        assert tx.files.of_draft(draft.id) == []

    await store.run(sent)


async def test_what_is_left_over_is_found(store: SqlStore) -> None:
    def left(tx: Transaction) -> tuple[list[int], list[int]]:
        who = person(tx, "lan").id
        waits, cancelled = add(tx), tx.drafts.add(REPORT, who, 0, {}, {}, NOON)
        of_cancelled = add(tx, cancelled.id)
        tx.drafts.save(replace(cancelled, at="cancelled"), cancelled.version, NOON)
        add(tx, tx.drafts.add(REPORT, who, 9, {}, {}, NOON).id)  # still open
        add(tx, number=incident(tx).id)
        assert tx.files.left_over(NOON) == []
        found = [file.id for file in tx.files.left_over(NOON + MINUTE)]
        return found, [waits.id, of_cancelled.id]

    found, expected = await store.run(left)
    assert found == expected


async def test_of_a_secret_no_byte_is_left_in_the_files(store: SqlStore, file: Path) -> None:
    number = await store.run(lambda tx: incident(tx).id)
    kept = await store.run(lambda tx: add(tx, number=number))
    await store.run(lambda tx: add(tx))  # Lan's, and of which incident is not said
    assert b"nhat-ky-xyz" in _bytes(file)

    def becomes_secret(tx: Transaction) -> list[str]:
        tx.incidents.save(keep_secret(tx, tx.incidents.get(number), NOON))
        return [f"{event.kind} {event.facts}" for event in tx.recorded]

    said = await store.run(becomes_secret)
    assert "evidence.erased {'count': 2}" in said
    assert b"nhat-ky-xyz" not in _bytes(file)
    with pytest.raises(NotFound):
        await store.look(lambda tx: tx.files.get(kept.id))


async def test_a_pass_is_used_once_and_forgotten(store: SqlStore) -> None:
    def used(tx: Transaction) -> int:
        given = Pass("k", "upload", person(tx, "lan").id, 0, 0, NOON + MINUTE)
        tx.passes.add(given)
        assert tx.passes.find("k") == given
        tx.passes.use("k", 3)
        assert tx.passes.find("k") == replace(given, used=True, file_id=3)
        assert tx.passes.forget(NOON + MINUTE) == 0
        return tx.passes.forget(NOON + 2 * MINUTE)

    assert await store.run(used) == 1


async def test_the_key_of_links_is_made_once(store: SqlStore) -> None:
    assert await store.look(lambda tx: tx.passes.link_key()) is None
    made = await store.run(lambda tx: tx.passes.make_link_key(NOON))
    assert await store.look(lambda tx: tx.passes.link_key()) == made
    assert len(made) == 32


def _bytes(file: Path) -> bytes:
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
