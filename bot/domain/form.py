"""The engine of every guided dialog: steps are data, a draft is a value, a move makes a new one.

Once a draft is secret (criterion C2 is "có") no words are asked, kept or shown (law.md §5).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from bot.domain.errors import InvalidAnswer, NotAPhone, Outdated, TooLong
from bot.domain.moment import Moment

REVIEW, CHOOSE, SENT, CANCELLED = "review", "choose", "sent", "cancelled"
# Leniently: digits as people write them, perhaps an extension behind them.
PHONE = re.compile(
    r"[+(]?\d[\d .()/-]{1,24}\d( ?(máy lẻ|may le|ml|ext\.?|#) ?\d{1,5})?", re.IGNORECASE
)
TOLD = ("told", "because", "suggested")  # of a context: the reporter's own words
SHOWN = 6  # a question never offers more: the last is then "more" (words.md §3)

Do = Literal["answer", "back", "edit", "early", "more", "later", "cancel", "restore", "send"]


class Move(NamedTuple):
    """What a person does to a draft: `value` is an option, words, or the step to edit."""

    do: Do
    value: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One question. `listed`: its options stand in the draft's context under this name.

    The options of words are shortcuts ("không nêu tên").
    """

    id: str
    kind: Literal["choice", "words", "moment"] = "choice"
    options: tuple[str, ...] = ()
    listed: str = ""
    free: bool = False  # a choice that takes free words as well
    only_if: tuple[str, tuple[str, ...]] | None = None  # asked only after these answers
    max_length: int = 1000  # characters
    is_phone: bool = False  # the words are a telephone number
    if_any: bool = False  # asked only where its list has something to choose from
    unless: tuple[str, tuple[str, ...]] | None = None  # not asked after these answers
    ahead: bool = False  # the moment is still to come
    period: bool = False  # a time to come, from when to when

    @property
    def takes_words(self) -> bool:
        return self.kind == "words" or self.free

    def clean(self, raw: str, options: tuple[str, ...]) -> str:
        """InvalidAnswer, NotAPhone, or TooLong with limit and length."""
        value = raw.strip()
        if self.kind == "moment":
            return _moment(self.id, value)
        if value in options:
            return value
        if not self.takes_words or not value:
            raise InvalidAnswer(self.id)
        if len(value) > self.max_length:
            raise TooLong(self.id, limit=self.max_length, length=len(value))
        if self.is_phone and not PHONE.fullmatch(value):
            raise NotAPhone(self.id)
        return value


def _moment(step: str, value: str) -> str:
    try:
        return Moment.read(value).stored()
    except ValueError:
        raise InvalidAnswer(step) from None


@dataclass(frozen=True, slots=True)
class Form:
    """`early_from`: from this step on it may be sent as it is. `reviewed`: shown before sending."""

    id: str
    steps: tuple[Step, ...]
    early_from: str = ""
    reviewed: bool = True
    secret_if: tuple[str, str] | None = None

    def route(self, draft: "Draft") -> dict[str, Step]:
        """The steps that this draft leads through, in order."""
        return {step.id: step for step in self.steps if draft.asks(step)}


