"""What the lists of the shifts' forms offer, and what their questions name."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.duty_forms import (
    NO_RETURN,
    NOBODY_ACTS,
    TASKS_GO,
    TASKS_STAY,
    shift_name,
    shift_value,
)

EVIL = "<b>&x <script>"  # what a person may call a thing, a unit or themselves
BEGINS = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
ENDS = BEGINS + timedelta(days=1)
SHIFT = [shift_value(0, BEGINS), shift_name(BEGINS, ENDS, EVIL)]
ROW = [12, "SC12", EVIL, 3, 1, ENDS.isoformat()]
BARE = ["", "SC13", "", 0, 0, ""]  # of a secret incident that nobody leads
DUTY_LISTS: dict[str, Any] = {
    "shifts": [SHIFT],
    "partners": [["7", EVIL]],
    "returns": [[NO_RETURN, ""], SHIFT],
    "rosters": [["truc_ban", EVIL]],
    "covers": [["7", EVIL]],
    "absentees": [["7", EVIL]],
    "stand_ins": [["7", EVIL], [NOBODY_ACTS, ""]],
    "receivers": [["7", EVIL]],
    "tasks_choice": [[TASKS_GO, ""], [TASKS_STAY, ""]],
    "state": [ROW, BARE],
    **{"count": 40, "missing": 2, "scope": EVIL},
}
