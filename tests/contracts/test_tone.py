"""The tone of the Vietnamese words, as far as a machine can hear it: the rules of words.md §0, §1.

Rules that need a reader (one next thing in each message, the conclusion first for a leader) are
not here.
"""

import re
import unicodedata
from itertools import pairwise

import pytest

from bot.views.words import all_of

VI, EN = all_of("vi"), all_of("en")
PLACE = re.compile(r"\{(\w+)\}")
TAG = re.compile(r"</?\w+>")

# The words that the glossary avoids; whole words, in small letters.
AVOIDED = (
    *("bạn", "leo thang", "đẩy cấp", "vượt cấp", "bậc thang", "đẩy lên", "cầu cứu", "sos"),
    *("ack", "log", "deadline", "ticket", "team", "check", "page", "task", "case", "block"),
    *("hotline", "confirm", "backup", "comment", "inject", "hunting", "scan", "hash", "token"),
    *("otp", "form", "admin", "test", "focal", "active", "playbook", "online", "email"),
    *("phục hồi", "kiểm điểm", "phóng viên", "người dùng", "phát ngôn viên"),
    *("kích hoạt", "mức thấp", "đầu việc", "đơn vị chính", "đơn vị hỗ trợ", "chủ hệ thống"),
    *("tổ phản ứng", "trưởng nhóm", "trực tổng đài", "sếp", "trưởng sự cố", "chỉ huy"),
    *("báo động", "cuộc gọi", "từ chối", "bó tay", "gọi đội", "giải pháp", "điều hành"),
    *("cô lập", "làm sạch", "lỗi lại", "kỷ luật", "kẹt", "trễ", "hối", "bằng chứng", "vật chứng"),
    *("mã băm", "dòng thời gian", "ghi đè", "hoán đổi", "diễn thử", "điện thử", "tập dượt"),
    *("bản nháp", "dữ liệu nhạy cảm", "phát loa", "đóng ticket", "đơn vị mới", "vụ việc"),
    *("tiêu chuẩn", "chỉ số", "cẩm nang", "nhận trực", "đã gọi", "khẩn cấp", "vừa xong"),
)
CAPITALS = (
    "ÁP DỤNG",
    *("TIN KHẨN", "CHƯA AI TIẾP NHẬN", "CHƯA AI XÁC MINH", "SỰ CỐ SỐ", "XÁC MINH TRƯỚC"),
    *("DIỄN TẬP", "DỰ THẢO"),
    "[TIN THỬ]",
)
# Where a person speaks, not the machine: buttons, and what their labels quote.
IN_PERSON = re.compile(
    r"Tôi tiếp nhận xử lý|Tôi nhận được|Việc của tôi|Không có tên tôi|gọi cho tôi"
    r"|Tôi đã chuyển công tác|Tôi đã nghỉ việc"
    r"|hộp thư của mình|máy em"
)
# "Đã gọi" where somebody has telephoned indeed (words.md, rule 10).
CALLED = {"tasks.do.called", "tasks.notice.call_foot"}
URGENT = ("🔴", "🟡", "🟢")
HEADS = (  # what a locked screen shows of an urgent message
    *("paging.respond.head", "paging.verify.head", "paging.secret", "paging.nobody_respond.head"),
    *("paging.nobody_verify.head", "paging.leader.decide_head", "incidents.card.head"),
    *("incidents.reported.head", "paging.notice.taken", "paging.notice.taken_reporter"),
    *("rounds.asked.head", "rounds.begun", "readiness.brief.bad", "readiness.told.lost"),
    *("people.test", "tasks.head", "tasks.notice.opened", "tasks.notice.opened_lap"),
    *("tasks.notice.passed", "tasks.notice.assigned", "tasks.notice.remind"),
    *("tasks.notice.remind_overdue", "tasks.notice.remind_given", "tasks.notice.not_taken"),
    *("tasks.notice.nobody", "tasks.notice.call", "tasks.notice.ready"),
)
SAMPLE = {
    **{"number": "123", "time": "22:05", "again": " (nhắc lại lần 12)", "minutes": "120"},
    **{"name": "Chị Hạnh", "code": "SC123", "needs": "Ghi nhận, theo dõi", "meet": ""},
    **{"by": "Đồng chí Phúc", "names": "anh Minh, chị Hạnh", "phase": "III", "count": "12"},
    "lap": "2",
    "lost": "12",
}


