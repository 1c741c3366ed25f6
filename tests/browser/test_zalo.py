"""A Zalo phone on the page: one types, and sees what the bot hears and what nobody heard."""

import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from playwright.async_api import Browser, Locator, expect

from bot.sandbox.server import Sandbox
from tests.browser.screen import Screen, newest, opened

DESK, PHONE = (1280, 900), (390, 844)
LAN_TELEGRAM, LAN, HUNG, GROUP, TEAM = 101, 201, 202, -5001, "Đội ứng cứu"
QUESTION = (
    "Câu 4/10. Hệ thống có bị ngừng hoặc gián đoạn không?\n1 Có\n2 Không\n3 Chưa rõ\n"
    "Gõ: quay lại · để sau · gửi ngay"
)
URGENT = "TIN KHẨN - sự cố 12, cần ứng phó\n7 = Tôi tiếp nhận xử lý\n9 = Chuyển người khác"
CARD = (
    "[Sự cố 12] Anh Minh tiếp nhận.\n3 việc chưa có người nhận.\n"
    "Trả lời tin này: nhận 12.3 · nhận 12.4"
)
REVIEW = "Xem lại\nĐúng thì gõ GỬI. Sửa câu 6 thì gõ: sửa 6\nGõ: để sau"
LINK = "https://example.vn/t/abc"


class Town:
    """A sandbox with people on both networks, and the Zalo bot as its own wire has it."""

    def __init__(self, sandbox: Sandbox, http: ClientSession) -> None:
        self.address, self._http = sandbox.address, http
        self._bot = f"zalo/bot{sandbox.zalo_token}"

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        async with self._http.post(f"{self.address}/{path}", json=body) as answer:
            told = await answer.json()
            assert answer.status < 400, told
            return told

    async def sends(self, chat: int, text: str) -> None:
        async with self._http.get(f"{self.address}/sandbox/state") as answer:
            chats = (await answer.json())["chats"]
        to = next(one["zalo_id"] for one in chats if one["id"] == chat)
        await self.post(f"{self._bot}/sendMessage", {"chat_id": to, "text": text})

    async def listens(self) -> None:
        """It polls, and is taken to come again soon enough."""
        await self.post("sandbox/limits", {"zalo_poll_grace_seconds": 600})
        poll = f"{self.address}/{self._bot}/getUpdates"
        async with self._http.post(poll, json={"timeout": 0}) as answer:
            assert answer.status == HTTPStatus.REQUEST_TIMEOUT

    async def hears(self) -> dict[str, Any]:
        """The next message that reaches the bot."""
        heard = (await self.post(f"{self._bot}/getUpdates", {"timeout": 5}))["result"]
        return {"event": heard["event_name"], **heard["message"]}

    async def fetches(self, url: str) -> bytes:
        async with self._http.get(url) as answer:
            assert answer.content_type == "image/png"
            return await answer.read()


@asynccontextmanager
async def a_town(folder: Path) -> AsyncIterator[Town]:
    sandbox = Sandbox(folder / "sandbox.db", "42:sandbox", zalo_token="77:zalo")
    async with AsyncExitStack() as stack:
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        http = await stack.enter_async_context(ClientSession())
        town = Town(sandbox, http)
        for number, name in ((LAN_TELEGRAM, "Lan – Văn phòng xã"), (LAN, "Lan – Văn phòng xã"),
                             (HUNG, "Hùng – Đội phó")):  # fmt: skip
            network = "telegram" if number == LAN_TELEGRAM else "zalo"
            await town.post("sandbox/people", {"id": number, "name": name, "network": network})
        group = {"id": GROUP, "title": TEAM, "members": [HUNG, LAN], "network": "zalo"}
        await town.post("sandbox/groups", group)
        yield town


