"""The told words one by one, as they are compared: abbreviations in full, slips mended.

A word that could be Vietnamese is taken for what it is; only what no mouth says is mended, as one
slip in a known word of five letters and more, or as Telex that nobody turned into letters (khoong).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.folding import normal
from bot.domain.lexicon import TONES, WORD, Lexicon, Phrase, Word, without_one, word_of

_PART = re.compile(rf"(?P<word>{WORD.pattern})|(?P<stop>[,;!?()…•]|[.:](?=\s|$)| [-–+>]+ )")
_MARKED = 0.5  # the share of words with marks from which on a text is one written with marks

_SYLLABLE = re.compile(
    r"(?:[bdhklmnrstvx]|[cknpt]h|gh?|ngh?|gi|tr|qu|c|ph)?"
    r"(?:a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?|e(?:c|ch|m|n|ng|nh|o|p|t|u)?"
    r"|i(?:a|ch|ec|em|en|eng|ep|et|eu|m|n|nh|p|t|u)?"
    r"|o(?:a|ac|ach|ai|am|an|ang|anh|ao|at|ay|c|e|en|eo|et|i|m|n|ng|p|t)?"
    r"|u(?:a|an|ang|at|au|ay|c|e|ech|en|enh|i|m|n|ng|o|oc|oi|om|on|ong|op|ot|ou|p|t|u"
    r"|y|ya|yen|yet|ynh|yt|yu)?"
    r"|y(?:em|en|et|eu|t)?)"
)
_TELEX = re.compile(r"(?P<vowel>[aeod])(?P=vowel)|(?<=[aou])w|[sfrxj](?=[a-z]?$)")
_HELD = re.compile(r"([a-z])\1{2,}")  # a key held down: hếttttt


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the text; what was abbreviated has the abbreviation's place."""

    word: Word
    begins: int
    ends: int
    clause: int


@dataclass(frozen=True, slots=True)
class Told:
    """is_marked: written with diacritics, so that a bare word means itself."""

    text: str
    tokens: tuple[Token, ...]
    is_marked: bool

    def words(self, places: Sequence[int]) -> str:
        """As the reporter wrote them, from the first of these places to the last."""
        begins = min(self.tokens[place].begins for place in places)
        return self.text[begins : max(self.tokens[place].ends for place in places)]


def read(text: str, lexicon: Lexicon) -> Told:
    spaced = normal(text.replace("\n", " ; "))
    typed = list(_typed(spaced, lexicon))
    marked = sum(1 for token in typed if token.word.marks)
    return Told(spaced, tuple(_in_full(typed, lexicon)), marked > _MARKED * len(typed))


def fitting(phrase: Phrase, typed: Sequence[Word], is_marked: bool) -> bool:
    """Whether words of the same letters may be the phrase: no mark that was written denies it.

    A word alone is only itself. In a phrase marks may be left out, and ngã typed as hỏi; but who
    writes with marks means bare words, unless another word of the phrase shows its marks.
    """
    if len(typed) == 1:
        return typed[0].marks == phrase.words[0].marks
    bare = shown = False
    for one, word in zip(typed, phrase.words, strict=True):
        if not may_be(one, word):
            return False
        bare = bare or len(one.marks) < len(word.marks)
        shown = shown or bool(one.marks)
    return shown or not (bare and is_marked)


def may_be(typed: Word, word: Word) -> bool:
    """The same letters, and no mark that denies it: "mat" and "mât" may be mất, "mát" may not.

    Marks are left out all together, or the tone is; who types the tone has typed the vowel.
    """
    if typed.folded != word.folded:
        return False
    return typed.heard == word.heard or (
        typed.heard <= word.heard and typed.heard.isdisjoint(TONES)
    )


def _typed(text: str, lexicon: Lexicon) -> Iterator[Token]:
    clause = 0
    for part in _PART.finditer(text):
        if part["stop"]:
            clause += 1
            continue
        word = word_of(part["word"])
        if word.folded not in lexicon.known:
            word = Word(_mended(word.folded, lexicon), word.marks, word.heard)
        yield Token(word, part.start(), part.end(), clause)


def _in_full(typed: Sequence[Token], lexicon: Lexicon) -> Iterator[Token]:
    at = 0
    while at < len(typed):
        first = typed[at]
        for phrase, words in lexicon.shortened.get(first.word.folded, ()):
            group = typed[at : at + len(phrase.words)]
            if _is_shortened(phrase, group):
                yield from (Token(w, first.begins, group[-1].ends, first.clause) for w in words)
                at += len(group)
                break
        else:
            yield first
            at += 1


def _is_shortened(phrase: Phrase, group: Sequence[Token]) -> bool:
    typed = [token.word for token in group]
    alike = [one.folded for one in typed] == [word.folded for word in phrase.words]
    return alike and fitting(phrase, typed, is_marked=False)


def _mended(folded: str, lexicon: Lexicon) -> str:
    """The known word that was meant, if there is just one; otherwise the word itself."""
    if len(folded) < 3 or _SYLLABLE.fullmatch(folded):
        return folded
    for spelt in (_HELD.sub(r"\1", folded), _TELEX.sub(r"\g<vowel>", folded)):
        if spelt in lexicon.known:
            return spelt
    near = {
        word
        for short in (folded, *without_one(folded))
        for word in lexicon.cut.get(short, ())
        if _is_one_slip(folded, word)
    }
    return near.pop() if len(near) == 1 else folded


def _is_one_slip(typed: str, word: str) -> bool:
    """One letter too many, too few, wrong, or two beside each other changed about."""
    if len(typed) != len(word):
        longer, shorter = (typed, word) if len(typed) > len(word) else (word, typed)
        return shorter in without_one(longer)
    wrong = [at for at, (one, other) in enumerate(zip(typed, word, strict=True)) if one != other]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
        return typed[wrong[0]] == word[wrong[1]] and typed[wrong[1]] == word[wrong[0]]
    return len(wrong) <= 1
