"""A playbook cut into pages that a telephone shows at night: a head, a few lines, what follows.

The first two pages are the contents; who only reported it is shown what to do now, and no more.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from bot.domain.scenario import Scenario

Part = Literal[
    "now",  # mười phút đầu, và việc không làm
    "signs",
    "questions",
    "evidence",
    "options",
    "contain",
    "remove",
    "recover",
    "check",
    "lessons",
]
PARTS: tuple[Part, ...] = get_args(Part)
CONTENTS = 5  # parts named on one page of the contents; the sixth option is "more"
LINES: dict[Part, int] = {"evidence": 2}  # items on a page, where they are longer than others
MOST = 4


@dataclass(frozen=True, slots=True)
class Item:
    """One line. `beside`: how evidence is taken, the criterion that a question settles; "never"
    of what is not to be done."""

    text: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page. `part`: None of the contents, which name `parts`."""

    part: Part | None
    number: int  # among the pages of its part, from 1
    count: int
    items: tuple[Item, ...] = ()
    parts: tuple[Part, ...] = ()


def leaves(scenario: Scenario, whole: bool) -> tuple[Leaf, ...]:
    """All pages in their order; not `whole`: what the reporter does and never does."""
    if not whole:
        return _part(scenario, "now")
    shown = [PARTS[at : at + CONTENTS] for at in range(0, len(PARTS), CONTENTS)]
    contents = [Leaf(None, at, len(shown), (), parts) for at, parts in enumerate(shown, start=1)]
    return (*contents, *(leaf for part in PARTS for leaf in _part(scenario, part)))


def choices(pages: tuple[Leaf, ...], place: int) -> tuple[int, ...]:
    """Where one can go from a page, in the order of the buttons (and of their numbers): the parts
    that the contents name and the other contents; else the next page and back to the contents."""
    leaf = pages[place]
    if leaf.part is None:
        begins = {page.part: at for at, page in reversed(list(enumerate(pages)))}
        other = leaf.number % leaf.count
        return (*(begins[part] for part in leaf.parts), other)
    following = (place + 1,) if place + 1 < len(pages) else ()
    return (*following, 0) if pages[0].part is None else following


def _part(scenario: Scenario, part: Part) -> tuple[Leaf, ...]:
    items, most = _items(scenario, part), LINES.get(part, MOST)
    cut = [items[at : at + most] for at in range(0, len(items), most)]
    return tuple(Leaf(part, at, len(cut), lines) for at, lines in enumerate(cut, start=1))


def _items(scenario: Scenario, part: Part) -> tuple[Item, ...]:
    match part:
        case "now":
            first = (Item(line) for line in scenario.first)
            return (*first, *(Item(line, "never") for line in scenario.never))
        case "questions":
            return tuple(Item(one.text, one.criterion) for one in scenario.questions)
        case "evidence":
            return tuple(Item(one.what, one.how) for one in scenario.evidence)
    lines: tuple[str, ...] = getattr(scenario, part)
    return tuple(Item(line) for line in lines)
