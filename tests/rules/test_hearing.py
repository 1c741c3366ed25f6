"""What people type is understood as they meant it, or not at all (words.md §2)."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.errors import Unclear
from bot.domain.folding import fold
from bot.views.hearing.answers import (
    choice,
    command,
    edit_number,
    incident_number,
    navigation,
    near,
    nothing,
    number,
    still,
    taking,
    three_valued,
)
from tests.rules.typed import rows

SYSTEMS = [
    "Máy tính, mạng cơ quan",
    "Một cửa, dịch vụ công",
    "Quản lý văn bản",
    "Trang thông tin điện tử",
    "Trang Facebook, Zalo của cơ quan",
    "Khác, chưa rõ",
]
STATES = [
    "Vẫn đang xảy ra",
    "Đã ngắt mạng, giữ nguyên máy",
    "Tạm ổn, đang theo dõi",
    "Đã hết",
    "Chưa rõ",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    rows(
        """
        yes: có | co | CÓ | có ạ | dạ có | Dạ có ạ em | c | C. | đúng | phải | 1 | 1. | có bị
        yes: ① | số 1 | 1 Có | đúng rồi ạ | bị rồi | yes
        no: không | khong | ko | k | kg | hông | hổng | không có | không bị | chưa bị | 2 | 2)
        no: KHÔNG Ạ | dạ không | ko bi a | không em | hong | 2. Không | no | không bị gì
        unknown: chưa rõ | không rõ | ko rõ | không biết | ko biết | ko biet | chưa biết | chịu
        unknown: ? | ??? | 3 | Chưa rõ ạ | em không biết | không biết có bị không | chưa chắc
        unknown: 3 chưa rõ | chiu | hông biết
        """
    ),
)
def test_yes_no_and_not_clear(typed: str, meant: str) -> None:
    assert three_valued(typed) == meant
    assert three_valued(unicodedata.normalize("NFD", typed)) == meant


HALF = "dạ|ừ|chưa|vâng ạ|dạ vâng|ok|rõ|👍|👍🏻|có?|không?|chưa có|Dạ."
NONE = "hỏng|hỏng rồi|dừng|dạ cô|nó|4|12|không có mạng|có mạng không|1 2|2 có|...||có, không rõ lắm"


@pytest.mark.parametrize("typed", HALF.split("|"))
def test_half_an_answer_is_asked_again(typed: str) -> None:
    with pytest.raises(Unclear):
        three_valued(typed)


@pytest.mark.parametrize("typed", NONE.split("|"))
def test_what_is_no_answer_is_not_guessed(typed: str) -> None:
    assert three_valued(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((each, 2) for each in ("2", "2.", "(2)", "02", "②", "２", "2️⃣", "số 2", "so 2", "câu 2")),
        *((each, 2) for each in ("dạ 2 ạ", "em chọn số 2")),
        *((each, None) for each in ("2 máy", "7/12", "2h", "0905000111", "hai", "", "số")),
        ("12", 12),
    ],
)
def test_numbers(typed: str, meant: int | None) -> None:
    assert number(typed) == meant


@pytest.mark.parametrize(
    ("typed", "labels", "meant"),
    [
        ("2", SYSTEMS, 1),
        ("7", SYSTEMS, None),
        ("0", SYSTEMS, None),
        ("mot cua, dich vu cong", SYSTEMS, 1),
        ("MỘT CỬA", SYSTEMS, 1),
        ("quan ly", SYSTEMS, 2),
        ("facebook", SYSTEMS, 4),
        ("em chọn một cửa ạ", SYSTEMS, 1),
        ("trang", SYSTEMS, None),
        ("cơ quan", SYSTEMS, None),
        ("ma", SYSTEMS, None),
        ("không phải một cửa", SYSTEMS, None),
        ("chưa", SYSTEMS, None),
        ("", SYSTEMS, None),
        ("đã hết", STATES, 3),
        ("het", STATES, 3),
        ("đang", STATES, None),
        ("chua ro", STATES, 4),
        ("vẫn đang", STATES, 0),
        ("chưa hết", STATES, None),
        ("Hòa", ["Hoa", "Hòa"], 1),
        ("hoa", ["Hoà", "Hòa"], None),
    ],
)
def test_choices(typed: str, labels: list[str], meant: int | None) -> None:
    assert choice(typed, labels) == meant


@pytest.mark.parametrize(
    ("typed", "labels", "meant"),
    [
        ("van bn", SYSTEMS, 2),
        ("mot cau", SYSTEMS, 1),
        ("dvc", SYSTEMS, 1),
        ("dich vu cogn", SYSTEMS, 1),
        ("da ngta mang", STATES, 1),
        ("co quan", SYSTEMS, None),
        ("máy hỏng rồi ạ", SYSTEMS, None),
        ("qa", SYSTEMS, None),
        ("phong mit", ["Phòng Một", "Phòng Mát"], None),
        ("phong motj", ["Phòng Một", "Phòng Mười"], 0),
        ("gì đó", [], None),
    ],
)
def test_near_matches_are_for_asking(typed: str, labels: list[str], meant: int | None) -> None:
    assert near(typed, labels) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    rows(
        """
        back: quay lại | lui | trở lại | back | dạ quay lại ạ | em muốn quay lại
        edit: sửa 6 | sua cau 6 | sửa | Sửa câu số 6 ạ | edit 6
        later: để sau | later
        cancel: hủy | huỷ | thôi | cancel
        send: gửi | GỬI | gửi đi | send | dạ gửi ạ
        early: gửi ngay | gửi ngay, bổ sung sau | send now | Gửi ngay bổ sung sau
        more: xem thêm | more
        """
    ),
)
def test_navigation(typed: str, meant: str) -> None:
    assert navigation(typed) == meant
    assert navigation(fold(typed)) == meant


def test_no_navigation_in_a_sentence() -> None:
    assert navigation("máy bị gửi thư rác") is None
    assert navigation("gui mail khong duoc") is None


def test_the_question_to_edit() -> None:
    assert [edit_number(typed) for typed in ("sửa 6", "sua cau 10", "edit 3", "sửa", "6")] == [
        6,
        10,
        3,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    rows(
        """
        take: 7 | 7. | số 7 | tiếp nhận | tôi nhận | nhận xử lý | để tôi | để em | tiep nhan
        take: tôi tiếp nhận xử lý | dạ em nhận ạ | da em nhan | ok để em | rõ, tôi nhận | ok 7
        take: dạ tiếp nhận | Tôi tiếp nhận xử lý
        pass: 9 | chuyển người khác | chuyen nguoi khac | Chuyển người khác ạ
        return: trả lại | tra lai | em trả lại ạ
        polite: ok | oke | okê | ok e | Ok em ạ | dạ | vâng | rõ | đã rõ | đã xem | đã nhận
        polite: nhận được | 👍 | 👍🏻👍🏻 | 🙏 | em nhận được rồi | đã nhận tin | nhận | để tôi xem
        polite: đã tiếp nhận | da tiep nhan | anh nhận nhé | đã nhận 12 | dạ vâng ạ
        """
    ),
)
def test_replies_to_a_page(typed: str, meant: str) -> None:
    assert taking(typed) == meant


TAKES_NOTHING = "tiếp nhận?|tôi không nhận|chưa tiếp nhận|ai nhận|không|8|máy hỏng|"


@pytest.mark.parametrize("typed", TAKES_NOTHING.split("|"))
def test_what_takes_nothing(typed: str) -> None:
    assert taking(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    rows(
        """
        alive: còn | dạ còn ạ | có | co ạ | vẫn | vẫn còn | còn đang xử lý | đang xử lý | đang làm
        alive: em vẫn đang làm ạ | dạ có còn | van dang xu ly | yes | yes, still | I am | anh còn
        unclear: ok | dạ | vâng ạ | 👍 | đã xem | không | ko ạ | không còn | chưa xong | xong rồi
        unclear: đã xong | hết rồi | no | done
        """
    ),
)
def test_answers_to_whether_somebody_is_still_at_it(typed: str, meant: str) -> None:
    assert still(typed) == meant


@pytest.mark.parametrize(
    "typed", ["còn?", "cô", "máy còn chạy", "còn ba máy nữa", "7", "không có mạng", "", "1"]
)
def test_what_is_no_answer_to_it(typed: str) -> None:
    assert still(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nhận 12", ("take", 12)),
        ("tiếp nhận 12", ("take", 12)),
        ("tôi tiếp nhận xử lý sự cố số 12", ("take", 12)),
        ("dạ nhận #12 ạ", ("take", 12)),
        ("7 12", ("take", 12)),
        ("7, 12", ("take", 12)),
        ("9 12", ("pass", 12)),
        ("chuyển 12", ("pass", 12)),
        ("trả lại 12", ("return", 12)),
        ("tra lai su co 12", ("return", 12)),
        ("đã nhận 12", None),
        ("nhận 12?", None),
        ("7/12", None),
        ("712", None),
        ("12", None),
    ],
)
def test_a_reply_that_names_its_incident(typed: str, meant: tuple[str, int] | None) -> None:
    assert incident_number(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("báo sự cố", ("report", None)),
        ("tôi muốn báo sự cố ạ", ("report", None)),
        ("BAO SU CO", ("report", None)),
        ("baosuco", ("report", None)),
        ("bao ho", ("on_behalf", None)),
        ("Đổi người cầm máy", ("holder", None)),
        ("đổi người xử lý", None),
        ("tình hình?", ("status", None)),
        ("tình hình sự cố số 12", ("status", 12)),
        ("status 12", ("status", 12)),
        ("cấp trên 12", ("escalate", 12)),
        ("báo cấp trên", ("escalate", None)),
        ("kết thúc 12", ("close", 12)),
        ("nhat ky 12", ("timeline", 12)),
        ("tệp 12", ("files", 12)),
        ("chứng cứ sự cố số 12", ("files", 12)),
        ("gửi tệp", ("hand_in", None)),
        ("gui anh cho su co 12", ("hand_in", 12)),
        ("trực", ("roster", None)),
        ("lich truc", ("roster", None)),
        ("ai đang trực", ("roster", None)),
        ("lịch trực 48", ("roster", 48)),
        ("tuần sau", ("roster_next", None)),
        ("lich truc tuan truoc", ("roster_last", None)),
        ("danh sách gọi", ("call_list", None)),
        ("liên lạc", ("readiness", None)),
        ("kiem tra lien lac", ("readiness", None)),
        ("liên lạc 5", ("readiness", 5)),
        ("tin thử", ("test_round", None)),
        ("gửi tin thử", ("test_round", None)),
        ("nhận được tin thử", ("test", None)),
        ("tôi đã chuyển công tác", ("moved", None)),
        ("da nghi viec", ("left", None)),
        ("ai được báo", ("rehearsal", None)),
        ("thống kê tháng trước", ("figures", 104)),
        ("hướng dẫn", ("help", None)),
        ("trợ giúp", ("help", None)),
        ("help", ("help", None)),
        ("tiếp tục", ("resume", None)),
        ("menu", ("menu", None)),
        ("bắt đầu", ("menu", None)),
        ("menu 3", None),
        ("báo sự cố 12", None),
        ("12", None),
        ("tình hình mạng chậm lắm", None),
        ("", None),
    ],
)
def test_commands_in_plain_words(typed: str, meant: tuple[str, int | None] | None) -> None:
    assert command(typed) == meant


@settings(deadline=None)
@given(st.text())
@example("nhận được " * 300 + "x")
@example("dạ " * 1500 + "x")
@example("không có " * 500 + "x")
@example("a " * 2000)
def test_any_text_is_heard_in_time_without_an_error(typed: str) -> None:
    for heard in (number, navigation, edit_number, taking, incident_number, command):
        heard(typed)
    place = choice(typed, SYSTEMS)
    assert place is None or 0 <= place < len(SYSTEMS)
    near(typed[:100], SYSTEMS)
    with suppress(Unclear):
        assert three_valued(typed) in ("yes", "no", "unknown", None)


@pytest.mark.parametrize(
    ("typed", "none"),
    [
        ("không có", True),
        ("dạ ko rõ ạ", True),
        ("không để lại số điện thoại", True),
        ("chưa biết tên", True),
        ("Hồng", False),
        ("hong", False),  # a name
        ("Không Tên Lửa", False),
        ("0905 000 111", False),
    ],
)
def test_there_is_no_name_or_number(typed: str, none: bool) -> None:
    assert nothing(typed) == none
