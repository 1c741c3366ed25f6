"""Stores over fresh files, copied from one that is migrated, and with the sample agency in it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.domain.agency import Agency
from bot.domain.people import CONSOLE_IDENTITY, Act
from bot.domain.playbook import Plan
from bot.services import joining
from bot.services.desk import Desk
from bot.services.ports.books import Books
from playbooks.agency_file import load_agency
from playbooks.loader import load_plans
from storage.store import SqlStore
from tests.storage.rows import AGENCY, NOON

Reopen = Callable[[], SqlStore]


@pytest.fixture(scope="session")
def plans() -> dict[str, Plan]:
    return dict(load_plans())


@pytest.fixture(scope="session")
def sample(plans: dict[str, Plan]) -> Agency:
    return load_agency(AGENCY, plans)


@pytest.fixture(scope="session")
def migrated(
    tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan], sample: Agency
) -> Path:
    file = tmp_path_factory.mktemp("storage") / "migrated.db"

    async def fill() -> None:
        store = SqlStore(f"sqlite:///{file}", Books(plans))
        await Desk(store).do(joining.apply_agency, Act(CONSOLE_IDENTITY, NOON), sample)
        await store.close()

    asyncio.run(fill())
    return file


@pytest.fixture
def file(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "trucban.db"))


@pytest.fixture
async def store(file: Path, plans: dict[str, Plan]) -> AsyncIterator[SqlStore]:
    store = SqlStore(f"sqlite:///{file}", Books(plans))
    yield store
    await store.close()
