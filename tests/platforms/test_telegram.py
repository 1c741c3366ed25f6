"""The wire to the Bot API: what is let out, how 429 is obeyed, and that the token stays inside."""

import logging
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramRetryAfter
from aiohttp import web

from bot.platforms.bot_api import NotAllowed, Unsent, explain
from bot.platforms.handshake import introduce
from bot.platforms.pace import Pace, Urgency
from bot.platforms.paced import ABOUT, URGENCY
from bot.platforms.telegram import is_group, make_bot
from bot.platforms.troubles import CannotReach, WrongToken
from tests.platforms.conftest import QuickTime
from tests.platforms.scripted import TOKEN, Platform, hang_up, page, refusal

Asking = Callable[[float], Any]


async def test_messages_are_html_without_previews(bot: Bot, platform: Platform) -> None:
    await bot.send_message(5, "<b>xin chào</b>")
    (said,) = platform.questions("sendMessage")
    assert said["parse_mode"] == "HTML"
    assert said["link_preview_options"] == '{"is_disabled": true}'


async def test_a_method_outside_the_list_never_leaves(bot: Bot, platform: Platform) -> None:
    with pytest.raises(NotAllowed, match="SendDice is not among"):
        await bot.send_dice(5)
    assert platform.asked == []


class RecordingPace(Pace):
    def __init__(self) -> None:
        super().__init__()
        self.turns: list[tuple[Urgency, str, bool, str]] = []

    async def turn(self, urgency: Urgency, chat: str, group: bool, of: str = "") -> None:
        self.turns.append((urgency, chat, group, of))
        await super().turn(urgency, chat, group, of)


async def test_what_people_read_waits_its_turn_and_nothing_else_does(platform: Platform) -> None:
    pace = RecordingPace()
    bot = make_bot(TOKEN, platform.address, pace)
    await bot.get_me()
    await bot.answer_callback_query("1")
    await bot.send_message(5, "xin chào")
    urgency, about = URGENCY.set(Urgency.PAGE), ABOUT.set("incident/7")
    await bot.edit_message_text("xong", chat_id=-100, message_id=3)
    URGENCY.reset(urgency)
    ABOUT.reset(about)
    assert pace.turns == [
        (Urgency.ANSWER, "5", False, ""),
        (Urgency.PAGE, "-100", True, "incident/7"),
    ]
    await bot.session.close()


async def test_429_is_waited_out_as_told_and_tried_again(
    bot: Bot, platform: Platform, time: QuickTime
) -> None:
    too_many = refusal(429, "Too Many Requests", retry_after=7)
    platform.tell("sendMessage", too_many, too_many)
    await bot.send_message(5, "xin chào")
    assert len(platform.questions("sendMessage")) == 3
    assert time.passed >= 14


async def test_429_without_end_is_given_up_after_five_repeats(
    bot: Bot, platform: Platform, time: QuickTime
) -> None:
    platform.tell("sendMessage", *[refusal(429, "Too Many Requests", retry_after=3)] * 9)
    with pytest.raises(TelegramRetryAfter) as given_up:
        await bot.send_message(5, "xin chào")
    assert len(platform.questions("sendMessage")) == 6
    assert time.passed >= 15
    assert explain(given_up.value).reason == "limited"


@pytest.mark.parametrize("untold", [refusal(429, "Too Many Requests"), page(429, "slow down")])
async def test_429_that_does_not_say_how_long_is_waited_out_too(
    bot: Bot, platform: Platform, time: QuickTime, untold: Any
) -> None:
    platform.tell("answerCallbackQuery", untold)
    assert await bot.answer_callback_query("1")
    assert time.passed >= 2


async def test_one_refused_person_waits_alone_two_stop_the_bot(
    bot: Bot, platform: Platform, time: QuickTime
) -> None:
    async def is_refused(chat: int) -> None:
        platform.tell("sendMessage", *[refusal(429, "Too Many Requests", retry_after=60)] * 6)
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(chat, "xin chào")

    await is_refused(5)
    after_one = time.passed
    await bot.send_message(7, "xin chào")
    assert time.passed < after_one + 1, "somebody else's message left at once"
    await is_refused(6)
    after_another = time.passed
    await bot.send_message(7, "xin chào")
    assert time.passed < after_another + 1, "since then something had arrived"
    await is_refused(5)
    await is_refused(6)
    after_two = time.passed
    await bot.send_message(7, "xin chào")
    assert time.passed >= after_two + 59, "the bot itself was held"


async def fails(platform: Platform, bot: Bot, answer: Any) -> Exception:
    platform.tell("getMe", answer)
    with pytest.raises(Exception) as failed:  # noqa: PT011 (any: its text is what is tested)
        await bot.get_me()
    return failed.value


def echo(request: web.Request) -> web.Response:
    """Servers like to repeat the address that they do not know."""
    return web.Response(status=404, text=f"not found: {request.url}")


def told_echo(request: web.Request) -> web.Response:
    said = {"ok": False, "error_code": 404, "description": f"no {request.url}"}
    return web.json_response(said, status=404)


def unreadable(request: web.Request) -> web.Response:
    return web.json_response({"ok": True, "result": {"what": str(request.url)}})


