"""Typed answers, navigation, replies to a page, and plain-word commands (words.md §2).

All are matched folded and as whole messages, their polite words taken off: "dạ không có ạ" is
không, "không có mạng" is nobody's answer. Where two words share their letters (hông, hỏng) the
marks decide, if they were typed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from bot.domain.errors import Unclear
from bot.domain.folding import fold, normal
from bot.views.hearing.command_words import COMMAND, COMMANDS, INCIDENT, NUMBERED, PERIOD

_WORD = re.compile(r"[^\W_]+")
_PICTURES = frozenset("👍👌🙏✅✔☑🫡🤝💪😊❤🆗")
_SKINS = re.compile("[\U0001f3fb-\U0001f3ff ]")

# Words before and after an answer that do not change it, folded.
_BEFORE = frozenset(
    [
        *("da", "vang", "u", "uh", "thua", "cho", "xin", "muon", "chon", "bam", "la"),
        *("toi", "em", "e", "anh", "chi", "minh"),
    ]
)
_AFTER = frozenset(
    [
        *("a", "ah", "nhe", "nha", "di", "ha", "day", "do", "vay", "oi", "voi", "luon", "chu"),
        *("em", "e", "anh", "chi", "ban"),
    ]
)

_POLITE_WORDS = 5  # at most so many less one are left out at either end

_NOT = "(khong|ko|k|kg|hong)"
_UNKNOWN = re.compile(
    rf"({_NOT}|chua)( (the|duoc|dam|nam|co))? (ro|biet|bik|bit|chac|xac dinh)"
    r"( (ro|duoc|lam|nua|dau|chac|(la )?co( bi| hay)? khong))*"
    r"|chiu( thoi| chet)?|unknown|not (?:sure|known)|(?:i )?(?:don t|dont|do not) know|no idea"
)
_NO = re.compile(rf"({_NOT}|no)( (co|bi|phai|he|dau))*( gi)?|chua bi( gi)?")
_YES = re.compile(r"(co|dung|phai)( (co|bi|roi|the))*|c|bi roi|yes|yeah")
_UNCLEAR = re.compile(r"da|vang|u|uh|um|uhm|chua( co| thay)?|ok|oke|okay|roi|duoc|ro")
# Asked for a name or a number: there is none. "hong" is not among it, Hồng is a name.
_NOTHING = re.compile(
    r"(?:khong|ko|chua)(?: (?:co|ro|biet|nho|noi|neu|cho|de lai|ghi))*"
    r"(?: (?:ten|so|so dien thoai|dien thoai|gi|ro))*"
    r"|none|unknown|not (?:known|given)|no (?:name|number)(?: given)?"
)
_THREE = {1: "yes", 2: "no", 3: "unknown"}
# Letters that are other words too: cô (Miss), hỏng (broken), dừng (stopped), nó (it).
_WRITTEN = {
    "co": ("có",),
    "dung": ("đúng",),
    "hong": ("hông", "hổng"),
    "no": (),
    "phai": ("phải",),
}

_NUMBER = re.compile(r"(?:(?:so|cau|chon|muc|y|phuong an|dap an) )*(\d{1,3})")
_STEP = re.compile(
    r"(?:sua|sua lai|chinh|chinh sua|edit)(?: (?:cau|so|cau so|muc|buoc|step|question))?"
    r"(?: (\d{1,2}))?"
)
_NAVIGATION = {
    "back": re.compile(r"quay lai( cau truoc)?|lui( lai)?|tro lai|quay ve|cau truoc|(?:go )?back"),
    "edit": _STEP,
    "later": re.compile(r"de sau|de luc khac|later"),
    "cancel": re.compile(r"huy( bo)?|thoi|cancel"),
    "send": re.compile(r"gui( bao cao)?|send"),
    "early": re.compile(r"gui (ngay|truoc)( va)?( bo sung sau)?|bo sung sau|send now"),
    "more": re.compile(r"xem them|more"),
    "restore": re.compile(r"bo huy|mo lai phan vua huy|undo cancel"),
}

_TAKE = (
    r"(?:(?:toi|em|e|minh)(?: se)? )?(?:xin )?tiep nhan(?: xu ly)?|nhan xu ly"
    r"|(?:toi|em|e|minh)(?: se)?(?: xin)? (?:nhan(?: xu ly| viec)?|xu ly)"
    r"|de (?:toi|em|e|anh|chi|minh)(?: nhan| tiep nhan)?(?: xu ly| lam| lo)?"
    r"|(?:i )?(?:will |ll )?(?:take|handle|acknowledge)(?: it)?"
)
_PASS = r"chuyen(?: cho)?(?: nguoi khac)?|pass(?: it)?(?: on)?(?: to some(?:one|body) else)?"
_RETURN = r"(?:toi |em )?tra lai(?: viec)?|return|give(?: it)? back"
_ALIVE = (
    r"(?:(?:toi|em|e|minh) )?van(?: con)?(?: dang)?(?: (?:xu ly|lam|o day))"
    r"|(?:i am |i m )?still (?:on it|at it|working|here)"
)
# Asked "còn đang xử lý không?": yes, in the words of the question; and what says neither yes nor
# whether somebody else is to take it.
_STILL = re.compile(
    r"(?:co ?)?(?:van ?)?(?:con ?)?(?:dang ?)?(?:(?:xu ly|lam|theo doi) ?)?(?:tiep)?"
    r"|yes(?: i am| still)?|yeah|still|i am"
)
_NOT_SURE = re.compile(
    rf"(?:da )?(?:het|xong)(?: roi)?|({_NOT}|chua)(?: con)?(?: (?:xu ly|lam))?(?: (?:nua|xong))?"
    r"|no|done|finished|not any ?more"
)
# "da" is taken for dạ where a person or a request follows; before "tiep nhan" it may be đã.
_FIRST = (
    r"(?:(?:ok|oke|oki|okie|okay|vang|u|uh|um|ro|da ro|da xem)\s"
    r"|da (?=(?:toi|em|e|minh|de|xin|chuyen|tra)\s))*"
)
_LAST = r"(?: (?:a|ah|nhe|nha|em|e|anh|chi|oi))*"
_REPLY = re.compile(
    rf"{_FIRST}(?:(?P<alive>{_ALIVE})|(?P<take>7|{_TAKE})|(?P<pass>9|{_PASS})"
    rf"|(?P<return>{_RETURN})){_LAST}"
)
_REPLY_ABOUT = re.compile(
    rf"{_FIRST}(?:(?P<alive>{_ALIVE})|(?P<take>7|nhan|{_TAKE})|(?P<pass>9|{_PASS})"
    rf"|(?P<return>{_RETURN}))"
    rf"(?: viec| vu| su co| incident)?(?: so)? (?P<number>\d{{1,9}}){_LAST}"
)
_POLITE = re.compile(
    r"(?:(?:ok|oke|oki|okie|okay|okela|da|vang|u|uh|um|uhm|ro|xem|doc|biet|nam|duoc|roi|cam on"
    r"|(?:ghi |tiep )?nhan(?: duoc| xu ly)?(?: tin| viec| vu| su co)?(?: so)?(?: \d+)?"
    r"|de (?:toi|em|e|anh|chi|minh) xem|a|ah|nhe|nha|toi|em|e|anh|chi|minh|thanks|thank you|got it"
    r"|noted|seen)(?: |$))+"
)

_CONFIRMING = re.compile(
    r"(?:(?P<confirm>xac nhan(?: la)?(?: dung)?|dung(?: roi| vay| the)?|confirm(?:ed)?|correct)"
    rf"|(?P<deny>{_NOT}(?: phai| la)? (?:dung|phai|xac nhan)(?: vay| the)?|sai(?: roi)?"
    r"|wrong|(?:not|isn t) (?:correct|right)))"
    r"(?: (?:cho )?(?:su co |incident )?(?:so )?(?P<number>\d{1,9}))?"
)

_ALSO = {  # what says the same as a label
    "agreed": ("agree", "i agree"),
    "please call me": ("call me", "call me please"),
}

_SHORT = 12  # words; nothing longer is mere politeness


def three_valued(typed: str) -> str | None:
    """ "yes", "no" or "unknown"; None: not understood. Chưa rõ is looked for before không.

    Raises `Unclear` for half an answer: "dạ", "ừ", "chưa", 👍 alone, "có?".
    """
    if not fold(typed) and "?" in typed:
        return "unknown"
    chosen = number(typed)
    if chosen is not None:
        return _THREE.get(chosen)
    numbered = re.fullmatch(r"([123])\W+(\D+)", fold(typed))
    if numbered:  # copied with its number: "2 Không"
        meant = three_valued(numbered[2])
        return meant if meant == _THREE[int(numbered[1])] else None
    readings = list(_readings(typed))
    if any(_UNKNOWN.fullmatch(text) for text in readings):
        return "unknown"
    answers = [
        answer
        for text in readings
        for answer, pattern in (("no", _NO), ("yes", _YES))
        if pattern.fullmatch(text) and _as_written(typed)
    ]
    unclear = any(_UNCLEAR.fullmatch(text) for text in readings) or _is_picture(typed)
    if (answers and "?" in typed) or (unclear and not answers):
        raise Unclear
    return answers[0] if answers else None


def nothing(typed: str) -> bool:
    """ "không có", "không rõ tên", "không để lại số"."""
    return any(_NOTHING.fullmatch(text) for text in _readings(typed))


def says(typed: str, label: str) -> bool:
    """Whether the words are those of a label, their polite words taken off."""
    meant = " ".join(_words(label))
    return any(text in (meant, *_ALSO.get(meant, ())) for text in _readings(typed))


def number(typed: str) -> int | None:
    """The option's number in "2", "2.", "②", "số 2", "dạ chọn câu 2 ạ"; "2 máy" has none."""
    for text in _readings(typed):
        if found := _NUMBER.fullmatch(text):
            return int(found[1])
    return None


