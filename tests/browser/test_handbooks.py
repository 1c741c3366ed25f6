"""The pictures of the handbooks: one story, and at each picture what its caption quotes is there.

`make pictures` writes them; the words are held to the screens at every run, so that neither lies.
"""

import os
import re
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, ViewportSize, expect

from tests.browser.screen import PICTURES, Screen, newest, opened
from tests.flows.house import SAMPLE, House, copy_of, running
from tests.flows.person import Phone
from tests.flows.test_channels import on_zalo

PHONE = (390, 780)
LEAST = 230  # pixels for the chat of a short message
TEAM = "Đội ứng cứu"
FOLDER = PICTURES.parent / "handbooks"
PICTURE = re.compile(r"!\[([^\]]+)\]\(\.\./pictures/(handbook-[\w-]+\.png)\)")
MOST = 80_000  # bytes: they are loaded over a telephone, too


@cache
def captions() -> dict[str, str]:
    """What is said under each picture, by its file."""
    pages = [path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))]
    return {name: caption for page in pages for caption, name in PICTURE.findall(page)}


@pytest.fixture
async def sample(sample_template: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The agency of `make run`, on both networks."""
    async with running(copy_of(sample_template, tmp_path), town=SAMPLE, network="both") as there:
        yield there


async def test_every_picture_shows_what_its_caption_says(sample: House, browser: Browser) -> None:
    async with opened(browser, sample.sandbox.address, *PHONE) as screen:
        camera = Camera(screen)
        await a_report(sample, camera)
        await a_page(sample, camera)
        await the_tasks(sample, camera)
        await the_leader(sample, camera)
        await somebody_joins(sample, camera)
        await on_zalo_too(sample, camera)
        assert camera.taken == set(captions())
        assert screen.complaints == []


async def a_report(house: House, camera: "Camera") -> None:
    lan = house.lan
    await lan.types("/baosuco")
    await lan.picks("Một cửa, dịch vụ công")
    await lan.types("Mở máy thấy chữ đòi tiền, các tệp không mở được.")
    await lan.picks("Vừa phát hiện")
    await camera.takes("handbook-official-question.png", lan)
    for answer in ("Có", "Không", "Chưa rõ", "Có", "Không", "Chưa rõ"):
        await lan.picks(answer)
    await lan.picks("Đã ngắt mạng, giữ nguyên máy")
    await camera.takes("handbook-official-review.png", lan)
    await lan.picks("Gửi")


async def a_page(house: House, camera: "Camera") -> None:
    minh, binh = house.minh, house.binh
    await minh.sees("TIN KHẨN – sự cố số 1")
    await camera.takes("handbook-responder-page.png", minh)
    await house.forward(5)
    await minh.sees("(nhắc lại lần 2)")
    await house.forward(5)
    await binh.sees("Gọi điện thoại cho anh Minh")
    await camera.takes("handbook-duty-call.png", binh)
    await minh.picks("Tôi tiếp nhận xử lý")
    await house.lan.sees("Anh Minh tiếp nhận sự cố số 1")
    await camera.takes("handbook-official-taken.png", house.lan)


async def the_tasks(house: House, camera: "Camera") -> None:
    await house.hung.taps_card("Việc 1.2", "Nhận việc", house.group)  # 1.1 is the telephone call
    await house.card("Anh Hùng đang làm")
    await house.card("Việc 1.7")
    await camera.takes("handbook-responder-group.png", house.hung, TEAM, "Việc 1.2 ·")
    await house.hung.types("việc 1.2")
    await house.hung.sees("Gõ được")
    await camera.takes("handbook-responder-task.png", house.hung)


async def the_leader(house: House, camera: "Camera") -> None:
    binh, phuc = house.binh, house.phuc
    await binh.types("/captren 1")
    for label in ("Ban Chỉ đạo", "Vượt khả năng xử lý", "Đề nghị Đội ứng cứu của tỉnh hỗ trợ"):
        await binh.picks(label)
    await binh.picks("Gửi")
    await phuc.sees("Báo cáo đồng chí Phúc")
    await camera.takes("handbook-leader-question.png", phuc)
    await binh.types("/chidao 1")
    await binh.picks("đồng chí Phúc – Phó Chủ tịch, Phó Trưởng Ban Chỉ đạo")
    for label in ("Qua điện thoại", "Vừa nói xong", "Đồng ý"):
        await binh.picks(label)
    await camera.takes("handbook-duty-direction.png", binh)
    await binh.picks("Gửi")
    await phuc.sees("Xin xác nhận ý kiến chỉ đạo")
    await camera.takes("handbook-leader-confirm.png", phuc)
    await binh.types("tình hình")
    await camera.takes("handbook-duty-board.png", binh)


async def somebody_joins(house: House, camera: "Camera") -> None:
    binh, joins = house.binh, house.stranger
    await binh.types("mời tham gia")
    for label in ("Đội ứng cứu", "Thành viên Đội ứng cứu sự cố"):
        await binh.picks(label)
    await binh.picks("Người mới, chưa có trong danh sách")
    shown = await binh.picks("Gửi")
    await camera.takes("handbook-administrator-invite.png", binh)
    found = re.search(r"dùng một lần: (\S+)", shown)
    assert found
    await joins.types(found[1])
    await joins.sees("Tin thử")
    await camera.takes("handbook-administrator-test.png", joins)


async def on_zalo_too(house: House, camera: "Camera") -> None:
    lan, minh = await on_zalo(house, 201, house.lan), await on_zalo(house, 202, house.minh)
    await lan.types("máy em mở không được, hiện chữ đòi tiền")
    for typed in ("1", "2", "1"):  # yes, a report; the service to the public; just now
        await lan.types(typed)
    await camera.takes("handbook-official-zalo.png", lan)
    await lan.types("1")
    await lan.types("gửi ngay")
    await minh.sees("TIN KHẨN – sự cố số 2")
    await camera.takes("handbook-responder-zalo.png", minh)


class Camera:
    """Takes the phone of one person as it stands, once everything quoted is to be seen on it."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.taken: set[str] = set()

    async def takes(self, name: str, who: Phone, chat: str = "Trực Ban", message: str = "") -> None:
        """`message`: words of the one that is to be seen, where it is not the newest."""
        phone = await self._screen.phone(who.number, chat)
        shown = phone.locator(".log li.theirs", has_text=message).last if message else newest(phone)
        for words in re.findall("“([^”]+)”", captions()[name]):
            await expect(shown).to_contain_text(words)
        self.taken.add(name)
        await self._fits(phone, shown)
        if os.environ.get("PICTURES") == "1":
            file = PICTURES / name
            await phone.screenshot(path=file, animations="disabled", type="png")
            assert file.stat().st_size <= MOST, name

    async def _fits(self, phone: Locator, message: Locator) -> None:
        """The phone is made as high as the message needs, and nothing stands over it."""
        page, log = self._screen.page, phone.locator(".log")
        for alert in await phone.get_by_role("button", name="Đã hiểu").all():
            await alert.click()
        high = [await one.evaluate("(one) => one.clientHeight") for one in (message, log)]
        chrome = int(await page.evaluate("innerHeight")) - high[1]
        height = chrome + max(high[0] + 24, LEAST)
        await page.set_viewport_size(ViewportSize(width=PHONE[0], height=height))
        await message.evaluate("(one) => one.scrollIntoView({block: 'end'})")
        await expect(message).to_be_in_viewport(ratio=0.95)
