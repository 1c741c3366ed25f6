"""The pages for evidence in a real browser, on a telephone of 390 px."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.screen import Screen
from tests.flows.handing import address, pages
from tests.flows.house import House, copy_of, running

WIDTH, HEIGHT = 390, 844
UNDER_WAY = re.compile(r"[1-9]\d?")  # percent
CONTENT = b"%PDF-1.7 " + os.urandom(24 * 2**20)


@pytest.fixture
async def open_house(templates: Callable[[str], Path], tmp_path: Path) -> AsyncIterator[House]:
    """With pages of its own, and one incident of Lan's."""
    made = await asyncio.to_thread(templates, "telegram")
    async with running(copy_of(made, tmp_path), **pages()) as house:
        await house.lan.reports(told="may cham")
        yield house


async def test_a_file_is_handed_in_over_a_network_that_breaks(
    open_house: House, browser: Browser, tmp_path: Path
) -> None:
    lan = open_house.lan
    await lan.types("gửi tệp 1")
    url = await address(lan, "/gui/")
    large, file = tmp_path / "anh-dia.img", tmp_path / "nhật ký.pdf"
    file.write_bytes(CONTENT)
    with large.open("wb") as whole:
        whole.truncate(51 * 1024 * 1024)
    relay = Relay(url, after=2**20)
    chosen = await telephone(browser)
    async with relay.at() as network:
        page = await chosen.new_page()
        await over(relay, network + urlsplit(url).path, page, large, file)
    await chosen.close()


async def over(relay: "Relay", url: str, page: Page, large: Path, file: Path) -> None:
    screen = Screen(page, url)
    await page.goto(url)
    await expect(page.locator("main")).to_contain_text("cho sự cố số 1")
    await expect(page.locator("main")).to_contain_text("bí mật nhà nước")
    send = page.get_by_role("button", name="Gửi tệp")
    await expect(send).to_be_disabled()
    assert await screen.axe() == []
    assert (await screen.width(), await screen.too_low()) == (WIDTH, [])
    await page.get_by_label("Chọn tệp").set_input_files(large)
    await expect(page.get_by_role("status")).to_contain_text("tối đa 50 MB")
    await expect(send).to_be_disabled()
    await page.get_by_label("Chọn tệp").set_input_files(file)
    await send.click()
    await expect(page.get_by_role("progressbar")).to_have_attribute("value", UNDER_WAY)
    assert await screen.axe() == []
    relay.cut()
    await expect(page.get_by_role("status")).to_contain_text("Đứt kết nối")
    relay.mend()
    assert screen.complaints != []  # the browser says so, too
    screen.complaints.clear()
    await send.click()
    done = page.locator("#done")
    await expect(done).to_contain_text("Số biên nhận: 1.A1", timeout=20_000)
    await expect(done).to_contain_text(sha256(CONTENT).hexdigest())
    await expect(done).to_be_focused()
    assert await screen.axe() == []
    assert await screen.width() == WIDTH
    await page.reload()
    await expect(page.locator("main")).to_contain_text("1.A1")  # used, and it says by what
    base = url.partition("/gui/")[0]
    assert {asked for asked in screen.requests if not asked.startswith((base, "data:"))} == set()
    assert screen.complaints == []


async def test_the_pages_of_a_link_a_code_and_of_what_is_over(
    open_house: House, browser: Browser
) -> None:
    lan = open_house.lan
    await lan.types("gửi tệp 1")
    base = (await address(lan, "/gui/")).partition("/gui/")[0]
    chosen = await telephone(browser, color_scheme="dark")
    page = await chosen.new_page()
    screen = Screen(page, base)
    for path, words in (("/ma", "Mã gồm 8 chữ"), ("/gui/none", "không dùng được nữa")):
        await page.goto(f"{base}{path}")
        await expect(page.locator("main")).to_contain_text(words)
        assert await screen.axe() == []
        assert (await screen.width(), await screen.too_low()) == (WIDTH, [])
    await page.goto(f"{base}/ma")
    await page.get_by_role("textbox").fill("ABCDEFGH")
    await page.get_by_role("button", name="Tiếp tục").click()
    await expect(page.get_by_role("alert")).to_contain_text("Mã không đúng")
    assert await screen.axe() == []
    await chosen.close()


async def telephone(browser: Browser, **context: Any) -> BrowserContext:
    size = {"width": WIDTH, "height": HEIGHT}
    return await browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        locale="vi-VN",
        has_touch=True,
        device_scale_factor=2,
        **context,
    )


class Relay:
    """A network between: after so many bytes of a connection it stands still, is cut, and mended.

    The browser itself tries once more when a connection breaks, so it must stay cut for a while.
    """

    def __init__(self, address: str, after: int) -> None:
        self._there, self._after = urlsplit(address), after
        self._open: list[asyncio.StreamWriter] = []
        self._waits = asyncio.Event()
        self.holds, self.broken = True, False

    @asynccontextmanager
    async def at(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            self.cut()

    def mend(self) -> None:
        self.holds, self.broken = False, False

    def cut(self) -> None:
        self.broken = True
        self._waits.set()
        for writer in self._open:
            writer.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.broken:
            writer.close()
            return
        back, forth = await asyncio.open_connection(self._there.hostname, self._there.port)
        self._open += [writer, forth]
        with suppress(OSError):
            await asyncio.gather(self._pass_on(reader, forth), self._pass_on(back, writer))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        passed = 0
        with closing(writer):
            while chunk := await reader.read(65536):
                passed += len(chunk)
                if self.holds and passed > self._after:
                    await self._waits.wait()
                    return
                writer.write(chunk)
                await writer.drain()
