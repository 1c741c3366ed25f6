"""From the told words: the likeliest scenarios, and answers that the words themselves give.

A suggestion, never a decision: a responder confirms it. Every finding comes with the words that it
rests on, as the reporter wrote them; nothing is kept, and nothing found is an answer too. What a
scenario usually answers (`Scenario.suggests`) is not looked at: that is the caller's to add.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from bot.domain.lexicon import Lexicon, Phrase, Sign, Term, Word
from bot.domain.rule import Answer
from bot.domain.told import Token, Told, fitting, may_be, read

Said = Literal["said", "denied", "doubted"]
T = TypeVar("T")
_BACK = 5  # words looked back for a không


@dataclass(frozen=True, slots=True)
class Likely:
    """One scenario. score: points; words: what points to it, the strongest first."""

    scenario: str
    score: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An answer that the words give, with those words."""

    answer: Answer
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """found: the likeliest first. suggested: by criterion; absent where the words leave it open."""

    found: tuple[Likely, ...]
    suggested: Mapping[str, Suggestion]


@dataclass(frozen=True, slots=True)
class _Match:
    """Where a phrase stands, and whether the report says it, denies it or wonders."""

    places: tuple[int, ...]
    said: Said


_Matches = Mapping[str, Sequence[_Match]]


def recognise(told: str, lexicon: Lexicon, at_most: int = 3) -> Recognised:
    """At most so many scenarios; none where the words point nowhere."""
    words = read(told, lexicon)
    matches = _matches(words, lexicon)
    return Recognised(
        tuple(_likely(words, matches, lexicon)[:at_most]),
        dict(_suggested(words, matches, lexicon)),
    )


def _likely(reading: Told, matches: _Matches, lexicon: Lexicon) -> list[Likely]:
    pointing: dict[str, list[tuple[Term, _Match]]] = {}
    for text, stands in matches.items():
        for term in lexicon.terms_of.get(text, ()):
            here = next((each for each in stands if each.said != "denied"), None)
            if here is not None and not _excepted(term.unless, matches):
                pointing.setdefault(term.scenario, []).append((term, here))
    found: dict[str, Likely] = {}
    for scenario, terms in pointing.items():
        terms.sort(key=lambda each: (-each[0].weight, -len(each[1].places), each[1].places))
        kept = list(_apart(terms, lambda each: each[1].places))
        words = dict.fromkeys(reading.words(match.places) for _, match in kept)
        score = sum(term.weight for term, _ in kept)
        found[scenario] = Likely(scenario, score, tuple(words))
    _combine(found, lexicon)
    return _in_order(found, lexicon)


def _combine(found: dict[str, Likely], lexicon: Lexicon) -> None:
    """Two strong attacks that do not follow from each other are one combined attack.

    Where words hint at it themselves ("vừa … vừa"), it is enough that both are found.
    """
    rule = lexicon.combined
    if rule is None:
        return
    own = found.get(rule.scenario, Likely(rule.scenario, 0, ()))
    enough = lexicon.least if own.words else rule.strong
    for pair in rule.pairs:
        if all(name in found and found[name].score >= enough for name in pair):
            one, other = (found[name] for name in pair)
            words = dict.fromkeys((*own.words, *one.words, *other.words))
            score = max(own.score, one.score, other.score)
            own = Likely(rule.scenario, score, tuple(words))
            found[rule.scenario] = own


def _in_order(found: Mapping[str, Likely], lexicon: Lexicon) -> list[Likely]:
    """The most points first, a cause before its effects, then the lexicon's order."""
    ranks = {name: one.score for name, one in found.items()}
    for cause, effects in lexicon.cause.items():
        if ranks.get(cause, 0) >= lexicon.clear:
            best = max((ranks.get(name, 0) for name in effects), default=0)
            ranks[cause] = max(ranks[cause], best)
    place = {name: at for at, name in enumerate(lexicon.scenarios)}
    order = sorted(found.values(), key=lambda one: (-ranks[one.scenario], place[one.scenario]))
    return [one for one in order if one.score >= lexicon.least]


