"""The sandbox's page in a real browser, looked at and tapped as a person does."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, FloatRect, Locator, Page, expect

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SMALL = """() => [...document.querySelectorAll('button, summary, textarea, a.key')]
  .filter((one) => !one.matches('.command, .link') && one.checkVisibility())
  .map((one) => [one.getBoundingClientRect(), one.textContent])
  .filter(([box]) => box.width && box.height < 44)
  .map(([box, text]) => `${text} ${box.height}`)"""


class Screen:
    """One page at one size; on a narrow one a person's phone is chosen before it is used."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self._address = page, address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", lambda request: self.complaints.append(request.url))
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def phone(self, person: int, chat: str = "Trực Ban") -> Locator:
        """A person's phone, in sight, at one of its chats."""
        tab = self.page.locator(f"#switcher [aria-controls=phone-{person}]")
        if await tab.is_visible():
            await tab.click()
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
        await expect(newest(phone)).to_contain_text(then)

    async def push(self, minutes: int) -> None:
        await self.page.get_by_role("button", name=f"+{minutes} phút", exact=True).click()

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
    browser: Browser, address: str, width: int, height: int, scale: float = 1
) -> AsyncIterator[Screen]:
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        locale="vi-VN",
        device_scale_factor=scale,
        has_touch=width < 900,
    )
    screen = Screen(await context.new_page(), address)
    await screen.page.goto(address)
    yield screen
    await context.close()
