"""Typed words in one shape: as they are kept (`normal`) and as they are compared (`fold`).

The same Vietnamese word arrives composed or decomposed, with or without its marks, with the tone
on either vowel (hoà, hòa), or with characters that nobody sees. Nothing here knows an answer.
"""

import unicodedata

# Letters to Unicode, blanks or nothing to the eye: Hangul fillers, the empty Braille cell, and the
# joiner that keeps a mark from its letter.
_UNSEEN = frozenset("\u034f\u115f\u1160\u3164\u2800")
_UNSEEN_KINDS = frozenset({"Cc", "Cf", "Cs"})
# đ is no d with a mark to Unicode; ð and ɖ are what old fonts and keyboards put in its place.
_BARRED = str.maketrans("đðɖ", "ddd")


def normal(text: str) -> str:
    """Composed (NFC), white space as single spaces, nothing invisible: the form that is kept."""
    return _spaced(unicodedata.normalize("NFC", _seen(text)))


def fold(text: str) -> str:
    """The form that is compared: lower case, no marks, đ as d, no punctuation at either end.

    Compatibility forms count as the letter or digit they show (２, ②, full-width Ａ). An emoji is
    kept; so "?" folds to nothing, and whoever takes it for an answer looks at the typed text.
    """
    apart = unicodedata.normalize("NFKD", normal(text)).lower()
    bare = "".join(each for each in _seen(apart) if unicodedata.category(each) not in ("Mn", "Me"))
    spaced = _spaced(unicodedata.normalize("NFC", bare.translate(_BARRED)))
    first, last = 0, len(spaced)
    while first < last and _at_an_end(spaced[first]):
        first += 1
    while first < last and _at_an_end(spaced[last - 1]):
        last -= 1
    return spaced[first:last]


def may_be(typed: str, word: str) -> bool:
    """Whether one typed word can stand for `word`: the same letters, and no mark that denies it.

    "mat" and "mât" may be "mật"; "mất" and "mặt" may not.
    """
    return fold(typed) == fold(word) and _marks(typed) <= _marks(word)


def _marks(word: str) -> frozenset[str]:
    apart = unicodedata.normalize("NFD", normal(word)).lower()
    return frozenset(each for each in apart if each == "đ" or unicodedata.category(each) == "Mn")


def _seen(text: str) -> str:
    return "".join(each for each in text if each.isspace() or not _is_unseen(each))


def _is_unseen(character: str) -> bool:
    return character in _UNSEEN or unicodedata.category(character) in _UNSEEN_KINDS


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _at_an_end(character: str) -> bool:
    """Punctuation, blanks, and symbols that are no picture."""
    kind = unicodedata.category(character)
    return character == " " or kind[0] == "P" or kind in ("Sk", "Sm", "Sc")
