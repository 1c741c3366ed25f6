"""Reads a call's arguments by the fields as data. What a form sends as text becomes what it is."""

import json
from collections.abc import Mapping
from typing import Any

from bot.sandbox.fields import METHODS, TYPES, Field
from bot.sandbox.files import Upload
from bot.sandbox.refusals import BadRequest

TRUE, FALSE = {"true", "yes", "1"}, {"false", "no", "0"}
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "commands": 'can\'t parse BotCommand: parameter "commands" is required',
}
LARGEST = 2**62


def arguments(method: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The known arguments with their types. Unknown ones are passed over, as the real server does.

    BadRequest: one that is required is missing, or one is not of its type.
    """
    read: dict[str, Any] = {}
    for name, field in METHODS[method].items():
        value = given.get(name)
        if value is None or value == "":
            if field.required:
                raise BadRequest(MISSING.get(name, f'parameter "{name}" is required'))
            if value == "" and field.types == ("String",):
                read[name] = ""
            continue
        read[name] = _value(name, field, value, top=True)
    return read


def _value(name: str, field: Field, value: Any, *, top: bool = False) -> Any:
    if not field.played:
        raise BadRequest(f'the sandbox does not play the field "{name}"')
    if "InputFile" in field.types and isinstance(value, Upload):
        return value
    if "Integer" in field.types and (number := integer(value)) is not None:
        return number
    if "String" in field.types:
        return _string(name, value)
    if field.types == ("Integer",):
        raise BadRequest(f'field "{name}" must be of type Integer')
    if field.types == ("Boolean",):
        return _boolean(name, value)
    if top and isinstance(value, str):
        value = _parsed(name, value)
    return _nested(name, field.types, value)


def _string(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise BadRequest(f'field "{name}" must be of type String')
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise BadRequest("strings must be encoded in UTF-8")
    return value


def integer(value: Any) -> int | None:
    """The whole number that it is, as text or not; None: it is none, or out of all bounds."""
    if isinstance(value, str) and value.strip().lstrip("-").isascii():
        try:
            value = int(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int) or not -LARGEST <= value < LARGEST:
        return None
    return value


def _boolean(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    said = str(value).lower()
    if said in TRUE | FALSE:
        return said in TRUE
    raise BadRequest(f'field "{name}" must be of type Boolean')


def _parsed(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise BadRequest(f"can't parse {name} JSON object") from None


def _nested(name: str, types: tuple[str, ...], value: Any) -> Any:
    if types[0].startswith("Array of "):
        if not isinstance(value, list):
            raise BadRequest(f'field "{name}" must be of type Array')
        inner = Field((types[0].removeprefix("Array of "),))
        return [_value(name, inner, item) for item in value]
    if types == ("KeyboardButton",) and isinstance(value, str):
        return {"text": value}
    if not isinstance(value, dict):
        raise BadRequest(f"object expected as {name.replace('_', ' ')}")
    return _object(_kind(name, types, value), value)


def _kind(name: str, types: tuple[str, ...], value: dict[str, Any]) -> str:
    """Which of several types it is: the one whose required field is there."""
    for kind in types:
        required = [part for part, field in TYPES[kind].items() if field.required]
        if len(types) == 1 or all(part in value for part in required):
            return kind
    raise BadRequest(f"can't parse {name.replace('_', ' ')}: unknown kind of keyboard")


def _object(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, field in TYPES[kind].items():
        if value.get(name) is None:
            if field.required:
                raise BadRequest(f'can\'t parse {kind}: Field "{name}" is required')
        elif value[name] is False and not field.played:
            continue  # clients send these switches turned off
        else:
            read[name] = _value(name, field, value[name])
    if kind == "Object":
        return value
    return read