def choice(typed: str, labels: Sequence[str]) -> int | None:
    """The index of the option meant: its number, its label, or words found in one label only.

    Words count from three letters on, as the beginning of a label or as whole words in it.
    """
    chosen = number(typed)
    if chosen is not None:
        return chosen - 1 if 1 <= chosen <= len(labels) else None
    marked = _only(normal(typed).lower() == normal(label).lower() for label in labels)
    if marked is not None:
        return marked
    options = [" ".join(_words(label)) for label in labels]
    for text in _readings(typed):
        if text in options:
            return _only(text == option for option in options)
    for text in _readings(typed):
        if _letters(text) < 3 or _UNCLEAR.fullmatch(text):
            continue
        begun = _only(option.startswith(text) for option in options)
        held = _only(f" {text} " in f" {option} " for option in options)
        if begun is not None or held is not None:
            return held if begun is None else begun
    return None


def near(typed: str, labels: Sequence[str]) -> int | None:
    """The option that a slip of the finger or initials ("dvc") may have meant: to be asked.

    Never to be taken unasked. None where nothing comes near, or two come equally near.
    """
    said = _words(typed)
    if _letters("".join(said)) < 3:
        return None
    scores = [_nearness(said, _words(label)) for label in labels]
    best = max(scores, default=0)
    return _only(score > best - 5 for score in scores) if best >= 75 else None


