"""The sandbox's page in a real browser, looked at and tapped as a person does."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, FloatRect, Locator, Page, Request, expect

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SMALL = """() => [...document.querySelectorAll('button, summary, textarea, select, a.key')]
  .filter((one) => !one.matches('.command, .link') && one.checkVisibility())
  .map((one) => [one.getBoundingClientRect(), one.textContent])
  .filter(([box]) => box.width && Math.round(box.height) < 44)
  .map(([box, text]) => `${text} ${box.height}`)"""


class Screen:
    """One page at one size; on a narrow one a person's phone is chosen before it is used."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self._address = page, address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", self._failed)
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _failed(self, request: Request) -> None:
        if "/sandbox/events" not in request.url:  # closed by the page, to begin anew
            self.complaints.append(request.url)

    async def phone(self, person: int, chat: str = "Trực Ban") -> Locator:
        """A person's phone, in sight, at one of its chats."""
        await self.page.locator(f"#switcher [data-person='{person}']").click()
        phone = self.page.locator(f"#phone-{person}")
        await expect(phone).to_be_visible()
        chats = phone.locator(".chats").get_by_role("tab", name=chat)
        if await chats.is_visible():
            await chats.click()
        return phone

    async def write(self, person: int, text: str) -> None:
        phone = await self.phone(person)
        await phone.get_by_role("textbox").fill(text)
        await phone.get_by_role("button", name="Gửi", exact=True).last.click()

    async def tap(self, person: int, label: str, then: str) -> None:
        """Presses the newest button of that name, and waits for words that follow from it."""
        phone = await self.phone(person)
        await phone.locator(".key").get_by_text(label, exact=True).last.click()
        await expect(phone.locator(".log li.theirs", has_text=then).last).to_be_visible()

    async def push(self, minutes: int) -> None:
        await self.page.get_by_role("button", name=f"+{minutes} phút", exact=True).click()

    async def begin_story(self, number: int = 0) -> None:
        """Chooses a story and lets it run as fast as it can."""
        await self.page.locator("#tell").click()
        await self.page.locator("#stories .strong").nth(number).click()
        await self.page.locator("#player select").select_option("fastest")

    async def told(self, words: str) -> None:
        """Waits until the story's caption says so; fails at once if the story got stuck."""
        told = "([words]) => document.querySelector('#player .caption').textContent.includes(words)"
        stuck = "document.getElementById('player').dataset.state === 'stuck'"
        await self.page.wait_for_function(f"{told} || {stuck}", arg=[words], timeout=45_000)
        await expect(self.page.locator("#player .caption")).to_contain_text(words)

    async def axe(self, part: str = "html") -> list[str]:
        """What axe-core finds wrong with the page, or a part, as it stands, with nothing moving."""
        await self.page.evaluate("document.getAnimations().forEach((one) => one.finish())")
        found = await Axe().run(self.page, part)
        return [
            f"{one['id']}: {node['target']} {node['failureSummary']}"
            for one in found.response["violations"]
            for node in one["nodes"]
        ]

    async def width(self) -> int:
        """How wide the page really is, in pixels."""
        return int(await self.page.evaluate("document.documentElement.scrollWidth"))

    async def too_low(self) -> list[str]:
        """Visible things to press that a finger misses: below 44 pixels high."""
        return list(await self.page.evaluate(SMALL))

    async def keep(self, name: str, height: int) -> None:
        """A picture of the upper part for the documents; only `make pictures` takes them."""
        if os.environ.get("PICTURES") == "1":
            PICTURES.mkdir(parents=True, exist_ok=True)
            width = (self.page.viewport_size or {})["width"]
            clip = {"x": 0, "y": 0, "width": width, "height": height}
            await self.page.screenshot(
                path=PICTURES / name, animations="disabled", clip=FloatRect(**clip)
            )


def newest(phone: Locator) -> Locator:
    """The bot's newest message."""
    return phone.locator(".log li.theirs").last


@asynccontextmanager
async def opened(
    browser: Browser, address: str, width: int, height: int, **context: Any
) -> AsyncIterator[Screen]:
    """`context`: what else Playwright's new_context takes, e.g. color_scheme="dark"."""
    chosen = await browser.new_context(
        viewport={"width": width, "height": height},
        **{"locale": "vi-VN", "has_touch": width < 900, **context},
    )
    screen = Screen(await chosen.new_page(), address)
    await screen.page.goto(f"{address}/?fastest=60")
    yield screen
    await chosen.close()