async def test_a_zalo_phone_is_typed_on(tmp_path: Path, browser: Browser) -> None:
    async with a_town(tmp_path) as town, opened(browser, town.address, *DESK) as screen:
        await two_phones_of_one_person(screen)
        await nobody_listens(screen, town)
        await answers_are_typed(screen, town)
        await they_are_typed_for_whoever_wants_it(screen, town)
        await a_group_hears_replies_and_its_name(screen, town)
        await what_lies_on_the_disk_is_sent(screen, town, tmp_path)
        assert screen.complaints == []


async def two_phones_of_one_person(screen: Screen) -> None:
    for number, network in ((LAN_TELEGRAM, "Telegram"), (LAN, "Zalo")):
        phone = await screen.phone(number)
        await expect(phone.locator("h2")).to_have_text(f"Lan{network}")
        chosen = screen.page.locator("#switcher [aria-current]")
        await expect(chosen).to_contain_text(f"Lan{network}")
    await expect(phone).to_have_attribute("aria-label", "Điện thoại của Lan – Văn phòng xã, Zalo")
    await expect(phone.get_by_role("button", name="Bắt đầu")).to_have_count(0)


async def nobody_listens(screen: Screen, town: Town) -> None:
    await screen.write(LAN, "alo có ai không")
    lost = screen.page.locator(f"#phone-{LAN} .log li.own").last  # not drawn anew
    await expect(lost).to_contain_text("Không tới bot: lúc này không ai nghe")


async def answers_are_typed(screen: Screen, town: Town) -> None:
    await town.listens()
    await screen.write(LAN, "may em mo khong duoc")
    assert (await town.hears())["text"] == "may em mo khong duoc"
    await town.sends(LAN, f"Xem hướng dẫn: {LINK}.\n{QUESTION}")
    phone = await screen.phone(LAN)
    await expect(newest(phone)).to_contain_text("3 Chưa rõ")
    await expect(newest(phone).get_by_role("link")).to_have_attribute("href", LINK)
    await expect(phone.locator(".key")).to_have_count(0)
    await screen.write(LAN, "1")
    assert (await town.hears())["text"] == "1"


async def they_are_typed_for_whoever_wants_it(screen: Screen, town: Town) -> None:
    """An urgent message in the middle keeps its own numbers; nothing is offered twice."""
    await town.sends(LAN, QUESTION)
    await town.sends(LAN, URGENT)
    phone, page = await screen.phone(LAN), screen.page
    await expect(newest(phone)).to_contain_text("TIN KHẨN")
    offered = phone.get_by_role("group", name="Gõ hộ").get_by_role("button")
    await expect(offered).to_have_count(0)
    await phone.get_by_role("button", name="Gõ hộ").press("Enter")
    await expect(offered).to_have_text(
        ["Gõ 1 Có", "Gõ 2 Không", "Gõ 3 Chưa rõ", "Gõ quay lại", "Gõ để sau", "Gõ gửi ngay",
         "Gõ 7 Tôi tiếp nhận xử lý", "Gõ 9 Chuyển người khác"]
    )  # fmt: skip
    await phone.get_by_role("button", name="Gõ hộ", pressed=True).focus()
    for _ in range(2):  # backwards, past the last one
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    assert (await town.hears())["text"] == "7"
    await expect(phone.get_by_role("textbox")).to_be_focused()
    await expect(offered).to_have_count(0)
    await town.sends(LAN, REVIEW)
    await expect(offered).to_have_text(["Gõ GỬI", "Gõ để sau"])


