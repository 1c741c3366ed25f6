"""A YAML file as plain values, with the line and column of every one of them.

Stricter than YAML: a doubled key, an anchor, a number that looks like a phone number are faults,
and reading goes on behind them. Text is brought to NFC.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from playbooks.errors import Fault

MAX_BYTES = 1_000_000
Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Place = tuple[str | int, ...]

_PHONE = re.compile(r"\+?\d{8,}|0\d+")


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says. lines, columns: of each place, where its key or list item stands."""

    file: str
    text: str
    data: Value
    lines: Mapping[Place, int]
    columns: Mapping[Place, int]
    faults: tuple[Fault, ...]

    def resolve(self, loc: Place) -> Place:
        """The part of `loc` that stands in the file; names a schema put in between are left out."""
        place: Place = ()
        for part in loc:
            if (*place, part) in self.lines:
                place = (*place, part)
        return place

    def fault(self, loc: Place, message: str, shown: Place | None = None) -> Fault:
        place = self.resolve(loc)
        path = ".".join(map(str, shown or place))
        return Fault(self.file, self.lines[place], path, message, self.columns[place])


def read(path: Path) -> Document:
    """Never raises for what stands in the file: that comes as faults, with `data` None."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        why = f"không đọc được tệp: {error.strerror} (kiểm tra đường dẫn và quyền đọc)"
        return _broken(path.name, "", 1, why)
    if len(raw) > MAX_BYTES:
        why = f"tệp quá lớn, {len(raw)} byte (tối đa {MAX_BYTES}; chia nhỏ hoặc bỏ phần thừa)"
        return _broken(path.name, "", 1, why)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "ignore")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        why = "không phải chữ UTF-8 (lưu lại tệp với bảng mã UTF-8)"
        return _broken(path.name, "", line, why, column)
    return parse(path.name, text)


@lru_cache(maxsize=64)
def parse(file: str, text: str) -> Document:
    """The same text is read once: what comes of it is looked at and never changed."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        why = f"sai cú pháp YAML: {error.problem or error.context} (xem thụt dòng, dấu hai chấm)"
        return _broken(file, text, line, why, column)
    except (YAMLError, RecursionError, ValueError) as error:
        what = str(error).splitlines()[0] if str(error) else type(error).__name__
        return _broken(
            file, text, 1, f"không đọc được YAML: {what} (xem ký tự lạ, ngoặc lồng nhau)"
        )
    if not isinstance(root, MappingNode):
        return _broken(
            file, text, 1, "tệp phải gồm các dòng “tên: giá trị” (xem playbooks/README.md)"
        )
    walk = _Walk(file)
    data = walk.value(root, ())
    return Document(file, text, data, walk.lines, walk.columns, tuple(walk.faults))


def _broken(file: str, text: str, line: int, message: str, column: int = 1) -> Document:
    fault = Fault(file, line, "", message, column)
    return Document(file, text, None, {(): line}, {(): column}, (fault,))


class _Walk:
    """Goes once through a file's nodes and collects values, their places and faults."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Place, int] = {(): 1}
        self.columns: dict[Place, int] = {(): 1}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def value(self, node: Node, place: Place) -> Value:
        if id(node) in self._seen:
            self._fault(node, place, "không dùng neo & và * (viết lại đầy đủ)")
            return None
        self._seen.add(id(node))
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            items: list[Value] = []
            for index, item in enumerate(node.value):
                self._stands((*place, index), item)
                items.append(self.value(item, (*place, index)))
            return items
        return self._scalar(str(node.value), str(node.tag), node, place)

    def _mapping(self, node: MappingNode, place: Place) -> Value:
        found: dict[str, Value] = {}
        for key, of in node.value:
            if not isinstance(key, ScalarNode):
                self._fault(key, place, "tên mục phải là một từ (bỏ ngoặc)")
                continue
            name = str(key.value)
            if name in found:
                first = self.lines[(*place, name)]
                why = f"mục này có hai lần, lần đầu ở dòng {first} (giữ một, bỏ một)"
                self._fault(key, (*place, name), why)
                continue
            self._stands((*place, name), key)
            found[name] = self.value(of, (*place, name))
        return found

    def _scalar(self, raw: str, tag: str, node: Node, place: Place) -> Value:
        kind = tag.rpartition(":")[2]
        if kind in ("int", "float") and _PHONE.fullmatch(raw):
            why = f'đọc thành số nên mất số 0 ở đầu (đặt trong dấu ngoặc kép: "{raw}")'
            self._fault(node, place, why)
            return raw
        match kind:
            case "null":
                return None
            case "bool":
                return raw.lower() == "true"
            case "int" if re.fullmatch(r"[+-]?\d{1,18}", raw):
                return int(raw)
            case "float" if re.fullmatch(r"[+-]?[\d.]{1,18}", raw):
                return float(raw)
        return raw

    def _stands(self, place: Place, node: Node) -> None:
        self.lines[place] = node.start_mark.line + 1
        self.columns[place] = node.start_mark.column + 1

    def _fault(self, node: Node, place: Place, message: str) -> None:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.faults.append(Fault(self.file, line, ".".join(map(str, place)), message, column))
