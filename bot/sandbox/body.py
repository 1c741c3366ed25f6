"""Reads what the people's side is sent. Every refusal names the field, in two languages."""

import json
from collections.abc import Collection
from typing import Any

from aiohttp import web

from bot.sandbox.refusals import wrong

LARGEST_ID = 2**52
LONGEST_WAIT = 60.0  # seconds


class Body:
    """The fields of one call. PeopleRefusal 400: a field that is not known here."""

    def __init__(self, fields: dict[str, Any], known: Collection[str]) -> None:
        for name in fields:
            if name not in known:
                listed = ", ".join(known)
                raise wrong(name, f"không có; chỉ nhận {listed}", f"not known; only {listed}")
        self._fields = fields

    @classmethod
    async def of(cls, request: web.Request, *known: str) -> "Body":
        try:
            fields = await request.json() if request.can_read_body else {}
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise wrong("body", "không phải JSON", "is not JSON") from None
        if not isinstance(fields, dict):
            raise wrong("body", "phải là một đối tượng JSON", "must be a JSON object")
        return cls(fields, known)

    @classmethod
    def of_query(cls, request: web.Request, *known: str) -> "Body":
        fields: dict[str, Any] = {}
        for name, text in request.query.items():
            try:
                fields[name] = json.loads(text)
            except ValueError:
                fields[name] = text
        return cls(fields, known)

    def __contains__(self, name: str) -> bool:
        return self._fields.get(name) is not None

    def is_text(self, name: str) -> bool:
        return isinstance(self._fields.get(name), str)

    def text(self, name: str, longest: int = 4096) -> str:
        value = self._fields.get(name)
        if not isinstance(value, str) or not value.strip():
            raise wrong(name, "cần một chuỗi chữ không rỗng", "a text that is not empty is needed")
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise wrong(name, "có ký tự hỏng", "has broken characters")
        if len(value) > longest:
            said = f"dài {len(value)} ký tự, tối đa {longest}"
            raise wrong(name, said, f"has {len(value)} characters, at most {longest}")
        return value

    def maybe_text(self, name: str, longest: int = 4096) -> str | None:
        return self.text(name, longest) if name in self else None

    def integer(self, name: str, least: int = -LARGEST_ID, most: int = LARGEST_ID) -> int:
        value = self._fields.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            said = f"cần số nguyên từ {least} đến {most}"
            raise wrong(name, said, f"a whole number from {least} to {most} is needed")
        return value

    def maybe_integer(
        self, name: str, least: int = -LARGEST_ID, most: int = LARGEST_ID
    ) -> int | None:
        return self.integer(name, least, most) if name in self else None

    def seconds(self, name: str, usual: float, most: float = LONGEST_WAIT) -> float:
        value = self._fields.get(name, usual)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            said = f"cần số giây từ 0 đến {most:g}"
            raise wrong(name, said, f"seconds from 0 to {most:g} are needed")
        return float(value)

    def flag(self, name: str, usual: bool = False) -> bool:
        value = self._fields.get(name, usual)
        if not isinstance(value, bool):
            raise wrong(name, "cần true hoặc false", "true or false is needed")
        return value

    def integers(self, name: str) -> list[int]:
        value = self._fields.get(name, [])
        if not isinstance(value, list) or not all(type(item) is int for item in value):
            raise wrong(name, "cần một danh sách số", "a list of numbers is needed")
        return value


def number_of(request: web.Request, name: str = "id") -> int:
    """The number in the path. PeopleRefusal 400: it is none."""
    text = request.match_info[name]
    try:
        number = int(text)
    except ValueError:
        number = LARGEST_ID + 1
    if not -LARGEST_ID <= number <= LARGEST_ID:
        raise wrong(name, f'"{text}" không phải là số', f'"{text}" is not a number')
    return number
