"""The dialogs of a request for support: prepared, asked on the telephone or in writing, answered.

Of a state secret no words are asked: somebody is asked to come, and nothing else is said.
"""

from bot.domain.form import Form, Step
from bot.domain.support import ANSWERS

HELP = ("send_people", "from_afar", "analyse_samples", "block_network")
SPOKEN = ("by_phone", "by_mail", "by_paper")  # how it was asked
REQUEST_FIRST, NOT_YET = "send_request", "not_asked_yet"  # of a body that only few may ask
UNNAMED = "unnamed"
NOTHING = "nothing_more"

_ANSWER = (
    Step("answer", options=ANSWERS, only_if=("how", SPOKEN)),
    Step(
        "spoke_with",
        kind="words",
        options=(UNNAMED,),
        only_if=("answer", ("accepted", "refused")),
        max_length=80,
    ),
    Step(
        "said",
        kind="words",
        options=(NOTHING,),
        only_if=("answer", ("accepted", "refused")),
        max_length=300,
    ),
)
SUPPORT = Form(
    "support",
    (
        Step("body", listed="bodies"),
        Step("help", listed="helps", free=True, max_length=300),
        Step("how", listed="ways"),
        *_ANSWER,
    ),
    reviewed=False,
)
SUPPORT_ANSWER = Form(  # what a body that was asked before has answered
    "support_answer",
    (
        Step("asked", listed="waiting"),
        Step("answer", options=ANSWERS),
        *_ANSWER[1:],
    ),
    reviewed=False,
)
SUPPORT_FORMS = (SUPPORT, SUPPORT_ANSWER)
