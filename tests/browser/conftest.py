"""The houses of the stories, with a browser before them."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.flows.conftest import house, template  # noqa: F401 (fixtures)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (  # nothing that would speak to the network by itself
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real Chromium; the one that is installed, none is fetched."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    assert found, "no Chromium here: install the package chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=found, headless=True, args=list(QUIET)
        )
        yield browser
        await browser.close()
