"""A stranger drives the sandbox's Bot API: python-telegram-bot, which knows nothing of us."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatMemberStatus, MessageEntityType, ParseMode
from telegram.error import BadRequest, Conflict, EndPointNotFound, Forbidden, InvalidToken
from telegram.error import RetryAfter as Later
from telegram.request import HTTPXRequest

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import sandbox, wire, world_file
from tests.sandbox.wire import TOKEN, Wire

__all__ = ["sandbox", "wire", "world_file"]  # fixtures of the sandbox's own tests

KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Tôi tiếp nhận xử lý", callback_data="p:1")]]
)


@pytest.fixture
async def stranger(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{sandbox.address}/bot") as bot:
        yield bot


async def test_a_whole_conversation(stranger: Bot, wire: Wire) -> None:
    person = (await wire.people("people", {"name": "Cô Hạnh"}))["id"]
    await wire.say(person, "/start MA-12")
    (update,) = await stranger.get_updates(timeout=5)
    assert isinstance(update, Update)
    message = update.effective_message
    assert message is not None
    assert (message.text, message.entities[0].type) == (
        "/start MA-12",
        MessageEntityType.BOT_COMMAND,
    )
    html = "🔴 <b>Tin khẩn</b> &amp; <code>số 12</code>"
    sent = await stranger.send_message(
        person, html, parse_mode=ParseMode.HTML, reply_markup=KEYBOARD, protect_content=True
    )
    assert sent.text_html == html
    assert sent.reply_markup == KEYBOARD
    body = {"message": sent.message_id, "label": "Tôi tiếp nhận xử lý"}
    tap = asyncio.create_task(wire.people(f"people/{person}/tap", body))
    (pressed,) = await stranger.get_updates(offset=update.update_id + 1, timeout=5)
    query = pressed.callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("p:1", person)
    assert await query.answer("Đã ghi nhận")
    assert (await tap)["text"] == "Đã ghi nhận"
    edited = await query.edit_message_text("Đã có người tiếp nhận")
    assert edited is not True
    assert edited.edit_date is not None
    assert edited.reply_markup is None
    with pytest.raises(BadRequest, match="Message is not modified"):
        await query.edit_message_text("Đã có người tiếp nhận")
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()


async def test_who_the_bot_is(stranger: Bot) -> None:
    me = await stranger.get_me()
    assert (me.id, me.is_bot, me.can_read_all_group_messages) == (42, True, False)
    assert (await stranger.get_webhook_info()).url == ""
    assert await stranger.delete_webhook()


async def test_menus(stranger: Bot) -> None:
    commands = [BotCommand("baosuco", "Báo sự cố"), BotCommand("tinhhinh", "Tình hình")]
    assert await stranger.set_my_commands(commands, language_code="vi")
    assert await stranger.get_my_commands(language_code="vi") == tuple(commands)
    assert await stranger.get_my_commands() == ()


async def test_refusals_are_known_to_it(stranger: Bot, wire: Wire) -> None:
    person = await wire.person()
    with pytest.raises(BadRequest, match="Chat not found"):
        await stranger.send_message(99, "x")
    with pytest.raises(BadRequest, match="Message is too long"):
        await stranger.send_message(person, "a" * 4097)
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await stranger.send_message(person, "<b>", parse_mode=ParseMode.HTML)
    too_many = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="b")]] * 101)
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await stranger.send_message(person, "x", reply_markup=too_many)
    await wire.people(f"people/{person}/block", {})
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await stranger.send_message(person, "x")
    *_, update = await stranger.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == ChatMemberStatus.BANNED


async def test_the_limits_are_known_to_it(
    stranger: Bot, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else it warns that this will be its way one day
    person = await wire.person()
    await wire.people("limits", {"chat_burst": 1, "chat_per_second": 0.1})
    await stranger.send_message(person, "x")
    with pytest.raises(Later) as refused:
        await stranger.send_message(person, "x")
    assert timedelta(seconds=5) <= refused.value.retry_after <= timedelta(seconds=10)


async def test_no_other_method_and_no_other_token(stranger: Bot, sandbox: Sandbox) -> None:
    with pytest.raises(EndPointNotFound):
        await stranger.do_api_request("sendFax")
    with pytest.raises(InvalidToken):
        await stranger.send_dice(1)
    async with HTTPXRequest() as request:
        other = Bot("43:other", base_url=f"{sandbox.address}/bot", request=request)
        with pytest.raises(InvalidToken):
            await other.get_me()


async def test_two_pollers(stranger: Bot, wire: Wire) -> None:
    person = await wire.person()
    async with Bot(TOKEN, base_url=f"{wire.address}/bot") as twin:
        polls = {asyncio.create_task(bot.get_updates(timeout=50)) for bot in (stranger, twin)}
        (ended,), (waiting,) = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
        with pytest.raises(Conflict):
            await ended
        await wire.say(person, "x")
        assert len(await waiting) == 1


async def test_a_group(stranger: Bot, wire: Wire) -> None:
    person = await wire.person()
    group = await wire.group(person)
    sent = await stranger.send_message(group, "Sự cố số 12", disable_notification=True)
    assert sent.chat.type == "group"
    await wire.say(person, "tán gẫu", chat=group)
    await wire.say(person, "để tôi", chat=group, reply_to=sent.message_id)
    (update,) = await stranger.get_updates()
    assert update.effective_message is not None
    assert update.effective_message.reply_to_message == sent
    await wire.people(f"groups/{group}/kick", {})
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await stranger.send_message(group, "x")
