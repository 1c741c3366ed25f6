"""What the columns of a roster hold, by the words above them, in whatever case and marks."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.domain.folding import fold
from bot.domain.roster_import import Hours
from playbooks.roster_times import hours_in, is_all_day

Of = Literal["day", "weekday", "people", "phone", "hours", "shift", "other"]
Part = Literal["", "whole", "day", "night", "part"]  # of the day; part: one that needs its hours
DAYS = frozenset(
    {
        *(
            "ngay",
            "ngay thang",
            "ngay thang nam",
            "ngay truc",
            "thoi gian",
            "thoi gian truc",
            "tuan",
        ),
        *("thu ngay", "thu, ngay", "thu/ngay", "thu - ngay", "ngay, thang", "ngay/thang"),
        *("ngay, thu", "ngay thu", "tuan truc", "date"),
    }
)
WEEKDAYS = frozenset({"thu", "thu trong tuan"})
OTHER = re.compile(
    r"^(?:stt|tt|so tt|so thu tu|ghi chu|chuc vu|chuc danh|don vi|bo phan|phong ban|dia diem"
    r"|noi dung|nhiem vu|ky ten|ky nhan|ky|xac nhan|email|thu dien tu|tong|tong cong|cong|so ca)\b"
)
PHONES = re.compile(r"dien thoai|^sdt|so dt|^dt$|di dong|lien he|^phone")
KINDS = (  # of DUTY_ROLES; the first that fits
    ("responder", re.compile(r"ky thuat|ung cuu|cntt|cong nghe thong tin|quan tri mang")),
    ("leader", re.compile(r"lanh dao|thu truong|ban giam doc|chi huy|bgd\b")),
    (
        "duty",
        re.compile(r"truc ban|can bo|cong chuc|vien chuc|chuyen vien|nhan vien|van phong"),
    ),
)
PEOPLE = re.compile(r"truc|ho va ten|ho ten|^ten|nguoi|\bca\b|ban ngay|ban dem")
BOTH = re.compile(r"ca ngay dem|ngay dem|ca ngay lan dem")
NIGHT = re.compile(r"\b(?:ca|truc|ban|buoi)\s*(?:truc\s*)?dem\b|^dem\b|\btoi\b|^d$")
DAY = re.compile(r"\b(?:ca|truc|ban|buoi)\s*(?:truc\s*)?ngay\b|^ngay$|^n$")
OF_THE_DAY = re.compile(r"\bsang\b|\bchieu\b|\btrua\b|\bca\s*(?:\d|i{1,3})\b|hanh chinh")


@dataclass(frozen=True, slots=True)
class Column:
    """number: from 1. kind: of DUTY_ROLES or ""."""

    number: int
    of: Of
    title: str
    kind: str = ""
    part: Part = ""
    hours: Hours | None = None


def column_of(number: int, titles: list[str]) -> Column:
    """titles: the words above it, the highest first."""
    named = [one for one in dict.fromkeys(titles) if one]
    title = " – ".join(" ".join(one.split()) for one in named)
    lowest, whole = fold(named[-1]) if named else "", fold(title)
    return Column(
        number, _of(lowest, whole), title, kind_of(title), part_of(title), hours_in(title)
    )


def is_day(text: str) -> bool:
    return fold(text) in DAYS


def kind_of(text: str) -> str:
    said = fold(text)
    return next((kind for kind, words in KINDS if words.search(said)), "")


def part_of(text: str) -> Part:
    """Which part of the day is meant by a header, or by the cell of a column of shifts."""
    said = fold(text)
    if is_all_day(text) or BOTH.search(said):
        return "whole"
    if NIGHT.search(said):
        return "night"
    if OF_THE_DAY.search(said):
        return "part"
    return "day" if DAY.search(said) else ""


def _of(lowest: str, whole: str) -> Of:
    if lowest in DAYS:
        return "day"
    if lowest in WEEKDAYS:
        return "weekday"
    if OTHER.search(lowest):
        return "other"
    if PHONES.search(lowest):
        return "phone"
    if lowest in ("gio", "gio truc", "khung gio", "thoi gian ca"):
        return "hours"
    if lowest in ("ca", "ca truc", "buoi", "buoi truc"):
        return "shift"
    if PEOPLE.search(whole) or kind_of(whole):
        return "people"
    return "other"
