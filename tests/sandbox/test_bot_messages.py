"""sendMessage and editMessageText: what they do, and each thing that they refuse."""

from typing import Any

import pytest

from tests.sandbox.wire import Wire, button, keyboard


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "a" * 5_000_000}, "message is too long"),
        ({"text": "\ud83d"}, "strings must be encoded in UTF-8"),
        ({"chat_id": 99}, "chat not found"),
        ({"chat_id": 2**70}, 'field "chat_id" must be of type'),
        ({"chat_id": "@nobody"}, "chat not found"),
        ({"parse_mode": "XML"}, "unsupported parse_mode"),
        ({"parse_mode": "MarkdownV2"}, "the sandbox reads parse_mode HTML only"),
        ({"text": "<b>a", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"entities": [{"type": "bold", "offset": 0, "length": 99}]}, "entity beyond the end"),
        ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"reply_markup": keyboard([button("a", "x" * 65)])}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keyboard([button("a", "ậ" * 22)])}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keyboard([button("a", "")])}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keyboard([button(" ", "x")])}, "keyboard button text must be non-empty"),
        ({"reply_markup": keyboard(*[[button("a", "x")]] * 101)}, "reply markup is too long"),
        ({"reply_markup": keyboard([{"text": "a"}])}, "can't parse inline keyboard button: Text"),
        (
            {
                "reply_markup": keyboard(
                    [{"text": "a", "url": "https://a.vn", "callback_data": "x"}]
                )
            },
            "can't parse inline keyboard button: exactly one",
        ),
        (
            {"reply_markup": keyboard([{"text": "a", "url": "http://[x"}])},
            "inline keyboard button URL 'http://[x' is invalid",
        ),
        (
            {"reply_markup": keyboard([button("a", "x") | {"style": "pink"}])},
            "can't parse keyboard button: unknown button style",
        ),
        (
            {"reply_markup": keyboard([{"text": "a", "copy_text": {"text": ""}}])},
            "BUTTON_COPY_TEXT_INVALID",
        ),
        ({"reply_markup": {"nonsense": 1}}, "can't parse reply markup: unknown kind"),
    ],
)
async def test_what_is_not_sent(wire: Wire, arguments: dict[str, Any], said: str) -> None:
    person = await wire.person()
    given = {"chat_id": person, "text": "x", **arguments}
    code, description = await wire.refused("sendMessage", **given)
    assert code == 400
    assert description.startswith(f"Bad Request: {said}")
    assert len((await wire.people(f"chats/{person}/messages"))["messages"]) == 1


async def test_just_within_the_limits(wire: Wire) -> None:
    person = await wire.person()
    markup = keyboard(*[[button("a", "x" * 64)]] * 100)
    sent = await wire.send(person, f"<b>{'ậ' * 4096}</b>", parse_mode="HTML", reply_markup=markup)
    assert len(sent["text"]) == 4096


async def test_what_is_sent_is_told_to_both_sides(wire: Wire) -> None:
    person = await wire.person("Cô Hạnh", username="hanh")
    asked = await wire.say(person, "Giúp với")
    markup = keyboard([button("Có", "a:1"), {"text": "Trang", "url": "https://a.vn"}])
    sent = await wire.send(
        person,
        reply_markup=markup,
        disable_notification=True,
        protect_content=True,
        reply_parameters={"message_id": asked["id"]},
        link_preview_options={"is_disabled": True},
    )
    assert sent["chat"] == {
        "id": person,
        "type": "private",
        "first_name": "Cô Hạnh",
        "username": "hanh",
    }
    assert sent["from"]["is_bot"]
    assert sent["reply_markup"] == markup
    assert sent["has_protected_content"]
    assert sent["reply_to_message"]["text"] == "Giúp với"
    (*_, seen) = (await wire.people(f"chats/{person}/messages"))["messages"]
    assert seen["text"] == "Xin chào"
    assert (seen["silent"], seen["protected"], seen["edited"]) == (True, True, False)
    assert seen["buttons"] == [
        [{"label": "Có", "data": "a:1"}, {"label": "Trang", "url": "https://a.vn"}]
    ]


async def test_a_reply_may_go_without_what_it_answers(wire: Wire) -> None:
    person = await wire.person()
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await wire.send(person, reply_parameters=reply)