@dataclass(frozen=True, slots=True)
class Draft:
    """An open form (phần đang nhập dở): where one person stands in it."""

    id: int
    form: Form
    author_id: int
    at: str
    about: int = 0  # the incident it speaks of; 0: none yet
    answers: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)  # what its screens need, JSON
    editing: bool = False  # came from the review, goes back to it
    parked: bool = False  # put aside (để sau): typed words are no answers until it is resumed
    offset: int = 0  # the first option shown, where there are more than six
    version: int = 0  # every button carries it
    said: Move | None = None  # what was just done, to be echoed; never stored
    elsewhere: bool = False  # begun in a group, asked in the private chat; never stored

    @property
    def secret(self) -> bool:
        """Words are neither asked nor kept."""
        if self.context.get("secret"):
            return True
        mark = self.form.secret_if
        return mark is not None and self.answers.get(mark[0]) == mark[1]

    @property
    def holds_words(self) -> bool:
        """Somebody's own words stand in it."""
        return any(step.kind == "words" and step.id in self.answers for step in self.form.steps)

    @property
    def is_open(self) -> bool:
        return self.at not in (SENT, CANCELLED)

    @property
    def route(self) -> dict[str, Step]:
        return self.form.route(self)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """What is still to be asked, in order; the review is never reached before."""
        return tuple(step for step in self.route if step not in self.answers)

    @property
    def step(self) -> Step | None:
        """The question that stands; None at the review and after."""
        return self.route.get(self.at)

    @property
    def options(self) -> tuple[str, ...]:
        """All that can be chosen now: answers of a step, or the steps to edit."""
        if self.at == CHOOSE:
            return tuple(self.route)
        return self._options(self.step) if self.step else ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The options on the screen; fewer than all of them where they do not fit."""
        options = self.options
        if self.at == CHOOSE or len(options) <= SHOWN:
            return options
        return options[self.offset : self.offset + SHOWN - 1]

    @property
    def has_more(self) -> bool:
        return len(self.shown) < len(self.options)

    @property
    def may_send_early(self) -> bool:
        route = list(self.route)
        start = self.form.early_from
        if not start or self.at not in route:
            return False
        return start not in route or route.index(self.at) >= route.index(start)

    def asks(self, step: Step) -> bool:
        if self.secret and step.kind == "words":
            return False
        if step.if_any and not self.context.get(step.listed):
            return False
        if step.unless and self.answers.get(step.unless[0]) in step.unless[1]:
            return False
        return step.only_if is None or self.answers.get(step.only_if[0]) in step.only_if[1]

    def moved(self, move: Move) -> "Draft":
        """The next draft. InvalidAnswer: not to be done here. Outdated: it is no longer open."""
        if move.do == "restore":
            return self._restored()
        if not self.is_open:
            raise Outdated(self.at)
        match move.do:
            case "back":
                return self._at(self._before())
            case "edit":
                return self._edited(move.value)
            case "more":
                following = self.offset + SHOWN - 1
                return self._at(self.at, offset=following if following < len(self.options) else 0)
            case "later":
                return self._at(self.at, parked=True, said=move)
            case "cancel":
                return self._at(CANCELLED, said=move)
            case "send" | "early":
                return self._sent(move)
        return self._edited(move.value) if self.at == CHOOSE else self._answered(move.value)

    def resumed(self) -> "Draft":
        return replace(self, parked=False)

    def marked(self) -> "Draft":
        """Words with the marking of a secret were about to be written: C2 is "có", none is kept."""
        mark = self.form.secret_if
        if mark is None:
            raise InvalidAnswer(self.at)
        known = replace(self, answers={**self.answers, mark[0]: mark[1]})
        said = Move("answer", "secret")
        if self.step is None or self.step.kind != "words":  # the question stands: it asks no words
            return known._wordless()._at(self.at, said=said)
        return self._following(known, self.at, said)

    def hushed(self) -> "Draft":
        """What it speaks of has become a secret: its words are gone and none are asked any more."""
        context = {name: value for name, value in self.context.items() if name not in TOLD}
        quiet = replace(self, context={**context, "secret": True})._wordless()
        if not quiet.is_open or quiet.at in quiet.route:
            return replace(quiet, version=quiet.version + 1)
        end = REVIEW if quiet.form.reviewed else CANCELLED
        here = next(iter(quiet.unanswered), end)
        return quiet._at(here, editing=here != end, parked=self.parked)

    def _answered(self, raw: str) -> "Draft":
        step = self.step
        if step is None:
            raise InvalidAnswer(self.at)
        if self.secret and raw.strip() not in self.options and step.kind != "moment":
            raise InvalidAnswer(step.id)  # a free answer would be words
        value = step.clean(raw, self._options(step))
        answered = replace(self, answers={**self.answers, step.id: value})
        return self._following(answered, step.id, Move("answer", step.id))

    def _following(self, draft: "Draft", here: str, said: Move) -> "Draft":
        """What comes after `here`: the next step, or of an edited draft the next one open."""
        draft = draft._wordless() if draft.secret else draft
        order = [step.id for step in self.form.steps]
        left = draft.unanswered
        skips = draft.editing or said.value == "secret"
        ahead = [
            step
            for step in draft.route
            if order.index(step) > order.index(here)
            and (step in left or not (skips or draft._marks(step)))
        ]
        if ahead:
            return draft._at(ahead[0], said=said)
        if left:  # an earlier one, opened again by this answer
            return draft._at(left[0], editing=True, said=said)
        if draft.form.reviewed:
            return draft._at(REVIEW, said=said)
        return draft._at(SENT, said=said)

    def _marks(self, step: str) -> bool:
        """The answer that made it secret: not asked again, only back or an edit changes it."""
        return self.form.secret_if == (step, self.answers.get(step))

    def _wordless(self) -> "Draft":
        words = {
            step.id
            for step in self.form.steps
            if step.kind == "words"
            or (step.free and self.answers.get(step.id) not in self._options(step))
        }
        return replace(self, answers={k: v for k, v in self.answers.items() if k not in words})

    def _before(self) -> str:
        if self.at == CHOOSE or (self.editing and not self.unanswered):
            return next(iter(self.unanswered), REVIEW)
        places = [*self.route, REVIEW]
        return places[max(places.index(self.at) - 1, 0)]

    def _edited(self, step: str) -> "Draft":
        if not self.form.reviewed or (step and step not in self.route):
            raise InvalidAnswer(step)
        if not step:
            return self._at(CHOOSE)
        return self._at(step, editing=True)

    def _sent(self, move: Move) -> "Draft":
        if move.do == "early" and self.may_send_early:
            return self._at(SENT, said=move)
        if self.at != REVIEW:
            raise InvalidAnswer(self.at)
        return self._at(SENT, said=move)

    def _restored(self) -> "Draft":
        if self.at != CANCELLED or not (self.unanswered or self.form.reviewed):
            raise Outdated(self.at)
        return self._at(next(iter(self.unanswered), REVIEW))

    def _options(self, step: Step) -> tuple[str, ...]:
        if step.listed:
            return tuple(str(value) for value, _ in self.context.get(step.listed, ()))
        return step.options

    def _at(self, step: str, **changes: Any) -> "Draft":
        editing = self.editing and step != REVIEW
        fresh = {"offset": 0, "said": None, "parked": False, "editing": editing}
        told: dict[str, Any] = {**fresh, **changes}
        return replace(self, at=step, version=self.version + 1, **told)
