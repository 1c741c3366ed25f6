"""Files that each hold one thing by the name of its file: a folder of them, or one alone."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from playbooks.errors import BadData, Fault
from playbooks.reading import Document, read

T = TypeVar("T")
Checked = Callable[[str, Document], T | list[Fault]]


def load_each(folder: Path, checked: Checked[T]) -> Mapping[str, T]:
    """By the files' names. Raises BadData, with every fault of every file."""
    faults: list[Fault] = []
    found: dict[str, T] = {}
    for path in sorted(folder.glob("*.yaml")):
        one = checked(path.stem, read(path))
        if isinstance(one, list):
            faults += one
        else:
            found[path.stem] = one
    if faults:
        raise BadData(faults)
    return found


def load_one(path: Path, checked: Checked[T]) -> T:
    """Raises BadData, with every fault of the file."""
    one = checked(path.stem, read(path))
    if isinstance(one, list):
        raise BadData(one)
    return one
