"""The names in one cell of a roster, as offices write them: titles, positions, telephones beside.

"1. Đ/c Nguyễn Văn Bình – PCT (0905 000 222)" is Nguyễn Văn Bình; several stand in one cell.
"""

import re
from typing import NamedTuple

from bot.domain.folding import fold, normal

PHONE = re.compile(r"(?:\+84|0)[ .-]?\d(?:[ .-]?\d){7,9}(?!\d)")
COMRADE = re.compile(r"(?<!\w)[đĐdD]\s*[/.]\s*[cC](?!\w)[.:]?")
# Behind a dash stands a position, unless it begins as people do: "Đ/c Bình - Đ/c Hùng" are two.
ANOTHER = r"(?:đồng chí|đc|ông|bà|anh|chị|(?:%s)\s+\w+)(?!\w)"
SURNAMES = "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý"
APART = re.compile(
    rf"[\n;,/&+]|(?<!\w)và(?!\w)|\s\d{{1,2}}[.)]\s|\s[-–—]\s+(?={ANOTHER % SURNAMES})", re.I
)
COUNTED = re.compile(r"^\s*(?:\d{1,2}\s*[.)]|[-–•*])\s*")
ASIDE = re.compile(r"\([^()]*\)|\s[-–—]\s.*$")
PHONE_LABEL = re.compile(r"(?<!\w)(?:sđt|sdt|đt|đtdđ|điện thoại|di động|tel)(?!\w)[:.]?", re.I)
TITLES = frozenset(
    {
        *(
            "dong chi",
            "dc",
            "d/c",
            "ong",
            "ba",
            "anh",
            "chi",
            "em",
            "co",
            "chu",
            "thay",
            "gs",
            "pgs",
        ),
        *(
            "ts",
            "ths",
            "bs",
            "bsckii",
            "bscki",
            "ks",
            "cn",
            "cu nhan",
            "ky su",
            "bac si",
            "thac si",
        ),
        *("tien si", "gs.ts", "pgs.ts", "mr", "ms", "mrs", "cki", "ckii", "ck1", "ck2"),
        *(f"{one} {of}" for one in ("dai", "thuong", "trung", "thieu") for of in ("ta", "uy")),
    }
)
POSITIONS = frozenset(
    {
        *("ct", "pct", "chu tich", "pho chu tich", "chu tich ubnd", "pho chu tich ubnd", "cvp"),
        *("chvp", "pvp", "pcvp", "chanh van phong", "pho chanh van phong", "tp", "ptp"),
        *("truong phong", "pho truong phong", "pho phong", "gd", "pgd", "giam doc", "pho giam doc"),
        *(
            "cv",
            "cvc",
            "chuyen vien",
            "chuyen vien chinh",
            "cb",
            "can bo",
            "cong chuc",
            "vien chuc",
        ),
        *("bi thu", "pho bi thu", "pbt", "btdu", "cht", "chi huy truong", "pcht", "doi truong"),
        *("doi pho", "truong ban", "pho ban", "van thu", "ke toan", "bao ve", "lai xe", "vp"),
        *("van phong", "truong cong an", "pho truong cong an", "lanh dao", "truc ban", "ky thuat"),
        *("ca truong", "ld", "ktv", "ky thuat vien", "nhan vien", "nv"),
    }
)
STRIPPED = 4  # titles and positions before one name, at most: "Đ/c PCT ThS. …"
LONGEST = 60  # characters of a name; more is a sentence


class Named(NamedTuple):
    name: str
    phone: str = ""


def names_in(text: str) -> list[Named]:
    """In their order; what is a position only is nobody."""
    whole = COMRADE.sub("đồng chí ", normal_lines(text))
    found: list[Named] = []
    for part in APART.split(_without_breaks_in_numbers(whole)):
        phone = PHONE.search(part)
        bare = _bare(PHONE.sub(" ", part))
        if bare:
            found.append(Named(bare, phone[0].strip() if phone else ""))
        elif phone and found and not found[-1].phone:
            found[-1] = found[-1]._replace(phone=phone[0].strip())
    return found


def phone_in(text: str) -> str:
    """The first telephone number, "" where there is none."""
    found = PHONE.search(_without_breaks_in_numbers(text))
    return found[0].strip() if found else ""


def normal_lines(text: str) -> str:
    return "\n".join(normal(line) for line in text.splitlines())


def _without_breaks_in_numbers(text: str) -> str:
    """A number broken over two lines is one number."""
    return re.sub(r"(?<=\d)\n(?=\d{2})", " ", text)


def _bare(part: str) -> str:
    """The name alone. "" where nothing but a title or a position stands there."""
    label, _, after = PHONE_LABEL.sub(" ", ASIDE.sub(" ", part)).rpartition(":")
    said = COUNTED.sub("", after if any(map(str.isalpha, after)) else label)  # "Trực chính: Bình"
    words = said.replace(".", ". ").split()
    for _ in range(STRIPPED):
        length = _leading(words)
        if not length:
            break
        words = words[length:]
    name = " ".join(words).strip(" .-–—,;:*").replace(" .", ".")
    return name if fold(name) not in POSITIONS and any(map(str.isalpha, name)) else ""


def _leading(words: list[str]) -> int:
    """How many words at the head are a title or a position; a name must be left behind them."""
    for length in (5, 4, 3, 2, 1):
        head = fold(" ".join(words[:length]))
        if length < len(words) and (head in TITLES or head in POSITIONS):
            return length
    return 0
