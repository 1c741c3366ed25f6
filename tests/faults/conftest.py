"""One launcher and one template for all, and a house for each test."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults.house import House, opened
from tests.faults.processes import Launcher
from tests.flows.house import copy_of, make_template


@pytest.fixture(scope="session")
def launcher() -> Iterator[Launcher]:
    launcher = Launcher()
    yield launcher
    launcher.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of a house where everybody has joined."""
    folder = tmp_path_factory.mktemp("template")
    asyncio.run(make_template(folder))
    return folder


@pytest.fixture
async def house(template: Path, tmp_path: Path, launcher: Launcher) -> AsyncIterator[House]:
    async with opened(copy_of(template, tmp_path), launcher) as house:
        yield house
