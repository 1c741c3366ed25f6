"""Bàn giao: who has it until it is accepted, and when somebody is reminded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.duty import Span
from bot.domain.duty_forms import ABSENCE, NO_PAPER, NOBODY_ACTS, shift_name, shift_value
from bot.domain.form import Draft, Move
from bot.domain.handover import Handover, forgotten, kept

BINH, HUNG, MINH = 4, 5, 6
AT = datetime(2026, 11, 23, 0, 20, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ASKED = Handover(1, "truc", BINH, HUNG, "", AT)
OF_HUNG = Span(AT, AT + HOUR, HUNG, "layer")


def test_until_it_is_accepted_the_one_before_has_the_shift() -> None:
    assert kept(OF_HUNG, ASKED, AT).person_id == BINH
    assert kept(replace(OF_HUNG, person_id=BINH), ASKED, AT).person_id == BINH
    assert kept(OF_HUNG, None, AT) == OF_HUNG
    assert kept(OF_HUNG, ASKED.settled("accepted", AT), AT) == OF_HUNG
    assert kept(OF_HUNG, ASKED, AT - MINUTE) == OF_HUNG
    assert kept(OF_HUNG, ASKED, AT + 12 * HOUR) == OF_HUNG  # nobody stays on duty for ever


def test_both_are_reminded_then_the_leaders_then_it_lapses_each_once() -> None:
    said, handover = [], ASKED
    for minutes in range(12 * 60 + 1):
        now = AT + minutes * MINUTE
        due = handover.due(now)
        if due:
            said.append((minutes, due))
            handover = handover.reminded(now)
    assert said == [(10, "remind"), (30, "late"), (720, "lapsed")]
    assert ASKED.due(AT + 40 * MINUTE) == "late"  # the program was down meanwhile
    assert ASKED.waits
    assert ASKED.settled("refused", AT).settled_at == AT


def test_a_change_of_shift_is_looked_at_ten_minutes_later() -> None:
    line = (Span(AT - HOUR, AT, BINH), Span(AT, AT + HOUR, HUNG))
    assert forgotten(line, AT + 9 * MINUTE) is None
    assert forgotten(line, AT + 10 * MINUTE) == line
    alone = (Span(AT - HOUR, AT, 0), Span(AT, AT + HOUR, HUNG))
    assert forgotten(alone, AT + HOUR) is None  # nobody could have handed it over
    assert forgotten(line[:1], AT + HOUR) is None


def test_a_paper_is_asked_for_only_where_somebody_acts() -> None:
    lists = {"absentees": [["4", "anh Bình"]], "stand_ins": [[NOBODY_ACTS, ""], ["5", "anh Hùng"]]}
    draft = Draft(1, ABSENCE, BINH, "stand_in", context=lists)
    known = {"absent": "4", "when": "x", "reason": "sick"}
    draft = replace(draft, answers=known)
    assert draft.moved(Move("answer", NOBODY_ACTS)).at == "review"
    asked = draft.moved(Move("answer", "5"))
    assert asked.at == "paper"
    assert asked.moved(Move("answer", NO_PAPER)).at == "review"


def test_a_shift_in_a_list_has_a_value_that_stays_and_a_name_that_says_when() -> None:
    assert shift_value(0, AT) == shift_value(0, AT)
    assert shift_value(0, AT) != shift_value(1, AT)
    assert shift_name(AT, AT + HOUR).endswith("01:20:00+00:00")
    assert shift_name(AT, AT + HOUR, "Trực ban").endswith("|Trực ban")
