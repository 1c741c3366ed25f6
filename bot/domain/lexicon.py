"""The words that point to a scenario or settle a criterion, made ready for looking up.

Values only; what they say is data (`playbooks/lexicon.yaml`, read by `playbooks.lexicon_file`).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bot.domain.folding import normal
from bot.domain.rule import Answer

GAP = "…"  # between two words of a phrase: up to REACH other words may stand there
REACH = 5
MOST_WORDS = 5  # of a phrase
WORD = re.compile(r"[^\W_]+")

K = TypeVar("K")
V = TypeVar("V")

TONES = frozenset("\u0300\u0301\u0309\u0323")  # huyền, sắc, hỏi (and ngã as it is heard), nặng

_BARRED = str.maketrans("đðɖ", "ddd")
_SOUTHERN = str.maketrans("\u0303", "\u0309")  # ngã is heard, and often typed, as hỏi


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared: its bare letters, and the marks that were written."""

    folded: str
    marks: frozenset[str]
    heard: frozenset[str]  # the same, ngã as hỏi


@dataclass(frozen=True, slots=True)
class Phrase:
    """One to five words in their order; `reaches`: how many others may stand before each."""

    text: str
    words: tuple[Word, ...]
    reaches: tuple[int, ...]
    letters: frozenset[str]  # of its words, folded


Instead = tuple[Phrase, tuple[Word, ...]]  # what is written, and what is read in its place


@dataclass(frozen=True, slots=True)
class Term:
    """What points to a scenario. weight: 1 (hardly) to 5 (by its name).

    unless: it says nothing where one of these stands in the same report.
    """

    scenario: str
    phrase: Phrase
    weight: int
    unless: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """What settles a criterion; `denied`: the answer where it is denied, None: no answer then."""

    criterion: str
    phrase: Phrase
    answer: Answer
    denied: Answer | None = None
    unless: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Combined:
    """Two attacks at once: from `strong` points each, a pair points to `scenario` itself."""

    scenario: str
    strong: int
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Lexicon:
    """scenarios: in the order in which equal scores stand. least: the points of a finding.

    cause: before which effects a scenario stands, from `clear` points on.
    instead: what is read in place of a phrase (abbreviations, synonyms). everyday: phrases whose
    words are no term (thông báo is no bão). fillers: may stand inside any phrase. denials, doubts,
    links: không, biết, and what may stand between them and what they deny or doubt.
    """

    scenarios: tuple[str, ...]
    least: int
    clear: int
    terms: tuple[Term, ...]
    signs: tuple[Sign, ...]
    cause: Mapping[str, tuple[str, ...]]
    combined: Combined | None
    instead: tuple[Instead, ...]  # the longest first
    everyday: tuple[Phrase, ...]
    fillers: frozenset[str]
    denials: tuple[Word, ...]
    doubts: frozenset[str]
    links: frozenset[str]

    @cached_property
    def terms_of(self) -> Mapping[str, tuple[Term, ...]]:
        """By the phrase's text."""
        return _grouped((term.phrase.text, term) for term in self.terms)

    @cached_property
    def signs_of(self) -> Mapping[str, tuple[Sign, ...]]:
        """By the phrase's text."""
        return _grouped((sign.phrase.text, sign) for sign in self.signs)

    @cached_property
    def beginning(self) -> Mapping[str, tuple[Phrase, ...]]:
        """Every phrase once, by its first word."""
        said = [(each.phrase, *each.unless) for each in self.terms]
        said += [(each.phrase, *each.unless) for each in self.signs]
        phrases = {phrase.text: phrase for group in (*said, self.everyday) for phrase in group}
        return _grouped((phrase.words[0].folded, phrase) for phrase in phrases.values())

    @cached_property
    def shortened(self) -> Mapping[str, tuple[Instead, ...]]:
        """What is read as something else, by its first word."""
        return _grouped((pair[0].words[0].folded, pair) for pair in self.instead)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that is looked for."""
        phrases = [phrase for group in self.beginning.values() for phrase in group]
        phrases += [phrase for phrase, _ in self.instead]
        words = {word.folded for phrase in phrases for word in phrase.words}
        denials = {word.folded for word in self.denials}
        return frozenset(words | denials | self.fillers | self.doubts | self.links)

    @cached_property
    def cut(self) -> Mapping[str, tuple[str, ...]]:
        """The known words of five letters and more, by themselves with one letter left out."""
        long = sorted(word for word in self.known if len(word) >= 5)
        return _grouped((short, word) for word in long for short in {word, *without_one(word)})


def word_of(written: str) -> Word:
    """The marks are those of the letters and đ; hoà and hòa are the same."""
    apart = unicodedata.normalize("NFKD", written).lower()
    if apart.isascii():
        return Word(apart, _BARE, _BARE)
    marks = frozenset(each for each in apart if each == "đ" or "\u0300" <= each <= "\u036f")
    folded = "".join(each for each in apart if each not in marks or each == "đ")
    heard = frozenset(each.translate(_SOUTHERN) for each in marks)
    return Word(folded.translate(_BARRED), marks, heard)


_BARE: frozenset[str] = frozenset()


def phrase_of(text: str) -> Phrase:
    """A phrase as the data writes it. Raises ValueError, saying in Vietnamese what is wrong."""
    parts = normal(text).lower().split()
    words: list[Word] = []
    reaches: list[int] = []
    reach = 0
    for part in parts:
        if part == GAP:
            reach = REACH
        elif WORD.fullmatch(part):
            words.append(word_of(part))
            reaches.append(reach)
            reach = 0
        else:
            raise ValueError(f"“{part}” không phải một từ (chỉ chữ và số, cách nhau một dấu cách)")
    if not words or reaches[0] or reach:
        raise ValueError("thiếu từ ở đầu hoặc cuối cụm từ (dấu … chỉ đặt giữa hai từ)")
    if len(words) > MOST_WORDS:
        raise ValueError(f"dài {len(words)} từ (tối đa {MOST_WORDS}: chia thành cụm ngắn hơn)")
    return _phrase(" ".join(parts), words, reaches)


def in_full(phrase: Phrase, instead: Sequence[Instead]) -> Phrase:
    """The phrase as it is read: with abbreviations and synonyms in it replaced as in a report."""
    words: list[Word] = []
    reaches: list[int] = []
    at = 0
    while at < len(phrase.words):
        for short, full in instead:
            beyond = at + len(short.words)
            joined = not any(phrase.reaches[at + 1 : beyond])
            if joined and phrase.words[at:beyond] == short.words:
                words += full
                reaches += [phrase.reaches[at], *[0] * (len(full) - 1)]
                at = beyond
                break
        else:
            words.append(phrase.words[at])
            reaches.append(phrase.reaches[at])
            at += 1
    return _phrase(phrase.text, words, reaches)


def _phrase(text: str, words: Sequence[Word], reaches: Sequence[int]) -> Phrase:
    letters = frozenset(word.folded for word in words)
    return Phrase(text, tuple(words), tuple(reaches), letters)


def without_one(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
