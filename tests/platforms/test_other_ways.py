"""The gateways of a deployment: what is refused at start, and what is said when one fails."""

import asyncio
import logging
import time

import pytest

from bot.environment import BadSettings, load_settings
from bot.gateways import fault, gateways, loaded
from bot.platforms import other_ways
from bot.platforms.bot_api import DeliveryError
from bot.platforms.other_ways import OtherWays
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


def test_apprise_says_nothing_to_anybody(caplog: pytest.LogCaptureFixture) -> None:
    loaded()
    logging.getLogger("apprise").warning("nothing of %s", WORD)
    logging.getLogger("urllib3.connectionpool").warning("nothing of %s", WORD)
    assert WORD not in caplog.text
