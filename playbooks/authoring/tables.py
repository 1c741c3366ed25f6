"""Markdown as the pages write it: tables whose cells hold one line each, and lists."""

from collections.abc import Iterable, Sequence

Lines = list[str]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Lines:
    return [_row(head), _row(["---"] * len(head)), *map(_row, rows)]


def bullets(facts: Iterable[tuple[str, str]]) -> Lines:
    """ "- **name**: what is said"; a fact of which nothing is said is left out."""
    return [f"- **{name}**: {' '.join(said.split())}" for name, said in facts if said]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(' '.join(cell.replace('|', '/').split()) for cell in cells)} |"
