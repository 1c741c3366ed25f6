"""Lịch trực on a telephone, and the call list on paper."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bot.services.roster_outcomes import CallListFile
from bot.views.call_list import NAME, handed_out, page, same
from bot.views.rosters import shown
from bot.views.screen import plain
from bot.views.voice import Voice
from bot.views.words import LANGUAGES
from tests.views.roster_values import HOUR, LIST, SHOWN, WEEK
from tests.views.values import EVIL, NOON

VOICE = Voice("vi", NOON)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def test_a_week_says_today_holes_holidays_and_who_stands_in() -> None:
    text = plain(shown(replace(WEEK, rosters=SHOWN[:1]), VOICE).text).split("\n")
    assert "Đang trực: chị Lan" in text[1]
    assert "trực thay anh Bình, đến 08:00 ngày 22/11/2026" in text[1]
    assert text[3] == "Tiếp theo: không có người trực, từ 08:00 ngày 22/11/2026"
    assert text[4] == "Tuần 48 (21/11 – 27/11)"
    assert text[5].startswith("T7 21/11 (hôm nay): 12:00 chị Lan")
    assert text[5].endswith("; 08:00 🔴 không có người trực")
    assert text[6].startswith("CN 22/11 (Ngày <b>")
    assert text[11] == "T6 27/11: chỉ giờ làm việc"
    assert "sửa rosters" in text[12]


def test_every_roster_that_does_not_fit_is_counted() -> None:
    many = shown(replace(WEEK, rosters=SHOWN * 12, hidden=3), VOICE).text
    heads = len(re.findall(r"^<b>(?:Trực ban|Lãnh đạo|Kỹ thuật|Ban đêm)", many, re.MULTILINE))
    left = re.search(r"… và (\d+) lịch trực nữa", many)
    assert left
    assert heads + int(left[1]) == 12 * len(SHOWN) + 3


def test_no_number_stands_where_others_read() -> None:
    assert "0905" in shown(WEEK, VOICE).text
    assert "0905" not in shown(replace(WEEK, private=False), VOICE).text


def test_a_button_names_its_week_and_is_typed_by_a_word() -> None:
    last, after = shown(WEEK, VOICE).rows[0]
    assert (last.data.pack(), last.typed) == ("g:roster:47", "tuần trước")
    assert (after.data.pack(), after.typed) == ("g:roster:49", "tuần sau")
    assert [one.typed for one in shown(replace(WEEK, away=2), VOICE).rows[0]] == ["", ""]


class Read(HTMLParser):
    """What a browser would open and fetch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]
        assert tag not in ("script", "x")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@each_language
def test_the_call_list_is_one_file_that_needs_nothing_else(language: str) -> None:
    read = Read(page(LIST, Voice(language, NOON)))
    assert (read.open, read.fetched) == ([], ["data:,"])


def test_the_call_list_has_everybody_and_when_it_was_made() -> None:
    html = page(LIST, VOICE)
    assert "Cập nhật lúc 12:00 ngày 21/11/2026" in html
    assert '· 12:00 ngày 21/11/2026"' in html  # above every printed page
    assert EVIL not in html
    text = re.sub(r"<[^>]+>", "", html)
    for said in (
        "Đang trực: chị Lan",
        "Gọi: anh Bình (căn cứ: số 1 ",
        "Anh Bình vắng đến 13:00 ngày 21/11/2026. Chưa có người thay.",
        "2. anh Bình – Trực ban",
        "3. anh Bình – Lãnh đạo",
        "0262 000 113",
        "không nói qua điện thoại",
    ):
        assert said in text, said
    assert "🔴" not in text  # black on white


def test_nothing_that_somebody_wrote_leaves_the_style_sheet() -> None:
    worst = replace(LIST, agency='a"; } body { display: none } /* \\')
    sheet = page(worst, VOICE).partition("<style>")[2].partition("</style>")[0]
    (above,) = re.findall(r'content: "([^"]*)"', sheet)
    assert "display: none" in above  # within its quotes
    assert "\\" not in above


def test_a_list_that_says_the_same_is_the_same_whenever_it_was_made() -> None:
    now, later = page(LIST, VOICE), page(LIST, replace(VOICE, now=NOON + HOUR))
    assert now != later
    assert same(now, later)
    assert not same(now, page(replace(LIST, rosters=SHOWN[:1]), VOICE))
    assert not same("", now)
    assert not same("", "")
    assert not same("<html>somebody wrote over it", now)


def test_where_no_file_is_carried_it_is_said_where_the_list_lies() -> None:
    assert handed_out(CallListFile(LIST, carried=False), VOICE).file is None
    sent = handed_out(CallListFile(LIST, carried=True), VOICE)
    assert sent.file is not None
    assert sent.file[0] == NAME
