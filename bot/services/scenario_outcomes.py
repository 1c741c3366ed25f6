"""What the steps of a tình huống and of its playbook hand back."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.playbook_pages import Leaf
from bot.services.ports.incidents import Brief
from bot.services.ports.tasks import Sheet


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Which tình huống it is. `tasks`: opened by this very act; `told`: the reporter hears it."""

    brief: Brief
    tasks: Sequence[Sheet] = ()
    changed: bool = True
    told: bool = False


@dataclass(frozen=True, slots=True)
class PlaybookPage:
    """One page of a playbook; `ways`: where one can go from it, in the order of the buttons, each
    with its place. `leaf`: None where nobody has said which scenario it is."""

    brief: Brief
    leaf: Leaf | None = None
    ways: Sequence[tuple[int, Leaf]] = ()
    may_choose: bool = False  # this person may say which one it is
