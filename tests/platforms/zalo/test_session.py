"""Zalo's wire under the Bot API: what leaves, what its answers mean, the token stays inside."""

import traceback
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramServerError,
)
from aiogram.types import BotCommand, BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from hypothesis import example, given
from hypothesis import strategies as st

from bot.platforms.bot_api import NotAllowed
from bot.platforms.handshake import introduce
from bot.platforms.pace import Pace
from bot.platforms.troubles import BadWebhook, CannotReach, WrongToken
from bot.platforms.way_in import WayIn
from bot.platforms.zalo.bot import ZaloBot, make_zalo_bot
from bot.platforms.zalo.session import parts, width
from tests.platforms.scripted import hang_up, page
from tests.platforms.zalo.scripted import (
    LAN,
    ROOM,
    TOKEN,
    Answer,
    ZaloPlatform,
    event,
    refusal,
    telling,
)


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    rows = [[InlineKeyboardButton(text=label, callback_data=f"c:{label}")] for label in labels]
    rows += [[InlineKeyboardButton(text="Mở", url="https://trucban.example/a")]]
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def test_it_introduces_itself_and_says_how_updates_come_in(
    bot: ZaloBot, platform: ZaloPlatform
) -> None:
    me = await introduce(bot)
    assert (me.id, bot.called(me)) == (77, "Zalo Trực Ban")
    way_in = WayIn("https://agency.example/zalo/77", "a-long-secret")
    await introduce(bot, way_in)
    assert platform.asked == [
        ("getMe", {}),
        ("deleteWebhook", {}),
        ("getMe", {}),
        ("setWebhook", {"url": way_in.url, "secret_token": way_in.secret}),
    ]


async def test_a_token_that_zalo_does_not_know_comes_with_http_200(
    bot: ZaloBot, platform: ZaloPlatform
) -> None:
    platform.tell("getMe", refusal(401, f"Unauthorized {TOKEN}"))
    with pytest.raises(WrongToken) as refused:
        await introduce(bot)
    assert (refused.value.platform, refused.value.number) == ("zalo", "77")
    assert "zalo-secret" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(200, "<h1>Trang web bị chặn</h1>"), "HTTP 200 and no answer"),
        (refusal(404, "Not found", 404), "Not found"),
        (refusal(403, "internal server error"), "internal server error"),
        (refusal(408, "Request timeout", 408), "Request timeout"),
        (refusal(429, "quota exceeded"), "quota exceeded"),
        (telling(None), "not about a bot"),
        (telling("bot"), "not about a bot"),
        (hang_up, "ServerDisconnected"),
    ],
)
async def test_an_address_where_no_zalo_answers(
    bot: ZaloBot, platform: ZaloPlatform, answer: Answer, reason: str
) -> None:
    platform.tell("getMe", answer)
    with pytest.raises(CannotReach, match=reason) as failed:
        await introduce(bot)
    assert (failed.value.address, failed.value.platform) == (platform.address, "zalo")


async def test_a_webhook_that_zalo_does_not_want(bot: ZaloBot, platform: ZaloPlatform) -> None:
    platform.tell("setWebhook", refusal(400, "Bad request: url"))
    with pytest.raises(BadWebhook, match="url"):
        await introduce(bot, WayIn("http://agency.example/zalo/77", "a-long-secret"))


@pytest.mark.parametrize("address", ["127.0.0.1:8081", "ftp://x", "https://"])
def test_what_is_no_address_is_said_at_once(address: str) -> None:
    with pytest.raises(CannotReach, match="begins with http"):
        make_zalo_bot(TOKEN, address, Pace())


@pytest.mark.parametrize("token", ["", "no colon", "abc:def", "77:", "77:a b", "zalo-secret"])
def test_a_token_of_the_wrong_form(token: str) -> None:
    with pytest.raises(WrongToken) as refused:
        make_zalo_bot(token, None, Pace())
    assert refused.value.platform == "zalo"
    assert "zalo-secret" not in "".join(traceback.format_exception(refused.value))


async def test_html_and_buttons_leave_as_plain_words(bot: ZaloBot, platform: ZaloPlatform) -> None:
    sent = await bot.send_message(
        LAN, "🔴 <b>TIN KHẨN</b> &amp; {ngoặc} &lt;a@b&gt;", reply_markup=keyboard("Có", "Không")
    )
    (said,) = platform.questions("sendMessage")
    assert said == {
        "chat_id": LAN,
        "text": "🔴 TIN KHẨN & {ngoặc} <a@b>\nCó\nKhông\nMở: https://trucban.example/a",
    }
    assert (bot.external(sent.chat.id), sent.chat.type) == (LAN, "private")
    assert sent.date.year == 2025, "milliseconds"
    await bot.send_message(LAN, "<b>", parse_mode=None)
    assert platform.texts()[-1] == "<b>", "what is no HTML is left as it is"


