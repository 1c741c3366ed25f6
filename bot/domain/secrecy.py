"""The marking of a secret document in typed words (words.md §2, law.md §5; Luật 117/2025, Điều 5).

What carries a marking (dấu độ mật) is stopped before anything of it is kept. Only two signs count:
the printed word "MẬT", and the phrases below, in any case, with or without diacritics.

"mat" without its marks may be mật (secret), mất (lost) or mặt (face). So:
- A word whose marks deny the reading never stops: "tài liệu mất", "tôi mất mạng", "mặt sau".
- "mat" alone never stops, in capitals neither ("MAT DIEN"): only as part of a phrase.
- In a phrase "mat" is taken for "mật", since a false stop costs one sentence typed again with its
  diacritics and a false pass puts a state secret on a device with a network: "tai lieu mat het"
  stops, although it may say that all documents are lost.
- Except where the next word makes an everyday reading: "mat khau" (mật khẩu), "mat dien", "mat
  mang"; and after "toi" (tôi, I) and "do" (because of), which are far commoner than "tối mật" and
  "độ mật", whatever an office loses: "toi mat ket noi", "do mat nguon". Not where a document is
  spoken of right before: "van ban toi mat tai phong 2" stops.
- mật inside mật khẩu, mật mã, mật ong, bảo mật is no marking, in capitals neither.
"""

import re
from typing import NamedTuple

from bot.domain.folding import fold, may_be, normal

MARK = "mật"
PRINTED = "MẬT"
PHRASES = (  # "TỐI MẬT" and "TUYỆT MẬT" in print are among them
    "đóng dấu mật",
    "văn bản mật",
    "tài liệu mật",
    "độ mật",
    "tối mật",
    "tuyệt mật",
    "bí mật nhà nước",
)

# Everyday words that hold the syllable; what stands before it counts for the printed word alone.
_COMPOUNDS = ("mật mã", "mật ong", "mật độ", "mật thiết")
_BEFORE_PRINTED = ("bảo", "thân", "túi", "gan", "sỏi")

# Folded: the two beginnings that are mostly "I lost" and "because of losing", and what is lost.
_ALSO_LOSING = ("do", "toi")
_LOST = frozenset(
    [
        *("an", "ca", "cac", "cai", "cap", "chu", "chung", "con", "cong", "dau", "dong", "du"),
        *("duong", "email", "facebook", "file", "gmail", "het", "hinh", "ho", "hoan", "internet"),
        *("ket", "khach", "kiem", "lien", "luon", "mail", "mat", "may", "mot", "nguon", "nhieu"),
        *("niem", "o", "otp", "pin", "quyen", "sim", "so", "song", "tai", "tap", "tep", "the"),
        *("thiet", "thoi", "thong", "tien", "tin", "toan", "usb", "wifi", "zalo"),
    ]
)
_DOCUMENTS = ("van ban", "tai lieu", "cong van", "dong dau", "co dau", "ho so")
_CARRIED = ("di", "ra", "theo", "ve")  # "mat mang ra": secret, carried out; not a lost network

_PARTS = re.compile(r"(?P<gap>[\s\-_/:*+=|#~\"'“”‘’«»()\[\]{}<>]*)(?P<word>[^\W\d_]+|\d+|\S)")


class _Word(NamedTuple):
    text: str
    folded: str
    close: bool  # nothing but blanks or a hyphen before it


_NO_WORD = _Word("", "", False)
_WORDS = [tuple((each, fold(each)) for each in phrase.split()) for phrase in PHRASES]


def marked(text: str) -> bool:
    """Whether the words carry the marking of a state secret."""
    words = [
        _Word(each["word"], fold(each["word"]), not each["gap"].strip(" -"))
        for each in _PARTS.finditer(normal(text))
    ]
    return any(
        _is_printed(words, at) or any(_begins(words, at, phrase) for phrase in _WORDS)
        for at in range(len(words))
    )


def _is_printed(words: list[_Word], at: int) -> bool:
    if words[at].text != PRINTED or _in_a_compound(words, at):
        return False
    before = words[at - 1].text if at and words[at].close else ""
    return not any(may_be(before, each) for each in _BEFORE_PRINTED)


def _begins(words: list[_Word], at: int, phrase: tuple[tuple[str, str], ...]) -> bool:
    """Whether the phrase stands here; beside a mật written out only the others' letters count."""
    typed = words[at : at + len(phrase)]
    if [each.folded for each in typed] != [folded for _, folded in phrase]:
        return False
    mark = at + next(place for place, (word, _) in enumerate(phrase) if word == MARK)
    if words[mark].text.lower() == MARK:
        return not _in_a_compound(words, mark)
    possible = all(may_be(each.text, word) for each, (word, _) in zip(typed, phrase, strict=True))
    return possible and not _reads_otherwise(words, mark)


def _in_a_compound(words: list[_Word], at: int) -> bool:
    """mật khẩu, mật mã (but not "mật, mã hóa" typed without its comma), mật ong …"""
    following, beyond = _following(words, at)
    if may_be(following.text, "khẩu"):
        return True
    pair = f"{words[at].text} {following.text}".lower()
    return pair in _COMPOUNDS and not (following.folded == "ma" and beyond.folded == "hoa")


def _reads_otherwise(words: list[_Word], at: int) -> bool:
    """Whether a bare "mat" goes on as "mat khau", "mat dien", "mat mang", or as another loss."""
    following, beyond = (each.folded for each in _following(words, at))
    losing = words[at - 1].folded in _ALSO_LOSING
    if following == "khau":
        return True
    if following == "dien":
        return beyond != "tu"  # mật, điện tử
    if following == "mang":
        return losing or beyond not in _CARRIED
    if not losing or following not in _LOST:
        return False
    return " ".join(each.folded for each in words[max(at - 3, 0) : at - 1]) not in _DOCUMENTS


def _following(words: list[_Word], at: int) -> tuple[_Word, _Word]:
    """The next word and the one beyond it; no word where a comma or the end comes first."""
    following, beyond = (*words[at + 1 : at + 3], _NO_WORD, _NO_WORD)[:2]
    return following if following.close else _NO_WORD, beyond if beyond.close else _NO_WORD