def _nearness(said: Sequence[str], label: Sequence[str]) -> float:
    """0 to 100: how near the words come to the label or to any run of as many words in it."""
    text = " ".join(said)
    runs = [label[at : at + len(said)] for at in range(len(label) - len(said) + 1)]
    score = max(fuzz.ratio(text, " ".join(run)) for run in (label, *runs))
    return 100 if text in "".join(word[:1] for word in label) else score


def navigation(typed: str) -> str | None:
    """ "back", "edit", "later", "cancel", "send", "early" (now, completed later), "more"."""
    for text in _readings(typed):
        for meant, pattern in _NAVIGATION.items():
            if pattern.fullmatch(text):
                return meant
    return None


def edit_number(typed: str) -> int | None:
    """The question named in "sửa 6", "sua cau 6"; None in a plain "sửa"."""
    for text in _readings(typed):
        if (found := _STEP.fullmatch(text)) and found[1]:
            return int(found[1])
    return None


def taking(typed: str) -> str | None:
    """A reply to a page: "take", "pass", "return", "alive", or "polite", which takes nothing.

    A question ("tiếp nhận?") takes nothing either, and "da tiep nhan", which may be dạ or đã, is
    polite: it is asked back while the ladder goes on.
    """
    chosen = number(typed)
    if chosen is not None:
        return {7: "take", 9: "pass"}.get(chosen)
    if "?" in typed:
        return None
    if found := _REPLY.fullmatch(_without_yes(typed)):
        return found.lastgroup
    words = _words(typed)
    polite = len(words) <= _SHORT and _POLITE.fullmatch(" ".join(words))
    return "polite" if polite or _is_picture(typed) else None


