"""The houses of the stories, with a browser before them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser import chromium
from tests.flows.conftest import house, templates  # noqa: F401 (fixtures)
from tests.flows.house import SAMPLE, House, copy_of, make_template, running

QUIET = (  # nothing that would speak to the network by itself
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture
def network() -> str:
    """The page is tried with Telegram's people, but for test_zalo.py."""
    return "telegram"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real Chromium; the one that is installed, none is fetched."""
    found = chromium.found()
    assert found, "no Chromium here: install the package chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=found, headless=True, args=list(QUIET)
        )
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    asyncio.run(make_template(folder, SAMPLE))
    return folder


@pytest.fixture
async def sample(sample_template: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The agency, the people and the group of `make run`."""
    async with running(copy_of(sample_template, tmp_path), town=SAMPLE) as there:
        yield there
