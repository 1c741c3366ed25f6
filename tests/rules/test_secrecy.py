"""What carries the marking of a state secret is stopped; mật khẩu, mất điện and bảo mật pass."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.domain.folding import fold
from bot.domain.secrecy import PHRASES, marked

CASES = Path(__file__).parents[1] / "cases" / "open.yaml"
TOLD = {case["id"]: case["told"] for case in YAML(typ="safe", pure=True).load(CASES)}
SECRET = TOLD.pop("dong-nai-secret-2020")

STOPS = [
    SECRET,
    SECRET.upper(),
    fold(SECRET),
    "công văn đóng dấu MẬT",
    "gửi nhầm công văn MẬT số 12",
    "MẬT",
    "TỐI MẬT",
    "hồ sơ TUYỆT MẬT bị chụp",
    "dấu (MẬT)",
    "CÔNG VĂN BÍ MẬT",
    "BÁO CÁO MẬT",
    "TÌNH BÁO MẬT",  # báo, not bảo
    "MẬT, khẩu hiệu treo cổng",
    "tài liệu (mật) khẩu hiệu",
    "sếp bảo: MẬT",
    "VAN BAN MAT bi lo",
    "TOI MAT",
    "lo tai lieu mat",
    "tai lieu mat het",
    "tài liêu mât bị lộ",
    "tải liệu mật",  # a slip in another word
    "tài liệu 'mật' trên máy",
    "tài_liệu_mật",
    "văn bản có độ Mật",
    "do mat cua van ban",
    "van ban toi mat tai phong 2",
    "toi mat",
    "tài liệu mật mà gửi qua mạng",
    "tai lieu mat ma gui qua mang",  # may be mật mã: the safe side
    "tài liệu mật mã hóa hết rồi",
    "tài liệu mật do anh A giữ",
    "van ban mat dien tu",
    "tai lieu mat mang ra ngoai",
    "tai lieu mat, mang ra ngoai",
    "lộ bí mật nhà nước",
    "lo bi mat nha nuoc",
    "Bí Mật Nhà Nước",
]

PASSES = [
    *TOLD.values(),
    "",
    "mật khẩu",
    "bảo mật",
    "mật mã",
    "mật ong",
    "mat khau",
    "mat dien",
    "mat mang",
    "mất",
    "mặt",
    "mat",
    "MAT",
    "mật",
    "Mật",
    "DOI MAT KHAU",
    "ĐỔI MẬT KHẨU",
    "MẤT ĐIỆN",
    "BẢO MẬT",
    "BAO MẬT",
    "MẬT KHẨU",
    "MẬT KHAU",
    "MẬT MÃ",
    "SỎI TÚI MẬT",
    "văn bản BẢO MẬT",
    "doi mat khau xong roi",
    "da doi mat khau tai lieu",
    "tai lieu mat khau",
    "tài liệu mật khẩu bị đổi",
    "văn bản mật mã",
    "mat dien mat mang, ko vo duoc dvc",
    "mất tài liệu, mất mạng",
    "mat tai lieu, mat mang",
    "tài liệu mất hết",
    "văn bản mặt sau",
    "tai liệu mất",
    "đầu mat",
    "tội mat",
    "tới mat",
    "he thong ngung do mat dien",
    "do mat ket noi nen cham",
    "muc do mat an toan thong tin",
    "toi mat quyen dang nhap",
    "em toi mat dien thoai",
    "toi mat mang ve dem",
    "đo mật độ dân số",
    "bí mật kinh doanh",
    "bị mất nhà nước hỗ trợ",
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", STOPS)
def test_a_marking_stops(typed: str, form) -> None:
    assert marked(unicodedata.normalize(form, typed))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", PASSES)
def test_what_is_no_marking_passes(typed: str, form) -> None:
    assert not marked(unicodedata.normalize(form, typed))


def test_nine_of_the_ten_real_cases_pass() -> None:
    assert [marked(told) for told in (SECRET, *TOLD.values())] == [True] + [False] * 9


def test_an_ambiguous_document_stops_and_its_diacritics_let_it_pass() -> None:
    assert marked("tai lieu mat tu hom qua")  # mật or mất: the safe side
    assert not marked("tài liệu mất từ hôm qua")
    assert marked("tài liệu mật từ hôm qua")


WORDS = ["máy em", "mở", "không được", "hiện chữ", "đòi tiền", "mất điện", "mặt trước", "22h"]
ordinary = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@settings(deadline=None)
@given(
    ordinary,
    st.sampled_from(PHRASES),
    ordinary,
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    st.sampled_from([str.lower, str.upper, str.title]),
)
def test_a_phrase_is_caught_anywhere(before, phrase, after, form, case) -> None:
    text = case(f"{before} {phrase} {after}")
    assert marked(unicodedata.normalize(form, text))


@settings(deadline=None)
@given(ordinary, st.sampled_from(PHRASES), st.sampled_from([str.lower, str.upper, str.title]))
def test_a_phrase_without_diacritics_is_caught_anywhere(before, phrase, case) -> None:
    assert marked(case(f"{before} {fold(phrase)} bị lộ"))


@settings(deadline=None)
@given(ordinary, ordinary)
def test_ordinary_words_pass(before: str, after: str) -> None:
    assert not marked(f"{before} mật khẩu {after}")
    assert not marked(fold(f"{before} {after}"))