async def a_group_hears_replies_and_its_name(screen: Screen, town: Town) -> None:
    await town.sends(GROUP, CARD)
    phone = await screen.phone(HUNG, TEAM)
    field, typing = phone.get_by_role("textbox"), screen.page.keyboard
    await expect(field).to_have_accessible_description(
        "Trong nhóm Zalo, bot chỉ nghe tin trả lời hoặc nhắc tên @Trực Ban"
    )
    await field.fill("anh em xem giúp")  # goes by the bot: the next thing it hears is another
    await field.press("Enter")
    await field.fill("nhờ")
    await phone.get_by_role("button", name="Chèn @Trực Ban").click()
    await typing.type("tình hình")
    await expect(field).to_have_value("nhờ @Trực Ban tình hình")
    await field.press("Enter")
    assert (await town.hears())["text"] == "nhờ @Trực Ban tình hình"
    await phone.get_by_role("button", name="Gõ nhận 12.3").click()
    assert (await town.hears())["text"] == "nhận 12.3"
    card = phone.locator(".log li.theirs", has_text="Sự cố 12")
    await card.get_by_role("button", name="Trả lời").click()
    await typing.type("xong 12.3")
    await field.press("Enter")
    assert (await town.hears())["text"] == "xong 12.3"
    await town.sends(GROUP, CARD)
    await expect(phone.get_by_role("group", name="Gõ hộ").get_by_role("button")).to_have_count(2)
    await town.sends(GROUP, "Việc 12.3 đã xong.")
    await expect(phone.get_by_role("group", name="Gõ hộ").get_by_role("button")).to_have_count(0)
    await expect(phone.locator(".log li.own", has_text="Trực Ban: [Sự cố 12]")).to_have_count(2)


async def what_lies_on_the_disk_is_sent(screen: Screen, town: Town, folder: Path) -> None:
    picture, letter = folder / "man-hinh.png", folder / "cong-van.docx"
    picture.write_bytes(png())
    letter.write_bytes(b"PK" + bytes(40))
    await chooses(screen, LAN, "Gửi một ảnh", picture)
    heard = await town.hears()
    assert heard["event"] == "message.image.received"
    assert await town.fetches(heard["photo_url"]) == png()
    await chooses(screen, LAN, "Gửi một tệp", letter)
    assert (await town.hears())["event"] == "message.unsupported.received"
    await chooses(screen, LAN_TELEGRAM, "Gửi một ảnh", picture)
    await chooses(screen, LAN_TELEGRAM, "Gửi một tệp", letter)
    for person in (LAN, LAN_TELEGRAM):
        phone = await screen.phone(person)
        shown = phone.get_by_role("img", name="Ảnh Lan – Văn phòng xã gửi")
        await expect(shown).to_have_js_property("naturalWidth", 64)
        await expect(phone.locator(".log li.own").last).to_contain_text(letter.name)


async def chooses(screen: Screen, person: int, choice: str, file: Path) -> None:
    phone = await screen.phone(person)
    await phone.locator(".menu.down summary").click()
    async with screen.page.expect_file_chooser() as asked:
        await phone.get_by_role("button", name=choice).click()
    await (await asked.value).set_files(file)


def png(side: int = 64) -> bytes:
    """A green square."""
    rows = zlib.compress((b"\0" + b"\x0b\x66\x5a" * side) * side)
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


async def test_axe_finds_nothing_on_a_zalo_phone(tmp_path: Path, browser: Browser) -> None:
    """Light and dark, desk and phone: a lost message, a picture, a group, and what can be typed."""
    found: dict[str, list[str]] = {}
    async with a_town(tmp_path) as town:
        await town.post(f"sandbox/people/{LAN}/say", {"text": "alo"})
        await town.sends(LAN, f"{QUESTION}\n{LINK}")
        await town.sends(GROUP, CARD)
        for size in (DESK, PHONE):
            for scheme in ("light", "dark"):
                chosen: dict[str, Any] = {"color_scheme": scheme, "reduced_motion": "reduce"}
                async with opened(browser, town.address, *size, **chosen) as screen:
                    for person, chat in ((HUNG, TEAM), (LAN, "Trực Ban")):
                        phone = await screen.phone(person, chat)
                        await turned_on(phone)
                        await expect(phone.locator(".chips .chip").first).to_be_visible()
                        found[f"{scheme} {size} {person}"] = await screen.axe()
                    assert size == DESK or await screen.too_low() == []
                    assert await screen.width() == size[0]
    assert {where: what for where, what in found.items() if what} == {}


async def turned_on(phone: Locator) -> None:
    hand = phone.get_by_role("button", name="Gõ hộ", exact=True)
    if await hand.get_attribute("aria-pressed") == "false":
        await hand.click()
