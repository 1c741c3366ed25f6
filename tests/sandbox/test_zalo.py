"""Zalo's wire as a stranger meets it: the envelope, the methods, what is refused, the quota."""

import re
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.wire import TOKEN, ZALO_TOKEN, Wire
from tests.sandbox.zalo import HEX, Zalo

STRANGE = (400, "Bad request: user has not interacted with the bot")


async def test_who_the_bot_is(zalo: Zalo) -> None:
    assert await zalo.ok("getMe") == {
        "id": "77",
        "account_name": "Trực Ban",
        "account_type": "BASIC",
        "can_join_groups": True,
    }
    assert (await zalo.post("getMe", b""))[1]["ok"], "no body is no arguments"


async def test_a_wrong_token_comes_with_status_200(wire: Wire) -> None:
    refusal = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    for token in ("77:other", TOKEN, ""):
        assert await Zalo(wire, token).call("getMe") == (200, refusal)


async def test_what_is_not_there(zalo: Zalo, wire: Wire) -> None:
    refusal = {"ok": False, "error_code": 404, "description": "Not found"}
    for method in ("editMessageText", "answerCallbackQuery", "getFile", "getme", "x/y", ""):
        assert await zalo.call(method) == (404, refusal)
    async with wire.http.get(f"/zalo/bot{zalo.token}/getMe") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff"])
async def test_a_body_that_is_no_object(zalo: Zalo, body: bytes) -> None:
    status, said = await zalo.post("sendMessage", body)
    assert (status, said["error_code"]) == (200, 400)