async def test_a_group_is_written_to_by_its_own_id(bot: ZaloBot, platform: ZaloPlatform) -> None:
    sent = await bot.send_message(f"-{ROOM}", "xin chào")
    assert platform.questions("sendMessage")[-1]["chat_id"] == ROOM
    assert sent.chat.id < 0
    assert (bot.external(sent.chat.id), sent.chat.type) == (f"-{ROOM}", "group")
    await bot.send_message(sent.chat.id, "lại")
    assert platform.questions("sendMessage")[-1]["chat_id"] == ROOM


async def test_an_edit_is_said_anew_and_what_zalo_has_not_does_nothing(
    bot: ZaloBot, platform: ZaloPlatform
) -> None:
    edited = await bot.edit_message_text("<i>xong</i>", chat_id=LAN, message_id=3)
    assert not isinstance(edited, bool)
    assert (edited.text, platform.texts()) == ("xong", ["xong"])
    with pytest.raises(TelegramBadRequest):
        await bot.edit_message_text("xong", inline_message_id="1")
    assert await bot.answer_callback_query("1", "đã ghi nhận")
    assert await bot.set_my_commands([BotCommand(command="menu", description="Danh mục")])
    with pytest.raises(TelegramBadRequest, match="files cannot be sent"):
        await bot.send_document(LAN, BufferedInputFile(b"x", "nhat-ky.pdf"))
    with pytest.raises(TelegramBadRequest, match="too big"):
        await bot.get_file("unsupported")
    assert (await bot.get_file("https://zdn.vn/a.jpg")).file_path == "https://zdn.vn/a.jpg"
    with pytest.raises(NotAllowed):
        await bot.send_dice(LAN)
    assert len(platform.asked) == 1


@pytest.mark.parametrize(
    ("answer", "url"),
    [
        (refusal(404, "Not found", 404), ""),
        (
            telling({"url": "https://a.example/zalo/77", "updated_at": 1}),
            "https://a.example/zalo/77",
        ),
        (telling(None), ""),
        (telling(["?"]), ""),
    ],
)
async def test_the_webhook_that_is_set(
    bot: ZaloBot, platform: ZaloPlatform, answer: Answer, url: str
) -> None:
    platform.tell("getWebhookInfo", answer)
    assert (await bot.get_webhook_info()).url == url
    platform.tell("deleteWebhook", refusal(404, "Not found", 404))
    assert await bot.delete_webhook()


async def test_what_is_too_long_goes_in_parts_with_the_choices_in_the_last(
    bot: ZaloBot, platform: ZaloPlatform
) -> None:
    lines = [f"{number}. {'việc phải làm ' * 8}".strip() for number in range(60)]
    sent = await bot.send_message(LAN, "\n".join(lines), reply_markup=keyboard("Có", "Không"))
    said = platform.texts()
    assert len(said) > 2
    assert all(0 < len(text) <= 2000 for text in said)
    assert "\n".join(said).split("\n")[:60] == lines, "whole lines, in order, nothing lost"
    assert said[-1].endswith("Có\nKhông\nMở: https://trucban.example/a")
    assert sent.text is not None
    assert sent.text.startswith(lines[0]), "as one message"


@given(st.text(st.sampled_from("aế🔴 \n"), max_size=200), st.integers(4, 40))
@example("🔴" * 41, 20)
@example("\n\n\n", 4)
def test_parts_fit_keep_whole_lines_and_lose_nothing(text: str, longest: int) -> None:
    said = parts(text, longest)
    if text.strip():
        assert all(part.strip() and width(part) <= longest for part in said)
    assert "".join("".join(said).split()) == "".join(text.split())
    for line in text.split("\n"):
        whole = width(line) <= longest and line.strip()
        assert not whole or any(line in part.split("\n") for part in said)


async def test_what_people_read_waits_its_turn(platform: ZaloPlatform) -> None:
    turns: list[tuple[str, bool]] = []

    class Recording(Pace):
        async def turn(self, urgency: Any, chat: str, group: bool, of: str = "") -> None:
            turns.append((chat, group))

    bot: Bot = make_zalo_bot(TOKEN, platform.address, Recording())
    await bot.get_me()
    await bot.send_message(LAN, f"{'a' * 1999}\nb")
    await bot.send_message(f"-{ROOM}", "xin chào")
    assert turns == [(LAN, False), (LAN, False), (f"-{ROOM}", True)], "each part on its own"
    await bot.session.close()


async def test_at_most_one_update_an_answer(bot: ZaloBot, platform: ZaloPlatform) -> None:
    await platform.deliver(event(1), event(2, "hai"), {"event_name": "user.joined"})
    assert [len(await bot.get_updates(timeout=1)) for _ in range(3)] == [1, 1, 0]
    assert bot.zalo.shrugs == 1
    assert await bot.get_updates(timeout=0) == [], "408: nothing came"
    platform.tell("getUpdates", refusal(403, "internal server error"))
    with pytest.raises(TelegramServerError):
        await bot.get_updates(timeout=0)
