"""What each kind of step asks when it is done, as forms; and who may use a power of the plan.

The first option of every question is the common one, so that a step takes three quick taps at
2 a.m. Each question that takes words has an option that says there is nothing more.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.form import Draft, Form, Step
from bot.domain.playbook import POWERS, Power, StepKind

NOTHING = "nothing_more"
PARTLY = ("not_verified", "some_not_yet")  # the step is not done yet
# What can be chosen where the scenario is not confirmed, or has no options of its own.
GENERAL_OPTIONS = ("stop_the_spread", "take_offline", "keep_running", "from_backup")
ASKED = ("ask_1", "ask_2", "ask_3")  # whose direction is asked, in the order of the plan
WAITS: Mapping[str, int] = MappingProxyType({"wait_30": 30, "wait_15": 15, "wait_60": 60})
# Powers that are written down in words; the other two do something.
IN_WORDS: tuple[Power, ...] = ("extend_team", "adjust_option", "ask_national")

_UNTOLD = Step(
    "untold", options=(NOTHING,), free=True, only_if=("told", ("some_not_yet",)), max_length=300
)
_TOLD = Step("told", options=("all_told", "some_not_yet"))

TASK_VERIFY = Form(
    "task_verify",
    (
        Step("how", options=("call_back", "on_site", "system_log"), free=True, max_length=200),
        Step("verifier", listed="people"),
        Step("found", options=("is_incident", "not_verified", "false_alarm")),
    ),
    reviewed=False,
)
TASK_FIRST = Form(
    "task_first",
    (
        Step(
            "by",
            options=("approved_plan", "specialised_body", "national_coordinator"),
            free=True,
            max_length=200,
        ),
        Step("done", options=(NOTHING,), free=True, max_length=600),
    ),
    reviewed=False,
)
TASK_OPTION = Form(
    "task_option",
    (
        Step("option", listed="response_options", free=True, max_length=300),
        Step("reason", options=(NOTHING,), free=True, max_length=300),
        Step("chosen_by", listed="choosers"),
        Step("wait", options=tuple(WAITS), only_if=("chosen_by", ASKED)),
    ),
    reviewed=False,
)
TASK_DIRECT = Form(
    "task_direct",
    (
        Step("convene", listed="convening", if_any=True),
        Step("spokesperson", listed="speakers", if_any=True),
        Step("further", listed="powers", free=True, max_length=600),
        Step("detail", options=(NOTHING,), free=True, only_if=("further", IN_WORDS)),
    ),
    reviewed=False,
)
TASK_REPORT = Form(
    "task_report",
    (
        _TOLD,
        _UNTOLD,
        Step(
            "paper",
            options=("not_numbered", "by_telephone"),
            free=True,
            only_if=("told", ("all_told",)),
            max_length=120,
        ),
    ),
    reviewed=False,
)
TASK_REVIEW = Form(
    "task_review",
    (
        _TOLD,
        _UNTOLD,
        Step(
            "lessons",
            options=(NOTHING,),
            free=True,
            only_if=("told", ("all_told",)),
            max_length=600,
        ),
    ),
    reviewed=False,
)
TASK_VIOLATION = Form(  # two branches: their own fault, an attacker from outside
    "task_violation",
    (
        Step("branch", options=("cause_unknown", "own_fault", "outside_attacker")),
        Step("told", options=_TOLD.options, only_if=("branch", ("outside_attacker",))),
        _UNTOLD,
        Step("note", options=(NOTHING,), free=True, max_length=600),
    ),
    reviewed=False,
)
TASK_NOMINATE = Form("task_nominate", (Step("nominee", listed="people"),), reviewed=False)
STEP_FORMS = (
    TASK_VERIFY,
    TASK_FIRST,
    TASK_OPTION,
    TASK_DIRECT,
    TASK_REPORT,
    TASK_REVIEW,
    TASK_VIOLATION,
    TASK_NOMINATE,
)
# /trieutap: of who may, whether it is meant; of everybody else, whether the request is sent.
CONVENE = Form("convene", (Step("convene", options=("convene", "not_now")),), reviewed=False)
REQUEST = Form("request", (Step("send", options=("send_request", "not_send")),), reviewed=False)
POWER_FORMS = (CONVENE, REQUEST)

OF_KIND: Mapping[StepKind, Form] = MappingProxyType(
    {
        "verify": TASK_VERIFY,
        "first": TASK_FIRST,
        "option": TASK_OPTION,
        "direct": TASK_DIRECT,
        "report": TASK_REPORT,
        "review": TASK_REVIEW,
        "violation": TASK_VIOLATION,
    }
)
# The question that words typed behind a code answer: "xong 12.1 đã gọi lại người báo".
_SLOTS: Mapping[str, str] = MappingProxyType(
    {
        TASK_VERIFY.id: "how",
        TASK_FIRST.id: "done",
        TASK_OPTION.id: "option",
        TASK_DIRECT.id: "further",
        TASK_REPORT.id: "paper",
        TASK_REVIEW.id: "lessons",
        TASK_VIOLATION.id: "note",
    }
)
# What a step's own answer is called where it stands as the result of its task.
_RESULTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        TASK_VERIFY.id: ("found",),
        TASK_FIRST.id: ("by",),
        TASK_OPTION.id: ("option",),
        TASK_DIRECT.id: ("further",),
        TASK_REPORT.id: ("told",),
        TASK_REVIEW.id: ("told",),
        TASK_VIOLATION.id: ("branch",),
        TASK_NOMINATE.id: ("nominee",),
    }
)


def slot(form: Form) -> Step | None:
    """Where words that are typed behind the code go; None: the form asks for none."""
    return next((step for step in form.steps if step.id == _SLOTS.get(form.id)), None)


def said(draft: Draft) -> dict[str, str]:
    """The answers as they stand in the log and on the sheet: what was asked and says something.

    A choice from a list is kept by its name, since the list is gone tomorrow.
    """
    answers = {}
    for step in draft.route.values():
        value = draft.answers.get(step.id, NOTHING)
        named = dict(draft.context.get(step.listed, ())) if step.listed else {}
        if value != NOTHING:
            answers[step.id] = str(named.get(value) or value)
    return answers


def result(draft: Draft, answers: Mapping[str, str]) -> str:
    """What stands as the task's result; "as_planned" where it says nothing of its own."""
    found = (answers[step] for step in _RESULTS[draft.form.id] if step in answers)
    return next(found, "as_planned")


def ask_for(power: Power, person_id: int = 0, name: str = "") -> str:
    """What a leader with the power is asked: "convene_team", "assign_spokesperson/15/anh Minh"."""
    return f"{power}/{person_id}/{name}" if person_id else power


def asked_for(ask: str) -> tuple[Power, int, str] | None:
    """The same read again; None: something else was asked."""
    wanted, _, whom = ask.partition("/")
    power = next((one for one in POWERS if one == wanted), None)
    number, _, name = whom.partition("/")
    if power is None or (whom and not number.isdecimal()):
        return None
    return power, int(number or 0), name


def is_partly(draft: Draft) -> bool:
    """Chưa xác minh được, còn nơi chưa báo: what is known is kept, and the task goes on."""
    return any(draft.answers.get(step) in PARTLY for step in ("found", "told"))
