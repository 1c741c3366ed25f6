"""The form in which a responder says which tình huống it is; and what an answer to it means.

The reporter is never asked this (words.md §3). What stands in its lists comes with the draft: the
likeliest scenarios first, then every item of the plan's own list, group by group.
"""

from collections.abc import Mapping, Sequence

from bot.domain.form import Draft, Form, Step
from bot.domain.scenario import GROUPS

ANOTHER, UNKNOWN = "another", "unknown"
SCENARIO = Form(
    "scenario",
    (
        Step("likely", listed="likely"),
        Step("group", listed="groups", only_if=("likely", (ANOTHER,))),
        *(Step(f"of_{group}", listed=group, only_if=("group", (group,))) for group in GROUPS),
    ),
    reviewed=False,
)
Items = Sequence[tuple[str, str]]  # scenarios with the names that are shown


def lists(likely: Items, groups: Mapping[str, Items]) -> dict[str, list[list[str]]]:
    """The options of each question. A group of one item is that item: it needs no question."""
    heads = [
        list(items[0]) if len(items) == 1 else [group, ""]
        for group in GROUPS
        if (items := groups.get(group, ()))
    ]
    return {
        "likely": [*map(list, likely), [ANOTHER, ""], [UNKNOWN, ""]],
        "groups": [*heads, [UNKNOWN, ""]],
        **{group: [*map(list, groups.get(group, ())), [UNKNOWN, ""]] for group in GROUPS},
    }


def chosen(draft: Draft) -> str:
    """The scenario that was chosen; "" for chưa rõ."""
    answer = draft.answers[list(draft.route)[-1]]
    return "" if answer == UNKNOWN else answer
