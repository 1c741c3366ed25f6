"""The story button: a newcomer watches, pauses, goes on, and hears why when it cannot go on."""

import json
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser.screen import Screen, opened
from tests.flows.house import House

DESK, PHONE = (1280, 900), (390, 844)


@pytest.mark.parametrize(
    ("size", "language", "telling"),
    [(DESK, "vi", ("bấm “Tôi tiếp nhận xử lý”", "Hết chuyện")),
     (PHONE, "en", ("presses “I will handle it”", "The end"))],
    ids=["desk", "phone"],
)  # fmt: skip
async def test_the_story_plays_from_the_report_to_the_end(
    sample: House, browser: Browser, size: tuple[int, int], language: str, telling: tuple[str, str]
) -> None:
    async with opened(
        browser, sample.sandbox.address, *size, device_scale_factor=2 - (size == DESK)
    ) as screen:
        if language == "en":
            await screen.page.get_by_role("button", name="English").click()
        await screen.begin_story()
        await screen.told(telling[0])
        await screen.page.locator("[data-does=pause]").click()
        acting = screen.page.locator(".phone.acting")
        await expect(acting).to_have_attribute("id", "phone-102")
        await expect(acting).to_be_in_viewport(ratio=0.9)
        assert await screen.width() == size[0]
        assert size == DESK or await screen.too_low() == []
        await screen.keep(f"story-{size[0]}.png", height=size[1])
        await screen.page.locator("[data-does=pause]").click()
        await screen.told(telling[1])
        await expect(screen.page.locator("#phone-101")).to_have_class("phone chosen")
        assert screen.complaints == []
    await sample.card("SỰ CỐ SỐ 1", "Đã kết thúc ứng phó")


async def test_it_plays_in_a_world_where_much_is_unfinished(house: House, browser: Browser) -> None:
    """An open incident, a report half filled in, another form open: the story finds its way."""
    await house.lan.reports("Có")
    await house.lan.types("/baosuco")
    await house.lan.picks("Quản lý văn bản")
    await house.binh.types("/moithamgia")
    async with opened(browser, house.sandbox.address, *DESK) as screen:
        await screen.begin_story(1)
        await screen.told("Hết chuyện")
    await house.binh.sees("Ghi nhận sự cố số 2")


async def test_what_cannot_be_done_is_said_and_left_to_the_person(
    house: House, browser: Browser
) -> None:
    steps = [
        {"caption": "Một", "who": "Lan", "sees": "không bao giờ có", "seconds": 1},
        {"caption": "Hai", "who": "Minh", "tap": "Không có nút này", "seconds": 1},
        {"caption": "Ba", "who": "Ông Không"},
        {"caption": "Bốn", "who": "Lan", "in": "group"},
    ]
    async with opened(browser, house.sandbox.address, *PHONE) as screen:
        await tells(screen, steps)
        await screen.begin_story()
        await stuck(screen, "Đã đợi 1 giây mà chưa thấy “không bao giờ có” trên điện thoại của Lan")
        await screen.page.get_by_role("button", name="Thử lại bước này").click()
        await stuck(screen, "chưa thấy “không bao giờ có”")
        await screen.page.get_by_role("button", name="Bước tiếp").click()
        await stuck(screen, "chưa thấy nút “Không có nút này” trên điện thoại của Minh")
        await screen.page.get_by_role("button", name="Bước tiếp").click()
        await stuck(screen, "cần điện thoại của Ông Không, ở đây không có")
        await screen.page.get_by_role("button", name="Bước tiếp").click()
        await stuck(screen, "Lan không ở trong nhóm nào")
        assert await screen.axe() == []
        await screen.page.get_by_role("button", name="Dừng câu chuyện").click()
        await screen.told("Đã dừng giữa chừng")
        await screen.page.get_by_role("button", name="Đóng").click()
        await expect(screen.page.locator("#player")).to_be_hidden()
        await expect(screen.page.locator("#tell")).to_be_focused()


async def tells(screen: Screen, steps: list[dict[str, Any]]) -> None:
    """Another story than the one that is served."""
    told = [{"title": "Thử", "about": "Thử", "minutes": 1, "steps": steps}]
    await screen.page.route(
        "**/page/stories.json", lambda route: route.fulfill(body=json.dumps(told))
    )


async def stuck(screen: Screen, sentence: str) -> None:
    await expect(screen.page.locator("#player[data-state=stuck] .caption")).to_contain_text(
        sentence, timeout=10_000
    )
