"""Đổi ca trực: what changes hands, and when it may no more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.duty import Absence, Book, Layer, Roster, Shift, spans
from bot.domain.swap import Swap, away_then, covers, to_come, whose_no_more

BINH, HUNG, MINH = 4, 5, 6
DAY = timedelta(days=1)
BEGAN = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # 07:30 in Vietnam
ROSTER = Roster("truc", "thi_xa", "duty", "Trực ban", (Layer((BINH, HUNG), BEGAN),))
BOOK = Book((ROSTER,))
HELPS = Swap(1, "truc", BINH, HUNG, BEGAN + 2 * DAY, BEGAN + 3 * DAY, BEGAN)
SWAP = replace(HELPS, other_begins=BEGAN + 3 * DAY, other_ends=BEGAN + 4 * DAY)


def test_both_shifts_change_hands() -> None:
    written = tuple(replace(one, id=n) for n, one in enumerate(covers(SWAP), 1))
    line = spans(replace(BOOK, shifts=written), ROSTER, BEGAN, BEGAN + 5 * DAY)
    assert [span.person_id for span in line] == [BINH, HUNG, HUNG, BINH, BINH]
    assert [(one.instead_of, one.why) for one in written] == [(BINH, "swap/1"), (HUNG, "swap/1")]
    assert [one.person_id for one in covers(HELPS)] == [HUNG]


def test_a_swap_stands_only_while_each_shift_is_whose_it_was() -> None:
    assert whose_no_more(BOOK, SWAP) == 0
    covered = Shift(9, "truc", MINH, BEGAN + 3 * DAY, BEGAN + 3 * DAY + DAY / 2, "cover", HUNG)
    assert whose_no_more(replace(BOOK, shifts=(covered,)), SWAP) == HUNG
    assert whose_no_more(replace(BOOK, shifts=(covered,)), HELPS) == 0
    away = Absence(1, BINH, BEGAN + 2 * DAY, BEGAN + 9 * DAY)
    assert whose_no_more(replace(BOOK, absences=(away,)), SWAP) == BINH
    assert whose_no_more(Book(), SWAP) == BINH  # the file has lost the roster


def test_who_would_take_a_shift_and_is_away_then_is_found() -> None:
    """It would be nobody's: who was asked in time may have left since, and so may the asker."""
    assert away_then(BOOK, SWAP) == 0
    hung = Absence(1, HUNG, BEGAN + 2 * DAY + DAY / 2, BEGAN + 9 * DAY)
    assert away_then(replace(BOOK, absences=(hung,)), SWAP) == HUNG
    binh = Absence(1, BINH, BEGAN + 3 * DAY, BEGAN + 9 * DAY)
    assert away_then(replace(BOOK, absences=(binh,)), SWAP) == BINH
    assert away_then(replace(BOOK, absences=(binh,)), HELPS) == 0
    before = Absence(1, HUNG, BEGAN, BEGAN + 2 * DAY)
    assert away_then(replace(BOOK, absences=(before,)), SWAP) == 0


def test_it_lapses_when_the_first_of_its_shifts_begins() -> None:
    assert not SWAP.has_lapsed(BEGAN + 2 * DAY - timedelta(seconds=1))
    assert SWAP.has_lapsed(BEGAN + 2 * DAY)
    sooner = replace(SWAP, other_begins=BEGAN + DAY, other_ends=BEGAN + 2 * DAY)
    assert sooner.has_lapsed(BEGAN + DAY)
    assert SWAP.waits
    refused = SWAP.settled("refused", BEGAN)
    assert not refused.waits
    assert refused.settled_at == BEGAN


def test_a_shift_that_has_begun_is_offered_to_nobody() -> None:
    line = spans(BOOK, ROSTER, BEGAN, BEGAN + 5 * DAY)
    found = [span.begins for span in to_come(line, BINH, BEGAN)]
    assert found == [BEGAN + 2 * DAY, BEGAN + 4 * DAY]
