"""A sandbox on a free port, and the two sides of it over real HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.wire import TOKEN, ZALO_TOKEN, Wire
from tests.sandbox.zalo import Zalo


@pytest.fixture
def world_file(tmp_path: Path) -> Path:
    return tmp_path / "sandbox.db"


@pytest.fixture
async def sandbox(world_file: Path) -> AsyncIterator[Sandbox]:
    server = Sandbox(world_file, TOKEN, zalo_token=ZALO_TOKEN)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def wire(sandbox: Sandbox) -> AsyncIterator[Wire]:
    async with Wire(sandbox.address) as wire:
        yield wire


@pytest.fixture
async def zalo(wire: Wire) -> Zalo:
    return Zalo(wire)
