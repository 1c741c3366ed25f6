"""Screens for a chat without buttons: what stands there to be typed is heard and means the same."""

import re
from datetime import UTC, datetime
from typing import get_args

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.services import outcomes
from bot.views.callbacks import Answer, Choice, Confirm, Go, Nav, Opinion
from bot.views.hearing import answers
from bot.views.people import called, guide
from bot.views.screen import Button, Screen
from bot.views.typed import MOST, typed, word
from bot.views.voice import Voice
from bot.views.words import LANGUAGES, all_of
from tests.views.values import CONTACT, EVERYTHING

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
BOTH = pytest.mark.parametrize("voice", [Voice(one, NOON, taps=False) for one in LANGUAGES])
VI = Voice("vi", NOON, taps=False)
TAPPING = re.compile(r"\b(?:bấm|nút|press|buttons?|tap)\b", re.IGNORECASE)
ELSEWHERE = {  # about another platform, on a page of the browser, of the newspapers
    *("accounts.dark.refused", "report.option.media"),
    *("files.web.again", "files.web.busy", "files.web.slow"),
}


def nav(do: str) -> Nav:
    return Nav(do=do, draft=1, version=1)


def choice(value: str) -> Choice:
    return Choice(draft=1, version=1, value=value)


def lines_of(*rows: list[Button], numbers: type[CallbackData] | None = None) -> list[str]:
    screen = typed(Screen("Câu hỏi?", rows, numbers=numbers), VI)
    assert not screen.rows
    first, *said = screen.text.split("\n")
    assert first == "Câu hỏi?"
    return said


@BOTH
@pytest.mark.parametrize("to", get_args(Go.model_fields["to"].annotation))
def test_the_word_for_a_command_is_that_command(voice: Voice, to: str) -> None:
    assert answers.command(word(Button("…", Go(to=to)), voice)) == (to, None)


@BOTH
@pytest.mark.parametrize("to", ["status", "tasks", "verify", "close", "escalate", "timeline"])
def test_the_word_for_a_command_names_its_incident(voice: Voice, to: str) -> None:
    assert answers.command(word(Button("…", Go(to=to, number=12)), voice)) == (to, 12)


@BOTH
@pytest.mark.parametrize("do", get_args(Nav.model_fields["do"].annotation))
def test_the_word_for_a_way_on_is_that_way(voice: Voice, do: str) -> None:
    said = word(Button("…", nav(do)), voice)
    assert answers.navigation(said) == do
    assert answers.edit_number(said) == (6 if do == "edit" else None)


@BOTH
def test_the_word_for_giving_a_page_back_does_so(voice: Voice) -> None:
    assert answers.taking(word(Button("…", Answer(do="return", page=1)), voice)) == "return"


def test_options_have_numbers_and_ways_on_have_words() -> None:
    said = lines_of(
        [Button("Có", choice("yes")), Button("Không", choice("no"))],
        [Button("Xem thêm", nav("more"))],
        [Button("Quay lại", nav("back")), Button("Để sau", nav("later"))],
        numbers=Choice,
    )
    assert said == ["1 Có", "2 Không", "3 Xem thêm", "Gõ: quay lại · để sau"]


def test_a_page_and_a_question_to_a_leader_have_7_and_9() -> None:
    take = [Button("Tôi tiếp nhận xử lý", Answer(do="take", page=3))]
    pass_on = [Button("Chuyển người khác", Answer(do="pass", page=3))]
    assert lines_of(take, pass_on) == [
        "7 = Tôi tiếp nhận xử lý",
        "9 = Chuyển người khác",
        "Trả lời “ok”, “đã xem”: chưa tính là tiếp nhận.",
    ]
    agree = [Button("Đồng ý", Opinion(answer="agree", consultation=1))]
    other = [Button("Ý kiến khác", Opinion(answer="opinion", consultation=1))]
    call = [Button("Đề nghị gọi cho tôi", Opinion(answer="call", consultation=1))]
    said = lines_of(agree, other, call)
    assert said == ["7 = Đồng ý", "9 = Ý kiến khác", "Gõ: đề nghị gọi cho tôi"]
    right = [Button("Xác nhận", Confirm(do="confirm", direction=1))]
    assert lines_of(right) == ["7 = Xác nhận"]


def test_what_cannot_be_undone_is_sent_by_a_word() -> None:
    said = lines_of(
        [Button("Gửi", nav("send")), Button("Sửa", nav("edit"))],
        [Button("Để sau", nav("later"))],
        numbers=Choice,
    )
    assert said == ["Đúng thì gõ GỬI. Sửa câu 6 thì gõ: sửa 6", "Gõ: để sau"]


def test_no_more_than_six_have_numbers_and_the_rest_their_words() -> None:
    menu = [Button(to, Go(to=to)) for to in ("report", "status", "tasks", "close", "help")]
    more = [Button(to, Go(to=to)) for to in ("escalate", "timeline", "invite")]
    said = lines_of(menu, more, numbers=Go)
    assert len(said) == MOST + 1
    assert said[-1] == "Gõ: nhật ký · mời tham gia"


def test_a_room_is_told_to_reply_and_people_are_quoted_as_they_wrote() -> None:
    screen = Screen("Thẻ", [[Button("Việc <12>", Go(to="tasks", number=12))]])
    assert typed(screen, VI, room=True).text == "Thẻ\nTrả lời tin này: việc 12"
    named = Screen("Ai?", [[Button("anh <b>", choice("1"))]], numbers=Choice)
    assert typed(named, VI).text == "Ai?\n1 anh &lt;b&gt;"


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_can_be_tapped_no_words_speak_of_it(language: str) -> None:
    said = all_of(language)
    tapped = {key for key, words in said.items() if TAPPING.search(words)}
    assert {f"{key}_typed" for key in tapped - ELSEWHERE} <= set(said) - tapped


@BOTH
def test_the_help_names_words_where_nobody_types_a_slash(voice: Voice) -> None:
    said = guide(outcomes.Guide(EVERYTHING, CONTACT), voice).text.split("\n")
    slashes = {line.split()[0][1:] for line in said if line.startswith("/")}
    assert slashes == {called("bind", voice), "english"}, "these have no word"
    assert f"{word(Button('', Go(to='escalate')), voice)} 12" in "\n".join(said)


def test_with_buttons_nothing_changes() -> None:
    screen = Screen("Ai?", [[Button("Có", choice("yes"))]], numbers=Choice)
    assert typed(screen, Voice("vi", NOON)) is screen
    said_already = Screen("1. việc", [[Button("Việc 1.1", Go(to="tasks"), None)]])
    assert typed(said_already, VI) == Screen("1. việc")  # the text says what to type
