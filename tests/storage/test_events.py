"""Chains that cannot fork, erasure that leaves no byte in the files, and seals."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from bot.domain.form import Move
from bot.domain.forms import CLOSE, REPORT
from bot.domain.notice import Notice
from bot.domain.people import CLOCKWORK_IDENTITY, SYSTEM, Act
from bot.domain.rule import Answer
from bot.domain.timeline import Break, Event, verify_chain
from bot.services import sealing
from bot.services.ports.store import Transaction
from bot.services.secrecy import keep_secret
from storage.store import SqlStore
from storage.tables import events, payloads, seals
from tests.storage.rows import NOON, connect, incident, person

ACT = Act(CLOCKWORK_IDENTITY, NOON, person=SYSTEM)
SECRET = "ke hoach so 7 bi lo"


def happened(*kinds: str, chain: str = "incident/9") -> list[Event]:
    return [Event(chain, kind, {"told": f"máy {kind}"}) for kind in kinds]


async def write(store: SqlStore, *kinds: str, chain: str = "incident/9") -> None:
    await store.run(lambda tx: tx.events.append(ACT, happened(*kinds, chain=chain)))


async def test_links_follow_one_another_over_steps_and_chains(store: SqlStore) -> None:
    await write(store, "a", "b")
    await write(store, "x", chain="incident/10")
    await write(store, "c")
    links = await store.look(lambda tx: tx.events.chain("incident/9"))
    assert [(link.seq, link.kind) for link in links] == [(1, "a"), (2, "b"), (3, "c")]
    assert verify_chain(links) is None
    assert links[2].facts == {"told": "máy c"}
    last = await store.look(lambda tx: tx.events.chain("incident/9", 2))
    assert last == links[1:]
    heads = await store.look(lambda tx: tx.events.heads())
    assert heads["incident/9"] == (3, links[2].hash)
    assert heads["incident/10"][0] == 1


async def test_a_chain_cannot_fork(store: SqlStore) -> None:
    await write(store, "a", "b")
    (_, b) = await store.look(lambda tx: tx.events.chain("incident/9"))
    row = {name: getattr(b, name) for name in b.__slots__ if name not in ("salt", "payload")}
    with pytest.raises(IntegrityError), store.engine.begin() as rows:
        rows.execute(insert(events), {**row, "kind": "forged"})


async def test_erased_by_kind_the_chain_holds(store: SqlStore) -> None:
    await write(store, "a", "words", "b", "words")
    assert await store.run(lambda tx: tx.events.erase("incident/9", ("words",))) == 2
    assert await store.run(lambda tx: tx.events.erase("incident/10", ("words",))) == 0
    links = await store.look(lambda tx: tx.events.chain("incident/9"))
    assert [link.payload is None for link in links] == [False, True, False, True]
    assert verify_chain(links) is None


def told_everywhere(tx: Transaction) -> int:
    """An incident whose words stand wherever the program writes words."""
    lan = connect(tx, "lan").id
    one = incident(tx, told=SECRET)
    draft = tx.drafts.add(REPORT, lan, one.id, {"told": SECRET}, {"told": SECRET}, NOON)
    tx.drafts.add(CLOSE, lan, one.id, {"words": SECRET}, {}, NOON)
    facts = {"words": SECRET, "ask": SECRET, "by": "chị Lan"}
    tx.notices.add([Notice("direction", to=lan, incident=one.id, facts=facts)], NOON)
    tx.notices.sent(1, "test:bot:lan", "7", SECRET, NOON)
    told = {"told": SECRET, "value": SECRET}
    tx.events.append(ACT, [Event(f"incident/{one.id}", "incident.reported", told)])
    tx.events.append(ACT, [Event(f"draft/{draft.id}", "form.answer", told)])
    return one.id


def found(file: Path) -> list[str]:
    beside = sorted(file.parent.glob(f"{file.name}*"))
    return [each.name for each in beside if SECRET.encode() in each.read_bytes()]


async def test_of_what_is_erased_no_byte_is_left_in_the_files(store: SqlStore, file: Path) -> None:
    number = await store.run(told_everywhere)
    assert found(file)  # the test would see it

    def secret(tx: Transaction) -> None:
        kept = keep_secret(tx, tx.incidents.get(number), NOON)
        assert (kept.told, kept.is_secret) == ("", True)
        tx.incidents.save(kept)

    await store.run(secret)
    await store.run(lambda _: None)
    assert found(file) == []
    assert (await store.look(lambda tx: tx.incidents.get(number))).told == ""


async def test_words_that_a_long_read_keeps_alive_are_gone_after_it(
    store: SqlStore, file: Path
) -> None:
    number = await store.run(told_everywhere)
    tried: list[bool] = []
    emptied = store._emptied
    store._emptied = lambda: tried.append(emptied()) or tried[-1]  # type: ignore[method-assign, func-returns-value]
    with store.engine.connect() as reader:
        reader.exec_driver_sql("ROLLBACK")
        reader.exec_driver_sql("PRAGMA busy_timeout = 0")
        reader.exec_driver_sql("BEGIN")
        reader.exec_driver_sql("SELECT * FROM incidents").all()

        def secret(tx: Transaction) -> None:
            tx.people.rows.exec_driver_sql("PRAGMA busy_timeout = 0")  # type: ignore[attr-defined]
            tx.incidents.save(keep_secret(tx, tx.incidents.get(number), NOON))

        await store.run(secret)
        await store.run(lambda _: None)
        assert tried
        assert not any(tried)
    await store.run(lambda _: None)
    await store.run(lambda _: None)
    assert tried[-1]
    assert found(file) == []


async def test_an_open_form_of_what_became_secret_asks_no_words(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        lan = person(tx, "lan").id
        one = incident(tx, answers={"c2": Answer.YES})
        asking = tx.drafts.add(CLOSE, lan, one.id, {"result": "solved"}, {}, NOON)
        at_words = asking.moved(Move("answer", "solved"))
        tx.drafts.save(at_words, asking.version, NOON)
        assert tx.drafts.get(asking.id).at == "words"
        assert tx.drafts.erase_words(one.id, NOON) == [asking.id]
        hushed = tx.drafts.get(asking.id)
        assert (hushed.at, hushed.secret, list(hushed.route)) == ("review", True, ["result"])

    await store.run(work)


async def seal(store: SqlStore) -> Any:
    return await store.run(lambda tx: sealing.seal(tx, ACT))


async def proof(store: SqlStore, anchor: str = "") -> Any:
    return await store.look(lambda tx: sealing.prove(tx, anchor))


async def test_seals_are_made_only_over_something_new(store: SqlStore) -> None:
    await write(store, "a")
    first = await seal(store)
    assert await seal(store) is None
    await write(store, "b")
    second = await seal(store)
    assert (first.id, second.id, second.prev) == (1, 2, first.hash)
    found = await proof(store, first.hash)
    assert (found.broken, found.seals, found.anchor) == (None, 2, second.hash)
    assert (await proof(store, "0" * 64)).broken == Break("seals", 2, "missing_seal")


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        ("UPDATE events SET person_id = 99 WHERE chain = 'incident/9' AND seq = 2", (2, "link")),
        (
            "UPDATE payloads SET payload = '{}' WHERE chain = 'incident/9' AND seq = 2",
            (2, "payload"),
        ),
        ("DELETE FROM events WHERE chain = 'incident/9' AND seq = 3", (3, "cut")),
        ("DELETE FROM events WHERE chain = 'incident/9' AND seq = 2", (2, "link")),
        ("DELETE FROM events WHERE chain = 'incident/9'", (1, "cut")),
        ("UPDATE payloads SET salt = '' WHERE chain = 'incident/9' AND seq = 1", (1, "payload")),
        ("UPDATE events SET at = 'noon' WHERE chain = 'incident/9' AND seq = 2", (0, "unreadable")),
    ],
)
async def test_damage_done_to_the_file_is_found(
    store: SqlStore, damage: str, why: tuple[int, str]
) -> None:
    await write(store, "a", "b", "c")
    await seal(store)
    with store.engine.begin() as rows:
        rows.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        if damage.startswith("DELETE"):
            rows.exec_driver_sql(damage.replace("events", "payloads"))
        rows.exec_driver_sql(damage)
    assert (await proof(store)).broken == Break("incident/9", *why)


async def test_a_changed_seal_is_found(store: SqlStore) -> None:
    await write(store, "a")
    await seal(store)
    with store.engine.begin() as rows:
        rows.execute(update(seals).values(heads={}))
    assert (await proof(store)).broken == Break("seals", 1, "seal")


async def test_a_seal_that_cannot_be_read_is_found(store: SqlStore) -> None:
    await write(store, "a")
    await seal(store)
    with store.engine.begin() as rows:
        rows.exec_driver_sql("UPDATE seals SET heads = 'none'")
    assert (await proof(store)).broken == Break("seals", 0, "unreadable")


async def test_an_erased_payload_is_counted(store: SqlStore) -> None:
    before = (await proof(store)).events
    await write(store, "a", "b")
    with store.engine.begin() as rows:
        rows.execute(payloads.delete().where(payloads.c.chain == "incident/9", payloads.c.seq == 1))
    found = await proof(store)
    assert (found.broken, found.erased, found.events - before) == (None, 1, 2)
