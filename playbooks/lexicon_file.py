"""Loads the words by which scenarios are recognised: strict, all faults of all files at once.

Several files are one lexicon: an agency's own words come after the product's, and the same phrase
written again for the same scenario or criterion takes the earlier one's place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from bot.domain.lexicon import (
    Combined,
    Instead,
    Lexicon,
    Phrase,
    Sign,
    Term,
    in_full,
    phrase_of,
    word_of,
)
from bot.domain.rule import Answer
from playbooks.errors import BadData, Fault
from playbooks.fields import CriterionName, ScenarioName, Strict, faults_of
from playbooks.loader import HERE, SCENARIOS
from playbooks.reading import Document, Place, parse, read

LEXICON = HERE / "lexicon.yaml"
CRITERIA = ("c1", "c2", "c3", "c4", "c5", "c6")


def _phrase(text: str) -> str:
    try:
        return phrase_of(text).text
    except ValueError as error:
        raise PydanticCustomError("no_phrase", "{why}", {"why": str(error)}) from None


def _single(text: str) -> str:
    if len(phrase_of(_phrase(text)).words) == 1:
        return text.lower()
    why = f"“{text}” gồm nhiều từ (chỗ này mỗi mục chỉ một từ)"
    raise PydanticCustomError("no_word", "{why}", {"why": why})


PhraseText = Annotated[str, AfterValidator(_phrase)]
Phrases = Annotated[list[PhraseText], Field(min_length=1)]
SingleWord = Annotated[str, AfterValidator(_single)]
AnswerText = Literal["yes", "no", "unknown"]


class TermItem(Strict):
    weight: Annotated[int, Field(ge=1, le=5)]
    say: Phrases
    unless: Annotated[Phrases, Field(default_factory=list)]


class SignItem(Strict):
    answer: AnswerText
    say: Phrases
    denied: AnswerText | None = None
    unless: Annotated[Phrases, Field(default_factory=list)]


class CombinedItem(Strict):
    scenario: ScenarioName
    strong: Annotated[int, Field(ge=1)]
    pairs: list[Annotated[list[ScenarioName], Field(min_length=2, max_length=2)]]


class LexiconFile(Strict):
    least: Annotated[int, Field(ge=1)] | None = None
    clear: Annotated[int, Field(ge=1)] | None = None
    scenarios: Annotated[dict[ScenarioName, list[TermItem]], Field(default_factory=dict)]
    criteria: Annotated[dict[CriterionName, list[SignItem]], Field(default_factory=dict)]
    cause: Annotated[dict[ScenarioName, list[ScenarioName]], Field(default_factory=dict)]
    combined: CombinedItem | None = None
    instead: Annotated[dict[PhraseText, Phrases], Field(default_factory=dict)]
    everyday: Annotated[list[PhraseText], Field(default_factory=list)]
    fillers: Annotated[list[SingleWord], Field(default_factory=list)]
    denials: Annotated[list[SingleWord], Field(default_factory=list)]
    doubts: Annotated[list[SingleWord], Field(default_factory=list)]
    links: Annotated[list[SingleWord], Field(default_factory=list)]


def load_lexicon(own: Sequence[Path] = ()) -> Lexicon:
    """The product's words, then an agency's own. Raises BadData, with every fault of every file."""
    documents = [read(path) for path in (LEXICON, *own)]
    if any(document.data is None for document in documents):
        return _checked(documents)
    return _kept(tuple((document.file, document.text) for document in documents))


@lru_cache(maxsize=8)
def _kept(texts: tuple[tuple[str, str], ...]) -> Lexicon:
    """The same texts make the same lexicon: it takes half a second."""
    return _checked([parse(file, text) for file, text in texts])


def _checked(documents: Sequence[Document]) -> Lexicon:
    known = {
        "criterion": CRITERIA,
        "scenario": sorted(path.stem for path in SCENARIOS.glob("*.yaml")),
    }
    files: list[LexiconFile] = []
    faults: list[Fault] = []
    for document in documents:
        faults += document.faults
        if document.data is None:
            continue
        try:
            file = LexiconFile.model_validate(document.data, context=known)
        except ValidationError as error:
            faults += faults_of(error, document, LexiconFile)
        else:
            faults += _doubled("scenarios", file.scenarios, document)
            faults += _doubled("criteria", file.criteria, document)
            files.append(file)
    if faults:
        raise BadData(faults)
    return _made(files)


def _doubled(
    group: str, entries: Mapping[str, Sequence[TermItem | SignItem]], document: Document
) -> Iterator[Fault]:
    """A phrase that stands twice for the same thing: which of the two would count?"""
    for name, items in entries.items():
        first: dict[str, Place] = {}
        for at, item in enumerate(items):
            for nth, text in enumerate(item.say):
                place = (group, name, at, "say", nth)
                if text in first:
                    line = document.lines[first[text]]
                    why = f"“{text}” có hai lần, lần đầu ở dòng {line} (giữ một, bỏ một)"
                    yield document.fault(place, why)
                first.setdefault(text, place)


def _made(files: Sequence[LexiconFile]) -> Lexicon:
    making = _Making(_instead(files))
    terms = [term for file in files for term in making.terms(file)]
    signs = [sign for file in files for sign in making.signs(file)]
    combined = [file.combined for file in files if file.combined]
    words = {
        name: [word_of(each) for file in files for each in getattr(file, name)]
        for name in ("fillers", "denials", "doubts", "links")
    }
    return Lexicon(
        scenarios=tuple(dict.fromkeys(name for file in files for name in file.scenarios)),
        least=[file.least for file in files if file.least][-1],
        clear=[file.clear for file in files if file.clear][-1],
        terms=tuple({(term.scenario, term.phrase.text): term for term in terms}.values()),
        signs=tuple({(sign.criterion, sign.phrase.text): sign for sign in signs}.values()),
        cause={name: tuple(under) for file in files for name, under in file.cause.items()},
        combined=_combined(combined[-1]) if combined else None,
        instead=making.instead,
        everyday=making.phrases([text for file in files for text in file.everyday]),
        fillers=frozenset(word.folded for word in words["fillers"]),
        denials=tuple(words["denials"]),
        doubts=frozenset(word.folded for word in words["doubts"]),
        links=frozenset(word.folded for word in words["links"]),
    )


def _instead(files: Sequence[LexiconFile]) -> tuple[Instead, ...]:
    """The longest first. What is read stands for itself too: the web of "trang web" is no "web"."""
    pairs = [(full, full) for file in files for full in file.instead if " " in full]
    pairs += [
        (one, full) for file in files for full, short in file.instead.items() for one in short
    ]
    made = [(phrase_of(short), phrase_of(full).words) for short, full in dict(pairs).items()]
    return tuple(sorted(made, key=lambda pair: -len(pair[0].words)))


def _combined(item: CombinedItem) -> Combined:
    return Combined(item.scenario, item.strong, tuple((one, two) for one, two in item.pairs))


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes the domain's values, their phrases in full."""

    instead: tuple[Instead, ...]

    def phrases(self, texts: Sequence[str]) -> tuple[Phrase, ...]:
        return tuple(self._in_full(phrase_of(text)) for text in texts)

    def _in_full(self, phrase: Phrase) -> Phrase:
        """Only what begins with one of its words can stand in it: most of the table cannot."""
        begun = [pair for pair in self.instead if pair[0].words[0].folded in phrase.letters]
        return in_full(phrase, begun)

    def terms(self, file: LexiconFile) -> Iterator[Term]:
        for name, items in file.scenarios.items():
            for item in items:
                unless = self.phrases(item.unless)
                for phrase in self.phrases(item.say):
                    yield Term(name, phrase, item.weight, unless)

    def signs(self, file: LexiconFile) -> Iterator[Sign]:
        for name, items in file.criteria.items():
            for item in items:
                answer, unless = Answer(item.answer), self.phrases(item.unless)
                denied = Answer(item.denied) if item.denied else None
                for phrase in self.phrases(item.say):
                    yield Sign(name, phrase, answer, denied, unless)
