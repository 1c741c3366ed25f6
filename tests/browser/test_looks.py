"""What the page is like to use: for axe, in both languages and colours, and by keyboard alone."""

from pathlib import Path

from playwright.async_api import Browser, expect

from bot.sandbox.server import Sandbox
from tests.browser.screen import Screen, opened
from tests.flows.house import TOKEN, House

DESK, PHONE = (1280, 900), (390, 844)
LAN, MINH = 101, 102


async def test_axe_finds_nothing(house: House, browser: Browser) -> None:
    """Light and dark, desk and phone, with menus, a story and its dialog open."""
    await house.lan.reports("Có")
    await house.minh.sees("TIN KHẨN")
    found: dict[str, list[str]] = {}
    for size in (DESK, PHONE):
        for scheme in ("light", "dark"):
            async with opened(
                browser, house.sandbox.address, *size, color_scheme=scheme, reduced_motion="reduce"
            ) as screen:
                await everything_is_open(screen)
                found[f"{scheme} {size}"] = await screen.axe()
                await screen.page.keyboard.press("Escape")
                await screen.page.evaluate("document.getElementById('tell').click()")
                await expect(screen.page.locator("#stories li").first).to_be_visible()
                found[f"{scheme} {size} dialog"] = await screen.axe("#stories")
                assert size == DESK or await screen.too_low() == []
                assert await screen.width() == size[0]
    assert {where: what for where, what in found.items() if what} == {}


async def everything_is_open(screen: Screen) -> None:
    await screen.begin_story(1)
    await screen.page.locator("[data-does=pause]").click()
    await screen.push(1)
    phone = await screen.phone(MINH)
    await phone.locator(".menu.down summary").click()
    await phone.locator(".menu.up summary").press("Enter")
    await expect(phone.locator(".menu.up .choices")).to_be_visible()


async def test_the_language_and_the_colours_are_remembered(house: House, browser: Browser) -> None:
    async with opened(browser, house.sandbox.address, *PHONE) as screen:
        page = screen.page
        phone = await screen.phone(LAN)
        await phone.get_by_role("textbox").fill("chưa gửi")
        await page.get_by_role("button", name="English").click()
        await page.get_by_role("button", name="Dark").click()
        await expect(phone.get_by_role("textbox")).to_have_value("chưa gửi")
        await page.reload()
        await expect(page.get_by_role("button", name="+30 min")).to_be_visible()
        await expect(page.get_by_role("button", name="Dark")).to_have_attribute(
            "aria-pressed", "true"
        )
        ground = await page.locator(".screen").first.evaluate(
            "(one) => getComputedStyle(one).backgroundColor"
        )
        assert ground == "rgb(21, 29, 37)"
        assert await page.locator("html").get_attribute("lang") == "en"
        assert screen.complaints == []


async def test_by_keyboard_alone(house: House, browser: Browser) -> None:
    async with opened(browser, house.sandbox.address, *DESK, reduced_motion="reduce") as screen:
        page, phone = screen.page, screen.page.locator(f"#phone-{MINH}")
        await phone.get_by_role("tab", name="Trực Ban").focus()
        await page.keyboard.press("ArrowRight")
        await expect(phone.get_by_role("tab", name="Đội ứng cứu")).to_be_focused()
        await expect(phone.locator(".service.new")).to_have_text("Tin chưa đọc")
        await page.keyboard.press("ArrowLeft")
        await phone.get_by_label("Việc khác trên điện thoại của Minh").press("Enter")
        await page.keyboard.press("Tab")
        await expect(phone.get_by_role("button", name="Gửi nhãn dán")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(phone.locator(".menu.down summary")).to_be_focused()
        await expect(phone.locator(".menu.down .choices")).to_be_hidden()
        await phone.get_by_role("textbox").focus()
        await page.keyboard.type("tình hình")
        await page.keyboard.press("Enter")
        await expect(phone.locator(".log li.theirs").last).to_contain_text("Tình hình lúc")
        assert await page.evaluate("document.getAnimations().length") == 0
        await page.locator("#tell").press("Enter")
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("#tell")).to_be_focused()


async def test_a_world_without_people_says_so(tmp_path: Path, browser: Browser) -> None:
    sandbox = Sandbox(tmp_path / "sandbox.db", TOKEN)
    await sandbox.start()
    try:
        async with opened(browser, sandbox.address, *PHONE) as screen:
            await expect(
                screen.page.get_by_text("Chưa có người nào trong mô phỏng.")
            ).to_be_visible()
            assert await screen.axe() == []
            assert screen.complaints == []
    finally:
        await sandbox.stop()
