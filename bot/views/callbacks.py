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

    do: Literal["take", "pass", "return"]
    page: int


class Opinion(CallbackData, prefix="o"):
    """What a leader answers."""

    answer: Literal["agree", "opinion", "call", "serious", "not_serious"]
    consultation: int


class Go(CallbackData, prefix="g"):
    """A command as a button: `number` is the incident, 0 for none."""

    to: Literal[
        "report",
        "status",
        "timeline",
        "escalate",
        "close",
        "reopen",
        "supplement",
        "verify",
        "invite",
        "resume",
        "help",
        "menu",
        "test",
    ]
    number: int = 0
