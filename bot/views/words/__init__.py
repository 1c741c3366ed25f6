"""Every word a user reads: a YAML file per area and language, found by key.

`text("vi", "report.told")`. A key that a language lacks is an error of ours, found by a test.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent
LANGUAGES = ("vi", "en")


def text(language: str, key: str) -> str:
    """The raw words, with their placeholders. KeyError: there are none."""
    return all_of(language)[key]


def has(language: str, key: str) -> bool:
    return key in all_of(language)


@cache
def all_of(language: str) -> Mapping[str, str]:
    """Every key of a language, as "area.part.name"."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob(f"*.{language}.yaml")):
        area = path.name.split(".")[0]
        tree = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
        found |= {f"{area}.{key}": words for key, words in _flat(tree)}
    return found


def _flat(tree: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{before}{key}"
        pairs += [(name, value)] if isinstance(value, str) else _flat(value, f"{name}.")
    return pairs
