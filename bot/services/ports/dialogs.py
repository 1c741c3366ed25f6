"""Open forms, and which question was last asked of whom in which chat."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.form import Draft, Form, Move
from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class Prompt:
    """What was last asked of a person in a chat; typed words answer this and nothing else."""

    kind: str  # "form"; "which/take" (which of several incidents); "menu"
    subject: int
    version: int

    @property
    def of_a_form(self) -> bool:
        """Its subject and version are those of the form whose question stands, or waits behind."""
        return self.kind == "form" or self.kind.startswith("which/")


class Drafts(Protocol):
    def get(self, draft_id: int) -> Draft:
        """Outdated when there is none."""

    def open_of(self, person_id: int, form: Form, about: int | None = None) -> Draft | None: ...
    def newest_open(self, person_id: int) -> Draft | None: ...
    def add(
        self,
        form: Form,
        author_id: int,
        about: int,
        answers: Mapping[str, str],
        context: Mapping[str, Any],
        at: datetime,
    ) -> Draft: ...
    def save(self, draft: Draft, before: int, at: datetime) -> None:
        """Outdated when it has moved on from version `before`."""

    def erase_words(self, incident_id: int, at: datetime) -> Sequence[int]:
        """No words are left in the forms about an incident, the report that opened it among them,
        nor asked in those that are open; which forms they are."""


class Prompts(Protocol):
    def asked(self, chat: str, person_id: int, prompt: Prompt, at: datetime) -> None: ...
    def last(self, chat: str, person_id: int) -> Prompt | None: ...
    def forget(self, chat: str, person_id: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Ears:
    """How typed words are understood. The views give it, so that a step can use it."""

    move: Callable[[Draft, str, datetime], Move]
    navigation: Callable[[str], str | None]  # cancel, back, send …
    taking: Callable[[str], str | None]  # take | pass | return | alive | polite
    still: Callable[[str], str | None]  # asked "vẫn đang xử lý?": alive | unclear
    numbered: Callable[[str], tuple[str, int] | None]  # "nhận 12"
    number: Callable[[str], int | None]
    choice: Callable[[str, Sequence[str]], int | None]  # the place of the option meant
    task: Callable[[str], tuple[str, int, int, str] | None]  # "xong 12.3 đã chặn"
    command: Callable[[str], tuple[str, int | None] | None]
    item: Callable[[Person, bool, int], str | None]  # the n-th of a person's menu, as a command
    opinion: Callable[[str, str], str | None]  # the answer to a question put to a leader
    confirming: Callable[[str], tuple[str, int | None] | None]  # confirm | deny, of an incident
