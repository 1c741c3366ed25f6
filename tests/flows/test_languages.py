"""English for those who ask for it: what they read and what they may type; others read on."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.people import Role
from tests.flows.house import House, copy_of, running
from tests.flows.person import PATIENCE, Phone

SENTENCE = "the computer shows a demand for money"


async def test_the_main_story_in_english(house: House) -> None:
    lan, minh, hung, binh = house.lan, house.minh, house.hung, house.binh
    await lan.types("English")
    await lan.sees("From now on Trực Ban speaks English")
    await minh.types("/english")
    await minh.sees("From now on Trực Ban speaks English")

    await lan.types(SENTENCE)
    await lan.sees("Do you want to report an incident?", SENTENCE)
    await lan.types("yes")
    await lan.sees("Question 1/10", "Where is the incident?", "What you have just written is kept")
    await lan.taps_on("Một cửa, dịch vụ công")
    await lan.sees("Question 3/10", "When was it noticed?")
    await lan.types("yesterday at 2pm")
    await lan.sees("Recorded: 14:00 on ", "Question 4/10")
    for answer in ("Yes", "no", "not sure", "No", "don't know", "Yes"):
        await lan.types(answer)
    await lan.sees("Question 10/10", "How is it now?")
    await lan.types("back")
    await lan.sees("Question 9/10", "Is it more than your unit can cope with?")
    await lan.taps_on("Yes")
    await lan.taps_on("Network unplugged, computer untouched")
    await lan.sees("Check before sending", "It goes to:", "anh Minh", "Not sure: data lost")
    await lan.taps_on("Send")
    await lan.sees("Recorded: incident 1", "Response needed", "Because:", "Kế hoạch Mỹ Hào 2025")

    await minh.sees("PAGE – incident 1, response needed", "At ", "it goes on to anh Hùng")
    await binh.sees("TIN KHẨN – sự cố số 1", "sẽ báo tiếp anh Hùng")
    await house.card("SỰ CỐ SỐ 1", "Chưa ai tiếp nhận")
    await house.forward(5)
    await minh.sees("PAGE – incident 1", "(repeated, page 2)")
    await minh.types("ok")
    await minh.sees("Do you acknowledge and handle incident 1")
    await minh.types("7")
    await minh.sees("Anh Minh acknowledged incident 1", "call chị Lan 0905 000 111", "“return”")
    await lan.sees("Anh Minh acknowledged your incident 1", "0905 000 555")
    await house.card("Chủ trì ứng cứu: anh Minh")

    await minh.types("status 1")
    await minh.sees("Incident 1 · open", "Serious under Decision 05/2017:", "Latest:")
    await minh.types("timeline 1")
    await minh.sees("Timeline of incident 1", "chị Lan reported the incident.", "acknowledged (to")
    assert not [text for text in await hung.all_texts() if "incident 1" in text]


@pytest.mark.only("telegram", "a list of commands beside the typing field")
async def test_the_list_of_commands_follows_and_the_way_back_is_shown(house: House) -> None:
    binh = house.binh
    assert "english" in await binh.menu()
    await binh.types("tiếng anh")
    await menu_with(house, binh, "tiengviet")
    menu = await binh.menu()
    assert {"report", "status", "tasks", "escalate", "direction", "timeline"} <= set(menu)
    assert not {"english", "baosuco", "tinhhinh", "captren"} & set(menu)
    await binh.types("help")
    await binh.sees("Help – anh Bình", "/tiengviet – nói tiếng Việt", "/status – open incidents")
    assert "/tinhhinh" not in await binh.screen()
    await binh.types("Tiếng Việt")
    await binh.sees("Từ giờ Trực Ban nói tiếng Việt")
    await menu_with(house, binh, "english")
    await binh.types("/huongdan")
    await binh.sees("Hướng dẫn – anh Bình", "/english – speak English")


async def test_a_refusal_is_said_in_the_language_of_whom_it_is_said_to(house: House) -> None:
    await house.minh.types("English")
    await house.minh.types("status 99")
    await house.minh.sees("There is no incident 99")
    await house.hung.types("tình hình 99")
    await house.hung.sees("Không có sự cố số 99")


async def test_a_question_that_stands_is_gone_on_with_in_the_other_language(house: House) -> None:
    lan = house.lan
    await lan.types("báo sự cố")
    await lan.sees("Câu 1/10")
    await lan.types("English")
    await lan.sees("From now on Trực Ban speaks English")
    await lan.types("1")
    await lan.sees("Question 2/10", "What do you see?")


async def test_a_deployment_that_speaks_english(template: Path, tmp_path: Path) -> None:
    """Who joins and the group; those who are there already keep what they read."""
    async with running(copy_of(template, tmp_path), language="en") as house:
        newcomer = await house.join(301, "Kim", await house.invite(Role.OFFICIAL, "tan_lap"))
        await newcomer.sees("Connected: Kim, official, reporter, UBND xã Tân Lập")
        await newcomer.sees("Test page – not an incident")
        await house.lan.reports("Có")
        await house.card("INCIDENT 1 · Response needed", "Nobody has acknowledged")
        await house.minh.sees("TIN KHẨN – sự cố số 1")


async def menu_with(house: House, phone: Phone, command: str) -> None:
    """Waits until the menu button's list has this command."""
    state = await house.stage.get("state", messages=1)
    async with asyncio.timeout(PATIENCE):
        if command in await phone.menu():
            return
        async for _ in house.stage.events(state["event"]):
            if command in await phone.menu():
                return


async def test_what_is_refused_before_any_step_is_said_in_the_readers_language(
    house: House,
) -> None:
    await house.lan.types("English")
    await house.lan.types("report")
    await house.lan.picks("Một cửa, dịch vụ công")
    await house.lan.says(sticker="👍")
    await house.lan.sees("no stickers, voice messages")
    await house.lan.types("The mail is down")
    assert "Type when it was noticed" in await house.lan.taps_on("Another time")
