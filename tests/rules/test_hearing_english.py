"""The little English that is heard: what the English words offer, and what comes near it."""

from datetime import UTC, datetime

import pytest

from bot.views.hearing.answers import (
    command,
    confirming,
    incident_number,
    taking,
    three_valued,
)
from bot.views.hearing.moments import understand
from bot.views.hearing.task_words import task_code
from bot.views.leaders import heard
from bot.views.words import all_of

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)  # 22:00 here


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("just now", "2026-11-21 15:00"),
        ("8am today", "2026-11-21 01:00"),
        ("yesterday at 2pm", "2026-11-20 07:00"),
        ("20/11 at 9:00", "2026-11-20 02:00"),
        ("2 hours ago", "2026-11-21 13:00"),
        ("about 30 minutes ago", "2026-11-21 14:30"),
        ("this morning", "2026-11-20 23:00"),
        ("yesterday afternoon", "2026-11-20 06:00"),
        ("last night", "2026-11-20 15:00"),
    ],
)
def test_times(typed: str, at: str) -> None:
    moment = understand(typed, NOW)
    assert moment is not None
    assert f"{moment.at:%Y-%m-%d %H:%M}" == at


@pytest.mark.parametrize("typed", ["another time", "tomorrow at 9", "at the office", "soon"])
def test_what_is_no_time_is_asked_again(typed: str) -> None:
    assert understand(typed, NOW) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("yes", "yes"), ("No.", "no"), ("not sure", "unknown"), ("I don't know", "unknown")),
        *(("unknown", "unknown"), ("no network", None)),
    ],
)
def test_three_answers(typed: str, meant: str | None) -> None:
    assert three_valued(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("I will handle it", "take"), ("take it", "take"), ("acknowledge", "take")),
        *(("I'll handle it", "take"), ("I’ll take it", "take"), ("pass it on", "pass")),
        *(("pass to someone else", "pass"), ("give it back", "return"), ("return", "return")),
        *(("ok", "polite"), ("thanks", "polite"), ("got it, thank you", "polite")),
        *(("take care", None), ("I'll handle it tomorrow", None)),
    ],
)
def test_replies_to_a_page(typed: str, meant: str | None) -> None:
    assert taking(typed) == meant


def test_a_reply_that_names_its_incident() -> None:
    assert incident_number("take 12") == ("take", 12)
    assert incident_number("I will handle incident 12") == ("take", 12)
    assert incident_number("take 12 photos") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("English", ("english", None)),
        ("tiếng Anh", ("english", None)),
        ("Tiếng Việt", ("vietnamese", None)),
        ("tieng viet", ("vietnamese", None)),
        ("status 12", ("status", 12)),
        ("English 12", None),
        *(("report an incident", ("report", None)), ("timeline 12", ("timeline", 12))),
        *(("report for somebody else", ("on_behalf", None)), ("my tasks", ("tasks", None))),
        *(("tasks of incident 12", ("tasks", 12)), ("next phase 12", ("advance", 12))),
        *(("phase 12", ("advance", 12)), ("escalate 12", ("escalate", 12))),
        *(("record a direction", ("direction", None)), ("close 12", ("close", 12))),
        *(("close the response to incident 12", ("close", 12)), ("reopen 12", ("reopen", 12))),
        *(("add answers to incident 12", ("supplement", 12)), ("verify 12", ("verify", 12))),
        *(("change holder", ("holder", None)), ("continue", ("resume", None))),
        *(("files 12", ("files", 12)), ("evidence of incident 12", ("files", 12))),
        *(("send a file", ("hand_in", None)), ("send file 12", ("hand_in", 12))),
        ("close the window", None),
    ],
)
def test_commands(typed: str, meant: tuple[str, int | None] | None) -> None:
    assert command(typed) == meant


@pytest.mark.parametrize("key", sorted(k for k in all_of("en") if k.startswith("people.command.")))
def test_what_stands_on_the_menu_can_be_typed(key: str) -> None:
    assert command(all_of("en")[key]) == (key.rpartition(".")[2], None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("take 12.3", ("take", "")), ("I'll take 12.3", ("take", ""))),
        *(("done 12.3 unplugged", ("done", "unplugged")), ("12.3 is done", ("done", ""))),
        *(("blocked 12.3: no backup", ("block", "no backup")), ("resume 12.3", ("resume", ""))),
        *(("pass 12.3 to anh Thắng", ("pass", "anh Thắng")), ("reopen 12.3", ("undo", ""))),
        *(("assign 12.3 to anh Hùng", ("assign", "anh Hùng")), ("task 12.3", ("see", ""))),
        *(("not needed 12.3", ("skip", "")), ("open 12.3", ("open", ""))),
        ("called 12.3", ("called", "")),
    ],
)
def test_codes_of_tasks(typed: str, meant: tuple[str, str]) -> None:
    do, words = meant
    assert task_code(typed) == (do, 12, 3, words)


def test_what_the_screens_say_can_be_typed_can_be_typed() -> None:
    """“take 12.3”, as a task's screen offers it."""
    for key, word in all_of("en").items():
        if key.startswith("tasks.word."):
            assert task_code(f"{word} 12.3") == (key.rpartition(".")[2], 12, 3, "")


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        *(("direct", "agree", "agree"), ("direct", "I agree.", "agree")),
        *(("direct", "call me, please", "call"), ("direct", "another opinion", "opinion")),
        *(("decide", "not serious", "not_serious"), ("decide", "serious", "serious")),
        *(("decide", "not", None), ("direct", "I agree with him", None)),
    ],
)
def test_a_leaders_answer(kind: str, typed: str, meant: str | None) -> None:
    assert heard(kind, typed) == meant


def test_how_it_is_confirmed() -> None:
    assert confirming("confirm") == ("confirm", None)
    assert confirming("not correct") == ("deny", None)
