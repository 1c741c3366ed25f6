"""The gateways of a deployment: what is refused at start, and what is said when one fails."""

import asyncio
import logging
import time
from dataclasses import replace

import pytest

from bot.domain.notice import Notice
from bot.environment import BadSettings, load_settings
from bot.gateways import fault, gateways, loaded
from bot.platforms import other_ways
from bot.platforms.bot_api import DeliveryError
from bot.platforms.other_ways import OtherWays
from bot.platforms.outbox import is_given_up
from bot.services.ports.messages import Sending
from tests.flows.gateways import WORD, post_office

NAME = "TRUCBAN_GATEWAYS"
MAIL = f"mailtos://bot:{WORD}@mail.co-quan.example.vn:587?to={{email}}"
SMS = f"jsons://sms.example.vn/gui?:to={{phone}}&:key={WORD}"


def test_each_is_known_by_the_place_that_it_leaves_for_the_person() -> None:
    found = gateways(f"{MAIL}\n{SMS}  ntfys://ntfy.example.vn/{{ntfy}}")
    assert [one.account.address for one in found] == ["mail:0", "sms:1", "ntfy:2"]
    assert found[0].to("a&b@c.vn").endswith("?to=a%26b%40c.vn")
    assert WORD not in repr(found)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (f"mailtos://bot:{WORD}@mail.example.vn", "địa chỉ thứ 1 cần đúng một trong {email}"),
        (f"{MAIL} {MAIL}&cc={{email}}", "địa chỉ thứ 2 cần đúng một trong {email}"),
        (f"{MAIL} https2://{WORD}/{{phone}}", "địa chỉ thứ 2 không dùng được"),
        (f"{WORD}{{phone}}", "địa chỉ thứ 1 không dùng được"),
    ],
)
def test_a_wrong_address_is_named_by_its_place_and_never_shown(wrong: str, says: str) -> None:
    with pytest.raises(BadSettings) as caught:
        load_settings({NAME: wrong}, None)
    (line,) = caught.value.messages
    assert line.startswith(f"{NAME}: {says}")
    assert "mailtos://bot:mat-khau@mail.co-quan.vn?to={email}" in line
    assert WORD not in line


def test_a_right_one_is_taken_and_kept_secret() -> None:
    settings = load_settings({NAME: f" {MAIL}\n{SMS} "}, None)
    assert settings.gateways is not None
    assert fault(settings.gateways.get_secret_value()) is None
    assert WORD not in repr(settings)


async def test_what_a_gateway_does_not_take_may_still_have_arrived() -> None:
    async with post_office() as (post, mail, sms):
        ways = OtherWays(gateways(f"{mail} {sms}"))
        await ways.say("mail:0", "minh@co-quan.example.vn", "Một", "Hai")
        assert (await post.mail())["subject"] == "Một"
        post.fails = True
        for account, address in (("mail:0", "minh@co-quan.example.vn"), ("sms:1", "84905000555")):
            with pytest.raises(DeliveryError) as caught:
                await ways.say(account, address, "Một", "Hai")
            assert (caught.value.reason, caught.value.fate_unknown) == ("unreachable", True)
        with pytest.raises(DeliveryError) as caught:
            await ways.say("mail:7", "minh@co-quan.example.vn", "Một", "Hai")
        assert not caught.value.fate_unknown  # there is no such gateway any more
        ways.close()


async def test_a_gateway_that_hangs_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_ways, "LIMIT", 0.2)

    open_ones = []

    async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_ones.append(writer)

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    ways = OtherWays(gateways(f"json://127.0.0.1:{port}/?:to={{phone}}&cto=1&rto=1"))
    began = time.monotonic()
    with pytest.raises(DeliveryError):
        await ways.say("sms:0", "84905000555", "", "Hai")
    assert time.monotonic() - began < 1
    ways.close()
    server.close()
    for one in open_ones:
        one.close()
        await one.wait_closed()


async def test_a_gateway_that_hangs_does_not_hold_up_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Forty people are told by SMS and mail; nothing answers for SMS: the mail leaves at once."""
    monkeypatch.setattr(other_ways, "LIMIT", 5.0)
    open_ones = []

    async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_ones.append(writer)

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with post_office() as (post, mail, _):
        sms = f"json://127.0.0.1:{port}/?:to={{phone}}&cto=9&rto=9"
        ways = OtherWays(gateways(f"{sms} {mail}"))
        stuck = [asyncio.ensure_future(ways.say("sms:0", str(n), "", "Hai")) for n in range(40)]
        await asyncio.sleep(0)
        await ways.say("mail:1", "minh@co-quan.example.vn", "Một", "Hai")
        assert (await post.mail())["subject"] == "Một"
        assert not any(one.done() for one in stuck)
        for one in stuck:
            one.cancel()
        await asyncio.gather(*stuck, return_exceptions=True)
        ways.close()
    server.close()
    for one in open_ones:
        one.close()
        await one.wait_closed()


async def test_who_waits_for_a_slow_gateway_has_not_been_refused_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The limit is one message's own; whom it cannot take now is said to have waited, not to have
    been refused: it is not one of the six tries, and has not left."""
    monkeypatch.setattr(other_ways, "LIMIT", 1.0)
    left: list[str] = []

    def takes_its_time(url: str, _subject: str, _text: str) -> bool:
        time.sleep(0.6)
        left.append(url)
        return True

    monkeypatch.setattr(other_ways, "_say", takes_its_time)
    ways = OtherWays(gateways("json://127.0.0.1:1/?:to={phone}"))
    saying = (ways.say("sms:0", str(number), "", "Hai") for number in range(30))
    missed = [one for one in await asyncio.gather(*saying, return_exceptions=True) if one]
    assert len(left) == 30 - len(missed) == 2 * other_ways.AT_ONCE
    for one in missed:
        assert isinstance(one, DeliveryError)
        assert (one.reason, one.permanent, one.fate_unknown) == ("limited", False, False)
    ways.close()


async def test_what_hangs_keeps_its_place_so_that_no_more_is_said_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its limit is over and its thread is not: another message would only stand in line."""
    monkeypatch.setattr(other_ways, "LIMIT", 0.2)
    monkeypatch.setattr(other_ways, "_say", lambda *_: time.sleep(0.8))
    ways = OtherWays(gateways("json://127.0.0.1:1/?:to={phone}"))
    saying = [ways.say("sms:0", str(number), "", "Hai") for number in range(other_ways.AT_ONCE)]
    hung = await asyncio.gather(*saying, return_exceptions=True)
    assert [getattr(one, "fate_unknown", None) for one in hung] == [True] * other_ways.AT_ONCE
    with pytest.raises(DeliveryError) as caught:
        await ways.say("sms:0", "9", "", "Hai")
    assert (caught.value.reason, caught.value.fate_unknown) == ("limited", False)
    ways.close()


def test_to_have_waited_for_a_gateway_is_none_of_the_six_tries() -> None:
    sending = Sending(1, Notice("page.respond"), "sms:0:84905000555", None, False, attempts=6)
    refused = DeliveryError("unreachable", permanent=False)
    assert is_given_up(sending, refused)
    assert not is_given_up(sending, DeliveryError("limited", permanent=False))
    assert not is_given_up(replace(sending, attempts=5), refused)
    assert not is_given_up(replace(sending, another=True), refused)


def test_apprise_says_nothing_to_anybody(caplog: pytest.LogCaptureFixture) -> None:
    loaded()
    logging.getLogger("apprise").warning("nothing of %s", WORD)
    logging.getLogger("urllib3.connectionpool").warning("nothing of %s", WORD)
    assert WORD not in caplog.text
