"""Driven by our own excerpt of the Bot API alone: each field missing, mistyped, not played."""

from typing import Any

import pytest

from bot.sandbox.fields import METHODS, TYPES, Field
from tests.sandbox.wire import Wire

FIELDS = [(method, name, field) for method, of in METHODS.items() for name, field in of.items()]
MISTYPED: dict[str, Any] = {
    "Integer": "three",
    "String": 7,
    "Boolean": "perhaps",
}


def right(field: Field) -> Any:
    """Some value of the field's type."""
    kind = field.types[0]
    if kind.startswith("Array of Array of "):
        return [[right(Field((kind.removeprefix("Array of Array of "),)))]]
    if kind.startswith("Array of "):
        return [right(Field((kind.removeprefix("Array of "),)))]
    if kind in TYPES:
        return {name: right(part) for name, part in TYPES[kind].items() if part.required}
    return {"Integer": 1, "String": "x", "Boolean": True}[kind]


def complete(method: str) -> dict[str, Any]:
    return {name: right(field) for name, field in METHODS[method].items() if field.required}


@pytest.mark.parametrize(("method", "name"), [(m, n) for m, n, f in FIELDS if f.required])
async def test_a_required_field_is_missed(wire: Wire, method: str, name: str) -> None:
    given = complete(method)
    del given[name]
    code, said = await wire.refused(method, **given)
    assert (code, said.partition(":")[0]) == (400, "Bad Request")


@pytest.mark.parametrize(("method", "name", "field"), [f for f in FIELDS if f[2].played])
async def test_a_mistyped_field_is_refused(
    wire: Wire, method: str, name: str, field: Field
) -> None:
    given = {"message_id": 1, **complete(method)}
    given[name] = MISTYPED.get(field.types[0], "{not json")
    code, said = await wire.refused(method, **given)
    expected = "chat not found" if name == "chat_id" else name.replace("_", " ")
    assert code == 400
    assert expected in said.replace("_", " ")


@pytest.mark.parametrize(("method", "name", "field"), [f for f in FIELDS if not f[2].played])
async def test_what_is_not_played_is_said(wire: Wire, method: str, name: str, field: Field) -> None:
    code, said = await wire.refused(method, **complete(method) | {name: right(field)})
    assert (code, said) == (400, f'Bad Request: the sandbox does not play the field "{name}"')


@pytest.mark.parametrize(
    ("kind", "name", "field"),
    [(k, n, f) for k, of in TYPES.items() for n, f in of.items() if f.played],
)
async def test_nested_fields_are_read_too(wire: Wire, kind: str, name: str, field: Field) -> None:
    holders = {
        "MessageEntity": ("sendMessage", "entities", lambda part: [part]),
        "LinkPreviewOptions": ("sendMessage", "link_preview_options", lambda part: part),
        "ReplyParameters": ("sendMessage", "reply_parameters", lambda part: part),
        "InlineKeyboardButton": (
            "sendMessage",
            "reply_markup",
            lambda part: {"inline_keyboard": [[part]]},
        ),
        "CopyTextButton": (
            "sendMessage",
            "reply_markup",
            lambda part: {"inline_keyboard": [[{"text": "x", "copy_text": part}]]},
        ),
        "KeyboardButton": ("sendMessage", "reply_markup", lambda part: {"keyboard": [[part]]}),
        "BotCommand": ("setMyCommands", "commands", lambda part: [part]),
        "BotCommandScope": ("getMyCommands", "scope", lambda part: part),
    }
    method, holder, wrapped = holders.get(kind, ("sendMessage", "reply_markup", lambda part: part))
    part = right(Field((kind,))) | {name: MISTYPED.get(field.types[0], "{not json")}
    if field.types == ("Integer", "String"):
        part[name] = 1.5
    code, said = await wire.refused(method, **complete(method) | {holder: wrapped(part)})
    assert code == 400
    assert "must be of type" in said or "object expected" in said


async def test_unknown_arguments_are_passed_over(wire: Wire) -> None:
    await wire.ok("getMe", nonsense=1)


async def test_forms_and_queries_carry_objects_as_text(wire: Wire) -> None:
    person = await wire.person()
    fields = {
        "chat_id": str(person),
        "text": "x",
        "disable_notification": "true",
        "reply_markup": '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}',
    }
    path = "/bot42:sandbox/sendMessage"
    async with wire.http.post(path, data=fields) as answer:
        assert (await answer.json())["result"]["reply_markup"]["inline_keyboard"]
    async with wire.http.get(path, params=fields) as answer:
        assert answer.status == 200
    async with wire.http.post(path, data=b"{", headers={"Content-Type": "application/json"}) as bad:
        assert bad.status == 400
