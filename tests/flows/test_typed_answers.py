"""The whole report without a tap: digits, words, with diacritics and without (words.md §2)."""

import pytest

from tests.flows.filing import reaches_criteria, rows
from tests.flows.house import House
from tests.flows.person import Phone

SYSTEM = "Một cửa, dịch vụ công"
SENTENCE = "may em mo khong duoc, hien chu tieng anh doi tien"
ANSWERED = (
    "SELECT group_concat(answer, ' ')"
    " FROM (SELECT answer FROM answers WHERE incident_id = 1 ORDER BY criterion)"
)
YES_UNKNOWN = "yes no unknown unknown no yes"

BY_DIGITS = ("2", SENTENCE, "1", "1", "2", "3", "3", "2", "1", "2")
WITHOUT_MARKS = (
    *("mot cua", SENTENCE, "hom qua 14h"),
    *("co", "khong", "ko biet", "chua ro", "ko", "c", "da ngat mang"),
)
WITH_MARKS = (
    *("Một cửa, dịch vụ công", SENTENCE, "8h sáng nay"),
    *("dạ có ạ", "không bị", "không biết", "chịu", "dạ không ạ", "đúng", "Đã ngắt mạng"),
)


@pytest.mark.parametrize(
    ("typed", "send"),
    [(BY_DIGITS, "GỬI"), (WITHOUT_MARKS, "gui"), (WITH_MARKS, "gửi")],
    ids=["digits", "without-marks", "with-marks"],
)
async def test_the_whole_form_is_typed(house: House, typed: tuple[str, ...], send: str) -> None:
    lan = house.lan
    await house.daytime()
    await lan.types("báo sự cố")
    for number, answer in enumerate(typed, 1):
        await lan.sees(f"Câu {number}/10")
        await lan.types(answer)
    review = await lan.sees("Xem lại trước khi gửi", "Hiện nay: đã ngắt mạng, giữ nguyên máy.")
    assert "Chưa rõ: mất dữ liệu; mất quyền điều khiển." in review
    await lan.types(send)
    await lan.sees("🟢 Đã ghi nhận: sự cố số 1", "Cần ứng phó.")
    assert lan.taps == 0
    assert rows(house, ANSWERED) == [(YES_UNKNOWN,)]
    assert rows(house, "SELECT system, told, now_state FROM incidents") == [
        ("mot_cua", SENTENCE, "unplugged")
    ]


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        *(("có", "Có"), ("co a", "Có"), ("phải", "Có"), ("1", "Có")),
        *(("hông", "Không"), ("kg", "Không"), ("khong co", "Không"), ("chưa bị", "Không")),
        *(("ko rõ", "Chưa rõ"), ("khong biet", "Chưa rõ"), ("chưa biết", "Chưa rõ")),
        ("?", "Chưa rõ"),
    ],
)
async def test_a_typed_answer_is_repeated_as_it_was_understood(
    criterion: Phone, typed: str, recorded: str
) -> None:
    await criterion.types(typed)
    await criterion.sees(f"Đã ghi: {recorded}.", "Câu 5/10")


@pytest.mark.parametrize("typed", ["dạ", "da", "ừ", "chưa", "ok", "👍"])
async def test_half_an_answer_is_asked_back(criterion: Phone, typed: str) -> None:
    await criterion.types(typed)
    await criterion.sees("Ý anh/chị là Có, Không, hay Chưa rõ?", "Câu 4/10")
    await criterion.types("dạ không")
    await criterion.sees("Đã ghi: Không.", "Câu 5/10")


async def test_a_slip_of_the_finger_is_asked_not_assumed(house: House) -> None:
    lan = house.lan
    await lan.types("bao su co")
    await lan.types("quan ly van bna")
    await lan.sees("Ý anh/chị là “Quản lý văn bản”? Đúng thì gõ số 3.", "Câu 1/10")
    await lan.types("3")
    await lan.sees("Đã ghi: Quản lý văn bản.", "Câu 2/10")


async def test_a_command_in_plain_words_is_heard_at_a_choice(criterion: Phone) -> None:
    """The question stands meanwhile, and the next answer is still its answer."""
    await criterion.types("tình hình")
    await criterion.sees("không có sự cố nào đang mở")
    await criterion.types("huong dan")
    await criterion.sees("Hướng dẫn – chị Lan")
    await criterion.types("co")
    await criterion.sees("Đã ghi: Có.", "Câu 5/10")


async def test_a_command_at_the_question_for_words_is_words(house: House) -> None:
    """Câu 2 takes any sentence; only getting about in the form is heard there."""
    lan = house.lan
    for typed in ("bao su co", "1", "quay lai"):
        await lan.types(typed)
    await lan.sees("Câu 1/10")
    await lan.types("1")
    await lan.types("hủy hết dữ liệu trên máy rồi")
    await lan.sees("Câu 3/10")


async def test_navigation_is_typed_with_marks_and_without(criterion: Phone) -> None:
    await criterion.types("quay lai")
    await criterion.sees("Câu 3/10")
    await criterion.types("quay lại")
    await criterion.sees("Câu 2/10")
    await criterion.types("de sau")
    await criterion.sees("Đã để lại, chưa gửi cho ai.")
    await criterion.types("tiếp tục")
    await criterion.sees("Câu 2/10")
    await criterion.types("huy")
    await criterion.sees("Đã hủy, chưa gửi cho ai.")


async def test_sent_early_by_word(criterion: Phone, house: House) -> None:
    await criterion.types("gui ngay")
    await criterion.sees("🟢 Đã ghi nhận: sự cố số 1", "Chưa xác minh.")
    await criterion.types("bo sung 1")
    await criterion.sees("Câu 4/10")
    await criterion.types("co")
    await criterion.sees("Câu 5/10")
    assert rows(house, "SELECT count(*) FROM incidents") == [(1,)]


@pytest.fixture
async def criterion(house: House) -> Phone:
    """Chị Lan at question 4, the first that takes có, không, chưa rõ."""
    await reaches_criteria(house.lan, SYSTEM, SENTENCE)
    return house.lan


async def test_the_menu_is_chosen_from_by_number(house: House) -> None:
    await house.lan.types("/start")
    await house.lan.sees("Anh/chị cần làm gì?")
    await house.lan.types("số 2")
    await house.lan.sees("không có sự cố nào đang mở")
    await house.lan.types("menu")
    await house.lan.types("1")
    await house.lan.sees("Câu 1/10")
