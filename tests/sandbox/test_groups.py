"""Groups: what the bot sees of them, who comes and goes, the bot thrown out and invited again."""

from typing import Any

import pytest

from tests.sandbox.wire import BOT, Wire


def statuses(update: dict[str, Any]) -> tuple[str, str]:
    moved = update["my_chat_member"]
    return moved["old_chat_member"]["status"], moved["new_chat_member"]["status"]


async def test_a_new_group_is_told_to_the_bot(wire: Wire) -> None:
    person = await wire.person()
    group = await wire.people("groups", {"title": "Đội", "members": [person], "id": -5}, status=201)
    named = {"id": -5, "title": "Đội", "members": [person], "bot": "member"}
    assert group == {**named, "network": "telegram", "zalo_id": None}
    joined, created = await wire.hear()
    assert statuses(joined) == ("left", "member")
    assert joined["my_chat_member"]["chat"] == {"id": -5, "type": "group", "title": "Đội"}
    assert created["message"]["group_chat_created"]
    again = {"title": "Đội ứng cứu", "members": [person], "id": -5}
    assert (await wire.people("groups", again, status=200))["title"] == "Đội ứng cứu"
    assert await wire.updates() == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("tình hình thế nào", False),
        ("/tinhhinh", True),
        (f"/tinhhinh@{BOT} 12", True),
        ("/tinhhinh@other_bot", False),
        (f"@{BOT} tình hình", True),
        ("@Trucban_Bot ơi", True),
        ("@other_bot ơi", False),
        ("ngày 21/11", False),
    ],
)
async def test_privacy_mode(wire: Wire, text: str, seen: bool) -> None:
    person = await wire.person()
    group = await wire.group(person)
    await wire.say(person, text, chat=group)
    assert [u["message"]["text"] for u in await wire.updates()] == ([text] if seen else [])


async def test_a_reply_to_the_bot_is_seen(wire: Wire) -> None:
    person = await wire.person()
    group = await wire.group(person)
    sent = await wire.send(group, "Ai tiếp nhận?")
    said = await wire.say(person, "để tôi", chat=group, reply_to=sent["message_id"])
    await wire.say(person, "với", chat=group, reply_to=said["id"])
    (update,) = await wire.updates()
    assert update["message"]["reply_to_message"]["message_id"] == sent["message_id"]


async def test_only_members_write_and_the_kicked_bot_hears_nothing(wire: Wire) -> None:
    person, other = await wire.person(), await wire.person("Anh Nam")
    group = await wire.group(person)
    outside = {"chat": group, "text": "/x"}
    await wire.people(f"people/{other}/say", outside, status=403)
    await wire.people(f"groups/{group}/members", {"add": [other]})
    (update,) = await wire.hear()
    assert [user["id"] for user in update["message"]["new_chat_members"]] == [other]
    assert "caption" not in update["message"]
    await wire.say(other, "/x", chat=group)
    await wire.hear()
    await wire.people(f"groups/{group}/kick", {"by": other})
    (update,) = await wire.hear()
    assert statuses(update) == ("member", "kicked")
    assert update["my_chat_member"]["from"]["id"] == other
    await wire.people(f"groups/{group}/kick", {"by": other})
    await wire.people(f"people/{other}/say", outside)
    assert await wire.updates() == []
    await wire.people(f"groups/{group}/invite", {})
    moved, service = await wire.hear()
    assert statuses(moved) == ("kicked", "member")
    assert service["message"]["new_chat_members"][0]["id"] == 42


async def test_who_leaves(wire: Wire) -> None:
    person, other = await wire.person(), await wire.person("Anh Nam")
    group = await wire.group(person, other)
    left = await wire.people(f"groups/{group}/members", {"remove": [other]})
    assert left["members"] == [person]
    (update,) = await wire.hear()
    assert update["message"]["left_chat_member"]["id"] == other
    await wire.people(f"groups/{group}/members", {"remove": [person]}, status=409)


async def test_a_call_that_fails_half_way_has_done_nothing(wire: Wire) -> None:
    person, other = await wire.person(), await wire.person("Anh Nam")
    group = await wire.group(person)
    before = await wire.people("state")
    await wire.people(f"groups/{group}/members", {"add": [other], "remove": [9]}, status=404)
    after = await wire.people("state")
    assert (after["chats"], after["event"]) == (before["chats"], before["event"])
    assert await wire.updates() == []


async def test_everybody_has_his_own_unread_count(wire: Wire) -> None:
    person, other = await wire.person(), await wire.person("Anh Nam")
    group = await wire.group(person, other)
    await wire.send(group, "Sự cố số 12")
    await wire.people(f"people/{other}/read", {"chat": group})
    chats = {chat["id"]: chat for chat in (await wire.people("state"))["chats"]}
    assert chats[group]["unread"] == {str(person): 1, str(other): 0}
