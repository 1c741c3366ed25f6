"""A house for each story, copied from one where everybody has joined."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.house import House, copy_of, make_template, running


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import asyncio

    folder = tmp_path_factory.mktemp("template")
    asyncio.run(make_template(folder))
    return folder


@pytest.fixture
async def house(template: Path, tmp_path: Path) -> AsyncIterator[House]:
    async with running(copy_of(template, tmp_path)) as house:
        yield house
