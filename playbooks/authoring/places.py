"""Today's 34 provinces and 3,321 communes, and finding one by a name as people type it.

The list is `playbooks/communes.txt`, read when it is first asked for. A name is found with or
without marks, with its kind ("xã", "p.") or without, alone or with its province behind it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.domain.folding import fold, may_be

LIST = Path(__file__).parents[1] / "communes.txt"
KINDS = ("xã", "phường", "đặc khu")
# What may stand before a name, folded, and the kind that it says; "": only taken away.
BEFORE = {
    "ubnd": "",
    "uy ban nhan dan": "",
    "xa": "xã",
    "x": "xã",
    "phuong": "phường",
    "p": "phường",
    "dac khu": "đặc khu",
}
OF_PROVINCE = ("tinh", "thanh pho", "tp")
NEAR, MANY = 80, 6  # out of 100, how like a near match is; how many are told


@dataclass(frozen=True, slots=True)
class Commune:
    """kind: "xã", "phường", "đặc khu"; name and province without it: "Krông Pắc", "Đắk Lắk"."""

    kind: str
    name: str
    province: str  # as it is listed: "Tỉnh Đắk Lắk"

    @property
    def listed(self) -> str:
        return f"{self.kind.capitalize()} {self.name}"

    @property
    def whole(self) -> str:
        return f"{self.kind} {self.name}, {self.province[0].lower()}{self.province[1:]}"


@dataclass(frozen=True, slots=True)
class Found:
    """matches: what it is called so; near: where nothing is, what is called nearly so."""

    matches: tuple[Commune, ...] = ()
    near: tuple[Commune, ...] = ()
    province: str | None = None  # a province alone was named


@lru_cache(maxsize=1)
def communes(file: Path = LIST) -> Mapping[str, tuple[Commune, ...]]:
    """By province as it is listed, in the list's order."""
    found: dict[str, list[Commune]] = {}
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("  "):
            kind = next(one for one in KINDS if line.strip().lower().startswith(one))
            province = next(reversed(found))
            found[province].append(Commune(kind, line.strip()[len(kind) + 1 :], province))
        elif not line.startswith("#"):
            found[line] = []
    return {province: tuple(every) for province, every in found.items()}


def find(typed: str) -> Found:
    name, _, behind = typed.replace(".", ". ").partition(",")
    if behind.strip():
        province = next((one for one in communes() if _before(behind, one) == ""), None)
        return _found(name, (province,) if province else tuple(communes()))
    found = _found(name, tuple(communes()))
    if found.matches:
        return found
    for province in communes():  # "xã Tân Lập Đắk Lắk": the province behind, without a comma
        front = _before(name, province)
        if front == "":
            return Found(province=province)
        if front is not None:
            within = _found(front, (province,))
            if within.matches:
                return within
            found = within if within.near else found
    return found


def _found(typed: str, provinces: Iterable[str]) -> Found:
    kind, bare = _kind(typed)
    among = [one for province in provinces for one in communes()[province]]
    called = [one for one in among if _key(one.name) == _key(bare)]
    marked = [one for one in called if _may_be(bare, one.name)]
    called = marked or called
    of_kind = tuple(one for one in called if kind in ("", one.kind))
    if called:
        return Found(of_kind) if of_kind else Found(near=tuple(called))
    return Found(near=_near(bare, among))


def _near(typed: str, among: list[Commune]) -> tuple[Commune, ...]:
    keys = [_key(one.name) for one in among]
    best = process.extract(_key(typed), keys, scorer=fuzz.ratio, score_cutoff=NEAR, limit=MANY)
    return tuple(among[index] for _, _, index in best)


def _kind(typed: str) -> tuple[str, str]:
    """The kind that is said, "" for none, and the name behind it, with its marks."""
    kind, words = "", typed.split()
    for before, said in BEFORE.items():
        size = len(before.split())
        if len(words) > size and fold(" ".join(words[:size])) == before:
            kind, words = said or kind, words[size:]
    return kind, " ".join(words)


def _before(typed: str, province: str) -> str | None:
    """What stands before the province's name at the end of the words; None: it is not there."""
    words = typed.split()
    name = _without_kind(province.split())
    if _key(" ".join(words[-len(name) :])) != _key(" ".join(name)):
        return None
    front = words[: -len(name)]
    for kind in OF_PROVINCE:
        size = len(kind.split())
        if fold(" ".join(front[-size:])) == kind:
            front = front[:-size]
    return " ".join(front)


def _without_kind(words: list[str]) -> list[str]:
    return words[2:] if fold(" ".join(words[:2])) == "thanh pho" else words[1:]


def _may_be(typed: str, name: str) -> bool:
    """No mark of the typed words denies the name."""
    pairs = zip(typed.split(), name.split(), strict=False)
    return len(typed.split()) != len(name.split()) or all(may_be(one, word) for one, word in pairs)


def _key(name: str) -> str:
    """Folded, and without what people leave out: "M'Drắk" is "mdrak"."""
    return re.sub(r"[^a-z0-9]+", " ", fold(name).replace("'", "").replace("’", "")).strip()
