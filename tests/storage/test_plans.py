"""Versions of plans: what is in force, what is kept, and on what an incident stays."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.errors import Forbidden
from bot.domain.incident import Incident
from bot.domain.people import CLOCKWORK_IDENTITY, CONSOLE_IDENTITY, Act
from bot.domain.playbook import Plan
from bot.services import planning
from bot.services.desk import Desk
from bot.services.ports.books import Books, Texts
from playbooks.errors import BadData
from playbooks.loader import load_plans, load_texts, make_plan
from storage.store import SqlStore
from tests.storage.rows import NOON

ID = "krong_pac_2023"
BOOKS = Books(load_plans(), load_texts(), make_plan)
OLD = BOOKS.plans[ID]
CONSOLE = Act(CONSOLE_IDENTITY, NOON)


def newer(word: str = "Kế hoạch Krông Pắc sửa đổi") -> Texts:
    text, base = BOOKS.texts[ID]
    assert text.count('short: "Kế hoạch Krông Pắc 2023"') == 1
    return text.replace('short: "Kế hoạch Krông Pắc 2023"', f'short: "{word}"'), base


def incident(plan: Plan) -> Incident:
    return Incident(1, "xa", "", 1, plan.id, plan.digest, NOON)


class Shelf:
    """A store over a file, and its door; opened again it is another process."""

    def __init__(self, file: Path, books: Books = BOOKS) -> None:
        self.store = SqlStore(f"sqlite:///{file}", books)
        self.desk = Desk(self.store)

    async def enrol(self) -> int:
        kept = tuple(self.store_books.texts.values())
        return (await self.desk.do(planning.enrol, CONSOLE, kept)).value

    @property
    def store_books(self) -> Books:
        return self.store._plans.books

    async def put(self, texts: Texts) -> str:
        put = (await self.desk.do(planning.put_in_force, CONSOLE, *texts)).value
        return put.digest

    async def short(self, of: Incident | None = None) -> str:
        plan = await self.store.look(lambda tx: tx.plans.of(of) if of else tx.plans[ID])
        return plan.short

    async def history(self) -> list[tuple[str, bool]]:
        found = (await self.desk.look(planning.versions, CONSOLE, ID)).value
        return [(one.digest, one.in_force) for one in found]


async def test_the_products_packs_are_kept_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "trucban.db")
    assert await shelf.enrol() == len(BOOKS.plans)
    assert await shelf.enrol() == 0
    assert await shelf.history() == [(OLD.digest, True)]
    await shelf.store.close()


async def test_a_new_version_holds_for_what_is_new_and_the_old_one_for_what_is_open(
    tmp_path: Path,
) -> None:
    file = tmp_path / "trucban.db"
    shelf = Shelf(file)
    await shelf.enrol()
    digest = await shelf.put(newer())
    assert digest != OLD.digest
    assert await shelf.short() == "Kế hoạch Krông Pắc sửa đổi"
    assert await shelf.short(incident(OLD)) == "Kế hoạch Krông Pắc 2023"
    assert await shelf.history() == [(digest, True), (OLD.digest, False)]
    assert await shelf.put(newer()) == digest  # the second time nothing is new
    assert len(await shelf.history()) == 2
    told = await shelf.store.look(lambda tx: tx.events.chain(f"plan/{ID}"))
    assert [link.kind for link in told] == ["plan.kept", "plan.put_in_force"]
    await shelf.store.close()
    again = Shelf(file)  # another process, which has made none of them yet
    assert await again.short() == "Kế hoạch Krông Pắc sửa đổi"
    new = replace(incident(OLD), plan_digest=digest)
    assert await again.short(new) == "Kế hoạch Krông Pắc sửa đổi"
    assert await again.enrol() == 0
    assert await again.short() == "Kế hoạch Krông Pắc sửa đổi"
    await again.store.close()


async def test_another_process_sees_it_at_its_next_step(tmp_path: Path) -> None:
    here, there = Shelf(tmp_path / "trucban.db"), Shelf(tmp_path / "trucban.db")
    await here.enrol()
    assert await there.short() == "Kế hoạch Krông Pắc 2023"
    await here.put(newer())
    assert await there.short() == "Kế hoạch Krông Pắc sửa đổi"
    await here.store.close()
    await there.store.close()


async def test_back_to_a_version_that_is_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "trucban.db")
    await shelf.enrol()
    digest = await shelf.put(newer())
    later = replace(CONSOLE, at=NOON.replace(hour=NOON.hour + 1))
    await shelf.desk.do(planning.put_in_force, later, *BOOKS.texts[ID])
    assert await shelf.short() == "Kế hoạch Krông Pắc 2023"
    assert sorted(await shelf.history()) == sorted([(OLD.digest, True), (digest, False)])
    await shelf.store.close()


async def test_a_renewed_program_leaves_an_incident_on_its_own_version(tmp_path: Path) -> None:
    file = tmp_path / "trucban.db"
    before = Shelf(file)
    await before.enrol()
    await before.store.close()
    texts = {**BOOKS.texts, ID: newer("Kế hoạch của bản mới")}
    plans = {**BOOKS.plans, ID: make_plan(*texts[ID])}
    after = Shelf(file, Books(plans, texts, make_plan))
    assert await after.enrol() == 1
    assert await after.short() == "Kế hoạch của bản mới"
    assert await after.short(incident(OLD)) == "Kế hoạch Krông Pắc 2023"
    await after.store.close()


async def test_a_renewed_program_does_not_overrule_the_administrator(tmp_path: Path) -> None:
    file = tmp_path / "trucban.db"
    before = Shelf(file)
    await before.enrol()
    await before.put(newer())
    await before.store.close()
    texts = {**BOOKS.texts, ID: newer("Kế hoạch của bản mới")}
    plans = {**BOOKS.plans, ID: make_plan(*texts[ID])}
    after = Shelf(file, Books(plans, texts, make_plan))
    assert await after.enrol() == 1  # kept beside it
    assert await after.short() == "Kế hoạch Krông Pắc sửa đổi"
    await after.store.close()


async def test_what_is_broken_changes_nothing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "trucban.db")
    await shelf.enrol()
    text, base = newer()
    with pytest.raises(BadData):
        await shelf.put((text.replace("kind: verify", "kind: verif"), base))
    assert await shelf.short() == "Kế hoạch Krông Pắc 2023"
    assert await shelf.history() == [(OLD.digest, True)]
    await shelf.store.close()


async def test_only_the_console_puts_one_in_force(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "trucban.db")
    with pytest.raises(Forbidden):
        await shelf.desk.do(planning.put_in_force, Act(CLOCKWORK_IDENTITY, NOON), *newer())
    await shelf.store.close()


async def test_an_incident_whose_version_is_lost_goes_on_with_what_holds(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "trucban.db")
    lost = replace(incident(OLD), plan_digest="0" * 64)
    assert await shelf.short(lost) == "Kế hoạch Krông Pắc 2023"
    await shelf.store.close()
