"""What a refusal of the Bot API means for what was to be said."""

import pytest
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage

from bot.platforms.bot_api import DeliveryError, Unsent, explain, not_modified

TO_PERSON = SendMessage(chat_id=5, text="xin chào")
TO_GROUP = SendMessage(chat_id=-100, text="xin chào")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Forbidden: bot was blocked by the user", "blocked"),
        ("Forbidden: user is deactivated", "deactivated"),
        ("Forbidden: bot can't initiate conversation with a user", "not_connected"),
        ("Forbidden: bot was kicked from the supergroup chat", "kicked"),
        ("Forbidden: bot is not a member of the channel chat", "kicked"),
        ("Forbidden: bot can't send messages to bots", "not_found"),
        ("Forbidden: something new", "blocked"),
    ],
)
def test_forbidden_is_for_good(said: str, reason: str) -> None:
    meaning = explain(TelegramForbiddenError(TO_PERSON, said))
    assert (meaning.reason, meaning.permanent, meaning.fate_unknown) == (reason, True, False)


def test_what_is_forbidden_in_a_group_is_never_that_a_person_blocked_the_bot() -> None:
    assert explain(TelegramForbiddenError(TO_GROUP, "Forbidden: something new")).reason == "kicked"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Bad Request: chat not found", "not_found"),
        ("Bad Request: PEER_ID_INVALID", "not_found"),
        ("Bad Request: group chat was upgraded to a supergroup chat", "migrated"),
        ("Bad Request: message to edit not found", "message_gone"),
        ("Bad Request: message can't be edited", "message_gone"),
        ("Bad Request: query is too old and response timeout expired", "too_old"),
        ("Bad Request: not enough rights to send text messages to the chat", "muted"),
        ("Bad Request: have no rights to send a message", "muted"),
        ("Bad Request: need administrator rights in the channel chat", "muted"),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", "muted"),
        ("Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", "muted"),
        ("Bad Request: CHAT_RESTRICTED", "muted"),
        ("Bad Request: group chat was deactivated", "not_found"),
        ("Bad Request: TOPIC_CLOSED", "topic_closed"),
        ("Bad Request: TOPIC_DELETED", "topic_closed"),
        ("Bad Request: message thread not found", "topic_closed"),
        ("Bad Request: can't parse entities: unclosed tag at byte offset 3", "refused_text"),
        ("Bad Request: message is too long", "refused_text"),
        ("Bad Request: message text is empty", "refused_text"),
    ],
)
def test_bad_requests_are_for_good(said: str, reason: str) -> None:
    meaning = explain(TelegramBadRequest(TO_PERSON, said))
    assert (meaning.reason, meaning.permanent, meaning.fate_unknown) == (reason, True, False)


def test_a_group_that_moved_says_where_to() -> None:
    meaning = explain(TelegramMigrateToChat(TO_GROUP, "upgraded", -1001234))
    assert (meaning.reason, meaning.to, meaning.permanent) == ("migrated", "-1001234", True)


def test_a_limit_says_how_long() -> None:
    meaning = explain(TelegramRetryAfter(TO_PERSON, "Too Many Requests", 9))
    assert (meaning.reason, meaning.retry_after, meaning.permanent) == ("limited", 9, False)


@pytest.mark.parametrize(
    ("error", "fate_unknown"),
    [
        (TelegramNetworkError(TO_PERSON, "Request timeout error"), True),
        (TelegramServerError(TO_PERSON, "Bad Gateway"), True),
        (ClientDecodeError("Failed to decode object", ValueError(), ""), True),
        (Unsent(TO_PERSON, "Cannot connect"), False),
        (TelegramUnauthorizedError(TO_PERSON, "Unauthorized"), False),
        (TelegramNotFound(TO_PERSON, "Not Found"), False),
        (TelegramConflictError(TO_PERSON, "Conflict"), False),
        (AiogramError("something new"), False),
    ],
)
def test_a_failing_wire_is_tried_again(error: AiogramError, fate_unknown: bool) -> None:
    meaning = explain(error)
    assert (meaning.reason, meaning.permanent) == ("unreachable", False)
    assert meaning.fate_unknown is fate_unknown


def test_what_is_too_large_stays_too_large() -> None:
    meaning = explain(TelegramEntityTooLarge(TO_PERSON, "Request Entity Too Large"))
    assert (meaning.reason, meaning.permanent) == ("refused_text", True)


def test_what_is_explained_already_stays_so() -> None:
    meaning = DeliveryError("not_connected", permanent=True)
    assert explain(meaning) is meaning


def test_a_mistake_of_the_program_is_not_disguised() -> None:
    with pytest.raises(KeyError):
        explain(KeyError("chat"))


def test_an_edit_that_changes_nothing_has_succeeded() -> None:
    said = "Bad Request: message is not modified: specified new message content and …"
    assert not_modified(TelegramBadRequest(TO_PERSON, said))
    assert not not_modified(TelegramBadRequest(TO_PERSON, "Bad Request: chat not found"))
    assert not not_modified(TelegramServerError(TO_PERSON, "not modified"))
