"""A house for each story, on each network, copied from one where everybody has joined."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import cache
from pathlib import Path
from zlib import crc32

import pytest

from tests.flows.department import DEPARTMENT
from tests.flows.house import House, copy_of, make_template, running
from tests.variants import EVERY

NETWORKS = ("telegram", "zalo")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A story is of both networks, unless it says that it is of one only, and why.

    Every story is played on one of them, which its name decides for ever; those that are marked
    `both`, and with EVERY=1 all, on both.
    """
    if "network" in metafunc.fixturenames:
        only, both = (metafunc.definition.get_closest_marker(name) for name in ("only", "both"))
        of_name = NETWORKS[crc32(metafunc.definition.nodeid.encode()) % len(NETWORKS)]
        one = only.args[0] if only else of_name
        metafunc.parametrize("network", NETWORKS if not only and (both or EVERY) else [one])


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    @cache
    def made(network: str) -> Path:
        folder = tmp_path_factory.mktemp(f"template-{network}")
        asyncio.run(make_template(folder, network=network))
        return folder

    return made


@pytest.fixture(scope="session")
def template(templates: Callable[[str], Path]) -> Path:
    """Of Telegram, for stories that start the program themselves."""
    return templates("telegram")


@pytest.fixture
async def house(
    network: str, templates: Callable[[str], Path], tmp_path: Path
) -> AsyncIterator[House]:
    made = await asyncio.to_thread(templates, network)
    async with running(copy_of(made, tmp_path), network=network) as house:
        yield house


@pytest.fixture(scope="session")
def departments(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    @cache
    def made(network: str) -> Path:
        folder = tmp_path_factory.mktemp(f"department-{network}")
        asyncio.run(make_template(folder, DEPARTMENT, network))
        return folder

    return made


@pytest.fixture
async def department(
    network: str, departments: Callable[[str], Path], tmp_path: Path
) -> AsyncIterator[House]:
    folder = copy_of(await asyncio.to_thread(departments, network), tmp_path)
    async with running(folder, town=DEPARTMENT, network=network) as house:
        yield house