def still(typed: str) -> str | None:
    """Asked "vẫn đang xử lý?": "alive"; "unclear" for a short answer that is asked back."""
    if not fold(typed) or "?" in typed or not _as_written(typed, ("co",)):
        return None
    if any(text and _STILL.fullmatch(text) for text in _readings(typed)):
        return "alive"
    short = any(_NOT_SURE.fullmatch(text) for text in _readings(typed))
    return "unclear" if short or taking(typed) == "polite" else None


def incident_number(typed: str) -> tuple[str, int] | None:
    """("take" | "pass" | "return", number) in "nhận 12", "7 12", "chuyển 12", "trả lại 12"."""
    text = re.sub(r"[\s,:#]+", " ", _without_yes(typed, words=False))
    found = None if "?" in typed else _REPLY_ABOUT.fullmatch(text)
    if not found:
        return None
    meant = next(each for each in ("alive", "take", "pass", "return") if found[each])
    return meant, int(found["number"])


def confirming(typed: str) -> tuple[str, int | None] | None:
    """ "confirm" or "deny" of what was written down in a leader's stead, and of which incident.

    A question ("đúng?") is neither.
    """
    chosen = number(typed)
    if chosen is not None:
        return {7: ("confirm", None), 9: ("deny", None)}.get(chosen)
    if "?" in typed or not _as_written(typed, ("dung",)):
        return None
    for text in _readings(typed):
        if found := _CONFIRMING.fullmatch(text):
            said = "confirm" if found["confirm"] else "deny"
            return said, int(found["number"]) if found["number"] else None
    return None


def command(typed: str) -> tuple[str, int | None] | None:
    """A command in plain words, with its incident where it takes one: "tình hình sự cố số 12".

    report, on_behalf, holder, status, escalate, direction, close, timeline, reopen, supplement,
    verify, invite, test, english, vietnamese, help, resume, menu.
    """
    for text in _readings(typed):
        found = COMMAND.fullmatch(text)
        if found is None:
            continue
        said = INCIDENT.sub("", found[1].replace(" ", ""))
        named = int(found[2]) if found[2] else None
        for meant, pattern in COMMANDS.items():
            if pattern.fullmatch(said):
                return (meant, named) if named is None or meant in NUMBERED else None
        if (counted := _figures(said)) and named is None:
            return counted
    return None


def _figures(said: str) -> tuple[str, int] | None:
    """ "thongkequynay": the figures of a period that is named by words."""
    for ending, period in PERIOD.items():
        bare = ending.sub("", said)
        for meant in ("figures", "figures_whole", "figures_picture"):
            if bare != said and COMMANDS[meant].fullmatch(bare):
                return meant, period
    return None


def _words(typed: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(normal(typed))]


def _readings(typed: str) -> Iterator[str]:
    """The words as they stand, then with ever more of the polite words around them left out."""
    words = _words(typed)
    end = len(words)
    for first in range(min(end, _POLITE_WORDS)):
        if first and words[first - 1] not in _BEFORE:
            return
        for last in range(end, max(first, end - _POLITE_WORDS), -1):
            if last < end and words[last] not in _AFTER:
                break
            yield " ".join(words[first:last])


def _as_written(typed: str, among: Iterable[str] = _WRITTEN) -> bool:
    """Whether the marks, where typed, agree with the answer that the letters make."""
    for word in _WORD.findall(normal(typed).lower()):
        bare = fold(word)
        if bare in among and word != bare and word not in _WRITTEN[bare]:
            return False
    return True


def _without_yes(typed: str, words: bool = True) -> str:
    """Folded, a first word written "dạ" left out: "đã", which it folds with, says another thing."""
    text = re.sub(r"^dạ\W+", "", normal(typed).lower())
    return " ".join(_words(text)) if words else fold(text)


def _is_picture(typed: str) -> bool:
    text = _SKINS.sub("", fold(typed))
    return bool(text) and all(each in _PICTURES for each in text)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _only(fits: Iterable[bool]) -> int | None:
    """The one place that fits, or None: no place, or more than one."""
    places = [place for place, fit in enumerate(fits) if fit]
    return places[0] if len(places) == 1 else None
