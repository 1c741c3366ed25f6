"""The forms. A new guided dialog is a value here, its words, and a line in services.dialogs.FINISH.

The ten questions of a report stand in words.md §3; the six criteria in the plan of Mỹ Hào, II.1.c.
"""

from bot.domain.contact import TRIED
from bot.domain.direction import CHANNELS
from bot.domain.duty_forms import DUTY_FORMS
from bot.domain.form import Form, Step
from bot.domain.law_forms import LAW_FORMS
from bot.domain.readiness_forms import READINESS_FORMS
from bot.domain.scenario_forms import SCENARIO
from bot.domain.step_forms import POWER_FORMS, STEP_FORMS
from bot.domain.support_forms import SUPPORT_FORMS

THREE = ("yes", "no", "unknown")
SOURCES = ("phone", "letter", "email", "in_person", "media")  # nguồn tin
UNNAMED, NO_NUMBER = "unnamed", "no_number"
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
# Báo hộ: what came by telephone or letter, filed by the duty officer in the caller's stead.
ON_BEHALF = Form(
    "on_behalf",
    (
        Step("source", options=SOURCES),
        Step("caller", kind="words", options=(UNNAMED,), max_length=80),
        Step("caller_phone", kind="words", options=(NO_NUMBER,), max_length=40, is_phone=True),
        Step("unit", listed="units"),
        *REPORT.steps,
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
DIRECTION = Form(  # given by word of mouth, written down in the leader's stead
    "direction",
    (
        Step("leader", listed="leaders"),
        Step("channel", options=CHANNELS),
        Step("said", kind="moment", options=("said_now", "last_hour")),
        Step("direction", listed="directions", free=True, max_length=600),
    ),
)
# Tasks (việc): what came of it, what stands in the way, who does it instead.
TROUBLES = ("no_access", "no_backup", "need_people", "waiting_for")
TASK_DONE = Form(
    "task_done",
    (Step("result", options=("as_planned",), free=True, max_length=600),),
    reviewed=False,
)
TASK_CHECK = Form(  # III.3 kiểm tra, đánh giá sau khi khôi phục
    "task_check",
    (
        Step("stable", options=("runs_well", "not_stable")),
        Step(
            "seen",
            options=("nothing_more",),
            free=True,
            only_if=("stable", ("not_stable",)),
            max_length=600,
        ),
    ),
    reviewed=False,
)
TASK_BLOCKED = Form(
    "task_blocked",
    (Step("trouble", options=TROUBLES, free=True, max_length=300),),
    reviewed=False,
)
TASK_PASS = Form("task_pass", (Step("whom", listed="people"),), reviewed=False)
TASK_ASSIGN = Form("task_assign", (Step("whom", listed="people"),), reviewed=False)
TASK_CALLED = Form(
    "task_called",
    (Step("outcome", options=("takes_it", "cannot", "no_answer", "wrong_number")),),
    reviewed=False,
)
TASK_FORMS = (
    TASK_DONE,
    TASK_CHECK,
    TASK_BLOCKED,
    TASK_PASS,
    TASK_ASSIGN,
    TASK_CALLED,
    *STEP_FORMS,
)
ADVANCE = Form(  # the exit check of a phase
    "advance",
    (
        Step("check", options=("ready", "not_yet")),
        Step(
            "lacking",
            options=("nothing_more",),
            free=True,
            only_if=("check", ("not_yet",)),
            max_length=300,
        ),
    ),
    reviewed=False,
)
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
CONTACT_CHECK = Form(  # a contact beyond the agency was telephoned: is the number still right
    "contact_check",
    (Step("contact", listed="contacts"), Step("reached", options=TRIED)),
    reviewed=False,
)
FROM, UNTIL = ("h19", "h20", "h21", "h22", "h23", "h0"), ("h4", "h5", "h6", "h7", "h8")
OTHER_HOURS = ("hours", ("other_hours",))
QUIET_HOURS = Form(  # giờ yên lặng
    "quiet_hours",
    (
        Step("hours", options=("22_6", "21_7", "other_hours", "off")),
        Step("begins", options=FROM, only_if=OTHER_HOURS),
        Step("ends", options=UNTIL, only_if=OTHER_HOURS),
    ),
    reviewed=False,
)

FORMS = {
    form.id: form
    for form in (
        REPORT,
        ON_BEHALF,
        SUPPLEMENT,
        VERIFY,
        OFFER,
        ESCALATE,
        OPINION,
        DIRECTION,
        *TASK_FORMS,
        *LAW_FORMS,
        SCENARIO,
        *POWER_FORMS,
        *SUPPORT_FORMS,
        ADVANCE,
        CLOSE,
        REOPEN,
        JOIN,
        INVITE,
        BIND,
        CONTACT_CHECK,
        QUIET_HOURS,
        *DUTY_FORMS,
        *READINESS_FORMS,
    )
}
