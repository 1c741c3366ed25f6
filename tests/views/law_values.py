"""Legal clocks as the screens get them: running, overdue, due at once, sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache

from bot.domain.law import Clock
from bot.services import outcomes
from bot.services.ports.incidents import Brief, Legal
from playbooks.law_files import load_regimes
from tests.views.values import NOON, brief, secret


@cache
def clocks() -> tuple[Legal, ...]:
    """One of each state, with its article out of the product's own data."""
    regimes = load_regimes()
    found = []
    for regime, report, hours, state in (
        ("vn_2017", "vuot_kha_nang", 0, "running"),
        ("vn_data", "co_quan", -1, "running"),
        ("vn_2017", "ban_dau", 120, "running"),
        ("vn_2026", "chi_tiet", 72, "sent"),
    ):
        began = NOON - timedelta(hours=72) if hours < 0 else NOON
        due = NOON + timedelta(hours=hours)
        clock = Clock(7, 12, regime, report, began, due, state, NOON if state == "sent" else None)  # type: ignore[arg-type]
        deadline = regimes[regime].deadline(report)
        assert deadline is not None
        found.append(Legal(clock, regimes[regime], deadline))
    return tuple(found)


def law_outcomes() -> Iterator[outcomes.Deadlines]:
    for about in (brief(), secret()):
        for shown in ((), clocks(), clocks()[3:]):
            for marks, settles in ((True, True), (False, False)):
                yield outcomes.Deadlines(about, shown, NOON, marks, settles and bool(shown))


def with_clocks(about: Brief) -> Brief:
    return replace(about, clocks=clocks())
