"""The forms. A new guided dialog is a value here, its words, and a line in services.dialogs.FINISH.

The ten questions of a report stand in words.md §3; the six criteria in the plan of Mỹ Hào, II.1.c.
"""

from bot.domain.form import Form, Step

THREE = ("yes", "no", "unknown")
CRITERIA = ("c1", "c2", "c3", "c4", "c5", "c6")
TIMES = ("just_now", "last_hour", "this_afternoon", "this_morning", "yesterday", "other_time")
STATES = ("happening", "unplugged", "stable", "over", "unknown")
OTHER = "other"

SECRET = ("c2", "yes")
_CRITERIA = tuple(Step(criterion, options=THREE) for criterion in CRITERIA)

REPORT = Form(
    "report",
    (
        Step("system", listed="systems"),
        Step("told", kind="words"),
        Step("since", kind="moment", options=TIMES),
        *_CRITERIA,
        Step("state", options=STATES),
    ),
    early_from="told",
    secret_if=SECRET,
)
# What a report that was sent early left open; answered by the reporter, or by who verifies it.
SUPPLEMENT = Form("supplement", REPORT.steps, secret_if=SECRET)
VERIFY = Form(
    "verify",
    (*_CRITERIA, Step("level", options=("1", "2", "3", "4", "5", "unknown"))),
    secret_if=SECRET,
)
OFFER = Form("offer", (Step("want", options=("yes", "no")),), reviewed=False)
ESCALATE = Form(
    "escalate",
    (
        Step("to", listed="to_whom"),
        Step("why", options=("cannot_cope", "spreading", "need_direction")),
        Step(
            "ask",
            options=("support", "direction", "decide"),
            free=True,
            only_if=("to", ("leader", "steering")),
            max_length=300,
        ),
    ),
)
OPINION = Form("opinion", (Step("words", kind="words", max_length=600),), reviewed=False)
CLOSE = Form(
    "close",
    (
        Step("result", options=("solved", "workaround", "handed_over", "false_alarm")),
        Step("words", kind="words", max_length=600),
    ),
)
REOPEN = Form(
    "reopen",
    (
        Step("why", options=("back_again", "not_stable", "closed_wrongly")),
        Step("words", kind="words", max_length=600),
    ),
)
JOIN = Form("join", (Step("who", listed="candidates"),), reviewed=False)
INVITE = Form(
    "invite",
    (Step("unit", listed="units"), Step("role", listed="roles"), Step("person", listed="people")),
)
BIND = Form("bind", (Step("unit", listed="units"),), reviewed=False)

FORMS = {
    form.id: form
    for form in (
        REPORT,
        SUPPLEMENT,
        VERIFY,
        OFFER,
        ESCALATE,
        OPINION,
        CLOSE,
        REOPEN,
        JOIN,
        INVITE,
        BIND,
    )
}
