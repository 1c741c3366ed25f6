"""What Zalo's answers mean, and that the token, which stands in every address, stays inside."""

import logging
import traceback
from typing import Any

import pytest
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError
from aiohttp import web

from bot.platforms.bot_api import QuotaExceeded, Unsent, explain
from bot.platforms.handshake import introduce
from bot.platforms.pace import Pace
from bot.platforms.troubles import CannotReach
from bot.platforms.zalo.bot import ZaloBot, make_zalo_bot
from tests.platforms.scripted import hang_up, page
from tests.platforms.zalo.scripted import (
    LAN,
    TOKEN,
    Answer,
    ZaloPlatform,
    refusal,
    telling,
    zalo_platform,
)

NOBODY = "http://127.0.0.1:1"  # where nobody listens


REFUSALS = [
    (refusal(400, "Bad request: text"), "refused_text", True, False),
    (refusal(401, "Unauthorized"), "unreachable", False, False),
    (refusal(403, "internal server error"), "unreachable", False, True),
    (refusal(404, "Not found", 404), "unreachable", False, False),
    (refusal(408, "Request timeout", 408), "unreachable", False, True),
    (refusal(413, "too large"), "refused_text", True, False),
    (refusal(429, "quota exceeded"), "quota", False, False),
    (refusal(500, "oops", 500), "unreachable", False, True),
    (page(502, "<h1>Bad Gateway</h1>"), "unreachable", False, True),
    (page(200, '{"ok": tr'), "unreachable", False, True),
    (page(200, "[" * 100_000), "unreachable", False, True),
    (page(200, "[1]"), "unreachable", False, True),
    (page(200, '{"result": 1}'), "unreachable", False, True),
    (page(200, '{"ok": false, "error_code": "429"}'), "quota", False, False),
    (page(503, '{"ok": false}'), "unreachable", False, True),
    (hang_up, "unreachable", False, True),
]


@pytest.mark.parametrize(("answer", "reason", "permanent", "unknown"), REFUSALS)
async def test_what_a_refusal_means(
    bot: ZaloBot,
    platform: ZaloPlatform,
    answer: Answer,
    reason: str,
    permanent: bool,
    unknown: bool,
) -> None:
    sent = []
    bot.counted_by(lambda: sent.append(1))
    platform.tell("sendMessage", answer)
    with pytest.raises(TelegramAPIError) as failed:
        await bot.send_message(LAN, "xin chào")
    meaning = explain(failed.value)
    assert (meaning.reason, meaning.permanent, meaning.fate_unknown) == (reason, permanent, unknown)
    assert len(platform.asked) == 1, "it is not for the wire to say it again"
    assert bool(sent) is unknown, "what may have left is counted"


async def test_the_end_of_the_month_is_told_apart(bot: ZaloBot, platform: ZaloPlatform) -> None:
    platform.tell("sendMessage", refusal(429, "quota exceeded"))
    with pytest.raises(QuotaExceeded):
        await bot.send_message(LAN, "xin chào")


async def test_no_connection_means_not_sent() -> None:
    bot, sent = make_zalo_bot(TOKEN, NOBODY, Pace()), []
    bot.counted_by(lambda: sent.append(1))
    with pytest.raises(Unsent) as failed:
        await bot.send_message(LAN, "xin chào")
    meaning = explain(failed.value)
    assert (meaning.reason, meaning.permanent, meaning.fate_unknown) == (
        "unreachable",
        False,
        False,
    )
    assert sent == []
    with pytest.raises(CannotReach, match=r"127\.0\.0\.1:1"):
        await introduce(bot)
    await bot.session.close()


