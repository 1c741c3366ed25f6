"""A new plan's file to begin with: from the base pack, or after a plan that there is.

What is taken from another plan keeps that plan as its document and is marked `unverified`, until
whoever writes the new plan has put the section of the agency's own document there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any, Literal

from ruamel.yaml import YAML

from bot.domain.folding import fold
from playbooks.reading import parse

LONGEST_ID, LONGEST_SHORT = 24, 60
UNWRITTEN = "chưa ghi mục"  # the section of what no document of the agency says yet
PARTS: Mapping[str, str] = {  # each part in its order, and what is said above it
    "functions": "Đơn vị theo chức năng, tên như văn bản ghi; ai làm việc ấy: ghi ở tệp cơ quan.",
    "criteria": "Tiêu chí mà văn bản của cơ quan nêu khác gói nền.",
    "rules": "Khi nào cần ứng phó, khi nào nghiêm trọng.",
    "phases": "Giai đoạn.",
    "steps": "Bước: tên, chủ trì, phối hợp như văn bản.",
    "work": "Phút cho một việc của từng giai đoạn.",
    "paging": "Tin khẩn đến ai, chờ bao lâu.",
    "duties": "Nhiệm vụ khi chưa có sự cố. Hạn của văn bản cũ đã bỏ: ghi hạn của cơ quan.",
    "causes": "Nhóm nguyên nhân.",
    "scenarios": "Danh mục tình huống.",
    "special_authority": "Ai được quyết định việc gì.",
    "reporting": "Báo cáo: ai, đến đâu, trong bao lâu.",
    "contacts": "Nơi liên hệ ngoài cơ quan.",
    "joining": "Các đơn vị tham gia thế nào.",
}
OF_A_DIRECTIVE = ("functions", "duties")
DATED = ("line", "by", "deadline")  # what belongs to the other document alone


@dataclass(frozen=True, slots=True)
class Wanted:
    """The answers of `plan new`. coordinating: "" leaves it to the base pack."""

    agency: str
    kind: Literal["plan", "directive"]
    begins: int  # years
    ends: int
    lead: str
    coordinating: str

    @property
    def id(self) -> str:
        words = [word for word in re.findall(r"[a-z0-9]+", fold(self.agency)) if word != "ubnd"]
        end = f"_{self.ends}"
        return "_".join(words)[: LONGEST_ID - len(end)].strip("_") + end


def skeleton(wanted: Wanted, text: str, base_text: str, schema: str) -> str:
    """The file's text. text, base_text: of the plan that is taken, "" as base of a base pack.

    schema: where the JSON Schema lies, seen from the file, for an editor.
    """
    of = _data(text)
    base = of if of["kind"] == "base" else _data(base_text)
    parts = {} if of is base else _taken(of, wanted)
    units = _units(wanted)
    parts["functions"] = {**units, **parts.get("functions", {}), **units}
    lines = [_head(wanted, of, base, schema)]
    for name, about in PARTS.items():
        if name in parts:
            lines.append(f"# {about}\n{_yaml({name: parts[name]})}")
    lines.append(_foot(of, of is base))
    return "\n".join(lines)


def _head(wanted: Wanted, of: dict[str, Any], base: dict[str, Any], schema: str) -> str:
    years = str(wanted.ends)
    if wanted.begins != wanted.ends:
        years = f"{wanted.begins} - {wanted.ends}"
    name = re.sub(r"^(UBND|Ủy ban nhân dân)\s+", "", wanted.agency)
    word = "Kế hoạch" if wanted.kind == "plan" else "Công văn"
    place = name[: LONGEST_SHORT - len(word) - len(years) - 2].strip()
    about = "Ứng phó sự cố, bảo đảm an toàn thông tin mạng"
    head = {
        "id": wanted.id,
        "kind": wanted.kind,
        "base": base["id"],
        "title": f"{word} {about} {name} {'năm' if years.isdigit() else 'giai đoạn'} {years}",
        "short": f"{word} {place} {years}",
        "issuer": wanted.agency,
        "period": {
            "words": f"{'năm' if years.isdigit() else 'giai đoạn'} {years}",
            "begins": f"{wanted.begins}-01-01",
            "ends": f"{wanted.ends}-12-31",
        },
        "legal_bases": [],
        "regimes": base["regimes"],
    }
    return (
        f"# yaml-language-server: $schema={schema}\n"
        f"# Soạn từ {of['short']}. Chỉ ghi điều văn bản của cơ quan nêu; điều không nêu thì bỏ\n"
        "# mục ấy đi, Trực Ban lấy ở gói nền và nói rõ. Mỗi mục: section là chỗ trong văn bản;\n"
        "# đã ghi đúng chỗ thì bỏ dòng status: unverified. Cách viết: playbooks/README.md.\n"
        "# Căn cứ ghi vào legal_bases; chế độ thời hạn báo cáo ở regimes do pháp chế chọn.\n"
        f"{_yaml(head)}"
    )


def _foot(of: dict[str, Any], is_base: bool) -> str:
    note = "Chưa rà với văn bản của cơ quan: các mục có status unverified."
    above = "# Chỗ văn bản thiếu hoặc mâu thuẫn; quản trị thấy."
    if is_base:
        more = "# Văn bản có bước riêng thì thêm phases và steps như ví dụ ở playbooks/README.md.\n"
        above = f"{more}{above}"
    else:
        note += f" Soạn từ {of['short']}: đơn vị có ended là đơn vị không còn, thay bằng của mình."
    return f"{above}\n{_yaml({'notes': [note]})}"


def _units(wanted: Wanted) -> dict[str, Any]:
    units = {"operator": wanted.lead, "focal": wanted.coordinating}
    about = {"section": UNWRITTEN, "status": "unverified"}
    return {name: {"name": unit, **about} for name, unit in units.items() if unit}


def _taken(of: dict[str, Any], wanted: Wanted) -> dict[str, Any]:
    wished = PARTS if wanted.kind == "plan" else OF_A_DIRECTIVE
    return {name: _marked(of[name], of["short"]) for name in wished if name in of}


def _marked(part: Any, document: str) -> Any:
    """A copy in which every item with a section says whose it is, and that nobody confirmed it."""
    if isinstance(part, list):
        return [_marked(one, document) for one in part]
    if not isinstance(part, dict):
        return part
    copy = {name: _marked(one, document) for name, one in part.items()}
    if "section" not in part:
        return copy
    for name in DATED:
        copy.pop(name, None)
    return {**copy, "document": part.get("document", document), "status": "unverified"}


def _data(text: str) -> dict[str, Any]:
    data = parse("", text).data
    if not isinstance(data, dict):
        raise ValueError("a plan that is loaded is a mapping")
    return data


def _yaml(data: Mapping[str, Any]) -> str:
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style, writer.allow_unicode = False, True
    writer.width, writer.sort_base_mapping_type_on_output = 100, False  # type: ignore[assignment]
    out = StringIO()
    writer.dump(data, out)
    return out.getvalue()
