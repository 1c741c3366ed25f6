"""What the lists of the steps' forms offer, and what their questions name."""

from typing import Any

from bot.domain.step_forms import GENERAL_OPTIONS, IN_WORDS

EVIL = "<b>&x <script>"  # what a person may call a thing, a unit or themselves
LISTS: dict[str, Any] = {
    "response_options": [[GENERAL_OPTIONS[0], ""], ["option_1", EVIL]],
    "choosers": [["7", EVIL], ["ask_1", EVIL], ["ask_2", EVIL]],
    "convening": [["not_now", ""], ["convene", ""]],
    "speakers": [["nobody_yet", ""], ["7", EVIL]],
    "powers": [["nothing_more", ""], *([power, ""] for power in IN_WORDS)],
    **dict.fromkeys(("who", "team", "unit", "lead", "recipients"), EVIL),
}