async def test_of_a_text_that_has_begun_to_leave_the_fate_is_unknown() -> None:
    """Its first part is read; whoever says it again must say that it is a repeat."""
    async with zalo_platform() as platform:
        bot = make_zalo_bot(TOKEN, platform.address, Pace())

        def last_word(request: web.Request) -> web.Response:
            bot.send_no_more()
            return web.json_response({"ok": True, "result": {"message_id": "a", "date": 1}})

        platform.tell("sendMessage", last_word)
        with pytest.raises(TelegramNetworkError) as failed:
            await bot.send_message(LAN, "dòng\n" * 900)
        assert explain(failed.value).fate_unknown
        assert len(platform.texts()) == 1
        with pytest.raises(Unsent):
            await bot.send_message(LAN, "xin chào")
        await bot.session.close()


async def test_an_answer_in_pieces_is_read_whole(bot: ZaloBot, platform: ZaloPlatform) -> None:
    """Else a message that has arrived would be sent once more."""

    wide = " " * 300_000  # more than comes at once

    def in_pieces(request: web.Request) -> web.StreamResponse:
        return web.Response(text=f'{{"ok": true,{wide}"result": {{"date": 1000}}}}')

    platform.tell("sendMessage", in_pieces)
    assert (await bot.send_message(LAN, "xin chào")).date.timestamp() == 1


@pytest.mark.parametrize(
    "result",
    [None, [], "x", {}, {"message_id": 5, "date": "?"}, {"message_id": "\ud800", "date": 10**30}],
)
async def test_what_was_said_was_said_whatever_the_answer_holds(
    bot: ZaloBot, platform: ZaloPlatform, result: object
) -> None:
    platform.tell("sendMessage", telling(result))
    assert (await bot.send_message(LAN, "xin chào")).text == "xin chào"


async def test_a_redirect_is_not_followed(bot: ZaloBot, platform: ZaloPlatform) -> None:
    """It would carry the token elsewhere."""
    away = platform.address.replace("127.0.0.1", "localhost")

    def elsewhere(request: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": f"{away}{request.path}"})

    platform.tell("sendMessage", elsewhere)
    with pytest.raises(TelegramNetworkError, match="HTTP 307"):
        await bot.send_message(LAN, "xin chào")
    assert len(platform.asked) == 1


def echo(request: web.Request) -> web.Response:
    return web.Response(status=404, text=f"not found: {request.url}")


def told_echo(request: web.Request) -> web.Response:
    said = {"ok": False, "error_code": 500, "description": f"no {request.url}"}
    return web.json_response(said)


@pytest.mark.parametrize("answer", [echo, told_echo, hang_up, page(502, "<h1>Bad Gateway</h1>")])
async def test_no_error_tells_the_token(
    bot: ZaloBot, platform: ZaloPlatform, answer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    platform.tell("getMe", answer)
    with pytest.raises(TelegramAPIError) as failed:
        await bot.get_me()
    _is_silent(failed.value, caplog)


@pytest.mark.parametrize("address", [NOBODY, "http://no.such.host.invalid", "http://[::1]:1"])
async def test_no_error_of_a_connection_tells_the_token(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    bot = make_zalo_bot(TOKEN, address, Pace())
    with pytest.raises(Unsent) as failed:
        await bot.get_me()
    _is_silent(failed.value, caplog)
    await bot.session.close()


def _is_silent(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
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
        assert "zalo-secret" not in said


async def test_no_library_logs_the_token_and_no_filter_is_left_behind(
    bot: ZaloBot, caplog: pytest.LogCaptureFixture
) -> None:
    before = len(logging.getLogger("asyncio").filters)
    await bot.get_me()
    await bot.get_me()
    assert len(logging.getLogger("asyncio").filters) == before + 1
    for name in ("asyncio", "aiohttp.client", "aiohttp.access", "aiogram.event"):
        logging.getLogger(name).warning("Unclosed %s", f"<ClientResponse(http://x/bot{TOKEN}/a)>")
    assert caplog.text.count("/bot***/a") == 4
    assert "zalo-secret" not in f"{caplog.text}{bot!r}{bot.session!r}{vars(bot.session)!r}"
    await bot.session.close()
    assert len(logging.getLogger("asyncio").filters) == before
