"""Every callback_data of the bot. Prefixes are short, unique and never reused."""

from typing import Literal

from aiogram.filters.callback_data import CallbackData


class Choice(CallbackData, prefix="c"):
    """An option of the question at which a form stood when it was drawn."""

    draft: int
    version: int
    value: str


class Nav(CallbackData, prefix="n"):
    do: Literal["back", "edit", "early", "more", "later", "cancel", "restore", "send"]
    draft: int
    version: int


class Answer(CallbackData, prefix="p"):
    """What somebody does with a page."""

    do: Literal["take", "pass", "return", "alive"]
    page: int


class Opinion(CallbackData, prefix="o"):
    """What a leader answers."""

    answer: Literal["agree", "opinion", "call", "serious", "not_serious"]
    consultation: int


class Confirm(CallbackData, prefix="k"):
    """A leader's tap on a direction that somebody else wrote down."""

    do: Literal["confirm", "deny"]
    direction: int


class Work(CallbackData, prefix="t"):
    """What somebody does with a task; `lap`: for which time through the plan it was drawn."""

    do: Literal[
        "see",
        "take",
        "resume",
        "done",
        "block",
        "pass",
        "assign",
        "open",
        "skip",
        "undo",
        "called",
    ]
    task: int
    lap: int


class Piece(CallbackData, prefix="e"):
    """One piece of evidence, of a list."""

    file: int


class Turn(CallbackData, prefix="b"):
    """A page of the playbook of an incident."""

    incident: int
    place: int


class Put(CallbackData, prefix="f"):
    """The incident of what was handed in and waits."""

    incident: int


class Hold(CallbackData, prefix="h"):
    """Who holds a shared telephone; `question`: the time that it was asked."""

    holder: int
    question: int


class Prefer(CallbackData, prefix="l"):
    """The channel that its owner puts first."""

    platform: str
    account: str


class Receive(CallbackData, prefix="r"):
    """What somebody answers to a test message; `asked`: of one person in one round."""

    do: Literal["received", "moved", "left"]
    asked: int


class Go(CallbackData, prefix="g"):
    """A command as a button: `number` is the incident, or the swap, the cover, the absence, the
    handover, the roster, the preview that it is about; 0 for none."""

    to: Literal[
        "report",
        "on_behalf",
        "status",
        "timeline",
        "convene",
        "spokesperson",
        "deadlines",
        "sent_report",
        "personal",
        "contacts",
        "duty_table",
        "import_roster",
        "roster_apply",
        "check_contact",
        "support",
        "support_answer",
        "figures",
        "figures_whole",
        "figures_picture",
        "swap",
        "swap_yes",
        "swap_no",
        "swap_back",
        "cover",
        "cover_end",
        "absence",
        "back",
        "handover",
        "handover_yes",
        "handover_no",
        "roster",
        "call_list",
        "escalate",
        "direction",
        "close",
        "reopen",
        "supplement",
        "verify",
        "invite",
        "tasks",
        "advance",
        "scenario",
        "playbook",
        "files",
        "hand_in",
        "resume",
        "holder",
        "channels",
        "link",
        "quiet_hours",
        "help",
        "menu",
        "readiness",
        "rehearsal",
        "test",
        "test_round",
    ]
    number: int = 0
