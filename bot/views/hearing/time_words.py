"""Vietnamese words for times: spelled out in one way, and the patterns that `moments` looks for.

Everything is folded. Three words that fold alike are told apart while their marks are there: tối
(evening), tôi (I) and tới (until).
"""

import re
from collections.abc import Callable

from bot.domain.folding import fold, normal

# Hours after midnight of the day named; đêm reaches into the next day.
PARTS = {
    "rang sang": (0, 6),
    "sang som": (5, 8),
    "sang": (6, 11),
    "trua": (11, 13),
    "chieu": (13, 18),
    "toi": (18, 22),
    "dem": (22, 30),
    "khuya": (22, 30),
}
NIGHT = ("dem", "khuya")
# By part of the day, the clock hours that mean twelve later.
TWELVE_LATER = {
    "trua": range(1, 4),
    "chieu": range(1, 8),
    "toi": range(5, 13),
    "dem": range(8, 13),
    "khuya": range(8, 13),
}
DAYS_BACK = {"nay": 0, "qua": 1, "kia": 2}
WEEKDAYS = ("2 hai", "3 ba", "4 tu", "5 nam", "6 sau", "7 bay", "chu nhat")  # Monday first

ROUGHLY = re.compile(r"\b(?:khoang|tam|chung|gan|hon|uoc|doan|chac|hinh nhu)\b")
JUST_NOW = re.compile(
    r"(?:vua|moi)(?: moi)?(?: (?:xong|phat hien|thay|bi|xay ra|day))?"
    r"|(?:ngay )?(?:bay gio|luc nay|hien tai|hien gio|hien nay)"
)
A_WHILE_AGO = re.compile(r"(?:ban|hoi|khi|vua|moi) nay|nay gio")  # nãy
AGO = re.compile(
    r"(?P<within>\btrong )?(?P<since>\bcach day )?\b(?P<n>\d{1,3}|nua) ?"
    r"(?P<unit>tieng|gio|h|phut|p)(?: dong ho)?(?P<half> ruoi)?"
    r"(?: ?(?P<minutes>\d{1,2})(?: ?(?:phut|p))?)?"
    r"(?P<ago> (?:truoc|vua roi|vua qua|qua|roi|nay))?$"
)
CLOCKS = re.compile(r"\b(\d{1,2}):(\d{2})\b(?: ?(?:den|-) ?(\d{1,2}):(\d{2})\b)?")
TAKEN = "@"  # stands where a clock was
PART = re.compile(
    r"\b(?:buoi )?(?P<part>rang sang|sang som|sang|trua|chieu|dem|khuya|(?<=buoi )toi|(?<=@ )toi"
    r"|toi(?= (?:@|qua|nay|kia|thu \w|chu nhat|hom|ngay \d|\d+/)|$))(?: (?P<of>qua|nay|kia))?\b"
)
NEAR_DAY = re.compile(r"\bhom (?P<of>qua|nay|kia)\b")
WEEKDAY = re.compile(
    r"\b(?:thu (?P<name>[2-7]|hai|ba|tu|nam|sau|bay)|chu nhat)\b"
    r"(?: (?:(?P<before>tuan (?:truoc|roi|qua))|tuan nay|vua roi|vua qua))?"
)
DATE = re.compile(
    r"\b(?:ngay )?(?:\d{1,2}(?P<by>[/.-])\d{1,2}(?P<year>(?P=by)(?:\d{4}|\d{2}))?"
    r"|\d{1,2} thang \d{1,2}(?: nam \d{4})?)\b"
    r"|\b(?:\d{4}-\d{2}-\d{2}|\d{1,3} (?:ngay|tuan|thang) truoc|ngay \d{1,2})\b"
)
_FILLING = frozenset(
    [
        *("luc", "vao", "khoang", "tam", "chung", "gan", "hon", "tu", "buoi", "ngay", "cua", "bi"),
        *("phat", "hien", "thay", "bat", "dau", "em", "toi", "anh", "chi", "a", "nhe", "la", "thi"),
        *("uoc", "doan", "chac", "hinh", "nhu", "da", "roi", "vua"),
        *("hoi", "gio", "cuoi", "giua"),
    ]
)

