"""Every place that a value names as the one it comes from."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from bot.domain.playbook import Source


def sources(value: object) -> Iterator[Source]:
    if isinstance(value, Source):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from sources(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from sources(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from sources(getattr(value, field.name))
