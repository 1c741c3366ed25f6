"""Telegram's HTML: source in, plain text and entities out. Lengths in UTF-16 units.

It refuses what the real parser refuses, with the same sentences; offsets in them are in bytes.
"""

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.refusals import BadRequest

Entity = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));")
NAME = re.compile(r"[a-zA-Z0-9-]*")
ATTRIBUTE = re.compile(
    r"""\s+([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([a-zA-Z0-9.:/_-]+)))?"""
)
CLOSE = re.compile(r"\s*>")
SPECIAL = re.compile("[<&]")
ADDRESS = re.compile(r"(?i)(https?://|tg://|mailto:|tel:)\S+$")


def units(text: str) -> int:
    """Length in UTF-16 units, the measure of every entity."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    begun_at: int  # where its text begins among the pieces
    attributes: dict[str, str]


class _Reader:
    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def broken(self, what: str, at: int | None = None) -> BadRequest:
        where = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        return BadRequest(f"can't parse entities: {what.replace('{at}', where)}")

    def read(self) -> tuple[str, list[Entity]]:
        source = self.source
        while self.at < len(source):
            character = source[self.at]
            if character == "<":
                self._end() if source.startswith("</", self.at) else self._start()
            elif character == "&":
                self._character()
            else:
                stop = SPECIAL.search(source, self.at)
                self._add(source[self.at : stop.start() if stop else len(source)])
        if self.open:
            tag = self.open[-1].tag
            raise self.broken(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self.pieces), self.entities

    def _add(self, text: str, taken: int | None = None) -> None:
        self.pieces.append(text)
        self.length += units(text)
        self.at += len(text) if taken is None else taken

    def _character(self) -> None:
        found = CHARACTER.match(self.source, self.at)
        if found is None:
            self._add("&")
        else:
            self._add(_decoded(found), len(found[0]))

    def _start(self) -> None:
        begin = self.at
        name = NAME.match(self.source, begin + 1)
        tag = name[0].lower() if name else ""
        if tag not in TAGS:
            raise self.broken(f'Unsupported start tag "{tag}"{{at}}', begin)
        self.at = begin + 1 + len(tag)
        attributes: dict[str, str] = {}
        while found := ATTRIBUTE.match(self.source, self.at):
            value = found[2] or found[3] or found[4] or ""
            attributes[found[1].lower()] = CHARACTER.sub(_decoded, value)
            self.at = found.end()
        closed = CLOSE.match(self.source, self.at)
        if closed is None:
            raise self.broken("Unclosed start tag{at}", begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.broken('Tag "span" must have class "tg-spoiler"{at}', begin)
        self.at = closed.end()
        self.open.append(_Open(tag, self.length, len(self.pieces), attributes))

    def _end(self) -> None:
        begin = self.at
        name = NAME.match(self.source, begin + 2)
        tag = name[0].lower() if name else ""
        closed = CLOSE.match(self.source, begin + 2 + len(tag))
        if closed is None:
            raise self.broken("Unclosed end tag{at}", begin)
        if not self.open:
            raise self.broken("Unexpected end tag{at}", begin)
        opened = self.open.pop()
        if tag and tag != opened.tag:
            said = f'Unmatched end tag{{at}}, expected "</{opened.tag}>", found "</{tag}>"'
            raise self.broken(said, begin)
        self.at = closed.end()
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        language = opened.attributes.get("class", "")
        match opened.tag:
            case "a":
                text = "".join(self.pieces[opened.begun_at :])
                entity["url"] = opened.attributes.get("href") or text
                if not ADDRESS.match(entity["url"]):
                    return
            case "blockquote" if "expandable" in opened.attributes:
                entity["type"] = "expandable_blockquote"
            case "code" if self.open and self.open[-1].tag == "pre":
                if language.startswith("language-"):
                    self.open[-1].attributes["class"] = language
                return
            case "pre" if language.startswith("language-"):
                entity["language"] = language.removeprefix("language-")
        if entity["length"]:
            self.entities.append(entity)


def _decoded(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else 0
    allowed = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
    return NAMED[name] if name else chr(code) if allowed else found[0]


def parse(source: str) -> tuple[str, list[Entity]]:
    """Plain text and its entities. BadRequest: broken markup, "can't parse entities: …"."""
    return _Reader(source).read()


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without the white space around it, as the real server stores it; entities moved along."""
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    end = units(text)
    kept = []
    for entity in entities:
        first = max(entity["offset"] - lead, 0)
        last = min(entity["offset"] + entity["length"] - lead, end)
        if last > first:
            kept.append({**entity, "offset": first, "length": last - first})
    return text, sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))
