"""The sandbox's page in a real browser: the main story, tapped and read on a desk and a phone."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.browser.screen import Screen, newest, opened
from tests.flows.house import House

DESK, PHONE = (1280, 900), (390, 844)
LAN, MINH, HUNG, TEAM = 101, 102, 103, "Đội ứng cứu"
SENTENCE = "Mở máy thấy chữ đòi tiền, các tệp không mở được."


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_main_story_on_the_page(
    sample: House, browser: Browser, size: tuple[int, int]
) -> None:
    address = sample.sandbox.address
    async with opened(
        browser, address, *size, device_scale_factor=2 if size == PHONE else 1
    ) as screen:
        await a_report_is_sent(screen, size)
        await the_page_is_repeated(screen)
        await somebody_takes_it(screen)
        assert await screen.width() == size[0]
        assert size == DESK or await screen.too_low() == []
        if size == DESK:
            await screen.keep("main-story.png", height=DESK[1])
        assert screen.complaints == []
        assert {url for url in screen.requests if not url.startswith(f"{address}/")} == set()
        assert f"{address}/sandbox/clock/push" in screen.requests


async def a_report_is_sent(screen: Screen, size: tuple[int, int]) -> None:
    await screen.write(LAN, SENTENCE)
    await expect(newest(await screen.phone(LAN))).to_contain_text("Anh/chị muốn báo sự cố?")
    await screen.tap(LAN, "Có", then="Câu 1/10")
    await screen.tap(LAN, "Một cửa, dịch vụ công", then="Câu 3/10")
    await screen.tap(LAN, "Vừa phát hiện", then="Câu 4/10")
    for number, answer in enumerate(("Có", "Không", "Chưa rõ", "Không", "Không", "Có"), start=5):
        await screen.tap(LAN, answer, then=f"Câu {number}/10")
    await screen.tap(LAN, "Đã ngắt mạng, giữ nguyên máy", then="Xem lại trước khi gửi")
    if size == PHONE:
        assert await screen.too_low() == []
        assert await screen.width() == PHONE[0]
        await screen.keep("phone.png", height=PHONE[1])
    await screen.tap(LAN, "Gửi", then="Đã ghi nhận: sự cố số 1")


async def the_page_is_repeated(screen: Screen) -> None:
    minh = await screen.phone(MINH)
    await expect(newest(minh)).to_contain_text("TIN KHẨN – sự cố số 1, cần ứng phó")
    await expect(minh.locator(".chats .unread")).to_contain_text("tin chưa đọc")
    await screen.push(5)
    await expect(newest(minh)).to_contain_text("(nhắc lại lần 2)")
    await what_the_push_caused_leads_there(screen)
    await expect(minh.locator(".log li.theirs", has_text="TIN KHẨN – sự cố số 1")).to_have_count(2)


async def what_the_push_caused_leads_there(screen: Screen) -> None:
    caused = screen.page.locator("#caused")
    await expect(caused.locator(".sum")).to_have_text("+5 phút: 2 tin, 1 chỗ sửa")
    await caused.get_by_role("button", name="Đội ứng cứu").click()
    card = (screen.page.locator(f"#phone-{MINH}")).locator(".log li.theirs").last
    await expect(card).to_contain_text("SỰ CỐ SỐ 1")
    await expect(card).to_be_in_viewport(ratio=0.9)
    await screen.phone(MINH)
    await caused.get_by_role("button", name="Đóng danh sách này").click()
    await expect(caused).to_be_hidden()


async def somebody_takes_it(screen: Screen) -> None:
    """The card in the group changes where it stands, and what has changed is marked."""
    hung = await screen.phone(HUNG, TEAM)
    card = hung.locator(".log li.theirs", has_text=re.compile("SỰ CỐ SỐ 1"))
    await expect(card).to_contain_text("Chưa ai tiếp nhận")
    place = await card.get_attribute("data-id")
    await screen.push(5)
    await screen.tap(HUNG, "Tôi tiếp nhận xử lý", then="Anh Hùng tiếp nhận sự cố số 1")
    await expect(newest(await screen.phone(LAN))).to_contain_text("Anh Hùng tiếp nhận sự cố số 1")
    hung = await screen.phone(HUNG, TEAM)
    await expect(card).to_contain_text("Chủ trì ứng cứu: anh Hùng")
    await expect(card).to_contain_text("đã sửa")
    await expect(card.locator("mark").first).to_contain_text("Chủ trì ứng cứu: anh Hùng")
    assert await card.get_attribute("data-id") == place
