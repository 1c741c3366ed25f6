"""The forms of shifts: đổi ca, trực thay, vắng mặt, bàn giao.

What stands in their lists comes with the draft; a shift in a list is "s<roster>_<minute>", and its
name is "<begins>/<ends>" with the roster's name behind "|" where there are several.
"""

import re
from datetime import datetime

from bot.domain.form import Form, Step

NO_RETURN, NOBODY_ACTS, NO_PAPER = "no_return", "nobody_acts", "no_paper"
TASKS_GO, TASKS_STAY = "tasks_go", "tasks_stay"
AS_IT_STANDS = "as_it_stands"  # the prepared state of things is sent as it is
LISTED = (NO_RETURN, NOBODY_ACTS, TASKS_GO, TASKS_STAY)
PERIODS = ("today", "tonight", "tomorrow", "three_days", "this_week")
OTHER_PERIOD = "other_period"
REASONS = ("on_leave", "on_mission", "sick", "other_reason")
SHIFT = re.compile(r"s(\d+)_(\d+)")

SWAP = Form(
    "swap",
    (
        Step("shift", listed="shifts"),
        Step("partner", listed="partners"),
        Step("in_return", listed="returns"),
    ),
)
COVER = Form(
    "cover",
    (
        Step("roster", listed="rosters"),
        Step("when", "moment", ("tonight", "today", "this_week", OTHER_PERIOD), period=True),
        Step("cover_by", listed="covers"),
    ),
)
ABSENCE = Form(
    "absence",
    (
        Step("absent", listed="absentees"),
        Step(
            "when",
            "moment",
            ("today", "tomorrow", "three_days", "this_week", OTHER_PERIOD),
            period=True,
        ),
        Step("reason", options=REASONS),
        Step("stand_in", listed="stand_ins"),
        Step(
            "paper",
            options=(NO_PAPER,),
            free=True,
            max_length=200,
            unless=("stand_in", (NOBODY_ACTS,)),
        ),
    ),
)
HANDOVER = Form(
    "handover",
    (
        Step("receiver", listed="receivers"),
        Step("summary", kind="words", options=(AS_IT_STANDS,), max_length=800),
    ),
    reviewed=False,
)
HANDOVER_LEAD = Form(  # of a secret incident no words are asked: only who
    "handover_lead",
    (
        Step("receiver", listed="receivers"),
        Step("with_tasks", listed="tasks_choice", if_any=True),
        Step("summary", kind="words", options=(AS_IT_STANDS,), max_length=800),
    ),
    reviewed=False,
)
DUTY_FORMS = (SWAP, COVER, ABSENCE, HANDOVER, HANDOVER_LEAD)


def shift_value(roster: int, begins: datetime) -> str:
    """`roster`: its place among the rosters."""
    return f"s{roster}_{int(begins.timestamp()) // 60}"


def shift_name(begins: datetime, ends: datetime, roster: str = "") -> str:
    return f"{begins.isoformat()}/{ends.isoformat()}" + (f"|{roster}" if roster else "")
