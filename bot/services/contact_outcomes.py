"""What the directory (danh bạ ngoài cơ quan) hands back to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.contact import Standing


@dataclass(frozen=True, slots=True)
class Use:
    """Where one plan needs a contact: steps as the plan counts them, sections of its duties."""

    plan: str
    steps: Sequence[str]
    duties: Sequence[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """`in_scenario`: the tình huống of the incident asks for its kind."""

    now: Standing
    uses: Sequence[Use]
    in_scenario: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """/danhba. number: of the incident that it is asked for, 0 for none. did: what has just become
    of telephoning whom. checks, edits: this person may say what became of it, mends the file."""

    entries: Sequence[Entry]
    checks: bool
    edits: bool
    number: int = 0
    did: str = ""
    name: str = ""