async def test_a_message_is_told_in_zalos_ids_and_milliseconds(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    sent = await zalo.ok("sendMessage", chat_id=lan["zalo_id"], text="Xem https://a.vn nhé")
    assert re.fullmatch(HEX, sent["message_id"])
    shown = (await wire.people(f"chats/{lan['id']}/messages"))["messages"][-1]
    assert (shown["text"], shown["from"]["is_bot"]) == ("Xem https://a.vn nhé", True)
    assert [entity["type"] for entity in shown["entities"]] == ["url"]
    assert sent["date"] // 1000 == shown["date"]
    (call,) = (await wire.people("calls"))["calls"]
    assert (call["network"], call["method"], call["chat"]) == ("zalo", "sendMessage", lan["id"])
    assert (call["message"], call["ok"]) == (shown["id"], True)


async def test_how_long_a_text_may_be(zalo: Zalo) -> None:
    lan = (await zalo.person())["zalo_id"]
    assert await zalo.ok("sendMessage", chat_id=lan, text="ờ" * 2000)
    for text in ("ờ" * 2001, "", "  ", 7, None):
        code, _ = await zalo.refused("sendMessage", chat_id=lan, text=text)
        assert code == 400
    assert (await zalo.refused("sendMessage", text="x"))[0] == 400
    assert (await zalo.refused("sendMessage", chat_id="f" * 20, text="x"))[0] == 400


async def test_whom_the_bot_may_write_to(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.stranger()
    to_lan = {"chat_id": lan["zalo_id"], "text": "x"}
    assert await zalo.refused("sendMessage", **to_lan) == STRANGE
    await wire.say(lan["id"], "chào")
    assert await zalo.ok("sendMessage", **to_lan)
    await wire.people(f"people/{lan['id']}/block", {})
    assert await zalo.refused("sendMessage", **to_lan) == STRANGE
    await wire.people(f"people/{lan['id']}/unblock", {})
    assert await zalo.ok("sendMessage", **to_lan)
    await wire.people(f"people/{lan['id']}/deactivate", {})
    assert await zalo.refused("sendMessage", **to_lan) == STRANGE
    assert await wire.updates() == [], "Telegram's bot hears nothing of it"


async def test_the_networks_do_not_reach_each_other(zalo: Zalo, wire: Wire) -> None:
    lan, hanh = await zalo.person(), await wire.person()
    group = await zalo.group(lan)
    for chat in (lan["id"], group["id"]):
        assert await wire.refused("sendMessage", chat_id=chat, text="x") == (
            400,
            "Bad Request: chat not found",
        )
    assert (await zalo.refused("sendMessage", chat_id=str(hanh), text="x"))[0] == 400
    assert await zalo.event(0) is None


async def test_pictures_stickers_and_signs_of_typing(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    place = {"chat_id": lan["zalo_id"]}
    for photo in ("https://trucban.vn/a.png", "http://127.0.0.1:1/a.png"):
        sent = await zalo.ok("sendPhoto", **place, photo=photo, caption="Sơ đồ")
        assert set(sent) == {"message_id", "date"}
        shown = (await wire.people(f"chats/{lan['id']}/messages"))["messages"][-1]
        assert (shown["kind"], shown["picture"], shown["text"]) == ("photo", photo, "Sơ đồ")
    for photo in ("http://trucban.vn/a.png", "a.png", "", "http://["):
        assert (await zalo.refused("sendPhoto", **place, photo=photo))[0] == 400
    assert set(await zalo.ok("sendSticker", **place, sticker="bfe458bf")) == {"message_id", "date"}
    assert await zalo.ok("sendChatAction", **place, action="typing") == {}
    assert (await zalo.refused("sendChatAction", **place, action="flying"))[0] == 400


async def just_before_a_month_ends(wire: Wire) -> None:
    """In Việt Nam, that is at 17:00 of UTC; at most five minutes before."""
    now = datetime.fromisoformat((await wire.people("state"))["clock"]["now"])
    first = now.replace(day=1, hour=0, minute=0, second=0)
    ends = (first + timedelta(days=32)).replace(day=1) - timedelta(hours=7)
    if ends - now < timedelta(minutes=3):
        ends = (first + timedelta(days=63)).replace(day=1) - timedelta(hours=7)
    seconds = int((ends - now).total_seconds()) - 60
    await wire.people("clock/push", {"seconds": min(seconds, 31 * 24 * 3600)})


async def test_the_months_quota(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    to_lan = {"chat_id": lan["zalo_id"], "text": "x"}
    await just_before_a_month_ends(wire)
    await wire.people("limits", {"zalo_month_quota": 2})
    assert (await zalo.refused("sendMessage", **{**to_lan, "text": ""}))[0] == 400
    await zalo.ok("sendMessage", **to_lan)
    await zalo.ok("sendMessage", **to_lan)
    assert await zalo.refused("sendMessage", **to_lan) == (429, "quota exceeded")
    await wire.people("limits", {"on": False})
    await zalo.ok("sendMessage", **to_lan)
    await wire.people("limits", {"on": True})
    assert (await zalo.refused("sendMessage", **to_lan))[0] == 429
    await wire.people("clock/push", {"minutes": 5})
    assert await zalo.ok("sendMessage", **to_lan), "another month"


async def test_on_zalo_nothing_is_tapped(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    await zalo.ok("sendMessage", chat_id=lan["zalo_id"], text="x")
    tap = {"message": 2, "data": "a:1", "stale": True}
    said = await wire.people(f"people/{lan['id']}/tap", tap, status=409)
    assert said["field"] == "message"


async def test_who_is_on_which_network(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.stranger(id=700000021)
    assert re.fullmatch(HEX, lan["zalo_id"])
    again = await wire.people("people", {"name": "Lan", "id": 700000021}, status=200)
    assert (again["network"], again["zalo_id"]) == ("zalo", lan["zalo_id"])
    moved = {"name": "Lan", "id": 700000021, "network": "telegram"}
    assert (await wire.people("people", moved, status=409))["field"] == "network"
    assert (await wire.people("people", {"name": "x", "network": "sms"}, status=400))["field"]
    assert (await wire.people("people", {"name": "x", "id": 77}, status=409))["field"] == "id"
    state = await wire.people("state")
    assert (state["chats"][0]["network"], state["chats"][0]["zalo_id"]) == ("zalo", lan["zalo_id"])
    bots = state["bots"]
    assert (bots["telegram"]["id"], bots["zalo"]["id"]) == (42, 77)
    assert bots["zalo"]["listening"] is False
    await zalo.listens()
    assert (await wire.people("state"))["bots"]["zalo"]["listening"] is True


async def test_the_file_of_an_older_sandbox_goes_on(world_file: Path) -> None:
    with sqlite3.connect(world_file) as old:
        old.executescript(
            "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, username TEXT UNIQUE,"
            " started INTEGER NOT NULL DEFAULT 0, blocked INTEGER NOT NULL DEFAULT 0);"
            "CREATE TABLE groups (id INTEGER PRIMARY KEY, title TEXT NOT NULL, bot_status TEXT);"
            "INSERT INTO people VALUES (101, 'Lan', NULL, 1, 0);"
            "INSERT INTO groups VALUES (-5, 'Đội', 'member')"
        )
    old.close()
    sandbox = Sandbox(world_file, TOKEN, zalo_token=ZALO_TOKEN)
    await sandbox.start()
    async with Wire(sandbox.address) as wire:
        (lan,) = (await wire.people("state"))["people"]
        assert (lan["name"], lan["network"]) == ("Lan", "telegram")
        await wire.send(101)
        await Zalo(wire).person()
    await sandbox.stop()


async def test_a_sandbox_without_zalo(world_file: Path) -> None:
    sandbox = Sandbox(world_file, TOKEN)
    await sandbox.start()
    async with Wire(sandbox.address) as wire:
        assert (await Zalo(wire, "").call("getMe"))[1]["error_code"] == 401
        somebody = {"name": "x", "network": "zalo"}
        assert (await wire.people("people", somebody, status=409))["field"] == "network"
        assert (await wire.people("state"))["bots"]["zalo"] is None
    await sandbox.stop()
    with pytest.raises(ValueError, match="token"):
        Sandbox(world_file, TOKEN, zalo_token="x")