def _suggested(
    reading: Told, matches: _Matches, lexicon: Lexicon
) -> Iterator[tuple[str, Suggestion]]:
    """The longer phrase wins where two overlap; where yes and no are both said: nothing."""
    settling: dict[str, list[tuple[Answer, tuple[int, ...]]]] = {}
    for text, stands in matches.items():
        for sign in lexicon.signs_of.get(text, ()):
            if not _excepted(sign.unless, matches):
                said = ((_answer(sign, each), each.places) for each in stands)
                given = [(answer, places) for answer, places in said if answer is not None]
                settling.setdefault(sign.criterion, []).extend(given)
    for criterion in sorted(settling):
        longest = sorted(settling[criterion], key=lambda each: (-len(each[1]), each[1]))
        kept = list(_apart(longest, lambda each: each[1]))
        if len({answer for answer, _ in kept}) == 1:
            words = dict.fromkeys(reading.words(places) for _, places in kept)
            yield criterion, Suggestion(kept[0][0], tuple(words))


def _answer(sign: Sign, match: _Match) -> Answer | None:
    if match.said == "doubted":
        return Answer.UNKNOWN
    return sign.denied if match.said == "denied" else sign.answer


def _excepted(unless: Sequence[Phrase], matches: _Matches) -> bool:
    return any(phrase.text in matches for phrase in unless)


def _apart(each: Sequence[T], places_of: Callable[[T], tuple[int, ...]]) -> Iterator[T]:
    """Those that share no word with one before."""
    taken: set[int] = set()
    for one in each:
        places = places_of(one)
        if taken.isdisjoint(places):
            taken.update(places)
            yield one


def _matches(reading: Told, lexicon: Lexicon) -> _Matches:
    """Every phrase that stands in the words, by its text; everyday phrases hide what is in them."""
    tokens = reading.tokens
    present = frozenset(token.word.folded for token in tokens)
    found: dict[str, list[tuple[int, ...]]] = {}
    for at, token in enumerate(tokens):
        for phrase in lexicon.beginning.get(token.word.folded, ()):
            if not phrase.letters <= present:
                continue
            places = _stands(phrase, reading, at, lexicon.fillers)
            if places:
                found.setdefault(phrase.text, []).append(places)
    everyday = [set(places) for each in lexicon.everyday for places in found.get(each.text, ())]
    return {
        text: [_Match(places, _said(tokens, places, lexicon)) for places in seen]
        for text, stands in found.items()
        if (seen := [one for one in stands if not any(_hides(each, one) for each in everyday)])
    }


def _hides(everyday: set[int], places: Sequence[int]) -> bool:
    """Whether words of a longer everyday phrase were taken for these: "sửa cấu hình" sửa no hình.

    What is written in one piece may begin or end inside one: "báo lỗi" in "thông báo lỗi".
    """
    if everyday <= set(places):
        return False
    in_one_piece = places[-1] - places[0] < len(places)
    return everyday.issuperset(places) if in_one_piece else not everyday.isdisjoint(places)


def _stands(
    phrase: Phrase, reading: Told, at: int, fillers: frozenset[str]
) -> tuple[int, ...] | None:
    """The places of the phrase's words, if it begins at this one and no mark denies it."""
    tokens = reading.tokens
    places = [at]
    for word, reach in zip(phrase.words[1:], phrase.reaches[1:], strict=True):
        place = places[-1] + 1
        while place < len(tokens) and tokens[place].clause == tokens[at].clause:
            if tokens[place].word.folded == word.folded:
                break
            if tokens[place].word.folded not in fillers:
                reach -= 1
                if reach < 0:
                    return None
            place += 1
        else:
            return None
        places.append(place)
    typed = [tokens[place].word for place in places]
    return tuple(places) if fitting(phrase, typed, reading.is_marked) else None


def _said(tokens: Sequence[Token], places: Sequence[int], lexicon: Lexicon) -> Said:
    """Looks back over bị, có, thấy … to a không or chưa, or a không biết; a không at the end asks.

    "không bị mã hóa", "chưa thấy mất dữ liệu": denied. "chưa biết có mất dữ liệu", "mất dữ liệu
    không": doubted.
    """
    first, clause = places[0], tokens[places[0]].clause
    after = [token.word for token in tokens[places[-1] + 1 :][:2] if token.clause == clause]
    if len(after) == 1 and _denies(after[0], lexicon):
        return "doubted"
    for at in range(first - 1, max(first - 1 - _BACK, -1), -1):
        word = tokens[at].word
        if tokens[at].clause != clause:
            break
        if _denies(word, lexicon):
            return "doubted" if tokens[at + 1].word.folded in lexicon.doubts else "denied"
        if word.folded not in lexicon.links and word.folded not in lexicon.doubts:
            break
    return "said"


def _denies(word: Word, lexicon: Lexicon) -> bool:
    return any(may_be(word, denial) for denial in lexicon.denials)
