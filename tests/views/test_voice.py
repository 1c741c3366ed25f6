"""How times, spans, lists and other people's words are said (words.md, rule 11)."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.moment import Moment
from bot.views.voice import Html, Voice, cut, lines, sentences, upper_first

NOW = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)  # 23:30 in Vietnam
VOICE = Voice("vi", NOW)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 21, 15, 5, tzinfo=UTC), "22:05"),
        (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), "00:00"),  # the same day in Vietnam
        (datetime(2026, 11, 20, 16, 59, tzinfo=UTC), "23:59 ngày 20/11/2026"),
        (datetime(2026, 11, 21, 17, 0, tzinfo=UTC), "00:00 ngày 22/11/2026"),
        (datetime(2026, 1, 2, 1, 2, tzinfo=UTC), "08:02 ngày 2/1/2026"),
    ],
)
def test_a_time(at: datetime, said: str) -> None:
    assert VOICE.time(at) == said


def test_a_moment_as_it_was_told() -> None:
    at = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
    assert VOICE.moment(Moment(at)) == "21:30"
    assert VOICE.moment(Moment(at, approximate=True)) == "khoảng 21:30"
    span = Moment(at, at + timedelta(hours=1), approximate=True)
    assert VOICE.moment(span) == "từ 21:30 đến 22:30"
    day = timedelta(days=1)
    before = Moment(at - day, at - day + timedelta(hours=1))
    assert VOICE.moment(before) == "từ 21:30 đến 22:30 ngày 20/11/2026"
    over_midnight = Moment(at - day, at)
    assert VOICE.moment(over_midnight) == "từ 21:30 ngày 20/11/2026 đến 21:30"
    yesterday = Moment(at - timedelta(days=1), approximate=True)
    assert VOICE.moment(yesterday) == "khoảng 21:30 ngày 20/11/2026"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=59), "0 phút"),
        (timedelta(seconds=-5), "0 phút"),
        (timedelta(minutes=59), "59 phút"),
        (timedelta(minutes=61), "1 giờ 1 phút"),
        (timedelta(hours=25), "1 ngày 1 giờ"),
    ],
)
def test_a_span(length: timedelta, said: str) -> None:
    assert VOICE.span(length) == said


def test_other_peoples_words_are_escaped_once_and_ours_never() -> None:
    said = VOICE.say("report.review.told", told="<b>&x")
    assert said == "“&lt;b&gt;&amp;x”"
    assert VOICE.say("report.review.told", told=said) == f"“{said}”"
    assert isinstance(lines(said, ""), Html)


def test_words_that_are_not_there() -> None:
    with pytest.raises(KeyError):
        VOICE.say("report.no_such_words")
    assert not VOICE.knows("report.no_such_words")


def test_cut_is_one_line_of_so_many_signs() -> None:
    assert cut("a\n b  c", 10) == "a b c"
    assert cut("x" * 10, 10) == "x" * 10
    assert cut("x" * 11, 10) == "x" * 9 + "…"
    assert cut("aaaa bbbb", 6) == "aaaa…"


def test_lists_and_first_letters() -> None:
    assert VOICE.names(["anh Minh", "chị Lan"]) == "anh Minh, chị Lan"
    assert VOICE.several(["gián đoạn", "lan rộng"]) == "gián đoạn; lan rộng"
    assert (upper_first("đồng chí Phúc"), upper_first("")) == ("Đồng chí Phúc", "")
    assert lines("a", "", "b") == "a\nb"


def test_a_name_has_a_capital_where_a_sentence_begins_and_nowhere_else() -> None:
    said = "🟡 <b>anh Hùng trả lời anh Bình</b>. anh Bình giữ\nđồng chí Phúc biết"
    expected = "🟡 <b>Anh Hùng trả lời anh Bình</b>. Anh Bình giữ\nĐồng chí Phúc biết"
    assert sentences(said) == expected
    assert sentences("&lt;b&gt; 15:08 chưa có") == "&lt;b&gt; 15:08 chưa có"
