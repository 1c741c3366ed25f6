"""A plan's own text, line by line, and how two wordings of it are compared."""

import re
import unicodedata

from playbooks.loader import PLANS

DOCUMENTS = PLANS.parent / "documents"
LINES = {path.stem: path.read_text("utf-8").split("\n") for path in DOCUMENTS.glob("*.txt")}
REST = 60  # lines within which a name ends that begins on a line, empty ones among them


def fold(text: str) -> str:
    """One case, one space, no end punctuation; the letters themselves are kept."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("uỷ", "ủy").replace("hoá", "hóa")
    return re.sub(r"\s+", " ", plain.replace(",", ", ")).strip(" .…,;:-")


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text).replace("ubnd", "ủy ban nhân dân")))


def bare(name: str) -> str:
    """A step's name without the condition that stands behind it in parentheses."""
    return fold(re.sub(r"\(.*\)", "", name, flags=re.DOTALL))


def stands(plan_id: str, line: int, name: str) -> bool:
    """The name begins on this line of the plan's text, and goes on in those that follow."""
    lines = LINES[plan_id]
    whole = fold(" ".join(lines[line - 1 : line + REST]))
    return 0 <= whole.find(fold(name)) < len(fold(lines[line - 1]))


def pieces(text: str, within: str) -> list[str]:
    """The text as it stands in another one: as few unbroken pieces of it as there can be."""
    left, found = text.split(" "), []
    while left:
        n = next((n for n in range(len(left), 0, -1) if " ".join(left[:n]) in within), 1)
        found.append(" ".join(left[:n]))
        left = left[n:]
    return found
