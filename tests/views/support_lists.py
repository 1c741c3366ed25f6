"""What the dialogs of support beyond the agency offer and name, at their longest."""

from typing import Any

from bot.domain.support_forms import HELP, NOT_YET, SPOKEN

EVIL = "<b>&x <script>"
LONG = f"{EVIL} Trung tâm Ứng cứu khẩn cấp không gian mạng " * 4
SUPPORT_LISTS: dict[str, Any] = {
    "bodies": [["doi", LONG], ["national", EVIL]],
    "helps": [[one, ""] for one in HELP],
    "ways": [[one, ""] for one in (*SPOKEN, NOT_YET)],
    "waiting": [["3", LONG]],
    "reserved": [[LONG, LONG]] * 3,
    "before": [[LONG, "refused"], [EVIL, "waiting"]],
    "paper": {
        **{"to": LONG, "unit": EVIL, "system": EVIL, "code": "SC012", "meet": [EVIL, EVIL]},
        **{"call": [EVIL, "0262", "0905", EVIL, EVIL], "lead": EVIL, "duty": EVIL, "level": 3},
        **{"since": "", "state": "happening", "needs": "yes", "yes": [EVIL] * 6},
        **{"done": [EVIL] * 8, "plan": [EVIL, EVIL], "law": [[EVIL, True], [EVIL, False]]},
    },
}