def sent_away(request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": f"gopher://x{request.path}"})


def not_text(request: web.Request) -> web.Response:
    return web.Response(body=b"\xff\xfe\xfd", content_type="text/plain", charset="utf-8")


@pytest.mark.parametrize(
    "answer",
    [echo, told_echo, unreadable, sent_away, not_text, hang_up, page(502, "<h1>Bad Gateway</h1>")],
)
async def test_no_error_tells_the_token(
    platform: Platform, bot: Bot, answer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error = await fails(platform, bot, answer)
    logging.getLogger("test").error("it failed", exc_info=error)
    with_locals = traceback.TracebackException.from_exception(error, capture_locals=True).stack
    ours = [frame for frame in with_locals if "/bot/platforms/" in frame.filename]
    assert ours
    everything = [
        *(str(error), repr(error), repr(error.args), caplog.text),
        "".join(traceback.format_exception(error)),
        *(repr(frame.locals) for frame in ours),
        *(repr(error.__cause__), repr(error.__context__)),
    ]
    for said in everything:
        assert "wire-secret" not in said


async def test_no_library_logs_the_token(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    await bot.get_me()
    for name in ("asyncio", "aiohttp.client", "aiohttp.access", "aiogram.event"):
        logging.getLogger(name).warning("Unclosed %s", f"<ClientResponse(http://x/bot{TOKEN}/a)>")
    assert caplog.text.count("/bot***/a") == 4  # of the four above
    assert "wire-secret" not in caplog.text


async def test_a_session_that_is_closed_leaves_no_filter_behind(platform: Platform) -> None:
    before = len(logging.getLogger("asyncio").filters)
    bot = make_bot(TOKEN, platform.address, Pace())
    await bot.get_me()
    await bot.get_me()
    assert len(logging.getLogger("asyncio").filters) == before + 1
    await bot.session.close()
    assert len(logging.getLogger("asyncio").filters) == before


@pytest.mark.parametrize("answer", [hang_up, page(502, "Bad Gateway"), not_text])
async def test_a_broken_connection_leaves_the_fate_unknown(
    platform: Platform, bot: Bot, answer: Any
) -> None:
    platform.tell("sendMessage", answer)
    with pytest.raises(TelegramNetworkError) as failed:
        await bot.send_message(5, "xin chào")
    meaning = explain(failed.value)
    assert (meaning.reason, meaning.permanent, meaning.fate_unknown) == ("unreachable", False, True)


@pytest.mark.parametrize("answer", [page(413, "too large"), refusal(413, "Too Large")])
async def test_what_is_too_large_is_not_tried_for_ever(
    platform: Platform, bot: Bot, answer: Any
) -> None:
    platform.tell("sendMessage", answer)
    with pytest.raises(TelegramNetworkError) as failed:
        await bot.send_message(5, "xin chào")
    meaning = explain(failed.value)
    assert (meaning.reason, meaning.permanent) == ("refused_text", True)


async def test_no_connection_means_not_sent() -> None:
    bot = make_bot(TOKEN, "http://127.0.0.1:1", Pace())
    with pytest.raises(Unsent) as failed:
        await bot.send_message(5, "xin chào")
    meaning = explain(failed.value)
    assert (meaning.reason, meaning.permanent, meaning.fate_unknown) == (
        "unreachable",
        False,
        False,
    )
    await bot.session.close()


async def test_json_of_another_kind_can_be_looked_into(platform: Platform, bot: Bot) -> None:
    error = await fails(platform, bot, unreadable)
    assert isinstance(error, ClientDecodeError)
    assert error.data["result"]["what"].endswith("/bot***/getMe")


async def test_the_bot_introduces_itself_and_keeps_what_waits(bot: Bot, platform: Platform) -> None:
    me = await introduce(bot)
    assert me.id == 42
    assert [name for name, _ in platform.asked] == ["getMe", "deleteWebhook"]
    assert platform.questions("deleteWebhook") == [{"drop_pending_updates": "false"}]


async def test_a_token_the_platform_does_not_know(bot: Bot, platform: Platform) -> None:
    platform.tell("getMe", refusal(401, "Unauthorized"))
    with pytest.raises(WrongToken) as refused:
        await introduce(bot)
    assert "wire-secret" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize("token", ["", "no colon", "abc:def", "42:", "42:a b", "wire-secret"])
def test_a_token_of_the_wrong_form(token: str) -> None:
    with pytest.raises(WrongToken) as refused:
        make_bot(token, None, Pace())
    assert "wire-secret" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(200, "<h1>Trang web bị chặn</h1>"), "not JSON"),
        (refusal(404, "Not Found"), "Not Found"),
        (refusal(500, "Internal Server Error"), "Internal Server Error"),
        (unreadable, "not the Bot API's"),
        (hang_up, "ServerDisconnected"),
    ],
)
async def test_an_address_where_no_bot_api_answers(
    bot: Bot, platform: Platform, answer: Any, reason: str
) -> None:
    platform.tell("getMe", answer)
    with pytest.raises(CannotReach, match=reason) as failed:
        await introduce(bot)
    assert failed.value.address == platform.address


async def test_nobody_at_the_address() -> None:
    bot = make_bot(TOKEN, "http://127.0.0.1:1", Pace())
    with pytest.raises(CannotReach, match=r"127\.0\.0\.1:1: .*Connect"):
        await introduce(bot)
    await bot.session.close()


@pytest.mark.parametrize("address", ["", "127.0.0.1:8081", "ftp://x", "https://"])
def test_what_is_no_address_is_said_at_once(address: str) -> None:
    with pytest.raises(CannotReach, match="begins with http"):
        make_bot(TOKEN, address, Pace())


@pytest.mark.parametrize(
    ("chat", "group"), [(5, False), (-5, True), ("-1001", True), ("@news", True), ("77", False)]
)
def test_groups_are_known_by_their_ids(chat: int | str, group: bool) -> None:
    assert is_group(chat) is group