_NUMBERS = {
    **{"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9},
    **{"muoi": 10, "muoi mot": 11, "muoi hai": 12, "muoi lam": 15, "ba muoi": 30},
}
_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_BY_MARKS = (  # and bây giờ (now), which folds with bảy giờ (seven)
    *(("tối", "buổi tối"), ("buổi buổi", "buổi"), ("tôi", " "), ("tới", "đến")),
    *(("bây giờ", "hiện giờ"), ("bảy", "7")),
)
_ENGLISH = (  # the little that its words file offers, and what comes near
    (r"\bjust (?:now|noticed)\b", "vua xong"),
    (r"\byesterday (morning|afternoon|evening)\b", r"\1 yesterday"),
    (r"\b(?:this|in the) (?=morning|afternoon|evening)", ""),
    (r"\blast night\b", "dem qua"),
    *((r"\bmorning\b", "sang"), (r"\bafternoon\b", "chieu"), (r"\bevening\b", "buoi toi")),
    *((r"\byesterday\b", "hom qua"), (r"\btoday\b", "hom nay")),
    *((r"\bhours? ago\b", "gio truoc"), (r"\bmin(?:ute)?s? ago\b", "phut truoc")),
    *((r"\bat\b", "luc"), (r"\b(?:about|around)\b", "khoang")),
)
_SPELLING: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    *_ENGLISH,
    (r"[,;()]|\.(?!\d)", " "),
    (r"\b(?:h|hom|bua) ?qua\b", "hom qua"),
    (r"\b(?:h|hom|bua) ?nay\b", "hom nay"),
    (r"\b(som|sang|trua|chieu|toi|dem|khuya) hom (qua|nay|kia)\b", r"\1 \2"),
    (r"^(?:ngay )?bay gio$", "hien gio"),
    (r"\bcn\b", "chu nhat"),
    (r"\bt([2-7])\b", r"thu \1"),
    (r"\b(\d{1,2}) ?- ?(\d{1,2}) ?(?:h|g|gio)\b", r"\1h den \2h"),
    (r"(?<=[hgo]) toi (?=\d{1,2} ?(?:h|g|:))", " den "),
    (
        rf"\b({_NUMBER})(?= (?:gio|tieng|phut|ngay|tuan)\b)",
        lambda found: str(_NUMBERS[found[1]]),
    ),
)
_HOUR = r"\b(\d{1,2}) ?(?:h|g|gio)"
_CLOCK_FORMS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (
        r"\b(\d{1,2})(?::(\d{2}))? ?(am|pm)\b",
        lambda at: f"{int(at[1]) % 12 + 12 * (at[3] == 'pm')}:{at[2] or '00'}",
    ),
    (
        rf"{_HOUR} kem (\d{{1,2}})(?: ?(?:phut|p)\b)?",
        lambda at: f"{(int(at[1]) - 1) % 24}:{60 - int(at[2]):02}",
    ),
    (rf"{_HOUR} ruoi\b", lambda at: f"{at[1]}:30"),
    (
        rf"{_HOUR}(\d{{1,2}}| \d{{2}}(?! ?[\d/-]| (?:thang|ngay|tuan)\b))(?: ?(?:phut|p)\b)?",
        lambda at: f"{at[1]}:{int(at[2]):02}",
    ),
    (rf"{_HOUR}\b", lambda at: f"{at[1]}:00"),
)
_MARKS = {"ngay": "ngày", "thang": "tháng", "nam": "năm", "tuan": "tuần", "truoc": "trước"}


class TimeWords:
    """What is left of the typed words while one part after another is understood."""

    def __init__(self, typed: str) -> None:
        text = normal(typed).lower()
        for word, meant in _BY_MARKS:
            text = re.sub(rf"\b{word}\b", meant, text)
        text = fold(text)
        for form, spelled in _SPELLING:
            text = re.sub(form, spelled, text)
        self.text = " ".join(text.split())

    def spell_clocks(self) -> None:
        """Every clock time as H:MM: 21h30, 9 giờ rưỡi, 9h kém 15, 9pm."""
        for form, spelled in _CLOCK_FORMS:
            self.text = re.sub(form, spelled, self.text)

    def take(self, pattern: re.Pattern[str], leave: str = "") -> re.Match[str] | None:
        """The first match, taken out."""
        found = pattern.search(self.text)
        if found:
            around = self.text[: found.start()], leave, self.text[found.end() :]
            self.text = " ".join(" ".join(around).split())
        return found

    def all_understood(self) -> bool:
        """Whether nothing is left but words that say no time."""
        return _FILLING.issuperset(re.findall(r"[^\W_]+", self.text))


def with_marks(date: str) -> str:
    """A folded date as dateparser reads it."""
    return " ".join(_MARKS.get(word, word) for word in re.sub(r"(?<=\d)[.-]", "/", date).split())
