"""Typed words in one shape, however they were typed."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.folding import fold, may_be, normal


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Mã độc", "ma doc"),
        ("ĐỔI MẬT KHẨU", "doi mat khau"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("uỷ ban", "uy ban"),
        ("ủy ban", "uy ban"),
        ("  chưa \n rõ ạ. ", "chua ro a"),
        ("\u201cSửa 6\u201d!", "sua 6"),
        ("2.", "2"),
        ("②", "2"),
        ("２", "2"),
        ("2\ufe0f\u20e3", "2"),
        ("ÐỒNG Ý", "dong y"),  # eth, as old fonts have it
        ("Ɖúng", "dung"),
        ("một cửa, dịch vụ công", "mot cua, dich vu cong"),
        ("👍🏻", "👍"),
        ("👍 ạ", "👍 a"),
        ("?", ""),
        ("+ - =", ""),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mo\u0302\u0323t cu\u031b\u0309a", "một cửa"),
        ("m\u200bậ\u00adt\ufeff", "mật"),
        ("a\u034f\u0301", "á"),  # the joiner would keep the mark from its letter
        ("một\r\n\tdòng\u00a0nữa", "một dòng nữa"),
        ("a\x00b\ud800c", "abc"),
        ("\u3164\u2800", ""),
        ("Giữ Nguyên, dấu!", "Giữ Nguyên, dấu!"),
    ],
)
def test_normal(typed: str, kept: str) -> None:
    assert normal(typed) == kept


@pytest.mark.parametrize(
    ("typed", "word", "possible"),
    [
        ("mật", "mật", True),
        ("mat", "mật", True),
        ("MÂT", "mật", True),
        ("mạt", "mật", True),
        ("mất", "mật", False),
        ("mặt", "mật", False),
        ("dấu", "dấu", True),
        ("đầu", "dấu", False),
        ("đau", "dấu", False),
        ("do", "độ", True),
        ("ma", "mật", False),
        ("hoà", "hòa", True),
    ],
)
def test_a_word_may_be_another_unless_its_marks_deny_it(typed, word, possible) -> None:
    assert may_be(typed, word) is possible


@settings(deadline=None)
@given(st.text())
def test_both_shapes_are_final(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text(alphabet="aăâeêioôơuưyđàảãáạằậếộợựỹ BCDĐ.,!?12"))
def test_composed_or_not_is_one(text: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert normal(composed) == normal(apart)
    assert fold(composed) == fold(apart)
    assert fold(text).isascii()


@settings(deadline=None)
@given(st.text())
def test_what_is_kept_can_be_written_and_is_one_line(text: str) -> None:
    kept = normal(text)
    assert "\n" not in kept
    assert "\x00" not in kept
    assert kept.encode() is not None  # no half of a surrogate pair
    assert kept == kept.strip()
