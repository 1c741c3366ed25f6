"""Typed codes of tasks: "nhận 12.3", "xong 12.3 đã chặn địa chỉ", "12.3 xong rồi ạ".

The words behind the code are kept as they were written. A number that is said of something else
(a date, an address, "1.5 triệu") is no code, and a question ("xong 12.3 chưa?") does nothing.
"""

import re
from collections.abc import Sequence

from bot.domain.folding import fold, may_be, normal

_CODE = re.compile(r"(?<![\w.,/])(\d{1,9})[.,](\d{1,3})(?!\w|[.,/]\d)")
_POLITE = (
    r"(?:(?:da|vang|ok|oke|toi|em|e|minh|anh|chi|de|cho|xin|phep|se|nho|i|we|i'll|i will"
    r"|i've|have|is|please)\s+)*"
)
_TASK = r"(?:\s+(?:viec|task))?(?:\s+so)?"
_NOT_YET = r"chua (?:lam )?(?:xong|nhan)"
_VERBS = {
    "take": r"(?:xin )?nhan(?: lam)?|take|accept",
    "done": r"(?:da )?(?:lam )?xong(?: roi)?|(?:da )?hoan (?:thanh|tat)|done|finished",
    "block": r"(?:dang )?(?:gap |bi )?(?:vuong(?: mac)?|ket)|blocked|stuck(?: on)?",
    "resume": r"lam tiep|tiep tuc(?: lam)?|resume",
    "pass": r"chuyen|pass(?: on)?",
    "assign": r"phan cong|giao|assign",
    "undo": r"mo lai|reopen|undo",
    "open": r"mo|can|open",
    "skip": r"chua can|khong can|skip|not needed",
    "called": r"(?:da )?goi(?: dien)?(?: thoai)?|called",
    "see": rf"xem|viec|see|show|task|{_NOT_YET}",
}
_HEADS = {do: re.compile(f"{_POLITE}(?:{words}){_TASK}") for do, words in _VERBS.items()}
_BEHIND = {  # "12.3 xong", "việc 12.3 gặp vướng mắc: …"
    **{do: re.compile(_POLITE + f"(?:{_VERBS[do]})") for do in ("take", "done", "block", "resume")},
    "see": re.compile(_POLITE + _NOT_YET),
}
_WITH_WORDS = ("done", "block", "pass", "assign", "called")
_TO = re.compile(r"^(?:cho|sang|qua|tới|to)\s+", re.IGNORECASE)
_TAIL = frozenset(("a", "ah", "nhe", "nha", "roi", "day", "em", "e", "anh", "chi", "oi", "luon"))
# What a number counts; of hours only before a verb that stands alone: "xong 12.3 giờ làm 12.4".
_MEASURES = ("triệu", "tỷ", "tỉ", "nghìn", "ngàn", "đồng", "kb", "mb", "gb", "tb", "km", "kg")
_HOURS = ("giờ", "tiếng", "phút", "giây", "tháng", "million", "hours", "minutes", "days")
_BETWEEN = " \t:;,.–—-"
_OPENING = f"{_BETWEEN})]}}”’\"'"


def task_code(typed: str) -> tuple[str, int, int, str] | None:
    """What to do, the incident's number, the task's, and the words behind; None: no such code."""
    text = normal(typed)
    found = _CODE.search(text)
    if found is None:
        return None
    behind = text[found.end() :]
    words = behind.lstrip(_OPENING).rstrip(_BETWEEN)
    head = fold(text[: found.start()])
    do = next((one for one, pattern in _HEADS.items() if pattern.fullmatch(head)), "")
    if (head and not do) or behind.startswith("%") or _counts(do, words):
        return None
    do, said = _meant(do, words)
    return (do, int(found[1]), int(found[2]), said) if do else None


def _meant(do: str, words: str) -> tuple[str, str]:
    """`do`: what was said before the code. "": there is nothing to do."""
    if _is_a_question(do, words):
        return "see", ""
    if do in ("", "see"):
        later, rest = _said_behind(words)
        if not later:
            return ("", "") if not do and _without_tail(words) else ("see", "")
        do, words = later, rest
    if do not in _WITH_WORDS or not any(each.isalnum() for each in _without_tail(words)):
        return do, ""
    if do in ("pass", "assign"):
        return do, _TO.sub("", _without_tail(words))
    return do, "" if _CODE.match(words) else words


def _said_behind(words: str) -> tuple[str, str]:
    """ "12.3 xong: đã chặn" – the longest beginning that says what to do, and the rest."""
    parts = words.split()
    for end in range(min(len(parts), 6), 0, -1):
        spoken, rest = fold(" ".join(parts[:end])), " ".join(parts[end:]).lstrip(_OPENING)
        for do, pattern in _BEHIND.items():
            if pattern.fullmatch(spoken) and (do in _WITH_WORDS or not _without_tail(rest)):
                return do, rest
    return "", words


def _counts(do: str, words: str) -> bool:
    """ "mở 1.5 triệu tệp", "cần 2,5 giờ": the number is a number."""
    measures = _MEASURES if do in _WITH_WORDS else (*_MEASURES, *_HOURS)
    first = words.split()[:1]
    return do not in ("pass", "assign") and any(may_be(each, m) for each in first for m in measures)


def _is_a_question(do: str, words: str) -> bool:
    """ "xong 12.3 chưa em?": nothing is done because somebody asks whether it is done."""
    kept = _without_tail(words).split()
    asks = 0 < len(kept) <= 4 and fold(kept[-1]) in ("chua", "khong", "ko")
    return asks or (do != "block" and words.endswith("?"))


def _without_tail(words: str) -> str:
    """Without the polite words at the end: "rồi ạ"."""
    kept: Sequence[str] = words.split()
    while kept and (fold(kept[-1]) in _TAIL or not fold(kept[-1])):
        kept = kept[:-1]
    return " ".join(kept)
