"""A round of test messages: when it reminds, when it is over, who stands on its page."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.duty import HERE, Calendar
from bot.domain.test_round import (
    LISTS,
    Asked,
    Round,
    first_working_day,
    pages,
    quarter_of,
    quarter_to_begin,
    reminds_at,
    sorted_out,
)


def here(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HERE)


@pytest.mark.parametrize(
    ("began", "reminds"),
    [
        (here(20, 20), here(21, 8)),  # half a day later is a good time
        (here(20, 8), here(20, 20)),
        (here(20, 9), here(21, 7)),  # 21:00 is night
        (here(20, 14), here(21, 7)),  # as is 02:00
        (here(20, 18, 59), here(21, 7)),
        (here(20, 19), here(21, 7)),
    ],
)
def test_a_reminder_comes_after_half_the_time_and_never_at_night(
    began: datetime, reminds: datetime
) -> None:
    assert reminds_at(began) == reminds
    assert began < reminds < Round(1, "asked", 2, began).ends_at


def test_it_asks_reminds_and_is_over() -> None:
    asked = Round(1, "asked", 2, here(20, 20))
    assert asked.due_at == here(21, 8)
    assert asked.goes_on(here(21, 7)) == asked
    reminded = asked.goes_on(here(21, 8))
    assert (reminded.state, reminded.due_at) == ("reminded", asked.ends_at)
    assert reminded.goes_on(here(21, 19)) == reminded
    over = reminded.goes_on(here(21, 20))
    assert (over.state, over.due_at) == ("over", None)
    assert over.goes_on(here(29, 1)) == over


def test_after_a_day_without_the_program_it_is_over_and_reminds_nobody() -> None:
    assert Round(1, "asked", 2, here(20, 20)).goes_on(here(23, 3)).state == "over"


def test_an_answer_counts_once_and_whoever_has_left_may_still_say_so() -> None:
    asked = Asked(1, 1, 5)
    assert asked.says("received")
    assert asked.says("left")
    received = replace(asked, answer="received")
    assert not received.says("received")
    assert received.says("moved")
    assert not replace(asked, answer="left").says("received")


def test_everybody_who_has_not_simply_answered_stands_in_one_list() -> None:
    round_ = Round(
        1,
        "asked",
        2,
        here(20, 20),
        people=(
            Asked(1, 1, 11, answer="received"),
            Asked(2, 1, 12),
            Asked(3, 1, 13),
            Asked(4, 1, 14, "not_connected"),
            Asked(5, 1, 15, "away"),
            Asked(6, 1, 16),
            Asked(7, 1, 17, answer="moved"),
            Asked(8, 1, 18, "away", "left"),
            Asked(9, 1, 19, "not_connected", "received"),
        ),
    )
    found = sorted_out(round_, {13: "blocked", 11: "blocked"}, {16})
    assert found == {
        "silent": [12],
        "undelivered": [13],
        "not_connected": [14],
        "moved": [17],
        "left": [18],
        "away": [15, 16],
    }
    assert tuple(found) == LISTS
    assert round_.silent == (12, 13, 16)


def test_of_a_hundred_failures_none_is_hidden() -> None:
    silent = [f"anh {number}" for number in range(100)]
    parts = pages({"silent": silent, "left": ["chị Lan"]}, 60)
    assert [sum(map(len, part.values())) for part in parts] == [60, 41]
    assert [one for part in parts for one in part.get("silent", ())] == silent
    assert parts[1]["left"] == ["chị Lan"]
    assert pages({"silent": []}, 60) == [{}]


def test_a_quarter_begins_with_its_first_working_day() -> None:
    holidays = Calendar(off=frozenset({date(2027, 1, 1)}))
    assert quarter_of(date(2026, 12, 31)) == "2026Q4"
    assert quarter_of(date(2027, 1, 1)) == "2027Q1"
    assert first_working_day(date(2026, 11, 20), Calendar()) == date(2026, 10, 1)
    assert first_working_day(date(2027, 3, 1), holidays) == date(2027, 1, 4)  # Friday, a weekend


def test_a_quarters_round_begins_at_nine_once_and_after_days_without_the_program() -> None:
    holidays = Calendar(off=frozenset({date(2027, 1, 1)}))
    nine = datetime(2027, 1, 4, 9, tzinfo=HERE)
    before, minute = "2026Q4", timedelta(minutes=1)
    assert quarter_to_begin(nine - minute, holidays, before) == ""
    assert quarter_to_begin(nine.astimezone(UTC), holidays, before) == "2027Q1"
    assert quarter_to_begin(nine, holidays, "2027Q1") == ""
    assert quarter_to_begin(nine, holidays, "2027Q2") == ""  # the clock was ahead
    assert quarter_to_begin(nine + timedelta(hours=9), holidays, before) == ""  # not at night
    assert quarter_to_begin(nine + timedelta(days=5), holidays, before) == ""  # nor on a Saturday
    assert quarter_to_begin(nine + timedelta(days=9), holidays, before) == "2027Q1"
