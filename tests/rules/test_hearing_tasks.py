"""Typed codes of tasks: what is done to which, with which words; and the numbers that are none."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.hearing.task_words import task_code
from tests.rules.typed import rows


@pytest.mark.parametrize(
    ("typed", "meant"),
    rows(
        """
        take: nhận 12.3 | nhan 12.3 | NHẬN 12.3 | nhận việc 12.3 | nhận việc số 12.3 | nhận 12,3
        take: tôi nhận 12.3 | dạ em nhận 12.3 ạ | để em nhận 12.3 nhé | nhận #12.3 | take task 12.3
        take: em xin nhận việc 12.3 | tôi sẽ nhận 12.3 | nhận làm 12.3 | nhận 12.3. | 12.3 tôi nhận
        take: nhận 12.3, tôi làm ngay | nhận 12.3 và 12.4 | take 12.3 | I'll take 12.3
        done: xong 12.3 | xong 12.3. | Đã xong 12.3 | dạ em xong 12.3 rồi ạ | xong việc 12.3 nhé
        done: em đã làm xong việc 12.3 rồi ạ | hoàn thành 12.3 | đã hoàn tất việc 12.3 | xong (12.3)
        done: việc 12.3 xong rồi ạ | 12.3 xong | 12.3: xong rồi | task 12.3 done | done 12.3
        done: xong 12.3 👍 | xong 12.3, 12.4 | 12.3 đã làm xong | xong 12.3…
        block: vướng 12.3 | vuong 12.3 | gặp vướng mắc 12.3 | việc 12.3 gặp vướng mắc
        block: đang kẹt 12.3 | blocked 12.3 | stuck on 12.3 | bị vướng 12.3
        resume: làm tiếp 12.3 | em làm tiếp 12.3 ạ | tiếp tục 12.3 | resume 12.3
        pass: chuyển 12.3 | chuyen viec 12.3 | pass on 12.3 | em xin chuyển việc 12.3 ạ
        assign: phân công 12.3 | giao 12.3 | giao việc 12.3 | assign 12.3
        undo: mở lại 12.3 | mo lai viec 12.3 | reopen 12.3 | undo 12.3
        open: mở 12.3 | cần 12.3 | open 12.3 | mở việc 12.3
        skip: chưa cần 12.3 | không cần 12.3 | skip 12.3 | not needed 12.3
        called: gọi 12.3 | đã gọi 12.3 | đã gọi điện thoại 12.3 | gọi điện 12.3 rồi ạ | called 12.3
        see: 12.3 | 12,3 | 12.3. | việc 12.3 | xem 12.3 | task 12.3 | Việc 12.3 là gì | 12.3 ạ
        see: xong 12.3 chưa? | xong 12.3 chưa | nhận 12.3 chưa em | 12.3 xong chưa ạ | xong 12.3?
        see: việc 12.3 nhận được chưa | chưa xong 12.3 | 12.3 chưa xong ạ | vướng 12.3 không
        see: chuyển 12.3 cho anh Hùng được không? | phân công 12.3 cho ai?
        """
    ),
)
def test_what_is_done_to_which(typed: str, meant: str) -> None:
    assert task_code(typed) == (meant, 12, 3, "")
    assert task_code(unicodedata.normalize("NFD", typed)) == (meant, 12, 3, "")


@pytest.mark.parametrize(
    ("typed", "do", "words"),
    [
        ("xong 12.3: đã chặn", "done", "đã chặn"),
        ("xong 12.3 - Đã chặn 3 địa chỉ.", "done", "Đã chặn 3 địa chỉ"),
        ("xong việc 12.3; đã gọi lại, dặn giữ máy rồi", "done", "đã gọi lại, dặn giữ máy rồi"),
        ("xong 12.3 chặn 192.168.1.3 và 10.0.0.7", "done", "chặn 192.168.1.3 và 10.0.0.7"),
        ("xong 12.3: “giữ nguyên máy”", "done", "“giữ nguyên máy”"),
        ("xong 12.3 phần sao lưu", "done", "phần sao lưu"),
        ("xong 12.3 giờ làm tiếp phần sau", "done", "giờ làm tiếp phần sau"),
        ("xong 12.3 đóng cổng 3389", "done", "đóng cổng 3389"),
        ("xong 12.3 sáng nay", "done", "sáng nay"),
        ("12.3 xong: đã chặn", "done", "đã chặn"),
        ("việc 12.3 xong rồi, đã chặn", "done", "đã chặn"),
        ("done 12.3: blocked the address", "done", "blocked the address"),
        ("vướng 12.3 chưa có bản sao lưu", "block", "chưa có bản sao lưu"),
        ("vướng 12.3: mật khẩu quản trị ai giữ?", "block", "mật khẩu quản trị ai giữ?"),
        ("vướng 12.3 không vào được máy chủ chính", "block", "không vào được máy chủ chính"),
        ("12.3 bị vướng chưa có quyền truy cập", "block", "chưa có quyền truy cập"),
        ("chuyển 12.3 cho anh Hùng", "pass", "anh Hùng"),
        ("chuyển 12.3 anh Hùng", "pass", "anh Hùng"),
        ("chuyển việc 12.3 sang đồng chí Phúc ạ", "pass", "đồng chí Phúc"),
        ("chuyển 12.3 cho chị Ngàn nhé", "pass", "chị Ngàn"),
        ("chuyển 12.3 Triệu", "pass", "Triệu"),
        ("pass 12.3 to Hung", "pass", "Hung"),
        ("phân công 12.3 anh Bình", "assign", "anh Bình"),
        ("giao việc 12.3 cho Bình nha", "assign", "Bình"),
        ("gọi 12.3 không nghe máy", "called", "không nghe máy"),
    ],
)
def test_the_words_behind_are_kept_as_they_were_written(typed: str, do: str, words: str) -> None:
    assert task_code(typed) == (do, 12, 3, words)
    assert task_code(unicodedata.normalize("NFD", typed)) == (do, 12, 3, words)


NONE = """
192.168.1.3 | xem 192.168.1.3 | xong 192.168.1.3 | mở 10.0.0.7 | nhận thư từ 10.1
20.11.2026 | xong 20.11.2026 | ngày 20.11 | ngày 20.11 xong | 20/11.5 | 12.3/2026
lúc 8.30 | 8.30 sáng nay | xong lúc 8.30 | trước 8.30 | khoảng 14.30 mất mạng | 8.30h | mở 1.5h
Windows 10.1 | bản 2.1 | v1.5 | mở Office 3.5 | mở phần mềm 3.5 | cập nhật lên 4.0 | xem 1.2.3
mở 1.5 triệu tệp | mo 1.5 trieu tep | cần 1.5 giờ nữa | cần 2,5 tiếng | mở 1.5GB | nhận 1.5 tỷ đồng
mở 1.5% | xong 2.5 triệu hồ sơ | xem 1.5 gb | 1.5 triệu tệp bị mã hóa | 12.3456 | 12. 3 | 12 . 3
xong | nhận 12 | xong 12 | việc | không nhận 12.3 | anh Hùng nhận 12.3 | máy 12.3 hỏng rồi
12.3 máy hỏng | 12.3 chuyển | tỷ lệ 12.3 | 0905.000.111 | … |
"""


@pytest.mark.parametrize("typed", [one.strip() for one in NONE.replace("\n", "|").split("|")])
def test_a_number_that_is_said_of_something_else_is_no_code(typed: str) -> None:
    assert task_code(typed) is None
    assert task_code(unicodedata.normalize("NFD", typed)) is None


def test_a_date_of_two_numbers_cannot_be_told_from_a_code() -> None:
    """Known: "nhận 20.11" is task 11 of incident 20; there is no such task, and that is said."""
    assert task_code("nhận 20.11") == ("take", 20, 11, "")


def test_digits_of_other_keyboards() -> None:
    assert task_code("xong １２.３") == ("done", 12, 3, "")


@given(st.text(max_size=400), st.sampled_from(["", "xong 12.3 ", "12.3 "]))
def test_any_text_is_heard_without_an_error(typed: str, before: str) -> None:
    task_code(before + typed)
