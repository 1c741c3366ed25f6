"""The order of a plan's steps: nothing waits for itself, and a loop leads back, not forward.

Judged on the file's plain values, so that it is told beside everything else that is wrong there.
"""

from collections.abc import Iterator, Mapping

from playbooks.errors import Fault
from playbooks.reading import Document, Value

Group = Mapping[str, Value]


def misplaced(document: Document) -> Iterator[Fault]:
    """What is wrong in the order of the file's own steps; a wrong shape is told elsewhere."""
    whole = _group(document.data)
    steps = {name: _group(step) for name, step in _group(whole.get("steps")).items()}
    yield from _circles({name: _names(step.get("after")) for name, step in steps.items()}, document)
    order = _order(_group(whole.get("phases")), steps)
    for name, step in steps.items():
        for index, place in enumerate(_names(_group(step.get("loop")).get("back_to"))):
            if {place, name} <= set(order) and order.index(place) > order.index(name):
                why = f"vòng quay lại đi tới phía sau: {place} (nêu giai đoạn hay bước ở trước)"
                yield document.fault(("steps", name, "loop", "back_to", index), why)


def _order(phases: Group, steps: Mapping[str, Group]) -> list[str]:
    """Each phase, then its steps; without phases of its own as the steps name them."""
    phase_of = {name: str(step.get("phase")) for name, step in steps.items()}
    of = phases or dict.fromkeys(phase_of.values())
    return [place for phase in of for place in (phase, *(n for n in steps if phase_of[n] == phase))]


def _circles(after: Mapping[str, list[str]], document: Document) -> Iterator[Fault]:
    for name in after:
        way = _way_back(after, name)
        if way and name == min(way):  # a circle is told once
            why = f"các bước chờ nhau thành vòng: {' → '.join(way)} (bỏ một chỗ after)"
            yield document.fault(("steps", name, "after"), why)


def _way_back(after: Mapping[str, list[str]], start: str) -> list[str]:
    """From a step through what it waits for back to itself; empty: it does not come back."""
    ways, seen = [[start]], set()
    while ways:
        way = ways.pop()
        for before in after[way[-1]]:
            if before == start:
                return [*way, start]
            if before in after and before not in seen:
                seen.add(before)
                ways.append([*way, before])
    return []


def _group(value: Value) -> Group:
    return value if isinstance(value, dict) else {}


def _names(value: Value) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
