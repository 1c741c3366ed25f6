"""The words of roster files and of the duty table whose keys are made from what was found."""

from typing import get_args

from bot.domain import roster_findings, roster_import

# What the readers of playbooks/ say of a file, by the kinds they write down.
NOTED = {
    *("no_day", "other_month", "weekday", "no_name", "no_hours", "mark", "formula", "hidden_sheet"),
    *("hidden_rows", "hidden_columns", "no_layout", "recurrence", "floating", "outside"),
}
UNREADABLE = {
    *("empty", "too_big", "too_many", "old", "locked", "broken", "no_sheet", "no_calendar"),
    *("csv_letters", "nothing", "no_column", "not_this_month", "nobody", "too_long"),
    "unreachable",
}
ON_THE_SHEET = {
    *("draft", "title", "about", "number", "name", "position", "shifts", "workday", "weekend"),
    *("holiday", "by_day", "by_night", "whole", "sign", "total", "stood_in", "count", "night"),
    *("rates", "made", "maker", "head", "signed"),
}
OF_ROSTER_FILES: dict[str, set[str]] = {
    "importing.*": {"day", "day_year"},
    "importing.layout.*": {"list", "grid", "calendar"},
    "importing.assumed.*": {"whole", "day", "night"},
    "importing.unsure.*": set(get_args(roster_import.Why)) - set(roster_import.SURE),
    "importing.notes.*": {"head", "beware"},
    "importing.note.*": NOTED,
    "importing.finding.*": set(roster_findings.KINDS),
    "importing.trouble.*": UNREADABLE,
    "duty_table.sheet.*": ON_THE_SHEET,
}