def texts() -> list[tuple[str, str]]:
    """Each text as it is read: without tags, placeholders as dots."""
    return [(key, PLACE.sub("…", TAG.sub("", text))) for key, text in VI.items()]


def having(pattern: str) -> dict[str, str]:
    return {key: text for key, text in texts() if re.search(pattern, text, re.IGNORECASE)}


def test_no_avoided_word() -> None:
    words = "|".join(map(re.escape, AVOIDED))
    assert having(rf"(?<!\w)(?:{words})(?!\w)").keys() == CALLED
    assert having(r"(?<!\w)đã gọi(?! điện)") == {}


def test_only_the_team_is_convened_and_only_where_somebody_decides_it() -> None:
    """Rule 7: what the machine sends is a tin khẩn, never a triệu tập."""
    own = re.compile(
        r"steps\.(?:option|power|notice|convene|request|task_direct|not_convened)\b"
        r"|timeline\.team\.|(?:people\.(?:command|slash)|typed\.go)\.convene"
        r"|people\.form\.(?:convene|request)|errors\.not_in_plan"
    )
    assert {key for key in having("triệu tập") if not own.match(key)} == set()


def test_level_is_of_systems_and_severity_of_incidents() -> None:
    named = having(r"cấp độ")
    named = {k: t for k, t in named.items() if not re.fullmatch(r"Cấp độ \d", t)}
    assert {k: t for k, t in named.items() if "hệ thống" not in t.lower()} == {}
    assert having(r"sự cố cấp độ") == {}


def test_the_machine_has_no_i() -> None:
    told = {key: IN_PERSON.sub("", text) for key, text in texts()}
    own = re.compile(r"(?<!\w)(?:tôi|em|mình)(?!\w)", re.IGNORECASE)
    assert {key: text for key, text in told.items() if own.search(text)} == {}


@pytest.mark.parametrize("words", [VI, EN])
def test_no_shouting(words: dict[str, str]) -> None:
    assert {key: text for key, text in words.items() if "!" in text} == {}


def test_no_whole_sentence_in_capitals() -> None:
    """Two words that follow one another in capitals; one alone may be a name (UBND)."""
    loud = {}
    for key, text in texts():
        for allowed in CAPITALS:
            text = text.replace(allowed, "…")
        words = re.findall(r"[^\W\d_]+|[^\w\s]", text)
        shouted = [word.isupper() and len(word) > 1 for word in words]
        if any(map(all, pairwise(shouted))):
            loud[key] = text
    assert loud == {}


def test_a_coloured_mark_stands_first_and_alone() -> None:
    for key, text in VI.items():
        marks = [sign for sign in text if sign in URGENT]
        assert len(marks) <= 1, key
        assert not marks or TAG.sub("", text).startswith(marks[0]), key
        assert not marks or re.search(r"\w", text), key


@pytest.mark.parametrize("key", HEADS)
def test_the_first_line_says_it_on_a_locked_screen(key: str) -> None:
    first = TAG.sub("", VI[key].split("\n")[0])
    assert len(PLACE.sub(lambda found: SAMPLE[found[1]], first)) <= 90


def test_no_text_is_longer_than_six_lines() -> None:
    assert {key: text for key, text in VI.items() if text.count("\n") > 5} == {}


def test_english_has_no_vietnamese_but_the_name() -> None:
    own = ("people.slash.vietnamese",)
    for key, text in EN.items():
        bare = text.replace("Trực Ban", "")
        marked = [c for c in unicodedata.normalize("NFD", bare) if unicodedata.combining(c)]
        assert key in own or not marked, key