async def test_a_keyboard_under_the_field_comes_and_goes(wire: Wire) -> None:
    person = await wire.person()
    await wire.send(person, reply_markup={"keyboard": [["Báo sự cố", {"text": "Tình hình"}]]})
    await wire.send(person, reply_markup={"remove_keyboard": True})
    await wire.send(person, reply_markup={"force_reply": True})
    told = (await wire.people(f"chats/{person}/messages"))["messages"][1:]
    keyboards = [message["reply_keyboard"] for message in told]
    assert keyboards == [[["Báo sự cố", "Tình hình"]], [], None]


async def test_an_edit_changes_the_message_in_place(wire: Wire) -> None:
    person = await wire.person()
    sent = await wire.send(person, reply_markup=keyboard([button("Có", "a:1")]))
    edited = await wire.ok(
        "editMessageText", chat_id=person, message_id=sent["message_id"], text="Đã ghi nhận"
    )
    assert edited["text"] == "Đã ghi nhận"
    assert edited["edit_date"] >= sent["date"]
    assert "reply_markup" not in edited
    (*_, seen) = (await wire.people(f"chats/{person}/messages"))["messages"]
    assert (seen["text"], seen["edited"], seen["edits"]) == ("Đã ghi nhận", True, 1)
    assert seen["buttons"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "message is not modified: specified new message content and reply markup are"),
        ({"text": "  Xin chào  "}, "message is not modified"),
        ({"message_id": 99, "text": "y"}, "message to edit not found"),
        ({"message_id": None}, "message identifier is not specified"),
        ({"chat_id": None}, "chat_id is empty"),
        ({"chat_id": 98}, "chat not found"),
        ({"text": ""}, "message text is empty"),
        ({"text": "a" * 4097}, "MESSAGE_TOO_LONG"),
        ({"reply_markup": {"keyboard": [["a"]]}}, "can't parse InlineKeyboardMarkup"),
        ({"reply_markup": keyboard([button("a", "x" * 65)])}, "BUTTON_DATA_INVALID"),
    ],
)
async def test_what_is_not_edited(wire: Wire, arguments: dict[str, Any], said: str) -> None:
    person = await wire.person()
    sent = await wire.send(person)
    given = {"chat_id": person, "message_id": sent["message_id"], "text": "Xin chào", **arguments}
    code, description = await wire.refused("editMessageText", **given)
    assert code == 400
    assert description.startswith(f"Bad Request: {said}")


async def test_an_edit_of_the_keyboard_alone_is_a_change(wire: Wire) -> None:
    person = await wire.person()
    sent = await wire.send(person)
    given = {"chat_id": person, "message_id": sent["message_id"], "text": "Xin chào"}
    await wire.ok("editMessageText", **given, reply_markup=keyboard([button("Có", "a:1")]))
    await wire.ok("editMessageText", **given, reply_markup=keyboard([button("Có", "a:2")]))
    await wire.ok("editMessageText", **given, reply_markup=keyboard())


async def test_a_persons_message_cannot_be_edited(wire: Wire) -> None:
    person = await wire.person()
    said = await wire.say(person, "x")
    refused = await wire.refused("editMessageText", chat_id=person, message_id=said["id"], text="y")
    assert refused == (400, "Bad Request: message can't be edited")


async def test_who_does_not_want_the_bot(wire: Wire) -> None:
    stranger = (await wire.people("people", {"name": "Người lạ"}))["id"]
    refused = await wire.refused("sendMessage", chat_id=stranger, text="x")
    assert refused == (403, "Forbidden: bot can't initiate conversation with a user")
    person = await wire.person()
    sent = await wire.send(person)
    await wire.people(f"people/{person}/block", {})
    blocked = (403, "Forbidden: bot was blocked by the user")
    assert await wire.refused("sendMessage", chat_id=person, text="x") == blocked
    edit = {"chat_id": person, "message_id": sent["message_id"], "text": "y"}
    assert await wire.refused("editMessageText", **edit) == blocked
    await wire.people(f"people/{person}/unblock", {})
    await wire.send(person)
    group = await wire.group(person)
    await wire.people(f"groups/{group}/kick", {})
    kicked = (403, "Forbidden: bot was kicked from the group chat")
    assert await wire.refused("sendMessage", chat_id=group, text="x") == kicked
    away = await wire.group(person, with_bot=False)
    refused = await wire.refused("sendMessage", chat_id=away, text="x")
    assert refused == (403, "Forbidden: bot is not a member of the group chat")
