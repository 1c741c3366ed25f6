"""What the server finds by itself in any text: commands, mentions, addresses."""

import re

from bot.sandbox.markup import Entity, units

FOUND = (
    ("url", re.compile(r"(?<![\w@/])(?:https?://|t\.me/)[^\s<>\"]*[^\s<>\".,;:!?)\]]")),
    ("bot_command", re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}(?![\w@])")),
)
CLOSED = {"code", "pre", "text_link", "url", "bot_command", "mention"}  # nothing is found inside


def detected(text: str, given: list[Entity]) -> list[Entity]:
    """The given entities and those found, in order."""
    entities = list(given)
    for kind, pattern in FOUND:
        for found in pattern.finditer(text):
            entity: Entity = {
                "type": kind,
                "offset": units(text[: found.start()]),
                "length": units(found[0]),
            }
            if not any(_overlap(entity, other) for other in entities if other["type"] in CLOSED):
                entities.append(entity)
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def piece(text: str, entity: Entity) -> str:
    """The words an entity stands over."""
    raw = text.encode("utf-16-le")
    return raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
