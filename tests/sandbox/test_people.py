"""People: join, write, send things, tap, read, block; and how a wrong call is told."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.wire import Wire, button, keyboard


async def test_joining_twice_is_joining_once(wire: Wire) -> None:
    body = {"name": "Cô Hạnh", "username": "hanh", "id": 700000123}
    first = await wire.people("people", body, status=201)
    again = await wire.people("people", body | {"name": "Lê Thị Hạnh"}, status=200)
    assert again == first | {"name": "Lê Thị Hạnh"}
    other = await wire.people("people", {"name": "Anh Nam"}, status=201)
    assert other["id"] > first["id"]
    assert [p["id"] for p in (await wire.people("state"))["people"]] == [700000123, other["id"]]


async def test_what_a_person_writes_reaches_the_bot(wire: Wire) -> None:
    person = (await wire.people("people", {"name": "Cô Hạnh"}))["id"]
    said = await wire.say(person, "/start MA-12")
    (update,) = await wire.updates()
    message = update["message"]
    assert message["message_id"] == said["id"]
    assert message["text"] == "/start MA-12"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {
        "id": person,
        "is_bot": False,
        "first_name": "Cô Hạnh",
        "language_code": "vi",
    }
    assert message["chat"]["type"] == "private"


@pytest.mark.parametrize(
    ("body", "field", "caption"),
    [
        ({"sticker": "👍"}, "sticker", None),
        ({"photo": True, "caption": "màn hình"}, "photo", "màn hình"),
        ({"document": "bao-cao.docx"}, "document", None),
    ],
)
async def test_other_things_than_words(
    wire: Wire, body: dict[str, Any], field: str, caption: str | None
) -> None:
    person = await wire.person()
    await wire.people(f"people/{person}/say", body, status=201)
    (update,) = await wire.updates()
    assert update["message"].get("caption") == caption
    assert "text" not in update["message"]
    thing = update["message"][field]
    assert (thing[0] if field == "photo" else thing)["file_id"]
    (*_, seen) = (await wire.people(f"chats/{person}/messages"))["messages"]
    assert seen["kind"] == field


async def test_a_tap_waits_for_the_answer(wire: Wire) -> None:
    person = await wire.person()
    sent = await wire.send(person, reply_markup=keyboard([button("Tôi nhận", "p:1")]))
    body = {"message": sent["message_id"], "label": "Tôi nhận"}
    tap = asyncio.create_task(wire.people(f"people/{person}/tap", body))
    (update,) = await wire.updates(timeout=10)
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"]) == ("p:1", person)
    assert query["message"]["message_id"] == sent["message_id"]
    assert not tap.done()
    answer = {"callback_query_id": query["id"], "text": "Đã ghi nhận", "show_alert": True}
    assert await wire.ok("answerCallbackQuery", **answer)
    assert await tap == {
        "query": query["id"],
        "answered": True,
        "text": "Đã ghi nhận",
        "show_alert": True,
    }


async def test_a_tap_that_nobody_answers(wire: Wire) -> None:
    person = await wire.person()
    sent = await wire.send(person, reply_markup=keyboard([button("Có", "a:1")]))
    body = {"message": sent["message_id"], "data": "a:1", "wait": 0}
    told = await wire.people(f"people/{person}/tap", body)
    assert (told["answered"], told["text"]) == (False, None)
    assert len(await wire.updates()) == 1


async def test_a_button_that_an_edit_took_away(wire: Wire) -> None:
    person = await wire.person()
    sent = await wire.send(person, reply_markup=keyboard([button("Có", "a:1")]))
    await wire.ok("editMessageText", chat_id=person, message_id=sent["message_id"], text="Xong")
    body = {"message": sent["message_id"], "data": "a:1", "wait": 0}
    refused = await wire.people(f"people/{person}/tap", body, status=409)
    assert refused["error"].startswith("Nút này không còn trên tin nhắn / this button")
    assert await wire.updates() == []
    await wire.people(f"people/{person}/tap", body | {"stale": True}, status=200)
    (update,) = await wire.updates()
    assert update["callback_query"]["data"] == "a:1"


async def test_a_button_that_opens_a_page(wire: Wire) -> None:
    person = await wire.person()
    markup = keyboard([{"text": "Mở", "url": "https://a.vn"}])
    sent = await wire.send(person, reply_markup=markup)
    body = {"message": sent["message_id"], "label": "Mở"}
    told = await wire.people(f"people/{person}/tap", body)
    assert (told["answered"], told["url"]) == (False, "https://a.vn")


@pytest.mark.parametrize("seconds", [61, 3600])
async def test_an_answer_that_comes_late(wire: Wire, seconds: int) -> None:
    person = await wire.person()
    sent = await wire.send(person, reply_markup=keyboard([button("Có", "a:1")]))
    body = {"message": sent["message_id"], "data": "a:1", "wait": 0}
    query = (await wire.people(f"people/{person}/tap", body))["query"]
    await wire.people("clock/push", {"seconds": seconds})
    late = (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    assert await wire.refused("answerCallbackQuery", callback_query_id=query) == late
    await wire.people("limits", {"callback_seconds": seconds + 10})
    assert await wire.ok("answerCallbackQuery", callback_query_id=query)
    assert await wire.refused("answerCallbackQuery", callback_query_id=query) == late
    assert await wire.refused("answerCallbackQuery", callback_query_id="5") == late


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": "a" * 201}, "MESSAGE_TOO_LONG"),
        ({"url": "https://elsewhere.vn"}, "URL_INVALID"),
    ],
)
async def test_answers_that_are_refused(wire: Wire, arguments: dict[str, Any], said: str) -> None:
    refused = await wire.refused("answerCallbackQuery", callback_query_id="1", **arguments)
    assert refused == (400, f"Bad Request: {said}")


async def test_unread_until_read(wire: Wire) -> None:
    person = await wire.person()
    await wire.send(person, "một")
    await wire.send(person, "hai")

    async def unread() -> int:
        (chat,) = (await wire.people("state"))["chats"]
        return int(chat["unread"][str(person)])

    assert await unread() == 2
    told = await wire.people(f"people/{person}/read", {})
    assert told == {"person": person, "chat": person, "unread": 0}
    assert await unread() == 0


async def test_blocking_is_told_once(wire: Wire) -> None:
    person = await wire.person()
    assert (await wire.people(f"people/{person}/block", {}))["blocked"]
    await wire.people(f"people/{person}/block", {})
    (update,) = await wire.hear()
    moved = update["my_chat_member"]
    assert (moved["old_chat_member"]["status"], moved["new_chat_member"]["status"]) == (
        "member",
        "kicked",
    )
    refused = await wire.people(f"people/{person}/say", {"text": "x"}, status=409)
    assert "đã chặn bot" in refused["error"]
    await wire.people(f"people/{person}/unblock", {})
    (update,) = await wire.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "member"
    await wire.say(person, "x")


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("people", {}, 400, "name"),
        ("people", {"name": 5}, 400, "name"),
        ("people", {"name": "x" * 65}, 400, "name"),
        ("people", {"name": "x", "id": "7"}, 400, "id"),
        ("people", {"name": "x", "id": 42}, 409, "id"),
        ("people", {"name": "x", "username": "có dấu"}, 400, "username"),
        ("people", {"name": "x", "username": "HANH"}, 409, "username"),
        ("people", {"name": "x", "nickname": "y"}, 400, "nickname"),
        ("people/x/say", {"text": "x"}, 400, "id"),
        ("people/9/say", {"text": "x"}, 404, "id"),
        ("people/99999999999999999999/say", {"text": "x"}, 400, "id"),
        ("people/700000001/say", {"text": "\ud83d"}, 400, "text"),
        ("people/700000001/say", {}, 400, "text"),
        ("people/700000001/say", {"text": "a" * 4097}, 400, "text"),
        ("people/700000001/say", {"text": "x", "sticker": "👍"}, 400, "sticker"),
        ("people/700000001/say", {"text": "x", "chat": -9}, 404, "chat"),
        ("people/700000001/say", {"text": "x", "chat": 700000002}, 403, "chat"),
        ("people/700000001/say", {"text": "x", "reply_to": 99}, 404, "reply_to"),
        ("people/700000001/tap", {"data": "x"}, 400, "message"),
        ("people/700000001/tap", {"message": 99, "data": "x"}, 404, "message"),
        ("people/700000001/tap", {"message": 1}, 400, "data"),
        ("people/700000001/tap", {"message": 1, "data": "x", "wait": 99}, 400, "wait"),
        ("people/700000001/tap", {"message": 1, "data": "x", "stale": 1}, 400, "stale"),
        ("groups", {"title": "x", "members": []}, 400, "members"),
        ("groups", {"title": "x", "members": "all"}, 400, "members"),
        ("groups", {"title": "x", "members": [9]}, 404, "members"),
        ("groups", {"title": "x", "members": [700000001], "id": 5}, 400, "id"),
        ("groups/-9/members", {"add": [700000001]}, 404, "id"),
        ("clock/push", {"minutes": 0}, 400, "minutes"),
        ("clock/push", {"seconds": 31 * 24 * 3600 + 1}, 400, "seconds"),
        ("clock/push", {}, 400, "minutes"),
        ("faults", {"method": "sendFax", "status": 500}, 400, "method"),
        ("faults", {"method": "sendMessage"}, 400, "status"),
        ("limits", {"bot_per_second": -1}, 400, "bot_per_second"),
    ],
)
async def test_a_wrong_call_is_told_its_field(
    wire: Wire, path: str, body: dict[str, Any], status: int, field: str
) -> None:
    await wire.person("Cô Hạnh", username="hanh")
    await wire.person("Anh Nam")
    refused = await wire.people(path, body, status=status)
    assert refused["field"] == field
    vietnamese, _, english = refused["error"].partition(" / ")
    assert vietnamese
    assert english


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff"])
async def test_a_body_that_is_no_json_object(wire: Wire, body: bytes) -> None:
    kind = {"Content-Type": "application/json"}
    async with wire.http.post("/sandbox/people", data=body, headers=kind) as answer:
        assert answer.status == 400
        assert (await answer.json())["field"] == "body"
