"""How well scenarios are recognised: the figures of docs/recognition.md.

`python -m tests.cases.measuring open told_seen` prints the block for these files. The unseen half
is for the end: whoever looks at its misses and tunes on has no unseen half any more.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.domain.lexicon import Lexicon
from bot.domain.recognition import Recognised, recognise
from playbooks.lexicon_file import load_lexicon
from playbooks.loader import PLANS

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "recognition.md"
NAMES = {
    "open": "real incidents (open.yaml)",
    "told_seen": "seen half (told_seen.yaml)",
    "told_unseen": "unseen half (told_unseen.yaml)",
}
BEGINS, ENDS = "<!-- figures -->\n", "<!-- end of figures -->\n"


@dataclass(frozen=True, slots=True)
class Case:
    """wanted: the scenario and the further ones that would be right; empty: nothing happened."""

    id: str
    told: str
    scenario: str
    also: tuple[str, ...]
    criteria: Mapping[str, str]

    @property
    def wanted(self) -> tuple[str, ...]:
        return tuple(name for name in (self.scenario, *self.also) if name)


@dataclass(frozen=True, slots=True)
class Outcome:
    """first: in the first place the scenario or one of `also`; strictly: the scenario itself.

    Of a report of nothing all three are right when nothing is found.
    """

    case: Case
    recognised: Recognised

    @property
    def found(self) -> tuple[str, ...]:
        return tuple(one.scenario for one in self.recognised.found)

    @property
    def first(self) -> bool:
        return self.found[:1] == () if not self.case.wanted else self._has(self.found[:1])

    @property
    def strictly(self) -> bool:
        return self.found[:1] == ((self.case.scenario,) if self.case.scenario else ())

    @property
    def among_three(self) -> bool:
        return self._has(self.found) if self.case.wanted else not self.found

    @property
    def strictly_among_three(self) -> bool:
        return self.case.scenario in self.found if self.case.scenario else not self.found

    def hints(self) -> Iterator[str]:
        """Of each criterion that the case settles: right, wrong, or abstained."""
        for name, answer in self.case.criteria.items():
            hint = self.recognised.suggested.get(name)
            yield "abstained" if hint is None else "right" if hint.answer == answer else "wrong"

    def _has(self, found: Sequence[str]) -> bool:
        return not set(found).isdisjoint(self.case.wanted)


def outcomes(name: str, lexicon: Lexicon | None = None) -> list[Outcome]:
    used = lexicon or _lexicon()
    return [Outcome(case, recognise(case.told, used)) for case in cases(name)]


def cases(name: str) -> list[Case]:
    """The open cases name their scenarios as the plans do."""
    listed = YAML(typ="safe", pure=True).load((HERE / f"{name}.yaml").read_text("utf-8"))
    return [
        Case(
            one["id"],
            one["told"],
            _id(one["scenario"]),
            tuple(_id(each) for each in one.get("also") or ()),
            {key.lower(): value for key, value in one["criteria"].items()},
        )
        for one in listed
    ]


def two_figures(name: str) -> tuple[int, int]:
    """Top-1 and top-3 in per cent, and nothing else."""
    seen = outcomes(name)
    return _percent(seen, "first"), _percent(seen, "among_three")


def block(names: Sequence[str]) -> str:
    """The figures and the misses as they stand in the page."""
    rows = [
        "| reports | number | first place | strictly | among three | strictly "
        "| criteria right | wrong | left open |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    missed: list[str] = []
    for name in names:
        seen = outcomes(name)
        marks = ("first", "strictly", "among_three", "strictly_among_three")
        shares = " | ".join(f"{_count(seen, mark)} ({_percent(seen, mark)} %)" for mark in marks)
        hints = [hint for one in seen for hint in one.hints()]
        counts = " | ".join(str(hints.count(kind)) for kind in ("right", "wrong", "abstained"))
        rows.append(f"| {NAMES[name]} | {len(seen)} | {shares} | {counts} |")
        missed += [f"- {name}: {line}" for one in seen if (line := _miss(one))]
    return "\n".join([*rows, "", *(missed or ["No case is missed."])]) + "\n"


def _miss(one: Outcome) -> str:
    found = ", ".join(one.found) or "nothing"
    wanted = one.case.scenario or "nothing"
    if not one.first:
        place = "among three" if one.among_three else "missed"
        return f"`{one.case.id}` {place}: wanted {wanted}, found {found}"
    if not one.strictly:
        return f"`{one.case.id}` first, not strictly: wanted {wanted}, found {found}"
    return ""


def _count(seen: Sequence[Outcome], mark: str) -> int:
    return sum(getattr(one, mark) for one in seen)


def _percent(seen: Sequence[Outcome], mark: str) -> int:
    return round(100 * _count(seen, mark) / len(seen))


def _id(name: str) -> str:
    return _named().get(name, name)


@cache
def _named() -> Mapping[str, str]:
    """The ids by the wordings of the base pack's scenario lists."""
    pack: dict[str, Any] = YAML(typ="safe", pure=True).load(
        (PLANS / "goi_nen.yaml").read_text("utf-8")
    )
    groups = pack["scenarios"].values()
    return {name: id_ for group in groups for id_, name in group["items"].items()}


@cache
def _lexicon() -> Lexicon:
    return load_lexicon()


if __name__ == "__main__":
    print(block(sys.argv[1:]), end="")  # noqa: T201
