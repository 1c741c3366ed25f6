"""Kinds of field that data files share, and the Vietnamese sentence for every fault in one.

A field that names something (`Named`) is checked against the names known to the file, which come
in the validation's context: so wrong names and wrong shapes are found in one pass.
"""

from collections.abc import Collection, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from playbooks.errors import Fault
from playbooks.reading import Document

ID = r"^[a-z0-9_]{1,24}$"
Id = Annotated[str, StringConstraints(pattern=ID)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
# One address and nothing that a gateway could take for two.
Mailbox = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_.%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
]
TOPIC = r"^[A-Za-z0-9_-]{1,64}$"
Topic = Annotated[str, StringConstraints(pattern=TOPIC)]
LOCAL = r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$"  # a moment as people write it: local, without a zone
HOURS = r"^\d{1,2}:\d{2} ?[-–] ?\d{1,2}:\d{2}$"
EXAMPLES = {
    TOPIC: '"truc-ban-8f3k2q"',
    LOCAL: '"2026-11-16 07:30", giờ địa phương, không ghi múi giờ',
    HOURS: '"17:30-07:30"',
}
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 .()-]{2,19}$")]


def _day(value: object) -> object:
    """A date as people write it in a file; the strict mode takes no text for one."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_day", "{why}", {"why": NO_DAY.format(value)}) from None


def _not_to_come(value: date, info: ValidationInfo) -> date:
    today = (info.context or {}).get("today")
    if today is not None and value > today:
        raise PydanticCustomError("to_come", "{why}", {"why": TO_COME.format(value)})
    return value


NO_DAY = "“{}” không phải một ngày (viết năm-tháng-ngày, ví dụ 2026-12-31)"
TO_COME = "ngày {:%d/%m/%Y} chưa tới (sửa lại, hoặc bỏ dòng này)"
Day = Annotated[date, BeforeValidator(_day)]
PastDay = Annotated[Day, AfterValidator(_not_to_come)]  # unchecked where no today is known
Known = Mapping[str, Collection[str]]  # kind of name -> the names there are

_KINDS = {
    "function": "chức năng (functions)",
    "criterion": "tiêu chí (criteria)",
    "phase": "giai đoạn (phases)",
    "place": "giai đoạn hay bước (phases, steps)",
    "step": "bước (steps)",
    "duty": "nhiệm vụ (duties)",
    "power": "thẩm quyền riêng (special_authority)",
    "scenario": "tình huống (playbooks/scenarios)",
    "regime": "chế độ thời hạn (playbooks/law)",
    "plan": "kế hoạch",
    "unit": "đơn vị (units)",
}


class Strict(BaseModel):
    """A group of fields: an unknown name, a wrong kind of value, an absent field are faults."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def named(kind: str) -> AfterValidator:
    """The text must be one of the names of this kind; unchecked where none are known."""

    def check(value: str, info: ValidationInfo) -> str:
        known = (info.context or {}).get(kind)
        if known is None or value in known:
            return value
        raise PydanticCustomError(
            "unknown_name", "{why}", {"why": unknown_name(_KINDS[kind], value, known)}
        )

    return AfterValidator(check)


FunctionName = Annotated[Id, named("function")]
CriterionName = Annotated[Id, named("criterion")]
PhaseName = Annotated[Id, named("phase")]
PlaceName = Annotated[Id, named("place")]
StepName = Annotated[Id, named("step")]
DutyName = Annotated[Id, named("duty")]
ScenarioName = Annotated[Id, named("scenario")]
RegimeName = Annotated[Id, named("regime")]
PlanName = Annotated[Id, named("plan")]
UnitName = Annotated[Id, named("unit")]


def unknown_name(what: str, name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, 1)
    cure = f"có phải “{near[0]}”?" if near else f"có: {', '.join(sorted(known)) or 'chưa có gì'}"
    return f"không có {what} nào tên “{name}” ({cure})"


def faults_of(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Fault]:
    return [_fault(details, document, model) for details in error.errors(include_url=False)]


def _fault(details: ErrorDetails, document: Document, model: type[BaseModel]) -> Fault:
    loc = details["loc"]
    shown = document.resolve(loc)
    if details["type"] == "missing":
        shown = (*shown, loc[-1])
    return document.fault(loc, _message(details, model), shown)


def _message(details: ErrorDetails, model: type[BaseModel]) -> str:
    kind, value, about = details["type"], details["input"], details.get("ctx", {})
    match kind:
        case "missing":
            return f"thiếu mục này (thêm dòng “{details['loc'][-1]}: …”)"
        case "extra_forbidden":
            return _extra(str(details["loc"][-1]), model)
        case "string_type" if value is None:
            return "để trống (điền chữ vào, đặt trong dấu ngoặc kép)"
        case "string_type" if isinstance(value, int | float):
            return f'phải là chữ (đặt trong dấu ngoặc kép: "{_as_written(value)}")'
        case "string_type":
            return "phải là một dòng chữ (đặt trong dấu ngoặc kép)"
        case "string_pattern_mismatch" if about["pattern"] == ID:
            return f"“{value}” không làm tên được (chỉ a–z, 0–9 và _, tối đa 24 ký tự)"
        case "string_pattern_mismatch":
            return f"“{value}” viết không đúng cách (ví dụ đúng: {_example(about['pattern'])})"
        case "string_too_short":
            return "để trống (điền chữ vào)"
        case "string_too_long":
            return f"dài quá {about['max_length']} ký tự (viết ngắn lại)"
        case "int_type":
            return "phải là số nguyên (không đặt trong dấu ngoặc)"
        case "bool_type":
            return "phải là true hoặc false (không đặt trong dấu ngoặc)"
        case "list_type":
            return "phải là một danh sách (viết trong ngoặc vuông: [a, b])"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "phải là một nhóm “tên: giá trị” (viết thụt vào ở các dòng dưới)"
        case "too_short":
            return "danh sách trống (cần ít nhất một)"
        case "literal_error":
            choices = about["expected"].replace(" or ", ", ")
            return f"“{value}” không dùng được (chọn một: {choices})"
        case "greater_than_equal":
            return f"{value} nhỏ quá (từ {about['ge']} trở lên)"
        case "less_than_equal":
            return f"{value} lớn quá (nhiều nhất {about['le']})"
        case "union_tag_not_found":
            return "không phải một quy tắc (viết tên tiêu chí, hoặc một trong is, all, any)"
    return details["msg"]


def _as_written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _example(pattern: str) -> str:
    if pattern in EXAMPLES:
        return EXAMPLES[pattern]
    return '"nguoi.truc@coquan.gov.vn"' if "@" in pattern else '"0905 000 111"'


def _extra(name: str, model: type[BaseModel]) -> str:
    near = get_close_matches(name, _names(model, set()), 1)
    cure = f"có phải “{near[0]}”?" if near else "bỏ đi, hoặc xem tên đúng ở playbooks/README.md"
    return f"không có mục nào tên “{name}” ({cure})"


def _names(model: type[BaseModel], found: set[str]) -> set[str]:
    """Every field name in a model and in those inside it, from its schema."""
    schema: dict[str, Any] = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return found.union(*(part.get("properties", {}) for part in parts))
