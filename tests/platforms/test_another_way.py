"""A message that is refused as it is: every other way it is tried in, and when there is none."""

import pytest
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.platforms.another_way import LIMIT, Said, another_way

BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Có", callback_data="a:1")]]
)
HTML = "<b>Tin</b> &lt;12&gt;"
SEND = SendMessage(
    chat_id=-1, text=HTML, parse_mode="HTML", reply_markup=BUTTONS, message_thread_id=7
)
EDIT = EditMessageText(chat_id=-1, message_id=3, text=HTML, parse_mode="HTML", reply_markup=BUTTONS)


def bad(said: str) -> TelegramBadRequest:
    return TelegramBadRequest(SEND, f"Bad Request: {said}")


@pytest.mark.parametrize("said", [SEND, EDIT])
def test_without_marks_then_without_buttons_then_no_more(said: Said) -> None:
    refused = bad("can't parse entities: unclosed tag")
    plain = another_way(said, refused)
    assert plain is not None
    assert (plain.text, plain.parse_mode, plain.reply_markup) == ("Tin <12>", None, BUTTONS)
    bare = another_way(plain, refused)
    assert bare is not None
    assert (bare.text, bare.reply_markup) == ("Tin <12>", None)
    assert another_way(bare, refused) is None


def test_what_is_too_long_is_cut_and_says_so() -> None:
    long = SEND.model_copy(update={"text": "a" * 9000})
    cut = another_way(long, bad("message is too long"))
    assert cut is not None
    assert cut.text is not None
    assert (len(cut.text), cut.text[-1]) == (LIMIT, "…")


@pytest.mark.parametrize("said", ["TOPIC_CLOSED", "message thread not found"])
def test_outside_a_topic_that_is_closed_or_gone(said: str) -> None:
    other = another_way(SEND, bad(said))
    assert isinstance(other, SendMessage)
    assert (other.message_thread_id, other.text, other.parse_mode) == (None, HTML, "HTML")
    assert another_way(other, bad(said)) is None


def test_into_what_the_group_has_become() -> None:
    moved = TelegramMigrateToChat(SEND, "upgraded", -1001234)
    other = another_way(SEND, moved)
    assert isinstance(other, SendMessage)
    assert (other.chat_id, other.message_thread_id, other.text) == (-1001234, None, HTML)
    assert another_way(EDIT, moved) is None, "its message is not there"


@pytest.mark.parametrize(
    "error",
    [
        bad("message is not modified: …"),
        bad("message to edit not found"),
        bad("not enough rights to send text messages to the chat"),
        bad("chat not found"),
        TelegramForbiddenError(SEND, "Forbidden: bot was blocked by the user"),
    ],
)
def test_nothing_else_would_help(error: AiogramError) -> None:
    assert another_way(SEND, error) is None
