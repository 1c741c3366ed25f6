"""What a chat platform (nền tảng) can do: screens and cards are drawn by that, not by its name."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.ways import WAYS


@dataclass(frozen=True, slots=True)
class Can:
    """`buttons`: under a message; `edits`: of what was sent; `files`: sent by the bot itself;
    `commands`: a list of them beside the typing field; `answers`: people can write back."""

    buttons: bool = True
    edits: bool = True
    files: bool = True
    commands: bool = True
    answers: bool = True


ALL = Can()
SAYS = Can(buttons=False, edits=False, files=False, commands=False, answers=False)
PLATFORMS: Mapping[str, Can] = {
    "telegram": ALL,
    "zalo": Can(buttons=False, edits=False, files=False, commands=False),
    **dict.fromkeys(WAYS, SAYS),  # beside the chats
}


def can(address: str) -> Can:
    """Of a chat's address ("zalo:1:2") or of a platform's name; the console can everything."""
    return PLATFORMS.get(address.partition(":")[0], ALL)
