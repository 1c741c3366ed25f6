"""Told words, as people type them, and what they point to: on a small lexicon."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.lexicon import Combined, Lexicon, Sign, Term, in_full, phrase_of, word_of
from bot.domain.recognition import Likely, recognise
from bot.domain.rule import Answer

SHORT = {
    "ko": "không",
    "đc": "được",
    "dc": "được",
    "trang web": "trang web",
    "virut": "virus",
    "vi rút": "virus",
    "web": "trang web",
}
INSTEAD = tuple((phrase_of(one), phrase_of(full).words) for one, full in SHORT.items())


def phrases(*texts: str) -> Any:
    return tuple(in_full(phrase_of(text), INSTEAD) for text in texts)


def term(scenario: str, weight: int, text: str, *unless: str) -> Term:
    return Term(scenario, phrases(text)[0], weight, phrases(*unless))


def sign(criterion: str, answer: str, text: str, denied: str = "", *unless: str) -> Sign:
    no = Answer(denied) if denied else None
    return Sign(criterion, phrases(text)[0], Answer(answer), no, phrases(*unless))


def folded(*words: str) -> frozenset[str]:
    return frozenset(word_of(word).folded for word in words)


def lexicon(terms: Iterable[Term] = (), **other: Any) -> Lexicon:
    said: dict[str, Any] = {
        "scenarios": ("hai", "bao", "doc", "hoa", "dien", "mang", "xoa", "loi", "web"),
        "least": 3,
        "clear": 4,
        "terms": (*TERMS, *terms),
        "signs": SIGNS,
        "cause": {"bao": ("dien", "mang")},
        "combined": Combined("hai", 5, (("hoa", "web"), ("hoa", "xoa"))),
        "instead": INSTEAD,
        "everyday": phrases("thông báo", "cấu hình"),
        "fillers": folded("bị", "hết", "đã"),
        "denials": (word_of("không"), word_of("chưa")),
        "doubts": folded("biết", "rõ"),
        "links": folded("bị", "có", "thấy", "phải"),
    }
    return Lexicon(**{**said, **other})


TERMS = (
    term("bao", 5, "bão"),
    term("bao", 4, "bão làm"),
    term("doc", 5, "mã độc"),
    term("doc", 4, "virus"),
    term("hoa", 5, "đòi tiền"),
    term("hoa", 3, "mã hóa"),
    term("hoa", 3, "không mở được … tệp"),
    term("dien", 5, "mất điện"),
    term("mang", 3, "mất mạng"),
    term("xoa", 4, "xóa hết", "xóa nhầm"),
    term("xoa", 1, "xóa"),
    term("loi", 3, "báo lỗi"),
    term("loi", 3, "chương trình … treo"),
    term("web", 4, "sửa … hình"),
    term("web", 5, "bị hack web"),
    term("hai", 2, "cùng lúc"),
)
SIGNS = (
    sign("c1", "yes", "mất điện", "no"),
    sign("c1", "yes", "không vào được", "", "fanpage"),
    sign("c1", "no", "vẫn vào được"),
    sign("c3", "unknown", "mất dữ liệu", "no"),
    sign("c3", "yes", "mất dữ liệu vĩnh viễn"),
    sign("c5", "yes", "nhiều máy"),
)
SMALL = lexicon()


def found(told: str, by: Lexicon = SMALL) -> dict[str, tuple[str, ...]]:
    return {one.scenario: one.words for one in recognise(told, by).found}


def answers(told: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    suggested = recognise(told, SMALL).suggested
    return {name: (one.answer.value, one.words) for name, one in suggested.items()}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("Máy bị Mã Độc rồi", {"doc": ("Mã Độc",)}),
        ("may bi ma doc roi", {"doc": ("ma doc",)}),
        ("máy bị mã đôc", {"doc": ("mã đôc",)}),  # a mark left out
        ("máy bị mả độc rồi", {"doc": ("mả độc",)}),  # ngã typed as hỏi
        ("dính vi-rút", {"doc": ("vi-rút",)}),
        ("dính vi rút rồi", {"doc": ("vi rút",)}),
        ("dinh virut roi", {"doc": ("virut",)}),
        ("ko mo dc cac tep", {"hoa": ("ko mo dc cac tep",)}),
        ("không mở được mấy cái tệp", {"hoa": ("không mở được mấy cái tệp",)}),
        ("bị hack trang web", {"web": ("bị hack trang web",)}),
        ("bị hack web", {"web": ("bị hack web",)}),
        ("xóa đã hết", {"xoa": ("xóa đã hết",)}),
        ("chuowng trinh cu treo", {"loi": ("chuowng trinh cu treo",)}),  # Telex not turned
        ("chuơng trinhf cứ treo", {"loi": ("chuơng trinhf cứ treo",)}),
        ("chuongg trinhhhh treo", {"loi": ("chuongg trinhhhh treo",)}),  # a slip, a key held down
        ("chuogn trinh treo", {"loi": ("chuogn trinh treo",)}),  # two letters changed about
        ("chwong trinh treo", {"loi": ("chwong trinh treo",)}),  # a wrong letter
        ("chuonng trnh treo", {"loi": ("chuonng trnh treo",)}),
    ],
)
def test_however_it_is_typed(told: str, words: dict[str, tuple[str, ...]]) -> None:
    assert found(told) == words


@pytest.mark.parametrize(
    "told",
    [
        "",
        "  ?! ",
        "chào anh, cho em hỏi số điện thoại",
        "mà đọc mãi không hiểu",  # other marks, other words
        "mất điền đơn",
        "máy ở phòng đó bao nhiêu cái",  # written with marks, so "bao" is no bão
        "thong bao cho bao nhieu nguoi",
        "bao",  # a single word counts only as it is written
        "người làm mát điện thoại",
        "khung mở được tệp",  # what could be Vietnamese is not mended
        "chuxxng trinh treo",  # two slips
        "mã. độc",  # over the end of a sentence
        "mã, độc",
        "mã rất khó độc",
        "không mở được một hai ba bốn năm sáu tệp",
        "sửa cấu hình",  # cấu hình is another word
        "xóa",  # one point is no finding
        "đòi",
    ],
)
def test_where_words_point_nowhere_nothing_is_found(told: str) -> None:
    assert recognise(told, SMALL).found == ()


def test_a_bare_phrase_in_a_text_with_marks_needs_one_word_with_its_marks() -> None:
    assert found("Máy của phòng bị ma doc từ sáng") == {}
    assert found("Máy của phòng bị mã doc từ sáng") == {"doc": ("mã doc",)}


def test_an_everyday_phrase_hides_what_is_inside_it_and_nothing_else() -> None:
    by = lexicon([term("loi", 3, "thông báo lỗi đỏ")])
    assert found("thông báo lỗi", by) == {"loi": ("báo lỗi",)}  # begins inside, ends outside
    assert found("thông báo lỗi đỏ", by) == {"loi": ("thông báo lỗi đỏ",)}


@pytest.mark.parametrize(
    "told",
    [
        "không bị mã độc",
        "ko thay bi virut",
        "chưa thấy có virus",
        "chua bi ma hoa, chua thay doi tien",
    ],
)
def test_what_is_denied_is_not_found(told: str) -> None:
    assert found(told) == {}


@pytest.mark.parametrize(
    "told",
    [
        "không vào được máy bị mã độc",
        "không. Bị mã độc",
        "không biết có phải mã độc",  # wondering is no denying
        "có phải mã độc không",
        "không bị mã độc này nhưng dính mã độc khác",
    ],
)
def test_what_is_not_denied_is_found(told: str) -> None:
    assert "doc" in found(told)


def test_points_add_up_and_a_word_counts_once() -> None:
    one, two = recognise("virus mã hóa dữ liệu, mã hóa hết, đòi tiền", SMALL).found
    assert one == Likely("hoa", 8, ("đòi tiền", "mã hóa"))
    assert two == Likely("doc", 4, ("virus",))
    both = recognise("Xóa hết rồi", SMALL).found
    assert both == (Likely("xoa", 4, ("Xóa hết",)),)


def test_unless() -> None:
    assert found("xóa hết hồ sơ") == {"xoa": ("xóa hết",)}
    assert found("xóa nhầm rồi xóa hết hồ sơ") == {}


def test_a_clear_cause_stands_before_its_effects() -> None:
    told = "mất điện, mất mạng vì bão"
    assert list(found(told)) == ["bao", "dien", "mang"]
    weak = lexicon(clear=9)
    assert list(found(told, weak)) == ["bao", "dien", "mang"]  # equal: the lexicon's order
    assert list(found(told, lexicon([term("dien", 1, "mạng")], clear=9))) == ["dien", "bao", "mang"]
    assert list(found(told, lexicon([term("dien", 1, "mạng")]))) == ["bao", "dien", "mang"]


def test_two_strong_attacks_are_a_combined_one() -> None:
    told = "bị hack web, đòi tiền"
    assert recognise(told, SMALL).found[0] == Likely("hai", 5, ("đòi tiền", "bị hack web"))
    assert list(found("mã hóa, bị hack web")) == ["web", "hoa"]  # one is not strong
    assert list(found("cùng lúc mã hóa, bị hack web")) == ["hai", "web", "hoa"]
    assert found("bị hack web, đòi tiền, xóa hết", lexicon(combined=None)).keys() == {
        *("web", "hoa", "xoa")
    }


def test_at_most_three_unless_fewer_are_asked_for() -> None:
    told = "bão làm mất điện, mất mạng, báo lỗi, virus"
    assert [one.scenario for one in recognise(told, SMALL).found] == ["bao", "dien", "doc"]
    assert [one.scenario for one in recognise(told, SMALL, 1).found] == ["bao"]


@pytest.mark.parametrize(
    ("told", "suggested"),
    [
        ("ko vao dc", {"c1": ("yes", ("ko vao dc",))}),
        ("mất điện, nhiều máy", {"c1": ("yes", ("mất điện",)), "c5": ("yes", ("nhiều máy",))}),
        ("không bị mất điện", {"c1": ("no", ("mất điện",))}),
        ("vẫn vào được", {"c1": ("no", ("vẫn vào được",))}),
        ("mất điện mà vẫn vào được", {}),  # both are said: left open
        ("fanpage không vào được", {}),
        ("chưa thấy mất dữ liệu", {"c3": ("no", ("mất dữ liệu",))}),
        ("chưa biết có mất dữ liệu", {"c3": ("unknown", ("mất dữ liệu",))}),
        ("có mất dữ liệu không", {"c3": ("unknown", ("mất dữ liệu",))}),
        ("có nhiều máy không", {"c5": ("unknown", ("nhiều máy",))}),
        ("mất dữ liệu không lấy lại", {"c3": ("unknown", ("mất dữ liệu",))}),
        ("mất dữ liệu vĩnh viễn", {"c3": ("yes", ("mất dữ liệu vĩnh viễn",))}),
        ("không có nhiều máy", {}),  # denied, and nothing is said of that
    ],
)
def test_suggested_answers(told: str, suggested: dict[str, tuple[str, tuple[str, ...]]]) -> None:
    assert answers(told) == suggested


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "thiếu từ"),
        ("… mã", "thiếu từ ở đầu"),
        ("mã …", "thiếu từ"),
        ("mã, độc", "không phải một từ"),
        ("một hai ba bốn năm sáu", "tối đa 5"),
    ],
)
def test_what_is_no_phrase(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        phrase_of(text)


@settings(max_examples=300)
@given(st.text(max_size=120))
def test_any_text_is_read_and_its_words_stand_in_it(told: str) -> None:
    recognise(told, SMALL)


PIECES = ["ma doc", "mã độc", "ko", "không bị", "mất điện,", "virut.", "bão", "cùng lúc", "x\n"]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_the_words_shown_are_the_reporters_own_and_scores_fall(pieces: list[str]) -> None:
    told = " ".join(pieces)
    seen = recognise(told, SMALL)
    assert seen == recognise(told, SMALL)
    shown = [word for one in (*seen.found, *seen.suggested.values()) for word in one.words]
    assert all(word in told.replace("\n", " ; ") for word in shown)
    assert all(one.score >= SMALL.least and one.words for one in seen.found)
