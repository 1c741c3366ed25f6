"""What may befall a chat: accounts that go, groups that move or fall silent, topics, lost calls."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox.rig import Rig
from tests.sandbox.wire import Wire, button, keyboard

MUTED = "Bad Request: not enough rights to send text messages to the chat"
CLOSED = "Bad Request: TOPIC_CLOSED"
NO_TOPIC = "Bad Request: message thread not found"


async def texts(wire: Wire, chat: int) -> list[str]:
    told = (await wire.people(f"chats/{chat}/messages"))["messages"]
    return [message["text"] for message in told if message["from"]["is_bot"]]


async def said(wire: Wire, chat: int, **more: Any) -> str:
    """What the server says to a message of the bot; "" when it goes through."""
    body = await wire.call("sendMessage", chat_id=chat, text="x", **more)
    return str(body.get("description", ""))


async def test_an_account_that_is_gone(wire: Wire) -> None:
    person = await wire.person()
    await wire.people(f"people/{person}/deactivate", {})
    refused = await wire.refused("sendMessage", chat_id=person, text="x")
    assert refused == (403, "Forbidden: user is deactivated")
    await wire.people(f"people/{person}/say", {"text": "x"}, status=409)


async def test_a_group_that_lets_the_bot_say_nothing(wire: Wire) -> None:
    group = await wire.group(await wire.person())
    await wire.people(f"groups/{group}/mute", {})
    assert await said(wire, group) == MUTED
    assert await wire.hear() == [], "it is not told"
    await wire.people(f"groups/{group}/mute", {"on": False})
    assert await said(wire, group) == ""


async def test_a_group_becomes_a_supergroup(wire: Wire) -> None:
    person = await wire.person()
    group = await wire.group(person)
    asked = await wire.send(group, reply_markup=keyboard([button("Có", "a:1")]))
    new = await wire.people(f"groups/{group}/upgrade", {})
    assert (new["id"], new["title"]) == (-(10**12) + group, "Đội ứng cứu")
    assert (new["members"], new["bot"]) == ([person], "member")
    old_said, new_said = (update["message"] for update in await wire.hear())
    assert (old_said["chat"]["id"], old_said["migrate_to_chat_id"]) == (group, new["id"])
    assert (new_said["chat"]["type"], new_said["migrate_from_chat_id"]) == ("supergroup", group)
    body = await wire.call("sendMessage", chat_id=group, text="x")
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": new["id"]}
    assert await said(wire, new["id"]) == ""
    tap = {"chat": group, "message": asked["message_id"], "data": "a:1", "wait": 0}
    await wire.people(f"people/{person}/tap", tap)
    ((pressed),) = await wire.hear()
    assert pressed["callback_query"]["message"]["chat"]["id"] == group
    chats = (await wire.people("state"))["chats"]
    assert [chat["id"] for chat in chats if chat["id"] < 0] == [new["id"]]
    await wire.people(f"people/{person}/say", {"chat": group, "text": "/x"}, status=409)
    await wire.people(f"groups/{group}/upgrade", {}, status=409)
    await wire.people(f"groups/{new['id']}/kick", {})
    assert await said(wire, new["id"]) == "Forbidden: bot was kicked from the supergroup chat"


async def test_topics(wire: Wire) -> None:
    person = await wire.person()
    group = await wire.group(person)
    assert await said(wire, group, message_thread_id=7) == NO_TOPIC
    topic = (await wire.people(f"groups/{group}/topics", {"name": "Sự cố"}))["id"]
    (made,) = await wire.hear()
    assert made["message"]["message_thread_id"] == made["message"]["message_id"] == topic
    assert made["message"]["chat"]["is_forum"]
    sent = await wire.send(group, "trong chủ đề", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    assert "message_thread_id" not in await wire.send(group, "chung")
    await wire.say(person, "/gannhom", chat=group, topic=topic)
    ((heard),) = await wire.hear()
    assert heard["message"]["message_thread_id"] == topic
    told = (await wire.people(f"chats/{group}/messages"))["messages"]
    assert [message["topic"] for message in told][-3:] == [topic, None, topic]

    async def does(number: int, do: str, status: int | None = None) -> Any:
        body = {"topic": number, "do": do}
        return await wire.people(f"groups/{group}/topics", body, status=status)

    await does(topic, "close")
    assert await said(wire, group, message_thread_id=topic) == CLOSED
    say = {"chat": group, "text": "/x", "topic": topic}
    await wire.people(f"people/{person}/say", say, status=409)
    await does(1, "close")
    assert await said(wire, group) == CLOSED
    await does(topic, "reopen")
    assert await said(wire, group, message_thread_id=topic) == ""
    await does(topic, "delete")
    assert await said(wire, group, message_thread_id=topic) == NO_TOPIC
    assert "trong chủ đề" not in await texts(wire, group)
    await does(1, "delete", status=409)
    await does(1, "burn", status=400)
    await does(topic, "close", status=404)


async def test_a_message_that_somebody_deletes(wire: Wire) -> None:
    person = await wire.person()
    sent = (await wire.send(person))["message_id"]
    await wire.people(f"chats/{person}/delete", {"message": sent})
    refused = await wire.refused("editMessageText", chat_id=person, message_id=sent, text="y")
    assert refused == (400, "Bad Request: message to edit not found")
    await wire.people(f"chats/{person}/delete", {"message": sent}, status=404)


async def test_a_call_that_is_lost_was_not_executed(wire: Wire) -> None:
    person = await wire.person()
    await wire.people("faults", {"method": "sendMessage", "lose": True})
    with pytest.raises(aiohttp.ClientConnectionError):
        await wire.send(person, "x")
    assert await texts(wire, person) == []


async def test_each_different_call_goes_wrong_once(wire: Wire) -> None:
    person = await wire.person()
    await wire.people("faults", {"method": "sendMessage", "each": True, "status": 502})
    for text in ("một", "hai"):
        assert await wire.refused("sendMessage", chat_id=person, text=text) == (502, "Bad Gateway")
        await wire.send(person, text)
    assert await texts(wire, person) == ["một", "hai"]


async def test_a_fault_for_one_chat_and_for_html(wire: Wire) -> None:
    one, other = await wire.person(), await wire.person()
    sentence = "Bad Request: can't parse entities: on order"
    fault = {"method": "sendMessage", "chat": one, "html": True, "times": 9, "status": 400}
    await wire.people("faults", {**fault, "description": sentence})
    await wire.send(other, parse_mode="HTML")
    await wire.send(one)
    assert await said(wire, one, parse_mode="HTML") == sentence


async def test_updates_are_held_back_doubled_and_mixed(wire: Wire) -> None:
    people = [await wire.person(name) for name in ("Lan", "Minh", "Hùng")]
    await wire.people("rig", {"hold": True, "twice": True, "shuffle": 3})
    for word in ("một", "hai"):
        for person in people:
            await wire.say(person, word)
    assert await wire.updates() == []
    await wire.people("rig", {"hold": False})
    found = [update["message"] for update in await wire.updates()]
    assert len(found) == 12
    for person in people:
        own = [message["text"] for message in found if message["from"]["id"] == person]
        assert sorted(own) == ["hai", "hai", "một", "một"]
        assert own.index("một") < own.index("hai"), "what one person does stays in order"
    assert [message["from"]["id"] for message in found] != sorted(
        message["from"]["id"] for message in found
    )


def test_a_rig_that_is_not_set_changes_nothing() -> None:
    waiting = [{"update_id": n, "message": {"from": {"id": n % 2}}} for n in range(4)]
    assert Rig().arranged(waiting) == waiting
    assert Rig(shuffle=5).arranged(waiting) == Rig(shuffle=5).arranged(waiting)
    assert Rig(twice=True).arranged(waiting[:1]) == waiting[:1] * 2
