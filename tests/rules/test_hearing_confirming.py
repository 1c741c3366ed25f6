"""A leader's word on what somebody else wrote down: it was said so, it was not, or neither."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.hearing.answers import command, confirming
from tests.rules.typed import rows

NEITHER = (
    *("ok", "dạ", "rõ", "đồng ý", "tôi nhận", "dừng", "dừng lại ngay", "đúng?", "xác nhận?"),
    *("không", "không rõ", "1", "2", "8", "đúng là có người vào phòng máy", "xác minh 12", "👍"),
    *("sai mật khẩu", "chưa", "not now", ""),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    rows(
        """
        confirm: xác nhận | xac nhan | Xác nhận ạ | tôi xác nhận | đúng | dung | đúng rồi ạ | 7
        confirm: dạ đúng | đúng vậy | đúng thế | số 7 | confirm | confirmed | Correct | 7.
        deny: không đúng | khong dung | ko đúng | không phải | không xác nhận | sai | sai rồi | 9
        deny: không phải vậy | k dung | không đúng ạ | wrong | not correct | not right | số 9
        """
    ),
)
def test_confirmed_or_denied(typed: str, meant: str) -> None:
    assert confirming(typed) == (meant, None)
    assert confirming(unicodedata.normalize("NFD", typed)) == (meant, None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xác nhận 12", ("confirm", 12)),
        ("xac nhan su co so 12", ("confirm", 12)),
        ("đúng 12", ("confirm", 12)),
        ("không đúng sự cố 12 ạ", ("deny", 12)),
        ("confirm incident 12", ("confirm", 12)),
        ("not correct 12", ("deny", 12)),
    ],
)
def test_the_incident_may_be_named(typed: str, meant: tuple[str, int]) -> None:
    assert confirming(typed) == meant


@pytest.mark.parametrize("typed", NEITHER)
def test_what_is_neither_is_not_guessed(typed: str) -> None:
    assert confirming(typed) is None


@pytest.mark.parametrize(
    "typed", ["chỉ đạo 12", "chi dao 12", "ghi ý kiến chỉ đạo sự cố số 12", "direction 12"]
)
def test_the_command_in_plain_words(typed: str) -> None:
    assert command(typed) == ("direction", 12)


@given(st.text(max_size=400))
def test_any_text_is_heard_without_an_error(typed: str) -> None:
    confirming(typed)
