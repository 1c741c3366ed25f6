"""Tasks in rows: numbered in their incident, saved by who saw the latest, found by who has them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from bot.domain.errors import NotFound, Outdated
from bot.domain.forms import TASK_FORMS
from bot.domain.playbook import Plan
from bot.domain.task import ERASED, TAKEN_MEANWHILE, Task
from bot.services.ports.books import Books
from bot.services.ports.store import Transaction
from storage.migrate import migrate
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, incident, person


def task(tx: Transaction, about: int, **changes: Any) -> Task:
    values: dict[str, Any] = {
        "id": 0,
        "incident_id": about,
        "number": 0,
        "kind": "step",
        "state": "open",
        "opened_at": NOON,
        "step": "tiep_nhan",
        "phase": "i",
        "lead_units": ("tan_lap",),
        "coordinating": ("thi_xa", "doi_ung_cuu"),
        "units": ("tan_lap",),
        "due_at": NOON + 60 * MINUTE,
        "remind_at": NOON + 45 * MINUTE,
    }
    return tx.tasks.add(Task(**{**values, **changes}))


async def test_it_comes_back_as_it_was_added_and_saved(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        about, minh, hung = incident(tx).id, person(tx, "minh").id, person(tx, "hung").id
        added = task(tx, about, confidential=True, why="loop", lap=2)
        assert tx.tasks.get(added.id) == added
        moved = replace(added, state="given", person_id=minh, given_by=hung, trouble="no_access")
        tx.tasks.save(moved)
        assert tx.tasks.get(added.id) == replace(moved, version=1)
        by_the_clockwork = replace(tx.tasks.get(added.id), person_id=0, given_by=-1)
        tx.tasks.save(by_the_clockwork)
        assert tx.tasks.get(added.id) == replace(by_the_clockwork, version=2)
        call = task(tx, about, kind="call", step="", phase="", callee_id=hung, person_id=minh)
        assert tx.tasks.get(call.id) == call
        with pytest.raises(NotFound):
            tx.tasks.get(999)

    await store.run(work)


async def test_numbers_count_up_within_each_incident(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        one, other = incident(tx).id, incident(tx).id
        codes = [task(tx, about).code for about in (one, one, other, one, other)]
        assert codes == [f"{one}.1", f"{one}.2", f"{other}.1", f"{one}.3", f"{other}.2"]
        assert [t.number for t in tx.tasks.of(one)] == [1, 2, 3]
        assert tx.tasks.find(other, 2).code == f"{other}.2"
        for incident_id, number in ((other, 3), (999, 1)):
            with pytest.raises(NotFound) as missing:
                tx.tasks.find(incident_id, number)
            assert missing.value.facts["task"] == f"{incident_id}.{number}"

    await store.run(work)


async def test_only_one_of_two_takes_it(store: SqlStore) -> None:
    def both(tx: Transaction) -> None:
        seen = task(tx, incident(tx).id)
        minh, hung = person(tx, "minh").id, person(tx, "hung").id
        tx.tasks.save(seen.taken_by(minh, NOON))
        with pytest.raises(Outdated):
            tx.tasks.save(seen.taken_by(hung, NOON))
        assert tx.tasks.get(seen.id).person_id == minh

    await store.run(both)


async def test_what_somebody_has_over_all_incidents(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        minh, hung = person(tx, "minh").id, person(tx, "hung").id
        here, there, over = incident(tx).id, incident(tx).id, incident(tx, state="closed").id
        mine = [
            task(tx, there, state="taken", person_id=minh),
            task(tx, here, state="given", person_id=minh, given_by=hung),
            task(tx, here, state="blocked", person_id=minh),
            task(tx, over, state="taken", person_id=minh, confidential=True),  # outlasts closing
        ]
        task(tx, over, state="taken", person_id=minh)
        task(tx, here, state="done", person_id=minh)
        task(tx, here, state="taken", person_id=hung)
        assert tx.tasks.held_by(minh) == mine
        assert tx.tasks.held_by(person(tx, "lan").id) == []

    await store.run(work)


async def test_what_people_of_a_unit_may_take(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        here, over = incident(tx).id, incident(tx, state="closed").id
        free = task(tx, here)
        both = task(tx, here, units=("thi_xa", "tan_lap"))
        task(tx, here, state="given", person_id=person(tx, "minh").id)
        task(tx, here, state="offered")
        task(tx, over)
        outlasts = task(tx, over, confidential=True)
        assert tx.tasks.free_for(["tan_lap", "ea_mau"]) == [free, both, outlasts]
        assert tx.tasks.free_for(["thi_xa"]) == [both]
        assert tx.tasks.free_for([]) == []

    await store.run(work)


async def test_who_has_to_be_reminded(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        here, over = incident(tx).id, incident(tx, state="closed").id
        late = task(tx, here, remind_at=NOON)
        first = task(tx, here, remind_at=NOON - MINUTE)
        outlasts = task(tx, over, remind_at=NOON, confidential=True)
        task(tx, here, remind_at=NOON + timedelta(seconds=1))
        task(tx, here, remind_at=None)
        task(tx, over, remind_at=NOON)
        for state in ("offered", "held", "done", "dropped"):
            task(tx, here, remind_at=NOON, state=state)
        assert tx.tasks.due(NOON) == [first, late, outlasts]
        tx.tasks.save(first.reminded(NOON))
        assert tx.tasks.due(NOON) == [late, outlasts]

    await store.run(work)


async def test_of_a_secret_no_words_of_anybody_are_left(store: SqlStore) -> None:
    """What is one of our own options says nothing of the incident."""
    ours = {option for form in TASK_FORMS for step in form.steps for option in step.options}

    def work(tx: Transaction) -> None:
        here, there = incident(tx).id, incident(tx).id
        for option in (*ours, TAKEN_MEANWHILE, ""):
            task(tx, here, result=option, trouble=option)
        said = {"how": "đọc công văn", "found": "is_incident"}
        own = task(
            tx,
            here,
            result="đã mở tệp công văn",
            trouble="tệp công văn bị khóa",
            answers=said,
        )
        other = task(tx, there, result="đã chặn", trouble="thiếu người")
        before = tx.tasks.of(here)
        tx.tasks.erase_words(here)
        assert tx.tasks.of(here)[:-1] == before[:-1]
        kept = {"how": ERASED, "found": "is_incident"}
        assert tx.tasks.get(own.id) == replace(own, result=ERASED, trouble=ERASED, answers=kept)
        assert tx.tasks.get(other.id) == other
        tx.tasks.erase_words(here)
        assert tx.tasks.get(own.id).result == ERASED

    await store.run(work)


async def test_an_older_file_is_brought_along_with_its_incidents(
    file: Path, plans: dict[str, Plan]
) -> None:
    """Back to the first tables and here again: what stood in them stays, no phase has begun."""
    before = SqlStore(f"sqlite:///{file}", Books(plans))
    known = await before.run(lambda tx: incident(tx, phase="ii", lap=2, level=3))
    await before.run(lambda tx: task(tx, known.id))
    await before.close()
    engine = create_engine(f"sqlite:///{file}")
    migrate(engine, "0001")
    with engine.connect() as rows:
        old = rows.exec_driver_sql("SELECT * FROM incidents").mappings().one()
        assert (old["told"], old["level"], "phase" in old) == ("máy hỏng", 3, False)
    migrate(engine)
    engine.dispose()
    after = SqlStore(f"sqlite:///{file}", Books(plans))
    assert await after.look(lambda tx: tx.incidents.get(known.id)) == replace(
        known, phase="", lap=1
    )
    assert await after.look(lambda tx: tx.tasks.of(known.id)) == []
    assert (await after.run(lambda tx: task(tx, known.id))).code == f"{known.id}.1"
    await after.close()
