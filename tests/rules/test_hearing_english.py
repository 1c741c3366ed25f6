"""The little English that is heard: what the English words offer, and what comes near it."""

from datetime import UTC, datetime

import pytest

from bot.views.hearing.answers import command, incident_number, taking, three_valued
from bot.views.hearing.moments import understand

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
        *(("pass to someone else", "pass"), ("give it back", "return"), ("return", "return")),
        *(("ok", "polite"), ("thanks", "polite"), ("take care", None)),
    ],
)
def test_replies_to_a_page(typed: str, meant: str | None) -> None:
    assert taking(typed) == meant


def test_a_reply_that_names_its_incident() -> None:
    assert incident_number("take 12") == ("take", 12)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("English", ("english", None)),
        ("tiếng Anh", ("english", None)),
        ("Tiếng Việt", ("vietnamese", None)),
        ("tieng viet", ("vietnamese", None)),
        ("status 12", ("status", 12)),
        ("English 12", None),
    ],
)
def test_commands(typed: str, meant: tuple[str, int | None] | None) -> None:
    assert command(typed) == meant
