"""The forms of readiness: tin thử is asked for; "ai được báo" is asked of a time and a verdict."""

from collections.abc import Mapping

from bot.domain.form import Form, Step
from bot.domain.reach import Needed

ASK_EVERYBODY, ASK_NOBODY = "ask_everybody", "ask_nobody"
# Each case that is asked about, as a verdict.
CASES: Mapping[str, Needed] = {
    "serious_case": "serious",
    "respond_case": "respond",
    "verify_case": "verify",
}
COMING_TIME = "coming_time"  # it is typed
TIMES_AHEAD = ("coming_night", "coming_saturday", "now_on", COMING_TIME)

TEST_ROUND = Form("test_round", (Step("go", options=(ASK_EVERYBODY, ASK_NOBODY)),), reviewed=False)
REHEARSAL = Form(
    "rehearsal",
    (
        Step("where", listed="units", if_any=True),
        Step("when", kind="moment", options=TIMES_AHEAD, ahead=True),
        Step("case", options=tuple(CASES)),
    ),
    reviewed=False,
)
READINESS_FORMS = (TEST_ROUND, REHEARSAL)
