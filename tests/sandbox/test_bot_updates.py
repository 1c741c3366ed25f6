"""getUpdates: order, confirmation, waiting, the second poller; and what else the bot may call."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.wire import TOKEN, Wire


async def test_an_offset_confirms(wire: Wire) -> None:
    person = await wire.person()
    for text in ("một", "hai", "ba"):
        await wire.say(person, text)
    first, second, third = await wire.updates()
    assert first["update_id"] < second["update_id"] < third["update_id"]
    assert [u["message"]["text"] for u in await wire.updates(limit=2)] == ["một", "hai"]
    left = await wire.updates(offset=third["update_id"])
    assert [u["message"]["text"] for u in left] == ["ba"]
    assert [u["message"]["text"] for u in await wire.updates(offset=0)] == ["ba"]


async def test_a_negative_offset_keeps_the_last(wire: Wire) -> None:
    person = await wire.person()
    for text in ("một", "hai", "ba"):
        await wire.say(person, text)
    assert [u["message"]["text"] for u in await wire.updates(offset=-1)] == ["ba"]
    assert len(await wire.updates()) == 1


async def test_at_most_a_hundred(wire: Wire) -> None:
    person = await wire.person()
    for number in range(101):
        await wire.say(person, str(number))
    assert len(await wire.updates(limit=500)) == 100
    assert len(await wire.updates(limit=0)) == 1


async def test_a_poll_waits_for_what_comes(wire: Wire) -> None:
    person = await wire.person()
    poll = asyncio.create_task(wire.updates(timeout=50))
    await wire.people("state")
    assert not poll.done()
    await wire.say(person, "Có đây")
    (update,) = await poll
    assert update["message"]["text"] == "Có đây"


async def test_the_older_poller_is_told_of_the_newer(wire: Wire) -> None:
    person = await wire.person()
    polls = {asyncio.create_task(wire.call("getUpdates", timeout=50)) for _ in range(2)}
    (ended,), (waiting,) = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
    told = await ended
    assert told["error_code"] == 409
    assert told["description"].startswith("Conflict: terminated by other getUpdates request")
    await wire.say(person, "x")
    assert len((await waiting)["result"]) == 1


async def test_updates_are_kept_for_a_day(wire: Wire) -> None:
    person = await wire.person()
    await wire.say(person, "hôm qua")
    await wire.people("clock/push", {"seconds": 24 * 3600 - 60})
    assert len(await wire.updates()) == 1
    await wire.people("clock/push", {"seconds": 120})
    assert await wire.updates() == []


async def test_only_the_kinds_that_were_asked_for(wire: Wire) -> None:
    person = await wire.person()
    await wire.updates(allowed_updates=["my_chat_member"])
    await wire.say(person, "không cần")
    await wire.people(f"people/{person}/block", {})
    (update,) = await wire.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert (await wire.ok("getWebhookInfo"))["allowed_updates"] == ["my_chat_member"]


async def test_while_no_webhook_is_set(wire: Wire) -> None:
    person = await wire.person()
    await wire.say(person, "x")
    info = await wire.ok("getWebhookInfo")
    assert info == {"url": "", "has_custom_certificate": False, "pending_update_count": 1}
    assert await wire.ok("deleteWebhook")
    assert len(await wire.updates()) == 1
    assert await wire.ok("deleteWebhook", drop_pending_updates=True)
    assert await wire.updates() == []


async def test_who_the_bot_is(wire: Wire) -> None:
    me = await wire.ok("getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (42, True, "trucban_bot")
    assert not me["can_read_all_group_messages"]
    assert await wire.ok("GETME") == me


@pytest.mark.parametrize("method", ["sendPhoto", "logOut", "", "getMe/x"])
async def test_there_are_no_other_methods(wire: Wire, method: str) -> None:
    body = await wire.call(method)
    assert body == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_a_wrong_token(wire: Wire) -> None:
    async with wire.http.post("/bot42:other/getMe") as answer:
        assert answer.status == 401
        assert (await answer.json())["description"] == "Unauthorized"
    async with wire.http.post(f"/bot{TOKEN}/getMe") as answer:
        assert answer.status == 200


async def test_menus_by_scope_and_language(wire: Wire) -> None:
    person = await wire.person()
    other = await wire.person("Anh Nam")
    wide = [{"command": "baosuco", "description": "Báo sự cố"}]
    own = [{"command": "tinhhinh", "description": "Tình hình"}]
    scope = {"type": "chat", "chat_id": person}
    await wire.ok("setMyCommands", commands=wide, language_code="vi")
    await wire.ok("setMyCommands", commands=own, scope=scope)
    assert await wire.ok("getMyCommands") == []
    assert await wire.ok("getMyCommands", language_code="vi") == wide
    assert await wire.ok("getMyCommands", scope=scope) == own
    people = {p["id"]: p for p in (await wire.people("state"))["people"]}
    assert people[person]["commands"] == own
    assert people[other]["commands"] == wide


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"commands": [{"command": "/Bao", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            {"commands": [{"command": "a", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "VN"}, "LANG_CODE_INVALID"),
        ({"commands": [], "scope": {"type": "nowhere"}}, "can't parse BotCommandScope: unsup"),
        ({"commands": [], "scope": {"type": "chat"}}, "can't parse BotCommandScope: chat_id"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 9}}, "chat not found"),
    ],
)
async def test_menus_that_are_refused(wire: Wire, arguments: dict[str, Any], said: str) -> None:
    code, description = await wire.refused("setMyCommands", **arguments)
    assert code == 400
    assert description.startswith(f"Bad Request: {said}")
