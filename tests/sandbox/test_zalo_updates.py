"""What the Zalo bot hears: one event a poll, never twice, and what is lost when nobody polls."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.wire import TOKEN, ZALO_TOKEN, Wire
from tests.sandbox.zalo import HEX, Zalo


async def lost(wire: Wire, person: dict[str, Any], number: int) -> bool:
    shown = await wire.people(f"chats/{person['id']}/messages")
    return next(bool(m["lost"]) for m in shown["messages"] if m["id"] == number)


async def test_an_event_as_zalo_writes_it(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person("Lan")
    said = await wire.say(lan["id"], "Xin chào")
    event = await zalo.event()
    message = event["message"]
    assert re.fullmatch(HEX, message.pop("message_id"))
    date = message.pop("date")
    assert (isinstance(date, int), date // 1000) == (True, said["date"])
    assert event == {
        "event_name": "message.text.received",
        "message": {
            "from": {"id": lan["zalo_id"], "display_name": "Lan", "is_bot": False},
            "chat": {"id": lan["zalo_id"], "chat_type": "PRIVATE"},
            "text": "Xin chào",
        },
    }


async def test_one_event_a_poll_and_never_again(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    for text in ("một", "hai", "ba"):
        await wire.say(lan["id"], text)
    assert [await zalo.text() for _ in range(4)] == ["một", "hai", "ba", None]


async def test_an_empty_poll_is_408_with_a_body(zalo: Zalo) -> None:
    empty = {"ok": False, "error_code": 408, "description": "Request timeout"}
    assert await zalo.call("getUpdates", timeout=0) == (408, empty)
    assert await zalo.call("getUpdates", timeout="0") == (408, empty), "Zalo's examples quote it"
    for timeout in (-1, "x", True, 1.5):
        assert (await zalo.refused("getUpdates", timeout=timeout))[0] == 400


async def test_a_poll_waits(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.stranger()
    poll = asyncio.create_task(zalo.event(20))
    while not (await wire.people("state"))["bots"]["zalo"]["listening"]:
        pass
    await wire.say(lan["id"], "chào")
    assert (await poll)["message"]["text"] == "chào"


@pytest.mark.parametrize(
    ("what", "name", "has"),
    [
        ({"photo": True, "caption": "Màn hình"}, "image", {"photo_url", "caption"}),
        ({"photo": True}, "image", {"photo_url"}),
        ({"sticker": "🙂"}, "sticker", {"sticker"}),
        ({"voice": True}, "voice", {"voice_url"}),
        ({"document": "nhat-ky.txt", "caption": "Nhật ký"}, "unsupported", set()),
    ],
)
async def test_what_is_no_text(
    zalo: Zalo, wire: Wire, what: dict[str, Any], name: str, has: set[str]
) -> None:
    lan = await zalo.person()
    await wire.people(f"people/{lan['id']}/say", what)
    event = await zalo.event()
    assert event["event_name"] == f"message.{name}.received"
    assert set(event["message"]) - {"from", "chat", "message_id", "date"} == has


async def test_a_picture_is_at_its_address(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    said = await wire.people(f"people/{lan['id']}/say", {"photo": True})
    url = (await zalo.event())["message"]["photo_url"]
    assert url.startswith(f"{wire.address}/zalo/media/")
    async with wire.http.get(url.removeprefix(wire.address)) as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")
        picture = await answer.read()
    assert picture.startswith(b"\x89PNG")
    async with wire.http.get(said["picture"]) as answer:
        assert await answer.read() == picture


async def test_what_is_written_while_nobody_polls_is_lost(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.stranger()
    after = (await wire.people("state"))["event"]
    said = await wire.say(lan["id"], "có ai không")
    assert said["lost"] is True
    async with wire.http.get(f"/sandbox/events?after={after}") as events:
        kinds = []
        async for line in events.content:
            if line.startswith(b"event:"):
                kinds.append(line.split()[1].decode())
            if kinds[-1:] == ["lost"]:
                break
    assert kinds == ["hello", "person", "message", "lost"]
    assert await zalo.event(0) is None
    assert (await zalo.ok("sendMessage", chat_id=lan["zalo_id"], text="có"))["message_id"], (
        "but Zalo knows that they have written"
    )


async def test_between_two_polls_nothing_is_lost_for_a_while(zalo: Zalo, wire: Wire) -> None:
    lan = await zalo.person()
    first = await wire.say(lan["id"], "giữa hai lần hỏi")
    assert first["lost"] is False
    assert await zalo.text() == "giữa hai lần hỏi"
    await wire.people("limits", {"zalo_poll_grace_seconds": 0.05})
    await zalo.listens()
    second = await wire.say(lan["id"], "không ai hỏi nữa")
    async with asyncio.timeout(10):
        while not await lost(wire, lan, second["id"]):
            pass
    assert await zalo.event(0) is None
    assert await lost(wire, lan, first["id"]) is False


async def test_stopping_ends_a_poll(sandbox: Sandbox, zalo: Zalo) -> None:
    poll = asyncio.create_task(zalo.call("getUpdates", timeout=60))
    await zalo.ok("getMe")
    async with asyncio.timeout(2):
        await sandbox.stop()
        assert (await poll)[0] == 408


async def test_whoever_watches_is_told_when_the_bot_begins_and_ceases_to_listen(
    zalo: Zalo, wire: Wire
) -> None:
    await wire.people("limits", {"zalo_poll_grace_seconds": 0.05})
    async with wire.http.get("/sandbox/events?after=0") as events:
        await zalo.listens()
        kind, told = b"", []
        async with asyncio.timeout(10):
            async for line in events.content:
                kind = line if line.startswith(b"event:") else kind
                if line.startswith(b"data:") and kind == b"event: bots\n":
                    told.append(json.loads(line[5:])["zalo"]["listening"])
                if len(told) == 2:
                    break
    assert told == [True, False]


async def test_a_webhook_and_polls_exclude_each_other(zalo: Zalo) -> None:
    poll = asyncio.create_task(zalo.refused("getUpdates", timeout=20))
    await zalo.ok("getMe")
    await zalo.ok("setWebhook", url="http://127.0.0.1:1/x", secret_token="s" * 8)
    assert (await poll)[0] == 400
    assert (await zalo.refused("getUpdates", timeout=0))[0] == 400


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("@Trực Ban nhận 12.3", True),
        ("nhờ @trực ban xem", True),
        ("@Tru\u031b\u0323c Ban nhận 12.3", True),
        ("@trucban_bot /gannhom", True),
        ("@Trực Bank nhận", False),
        ("Trực Ban đâu", False),
        ("/gannhom", False),
        ("tán gẫu", False),
    ],
)
async def test_of_a_group_only_what_names_the_bot(
    zalo: Zalo, wire: Wire, text: str, heard: bool
) -> None:
    lan = await zalo.person()
    group = await zalo.group(lan)
    said = await wire.say(lan["id"], text, chat=group["id"])
    event = await zalo.event(0)
    assert (event is not None, said["lost"]) == (heard, False)
    if event:
        assert event["message"]["text"] == text
        assert event["message"]["chat"] == {"id": group["zalo_id"], "chat_type": "GROUP"}
        assert set(event["message"]) == {"from", "chat", "message_id", "date", "text"}


async def test_of_a_group_replies_to_the_bot_too(zalo: Zalo, wire: Wire) -> None:
    lan, minh = await zalo.person(), await zalo.person("Anh Minh")
    group = await zalo.group(lan)
    to_group = {"chat_id": group["zalo_id"], "text": "Sự cố số 12"}
    await zalo.ok("sendMessage", **to_group)
    shown = (await wire.people(f"chats/{group['id']}/messages"))["messages"]
    await wire.say(lan["id"], "nhận 12.3", chat=group["id"], reply_to=shown[-1]["id"])
    event = await zalo.event(0)
    assert event["message"]["text"] == "nhận 12.3"
    assert "reply" not in str(event)
    mine = await wire.say(lan["id"], "tán gẫu", chat=group["id"])
    await wire.say(lan["id"], "thế à", chat=group["id"], reply_to=mine["id"])
    await wire.people(f"groups/{group['id']}/members", {"add": [minh["id"]]})
    await wire.people(f"groups/{group['id']}/kick", {})
    await wire.say(lan["id"], "@Trực Ban đâu", chat=group["id"])
    assert await zalo.event(0) is None, "nothing of who comes and goes, nothing once it is out"
    assert (await zalo.refused("sendMessage", **to_group)) == (
        400,
        "Bad request: the bot is not a member of this group",
    )
    assert await wire.updates() == []


async def test_groups_are_of_one_network(zalo: Zalo, wire: Wire) -> None:
    lan, hanh = await zalo.person(), await wire.person()
    for members, network in (([lan["id"]], "telegram"), ([hanh, lan["id"]], "zalo")):
        body = {"title": "x", "members": members, "network": network}
        assert (await wire.people("groups", body, status=409))["field"] == "members"
    group = await wire.people("groups", {"title": "x", "members": [lan["id"]]})
    assert group["network"] == "zalo", "its founder's"
    path = f"groups/{group['id']}"
    assert (await wire.people(f"{path}/members", {"add": [hanh]}, status=409))["field"] == "add"
    assert (await wire.people(f"{path}/upgrade", {}, status=409))["field"] == "id"
    assert (await wire.people(f"{path}/topics", {"name": "x"}, status=409))["field"] == "id"


async def test_what_waits_survives_a_restart(world_file: Path) -> None:
    first = Sandbox(world_file, TOKEN, zalo_token=ZALO_TOKEN)
    await first.start()
    async with Wire(first.address) as wire:
        lan = await Zalo(wire).person()
        await wire.say(lan["id"], "trước khi tắt")
    await first.stop()
    second = Sandbox(world_file, TOKEN, zalo_token=ZALO_TOKEN)
    await second.start()
    async with Wire(second.address) as wire:
        zalo = Zalo(wire)
        assert (await wire.people("state"))["people"][0]["zalo_id"] == lan["zalo_id"]
        assert await zalo.text() == "trước khi tắt"
        assert await zalo.ok("sendMessage", chat_id=lan["zalo_id"], text="x")
    await second.stop()


async def test_the_rig_twice_held_and_shuffled(zalo: Zalo, wire: Wire) -> None:
    people = [await zalo.person(name) for name in ("Lan", "Minh", "Hoa")]
    told = await wire.people("rig", {"network": "zalo", "twice": True, "hold": True, "shuffle": 3})
    assert told == {"network": "zalo", "twice": True, "hold": True, "shuffle": 3}
    assert (await wire.people("rig"))["hold"] is False, "Telegram's is another one"
    for number in (1, 2):
        for person in people:
            await wire.say(person["id"], f"{person['name']} {number}")
    assert await zalo.event(0) is None
    await wire.people("rig", {"network": "zalo", "hold": False})
    heard = [await zalo.text() for _ in range(12)]
    assert await zalo.event(0) is None
    for person in people:
        one, two = f"{person['name']} 1", f"{person['name']} 2"
        assert (heard.count(one), heard.count(two)) == (2, 2)
        assert heard.index(one) < heard.index(two)
    in_turn = [f"{p['name']} {n}" for n in (1, 2) for p in people for _ in (1, 2)]
    assert heard != in_turn
