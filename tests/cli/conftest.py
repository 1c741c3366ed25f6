"""The command line on real processes: each in an empty folder, with nothing in its environment."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from tests.faults.conftest import house, launcher, template
from tests.faults.processes import Launcher, Process
from tests.flows.house import TOKEN

__all__ = ["house", "launcher", "template"]

Bot = Callable[..., Awaitable[Process]]


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a sandbox that knows TOKEN."""
    sandbox = Sandbox(tmp_path / "api.db", TOKEN)
    await sandbox.start()
    yield sandbox.address
    await sandbox.stop()


@pytest.fixture
def bot(launcher: Launcher, tmp_path: Path) -> Bot:
    """Runs `python -m bot WORDS` with such settings to its end."""

    async def bot(*words: str, **settings: str) -> Process:
        environ = {f"TRUCBAN_{name}": value for name, value in settings.items()}
        process = await launcher.start(*words, folder=tmp_path, environ=environ)
        try:
            await process.ended()
        finally:
            await process.killed()
        return process

    return bot
